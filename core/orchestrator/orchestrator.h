#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/agents/agent.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/casedb/casedb.h"
#include "core/domain/run.h"
#include "core/jobs/pool.h"

namespace attest::orchestrator {

/// How the orchestrator gets voxels; core/workflow hands in the way through casedb and dicom. It is asked for
/// the same block again and again: what keeps volumes is behind it.
using VolumeLoader = std::function<Result<imaging::VolumePtr>(const BlockRef&, std::stop_token)>;

/// One change of a step, as `analyze --watch` prints it and the window's timeline shows it.
struct StepEvent {
  Time time{};
  RunId run;
  CaseId caseId;
  int step = 0;
  std::string agent;
  StepState state = StepState::queued;
  double progress = 0;
};
/// A signed case as its last version says it: items and comparison count. core/workflow hands in the way
/// through core/review.
using SignedRecord = std::function<Result<CaseRecord>(const CaseRecord&)>;
using StepListener = std::function<void(const StepEvent&)>;

struct Setup {
  casedb::CaseDb& db;
  VolumeLoader load;
  SignedRecord asSigned;  ///< of an earlier study
  jobs::Pool& pool;  ///< agents compute on its cpu lane; its database lane keeps leases and sees cancellation
  StepListener listen;                 ///< called on the worker's thread; may be empty
  std::string worker;                  ///< a name of this process, unique among those alive
  std::chrono::seconds lease{60};      ///< how long a step waits for a worker that died
  const Clock& clock = systemClock();  ///< of the events
};

/// Durable runs of agents. A run and its steps are rows of the case database: written before and after each
/// step, so a killed run goes on where it was; workers know each other only through the leases of those rows.
class Orchestrator {
 public:
  explicit Orchestrator(Setup setup,
                        std::vector<std::unique_ptr<agents::Agent>> roster = agents::makeRoster());
  ~Orchestrator();

  std::vector<AgentCard> cards() const;
  /// Plans a run for the case (the agents whose modality fits, in the order of their needs) and queues it. An
  /// active run of the same pipeline is returned as it is; a later run replaces what earlier ones proposed
  /// and nobody reviewed. `pipeline` is "default" for now. Errors: conflict for a signed case, bad_argument,
  /// not_found.
  Result<RunId> queue(const CaseId& id, Priority priority, const std::string& pipeline,
                      const std::string& actor);
  /// Marks it; a worker that is inside a step answers within 200 ms. Errors: not_found, conflict where the
  /// run is over.
  Result<> cancel(const RunId& id, const std::string& actor);
  /// Works off steps until none is due or stop is requested; renews leases while it works. A step that fails
  /// is tried again (3 attempts); then it is failed, the steps that need it are skipped, and the case is
  /// readable as any study. Several threads may do so at once. Not to be called on the pool's database lane,
  /// which watches over the steps.
  Result<> work(std::stop_token stop);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace attest::orchestrator
