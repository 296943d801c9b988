#include "core/orchestrator/orchestrator.h"

#include <algorithm>
#include <mutex>
#include <new>

#include "core/base/log.h"
#include "core/orchestrator/plan.h"
#include "core/orchestrator/prior.h"
#include "core/orchestrator/results.h"
#include "core/orchestrator/step_context.h"
#include "core/orchestrator/step_watch.h"

namespace attest::orchestrator {
namespace {

constexpr int mostAttempts = 3;

/// An agent's exceptions end here. Their words may hold anything, so they are not handed on.
Result<agents::Output> runAgent(const agents::Agent& agent, StepContext& context) {
  try {
    return agent.run(context);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::too_large, "not enough memory");
  } catch (const std::exception&) {
    return fail(ErrorCode::internal, "the agent ended with an exception");
  }
}

Run* findRun(CaseRecord& record, const RunId& id) {
  const auto run = std::ranges::find(record.runs, id, &Run::id);
  return run == record.runs.end() ? nullptr : &*run;
}

void release(Step& step) {
  step.worker.clear();
  step.leaseUntil.reset();
}

}  // namespace

struct Orchestrator::State {
  State(Setup given, Roster agents) : setup(std::move(given)), roster(std::move(agents)) {}

  void tell(const Run& run, const Step& step) const {
    if (setup.listen)
      setup.listen(
          {setup.clock.now(), run.id, run.caseId, step.number, step.agent, step.state, step.progress});
  }

  /// What the step reads: the case and what the steps before it left. The trail says what it was.
  Result<StepInput> read(const Run& run, const Step& step, const AgentCard& card) {
    StepInput input;
    if (card.readsPrior) {
      ATTEST_TRY(const CaseRecord record, setup.db.record(run.caseId));
      ATTEST_TRY(input.prior, priorOf(setup.db, record, setup.asSigned));
    }
    ATTEST_CHECK(setup.db.write(
        {"system", "run.read", run.id.value, {}}, [&](casedb::WriteTx& tx, AuditEvent& event) -> Result<> {
          event.detail = "step " + std::to_string(step.number) + " " + step.agent + " reads the case";
          ATTEST_TRY(input.record, tx.record(run.caseId));
          for (const int need : step.needs) {
            ATTEST_TRY(const auto output, tx.stepOutput(run.id, need));
            const std::string& agent = run.steps.at(static_cast<std::size_t>(need)).agent;
            event.detail += ", " + agent;
            input.outputs[agent] = stepOutputFrom(output.value_or(""));
          }
          if (input.prior) event.detail += "; and the earlier case " + input.prior->row.id.value;
          return {};
        }));
    return input;
  }

  /// The agent's work and the wall behind it; nothing of the case is written yet.
  Result<Findings> compute(const agents::Agent& agent, const Run& run, Step& step, const StepInput& input,
                           StepWatch& watch) {
    StepContext context(setup, input, watch, [&](double fraction) {
      step.progress = fraction;
      tell(run, step);
    });
    ATTEST_TRY(const agents::Output output, runAgent(agent, context));
    const auto load = [&](const BlockRef& block) { return context.volume(block); };
    ATTEST_TRY(Findings findings, admit(input, agent.card(), output, load, setup.db.blobs()));
    if (watch.token().stop_requested()) return fail(ErrorCode::cancelled);
    return findings;
  }

  /// Writes the end of a step and all that follows from it in one transaction. `stale` where the step is not
  /// ours any more.
  Result<> end(const Run& run, Step step, const std::function<Result<>(casedb::WriteTx&)>& alsoWrite = {}) {
    release(step);
    std::vector<Step> changed{step};
    const auto write = [&](casedb::WriteTx& tx, AuditEvent& event) -> Result<> {
      event.detail = "step " + std::to_string(step.number) + " " + step.agent + " " + name(step.state);
      if (!step.error.empty()) event.detail += ": " + step.error;
      ATTEST_CHECK(tx.setStep(run.id, step, setup.worker));
      if (alsoWrite) ATTEST_CHECK(alsoWrite(tx));
      return follow(tx, run, changed);
    };
    ATTEST_CHECK(setup.db.write({"system", "run.step", run.id.value, {}}, write));
    for (const Step& one : changed) tell(run, one);
    return {};
  }

  /// Steps that can not run any more are skipped; after the last one the run and its case say so.
  Result<> follow(casedb::WriteTx& tx, const Run& run, std::vector<Step>& changed) const {
    ATTEST_TRY(CaseRecord record, tx.record(run.caseId));
    Run* now = findRun(record, run.id);
    if (now == nullptr) return fail(ErrorCode::not_found, "the run is gone");
    for (const int number : skipHopeless(*now, roster)) {
      changed.push_back(now->steps.at(static_cast<std::size_t>(number)));
      ATTEST_CHECK(tx.setStep(run.id, changed.back()));
    }
    if (!std::ranges::all_of(now->steps, isOver)) return {};
    ATTEST_CHECK(tx.setRunState(run.id, outcome(*now)));
    if (record.row.status != CaseStatus::analyzing) return {};
    return tx.setStatus(run.caseId,
                        allProposersFailed(*now, roster) ? CaseStatus::failed : CaseStatus::ready);
  }

  Result<> endDone(const Run& run, Step step, const AgentCard& card, const Findings& findings,
                   const StepInput& input) {
    step.state = StepState::done;
    step.progress = 1;
    step.error.clear();
    step.notes = findings.notes;
    return end(run, step, [&](casedb::WriteTx& tx) -> Result<> {
      ATTEST_TRY(auto items, store(tx, run.caseId, card, findings, itemsOfRun(input)));
      return tx.setStepOutput(run.id, step.number, toJson({std::move(items), findings.facts}));
    });
  }

  Result<> endWithout(const Run& run, Step step, const Error& error, bool leaving) {
    step.error = error.detail.empty() ? name(error.code) : error.detail;
    if (error.code == ErrorCode::cancelled) {
      if (!leaving) return {};  // the run was cancelled or the lease lost: the step is not ours any more
      step.state = StepState::queued;
      step.error.clear();
      --step.attempts;
    } else if (error.code == ErrorCode::unsupported) {
      step.state = StepState::skipped;
    } else {
      step.state = step.attempts < mostAttempts ? StepState::queued : StepState::failed;
    }
    return end(run, step);
  }

  Result<> workOn(const casedb::ClaimedStep& claimed, const std::stop_token& stop) {
    ATTEST_TRY(const Run run, setup.db.run(claimed.run));
    Step step = run.steps.at(static_cast<std::size_t>(claimed.step));
    tell(run, step);
    const agents::Agent* agent = findAgent(roster, step.agent);
    if (agent == nullptr)
      return endWithout(run, exhausted(step), {ErrorCode::not_found, "no agent of that name"}, false);
    if (step.attempts > mostAttempts) {
      return endWithout(run, step, {ErrorCode::internal, "its worker ended three times before the step did"},
                        false);
    }
    const auto started = std::chrono::steady_clock::now();
    StepWatch watch(setup, run.id, step, stop);
    const Active registered(*this, {run.id, step.number}, watch);
    const auto input = read(run, step, agent->card());
    const auto findings =
        input ? compute(*agent, run, step, *input, watch) : Result<Findings>(fail(input.error()));
    watch.close();
    step.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (!findings) return endWithout(run, step, findings.error(), stop.stop_requested());
    const auto written = endDone(run, step, agent->card(), *findings, *input);
    if (written || written.error().code == ErrorCode::stale) return written;
    log(LogLevel::error, "a step's result could not be stored: " + written.error().detail);
    return endWithout(run, step, written.error(), false);
  }

  static Step exhausted(Step step) {
    step.attempts = std::max(step.attempts, mostAttempts);
    return step;
  }

  /// While it lives, cancel() of this process reaches the step at once.
  struct Active {
    Active(State& owner, std::pair<RunId, int> which, StepWatch& watch)
        : state(owner), step(std::move(which)) {
      const std::lock_guard lock(state.mutex);
      state.active.emplace(step, &watch);
    }
    ~Active() {
      const std::lock_guard lock(state.mutex);
      state.active.erase(step);
    }
    Active(const Active&) = delete;
    Active& operator=(const Active&) = delete;
    State& state;
    const std::pair<RunId, int> step;
  };

  Setup setup;
  Roster roster;
  std::mutex mutex;
  std::map<std::pair<RunId, int>, StepWatch*> active;  ///< several threads may work on one run
};

Orchestrator::Orchestrator(Setup setup, Roster roster)
    : state_(std::make_unique<State>(std::move(setup), std::move(roster))) {}
Orchestrator::~Orchestrator() = default;

std::vector<AgentCard> Orchestrator::cards() const {
  std::vector<AgentCard> cards;
  for (const auto& agent : state_->roster) cards.push_back(agent->card());
  return cards;
}

Result<RunId> Orchestrator::queue(const CaseId& id, Priority priority, const std::string& pipeline,
                                  const std::string& actor) {
  if (pipeline != "default") return fail(ErrorCode::bad_argument, "no such pipeline");
  Run run;
  run.id = {newUuid()};
  run.caseId = id;
  run.pipeline = pipeline;
  run.priority = priority;
  std::optional<RunId> active;
  const auto written = state_->setup.db.write(
      {actor, "run.queue", id.value, {}}, [&](casedb::WriteTx& tx, AuditEvent& event) -> Result<> {
        ATTEST_TRY(const CaseRecord record, tx.record(id));
        if (isSigned(record.row)) return fail(ErrorCode::conflict, "the case is signed");
        for (const Run& known : record.runs) {
          if (known.pipeline == pipeline && isActive(known)) active = known.id;
        }
        if (active) return fail(ErrorCode::conflict, "the run is active already");
        run.created = tx.now();
        run.steps = plan(record, state_->roster);
        run.state = run.steps.empty() ? RunState::done : RunState::queued;
        event.detail = "run " + run.id.value + ", " + std::to_string(run.steps.size()) + " steps";
        ATTEST_CHECK(tx.addRun(run));
        const CaseStatus status = record.row.status;
        const bool unread =
            status == CaseStatus::received || status == CaseStatus::ready || status == CaseStatus::failed;
        return unread && isActive(run) ? tx.setStatus(id, CaseStatus::analyzing) : Result<>{};
      });
  if (active) return *active;
  ATTEST_CHECK(written);
  for (const Step& step : run.steps) state_->tell(run, step);
  return run.id;
}

Result<> Orchestrator::cancel(const RunId& id, const std::string& actor) {
  ATTEST_TRY(const Run known, state_->setup.db.run(id));
  std::vector<Step> cancelled;
  ATTEST_CHECK(state_->setup.db.write(
      {actor, "run.cancel", id.value, {}}, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
        ATTEST_TRY(CaseRecord record, tx.record(known.caseId));
        Run* run = findRun(record, id);
        if (run == nullptr || !isActive(*run)) return fail(ErrorCode::conflict, "the run is over");
        for (Step& step : run->steps) {
          if (isOver(step)) continue;
          step.state = StepState::cancelled;
          release(step);
          ATTEST_CHECK(tx.setStep(id, step));
          cancelled.push_back(step);
        }
        ATTEST_CHECK(tx.setRunState(id, RunState::cancelled));
        if (record.row.status != CaseStatus::analyzing) return {};
        const bool any =
            std::ranges::any_of(run->steps, [](const Step& step) { return step.state == StepState::done; });
        return tx.setStatus(known.caseId, any ? CaseStatus::ready : CaseStatus::received);
      }));
  {
    const std::lock_guard lock(state_->mutex);
    for (const auto& [step, watch] : state_->active) {
      if (step.first == id) watch->requestStop();
    }
  }
  for (const Step& step : cancelled) state_->tell(known, step);
  return {};
}

Result<> Orchestrator::work(std::stop_token stop) {
  while (!stop.stop_requested()) {
    ATTEST_TRY(const auto claimed, state_->setup.db.claimStep(state_->setup.worker, state_->setup.lease));
    if (!claimed) return {};
    const auto worked = state_->workOn(*claimed, stop);
    if (!worked && worked.error().code != ErrorCode::stale) return worked;
  }
  return {};
}

}  // namespace attest::orchestrator
