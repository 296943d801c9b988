#include "core/orchestrator/step_watch.h"

#include <mutex>

namespace attest::orchestrator {
namespace {

constexpr std::chrono::milliseconds period{100};

}  // namespace

struct StepWatch::Shared {
  using SteadyClock = std::chrono::steady_clock;

  void look() {
    const std::lock_guard lock(mutex);
    if (closed) return;
    const auto now = db.run(run);
    if (!now) return;  // a passing error of the database; the lease lasts for many more looks
    const Step& stored = now->steps.at(static_cast<std::size_t>(step.number));
    if (!isActive(*now) || stored.worker != worker) {
      stop.request_stop();
    } else if (SteadyClock::now() - renewed > lease / 3) {
      renew();
    }
  }

  void renew() {
    const auto written =
        db.write({"system", "run.lease", run.value, {}}, [&](casedb::WriteTx& tx, AuditEvent&) {
          step.leaseUntil = tx.now() + lease;
          return tx.setStep(run, step, worker);
        });
    if (written) renewed = SteadyClock::now();
    if (!written && written.error().code == ErrorCode::stale) stop.request_stop();
  }

  casedb::CaseDb& db;
  const std::chrono::seconds lease;
  const std::string worker;
  const RunId run;
  Step step;
  std::stop_source stop{};
  std::mutex mutex{};
  bool closed = false;
  SteadyClock::time_point renewed = SteadyClock::now();
};

StepWatch::StepWatch(const Setup& setup, RunId run, Step step, std::stop_token leave)
    : shared_(std::make_shared<Shared>(setup.db, setup.lease, setup.worker, std::move(run), std::move(step))),
      job_(setup.pool.repeat(jobs::Lane::database, period,
                             [shared = shared_](const std::stop_token&) { shared->look(); })),
      leave_(std::move(leave), [shared = shared_] { shared->stop.request_stop(); }) {}

StepWatch::~StepWatch() {
  close();
}

std::stop_token StepWatch::token() const {
  return shared_->stop.get_token();
}

void StepWatch::requestStop() {
  shared_->stop.request_stop();
}

void StepWatch::setProgress(double fraction) {
  const std::lock_guard lock(shared_->mutex);
  shared_->step.progress = fraction;
}

void StepWatch::close() {
  job_.cancel();
  const std::lock_guard lock(shared_->mutex);
  shared_->closed = true;
}

}  // namespace attest::orchestrator
