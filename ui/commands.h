#pragma once

#include <optional>
#include <vector>

#include "core/session/update.h"
#include "ui/shortcuts.h"

namespace attest::ui {

/// Which contexts of keys are on in this state.
std::vector<Context> activeContexts(const session::State& state);

/// What a key means now. None for commands of the window itself (help, search, panes) and where it does not
/// fit.
std::optional<session::Action> actionFor(const Shortcut& shortcut, const session::State& state, Time now);

/// The same for a button that does what the command's key does.
std::optional<session::Action> actionFor(Command command, const session::State& state, Time now);

/// Opens the case that was parked last; none where none is parked.
std::optional<session::action::OpenCase> lastParked(const session::State& state);

/// Something that the person did is not on disk yet.
bool isSaving(const session::State& state);

/// The newest version is what the case says: nothing may change but by an addendum.
bool isSigned(const CaseRecord& record);

/// All blocks of the case in the order of the rail.
std::vector<BlockRef> blocksOf(const CaseRecord& record);

}  // namespace attest::ui
