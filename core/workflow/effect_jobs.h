#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/orchestrator/orchestrator.h"
#include "core/workflow/effects.h"

namespace attest::workflow {

/// What the performing functions share.
struct EffectContext {
  Services& services;
  Post post;
  /// Not the pool's jobs: one that is cancelled before it begins still has to answer.
  std::map<session::Ticket, std::stop_source> imports;
  std::vector<jobs::Job> caseJobs;  ///< loading for the open case; cancelled when it closes
  std::stop_source leaving;         ///< asks the agents to stop

  void cancelAll();
  /// Runs on the database lane.
  void submit(std::function<void(std::stop_token)> work, jobs::Urgency urgency = jobs::Urgency::visible);
};

/// The reader with their key, or an error that says that there is none of this name.
Result<Reader> readerOf(Services& services, const ReaderId& id);
/// A record as the actions carry it.
Result<std::shared_ptr<const CaseRecord>> sharedRecord(Services& services, const CaseId& id);

// One function an effect; what each answers stands beside the effect in core/session.
void perform(EffectContext& context, const session::effect::LoadReaders& effect);
void perform(EffectContext& context, const session::effect::CreateFirstReader& effect);
void perform(EffectContext& context, const session::effect::SignIn& effect);
void perform(EffectContext& context, const session::effect::LoadWorklistPage& effect);
void perform(EffectContext& context, const session::effect::LoadPreview& effect);
void perform(EffectContext& context, const session::effect::ImportPaths& effect);
void perform(EffectContext& context, const session::effect::CancelImport& effect);
void perform(EffectContext& context, const session::effect::OpenCase& effect);
void perform(EffectContext& context, const session::effect::CloseCase& effect);
void perform(EffectContext& context, const session::effect::RefreshCase& effect);
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

}  // namespace attest::workflow
