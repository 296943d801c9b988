#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "core/orchestrator/orchestrator.h"
#include "core/workflow/effects.h"
#include "core/workflow/prefetch.h"
#include "core/workflow/upkeep.h"

namespace attest::workflow {

/// What is written to one case is written in the order in which it was asked for, on the database lane; what
/// has to be computed for it first is computed beside that, so that the lane is not held up. Any thread.
class OrderedWrites : public std::enable_shared_from_this<OrderedWrites> {
 public:
  using Work = std::function<void()>;
  explicit OrderedWrites(jobs::Pool& pool) : pool_(pool) {}

  void add(const CaseId& id, Work write);
  /// `prepare` runs on the cpu lane and answers with what is to be written.
  void addPrepared(const CaseId& id, std::function<Work()> prepare);

 private:
  using Slot = std::shared_ptr<Work>;  ///< empty until it is prepared
  Slot place(const CaseId& id, Work write);
  void pump(const CaseId& id);

  jobs::Pool& pool_;
  std::mutex mutex_;
  std::map<CaseId, std::deque<Slot>> waiting_;
};

/// What the performing functions share.
struct EffectContext {
  Services& services;
  Post post;
  /// Not the pool's jobs: one that is cancelled before it begins still has to answer.
  std::map<session::Ticket, std::stop_source> imports;
  std::vector<jobs::Job> caseJobs;  ///< loading for the open case; cancelled when it closes
  std::stop_source leaving;         ///< asks the agents to stop
  std::shared_ptr<OrderedWrites> writes;
  /// The one of this program, so that a run is cancelled where it is worked on.
  std::shared_ptr<orchestrator::Orchestrator> agents;
  std::shared_ptr<Prefetcher> prefetcher;
  std::shared_ptr<Upkeep> upkeep{};  ///< once the services were started
  jobs::Job finding{};               ///< the last query of a node
  std::map<session::Filter, jobs::Job> counting{};

  void cancelAll();
  /// Runs on the database lane.
  void submit(std::function<void(std::stop_token)> work, jobs::Urgency urgency = jobs::Urgency::visible);
};

/// Steps that end bring the record with them; what only moves on is told ten times a second.
orchestrator::StepListener stepListener(Services& services, Post post);
/// A record as the actions carry it.
Result<std::shared_ptr<const CaseRecord>> sharedRecord(Services& services, const CaseId& id);
/// Tells the session how the case is now.
void postRecord(Services& services, const Post& post, const CaseId& id);

// One function an effect; what each answers stands beside the effect in core/session.
void perform(EffectContext& context, const session::effect::LoadReaders& effect);
void perform(EffectContext& context, const session::effect::CreateFirstReader& effect);
void perform(EffectContext& context, const session::effect::SignIn& effect);
void perform(EffectContext& context, const session::effect::LoadWorklistPage& effect);
void perform(EffectContext& context, const session::effect::LoadPreview& effect);
void perform(EffectContext& context, const session::effect::ImportPaths& effect);
void perform(EffectContext& context, const session::effect::LoadDemo& effect);
void perform(EffectContext& context, const session::effect::CancelImport& effect);
void perform(EffectContext& context, const session::effect::OpenCase& effect);
void perform(EffectContext& context, const session::effect::CloseCase& effect);
void perform(EffectContext& context, const session::effect::RefreshCase& effect);
void perform(EffectContext& context, const session::effect::OpenAddendum& effect);
void perform(EffectContext& context, const session::effect::LoadVolume& effect);
void perform(EffectContext& context, const session::effect::LoadSlice& effect);
void perform(EffectContext& context, const session::effect::LoadMask& effect);
void perform(EffectContext& context, const session::effect::MarkViewed& effect);
void perform(EffectContext& context, const session::effect::SubmitVerdicts& effect);
void perform(EffectContext& context, const session::effect::SaveMask& effect);
void perform(EffectContext& context, const session::effect::SaveReport& effect);
void perform(EffectContext& context, const session::effect::LoadCards& effect);
void perform(EffectContext& context, const session::effect::Analyze& effect);
void perform(EffectContext& context, const session::effect::CancelRun& effect);
void perform(EffectContext& context, const session::effect::Sign& effect);
void perform(EffectContext& context, const session::effect::Export& effect);
void perform(EffectContext& context, const session::effect::LoadPrior& effect);
void perform(EffectContext& context, const session::effect::MarkReadDone& effect);
void perform(EffectContext& context, const session::effect::LoadQueue& effect);
void perform(EffectContext& context, const session::effect::LoadParked& effect);
void perform(EffectContext& context, const session::effect::KeepParked& effect);
void perform(EffectContext& context, const session::effect::ForgetParked& effect);
void perform(EffectContext& context, const session::effect::Prefetch& effect);
void perform(EffectContext& context, const session::effect::LoadThumbnails& effect);
void perform(EffectContext& context, const session::effect::CountCases& effect);
void perform(EffectContext& context, const session::effect::SetPriority& effect);
void perform(EffectContext& context, const session::effect::LoadPreferences& effect);
void perform(EffectContext& context, const session::effect::SavePreferences& effect);
void perform(EffectContext& context, const session::effect::LoadNodes& effect);
void perform(EffectContext& context, const session::effect::PutNode& effect);
void perform(EffectContext& context, const session::effect::RemoveNode& effect);
void perform(EffectContext& context, const session::effect::TestNode& effect);
void perform(EffectContext& context, const session::effect::FindStudies& effect);
void perform(EffectContext& context, const session::effect::FetchStudy& effect);
void perform(EffectContext& context, const session::effect::StartServices& effect);
void perform(EffectContext& context, const session::effect::SetListener& effect);
void perform(EffectContext& context, const session::effect::Deliver& effect);

}  // namespace attest::workflow
