#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/agent_card.h"
#include "core/domain/reader.h"

namespace attest::session {

/// Dark for the reading room, light for offices, or as the machine has it.
enum class Theme { dark, light, system };
/// "dark", "light", "system".
const char* name(Theme theme) noexcept;
std::optional<Theme> theme(const std::string& name);

/// What a reader set for themselves.
struct Preferences {
  std::map<std::string, ReadingMode> modes{};  ///< by agent, where they are not as its card says
  int lockMinutes = 10;                        ///< the screen locks when nobody moved for so long; 0: never
  std::string language{};                      ///< "en", "de"; empty: that of the machine
  Theme theme = Theme::dark;
};
/// What is left of them for the sign-in page once the reader is gone: how the window looks and speaks.
Preferences lookOf(const Preferences& preferences);

struct State;
/// When the screen will lock by itself if nobody moves; none where it will not.
std::optional<Time> locksAt(const State& state);

namespace action {
struct SetReadingMode {
  std::string agent;
  ReadingMode mode{};
};
struct SetLockMinutes {
  int minutes = 0;
};
/// Both are seen at once.
struct SetLanguage {
  std::string language;  ///< as in Preferences
};
struct SetTheme {
  Theme theme{};
};
/// The answers to LoadPreferences and SavePreferences.
struct PreferencesLoaded {
  ReaderId reader;
  Preferences preferences;
};
struct PreferencesFailed {
  Error error;
};
/// The person moved the mouse or pressed a key; once in some seconds is enough.
struct Moved {
  Time at{};
};
/// The clock, once in some seconds: locks the screen when it is time.
struct Tick {
  Time at{};
};
}  // namespace action

using PreferencesAction =
    std::variant<action::SetReadingMode, action::SetLockMinutes, action::SetLanguage, action::SetTheme,
                 action::PreferencesLoaded, action::PreferencesFailed, action::Moved, action::Tick>;

namespace effect {
/// Answered by PreferencesLoaded / PreferencesFailed, both. Whose are loaded gives the sign-in page its look
/// at the next start.
struct LoadPreferences {
  ReaderId reader;
};
struct SavePreferences {
  ReaderId reader;
  Preferences preferences;
};
}  // namespace effect

}  // namespace attest::session
