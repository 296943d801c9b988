// Verdicts, masks, the report, the agents' runs, signature and export.
#include "core/agents/agent.h"
#include "core/workflow/analyze.h"
#include "core/workflow/effect_jobs.h"
#include "core/workflow/export.h"
#include "core/workflow/reading.h"
#include "core/workflow/review.h"
#include "core/workflow/sign.h"
#include "core/workflow/throttle.h"
#include "core/workflow/users.h"

namespace attest::workflow {

namespace action = session::action;

namespace {

void answerVerdicts(const Post& post, session::Ticket ticket, const Result<CaseRecord>& record) {
  if (record) {
    post(session::ReviewAction{
        action::VerdictsCommitted{ticket, std::make_shared<const CaseRecord>(*record)}});
  } else {
    post(session::ReviewAction{action::VerdictsFailed{ticket, record.error()}});
  }
}

Result<CaseRecord> submitAs(Services& services, const ReaderId& reader, const CaseId& id,
                            const std::vector<Act>& acts) {
  ATTEST_TRY(const auto person, readerOf(services, reader));
  return submit(services, id, acts, person);
}

}  // namespace

void perform(EffectContext& context, const session::effect::SubmitVerdicts& effect) {
  context.writes->add(effect.id, [&services = context.services, post = context.post, effect] {
    const std::vector<Act> acts(effect.verdicts.begin(), effect.verdicts.end());
    answerVerdicts(post, effect.ticket, submitAs(services, effect.reader, effect.id, acts));
  });
}

void perform(EffectContext& context, const session::effect::SaveMask& effect) {
  const auto prepare = [&services = context.services, post = context.post, effect]() -> OrderedWrites::Work {
    const auto verdict = effect.isNew ? drawing(services, effect.item, effect.mask)
                                      : correction(services, effect.item, effect.mask);
    return [&services, post, ticket = effect.ticket, reader = effect.reader, id = effect.id, verdict] {
      answerVerdicts(post, ticket,
                     verdict ? submitAs(services, reader, id, {*verdict}) : fail(verdict.error()));
    };
  };
  context.writes->addPrepared(effect.id, prepare);
}

void perform(EffectContext& context, const session::effect::SaveReport& effect) {
  context.writes->add(effect.id, [&services = context.services, post = context.post, effect] {
    const auto save = [&]() -> Result<CaseRecord> {
      ATTEST_TRY(const auto reader, readerOf(services, effect.reader));
      return saveReport(services, effect.id, effect.report, effect.revision, reader);
    };
    const auto record = save();
    if (record) {
      post(session::ReportAction{
          action::ReportSaved{effect.ticket, std::make_shared<const CaseRecord>(*record)}});
    } else {
      post(session::ReportAction{action::ReportSaveFailed{effect.ticket, record.error()}});
    }
  });
}

void perform(EffectContext& context, const session::effect::LoadCards&) {
  context.submit([post = context.post](std::stop_token) {
    std::vector<AgentCard> cards;
    for (const auto& agent : agents::makeRoster()) cards.push_back(agent->card());
    post(session::AgentsAction{action::CardsLoaded{std::move(cards)}});
  });
}

orchestrator::StepListener stepListener(Services& services, Post post) {
  const auto throttle = std::make_shared<std::pair<std::mutex, Throttle>>();
  return [&services, post = std::move(post), throttle](const orchestrator::StepEvent& event) {
    const bool ends = event.state != StepState::running && event.state != StepState::queued;
    {
      const std::lock_guard lock(throttle->first);
      if (!throttle->second.due() && !ends && event.progress > 0) return;
    }
    post(session::AgentsAction{
        action::StepChanged{event.caseId, event.run, event.step, event.state, event.progress}});
    if (!ends) return;
    if (const auto record = sharedRecord(services, event.caseId)) {
      post(session::ReadingAction{action::RecordChanged{*record}});
      post(session::WorklistAction{action::WorklistChanged{}});
    }
  };
}

namespace {

/// By an orchestrator that tells nobody: RunQueued comes before what its steps do.
Result<Run> queueRun(Services& services, const session::effect::Analyze& effect) {
  ATTEST_TRY(const auto id,
             makeOrchestrator(services)->queue(effect.id, effect.priority, "default", effect.reader.value));
  return services.db().run(id);
}

}  // namespace

/// Queued at once, on disk, whatever else the agents are busy with; the upkeep works it off when it is its
/// turn.
void perform(EffectContext& context, const session::effect::Analyze& effect) {
  context.submit([&services = context.services, post = context.post, effect](std::stop_token) {
    const auto run = queueRun(services, effect);
    if (!run) return post(session::AgentsAction{action::AnalyzeFailed{effect.id, run.error()}});
    post(session::AgentsAction{action::RunQueued{effect.id, *run}});
  });
}

void perform(EffectContext& context, const session::effect::CancelRun& effect) {
  context.submit(
      [&services = context.services, post = context.post, agents = context.agents, effect](std::stop_token) {
        const auto cancel = [&]() -> Result<> {
          ATTEST_TRY(const auto reader, readerOf(services, effect.reader));
          return cancelRun(*agents, effect.run, reader);
        };
        const auto cancelled = cancel();
        if (!cancelled) post(session::AgentsAction{action::StopFailed{effect.run, cancelled.error()}});
      });
}

void perform(EffectContext& context, const session::effect::Sign& effect) {
  context.writes->add(effect.id, [&services = context.services, post = context.post, effect] {
    const auto attempt = [&]() -> Result<SignOutcome> {
      ATTEST_TRY(const auto reader, authenticate(services, effect.reader, effect.secret));
      return signCase(services, {effect.id, effect.contentHash}, reader, effect.secret);
    };
    const auto outcome = attempt();
    if (!outcome) return post(session::SignAction{action::SignFailed{outcome.error(), {}}});
    if (!outcome->version) {
      return post(session::SignAction{action::SignFailed{{ErrorCode::not_signable, ""}, outcome->missing}});
    }
    const auto record = sharedRecord(services, effect.id);
    if (!record) return post(session::SignAction{action::SignFailed{record.error(), {}}});
    post(session::SignAction{action::Signed{*record, outcome->version->number}});
    post(session::WorklistAction{action::WorklistChanged{}});
  });
}

void perform(EffectContext& context, const session::effect::Export& effect) {
  const auto work = [&services = context.services, post = context.post, effect](std::stop_token) {
    const auto write = [&]() -> Result<ExportReport> {
      ATTEST_TRY(const auto reader, readerOf(services, effect.reader));
      ExportRequest request{effect.id, effect.folder, {effect.formats.begin(), effect.formats.end()}};
      return exportCase(services, request, reader);
    };
    const auto report = write();
    if (!report) return post(session::ExportAction{action::ExportFailed{report.error()}});
    std::vector<session::ExportedFile> files;
    for (const auto& file : report->files) files.push_back({file.path, file.format});
    std::vector<session::RefusedFormat> refused;
    for (const auto& format : report->refused) refused.push_back({format.format, format.reason});
    post(session::ExportAction{action::Exported{std::move(files), std::move(refused)}});
  };
  context.services.pool().submit(jobs::Lane::io, jobs::Urgency::next, work);
}

}  // namespace attest::workflow
