#include "core/workflow/analyze.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "core/workflow/leaving.h"
#include "core/workflow/users.h"
#include "core/workflow/worker.h"

namespace attest::workflow {
namespace {

/// Gives the steps of killed processes back at once instead of waiting for their leases to end.
Result<> releaseDead(Services& services, const std::vector<Run>& runs) {
  for (const auto& run : runs) {
    if (!isActive(run)) continue;
    for (Step step : run.steps) {
      if (step.state != StepState::running || !isDead(step.worker)) continue;
      const std::string holder = std::exchange(step.worker, "");
      step.state = StepState::queued;
      step.leaseUntil.reset();
      const AuditEvent event{"system", "run.step", run.id.value,
                             step.agent + ": its worker is gone, queued again"};
      const auto written = services.db().write(
          event, [&](casedb::WriteTx& tx, AuditEvent&) { return tx.setStep(run.id, step, holder); });
      if (!written && written.error().code != ErrorCode::stale) return written;
    }
  }
  return {};
}

/// The runs as they are now.
Result<std::vector<Run>> reload(Services& services, const std::vector<RunId>& ids) {
  std::vector<Run> runs;
  for (const auto& id : ids) {
    ATTEST_TRY(auto run, services.db().run(id));
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace

std::unique_ptr<orchestrator::Orchestrator> makeOrchestrator(Services& services,
                                                             orchestrator::StepListener listen) {
  const auto load = [&services](const BlockRef& ref, std::stop_token stop) {
    return services.volumes().load(services.db(), ref, services.pool().parallel(), stop);
  };
  const auto asSigned = [&services](const CaseRecord& record) -> Result<CaseRecord> {
    ATTEST_TRY(Leaving leaving, leavingOf(services, record.row.id));
    return std::move(leaving.record);
  };
  return std::make_unique<orchestrator::Orchestrator>(orchestrator::Setup{.db = services.db(),
                                                                          .load = load,
                                                                          .asSigned = asSigned,
                                                                          .pool = services.pool(),
                                                                          .listen = std::move(listen),
                                                                          .worker = workerName(),
                                                                          .lease = std::chrono::seconds(30),
                                                                          .clock = services.clock()});
}

Result<> cancelRun(orchestrator::Orchestrator& agents, const RunId& id, const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::review));
  return agents.cancel(id, reader.id.value);
}

Result<> releaseDeadSteps(Services& services) {
  ATTEST_TRY(const auto all, services.db().runs(std::nullopt));
  return releaseDead(services, all);
}

Result<std::vector<Run>> finishRuns(Services& services, orchestrator::Orchestrator& agents,
                                    const std::vector<RunId>& ids, std::stop_token stop) {
  ATTEST_CHECK(releaseDeadSteps(services));
  while (true) {
    ATTEST_CHECK(agents.work(stop));
    ATTEST_TRY(auto runs, reload(services, ids));
    if (stop.stop_requested() || std::ranges::none_of(runs, isActive)) return runs;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // another process holds a step of ours
    ATTEST_CHECK(releaseDead(services, runs));
  }
}

Result<std::vector<Run>> analyze(Services& services, const std::vector<CaseId>& cases, Priority priority,
                                 const std::string& pipeline, const std::string& actor, std::stop_token stop,
                                 const orchestrator::StepListener& listen) {
  const auto orchestrator = makeOrchestrator(services, listen);
  std::vector<RunId> queued;
  for (const auto& id : cases) {
    ATTEST_TRY(auto run, orchestrator->queue(id, priority, pipeline, actor));
    queued.push_back(std::move(run));
  }
  return finishRuns(services, *orchestrator, queued, stop);
}

}  // namespace attest::workflow
