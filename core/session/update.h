#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "core/session/state.h"

namespace attest::session {

/// An act of the person or the end of a job.
using Action = std::variant<SignInAction, WorklistAction, ReadingAction, ReviewAction, ReportAction,
                            AgentsAction, SignAction, ExportAction, NoticeAction, ComparisonAction,
                            RevealAction, QueueAction, PreferencesAction, NodesAction, ThumbnailAction>;

/// What is to be done outside; core/workflow performs it as a job and answers with actions. Effects that
/// write to one case (verdicts, masks, report, signature) are performed in the order in which they were
/// given.
using Effect =
    std::variant<effect::LoadReaders, effect::CreateFirstReader, effect::SignIn, effect::LoadWorklistPage,
                 effect::LoadPreview, effect::ImportPaths, effect::LoadDemo, effect::CancelImport,
                 effect::OpenCase, effect::OpenAddendum, effect::CloseCase, effect::RefreshCase,
                 effect::LoadVolume, effect::LoadSlice, effect::LoadMask, effect::MarkViewed,
                 effect::SubmitVerdicts, effect::SaveMask, effect::SaveReport, effect::LoadCards,
                 effect::Analyze, effect::CancelRun, effect::Sign, effect::Export, effect::LoadPrior,
                 effect::MarkReadDone, effect::LoadQueue, effect::LoadParked, effect::KeepParked,
                 effect::ForgetParked, effect::Prefetch, effect::LoadPreferences, effect::SavePreferences,
                 effect::LoadThumbnails, effect::CountCases, effect::SetPriority, effect::LoadNodes,
                 effect::PutNode, effect::RemoveNode, effect::TestNode, effect::FindStudies,
                 effect::FetchStudy, effect::StartServices, effect::SetListener, effect::Deliver>;
using Effects = std::vector<Effect>;

/// What to do first with a fresh State.
Effects start();

/// The new state and what is to be done. Pure: the same arguments give the same answer, and neither clock nor
/// random numbers are asked. Actions that do not fit the state (a late answer, a key without a case) change
/// nothing.
std::pair<State, Effects> update(State state, const Action& action);

}  // namespace attest::session
