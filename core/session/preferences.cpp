#include "core/session/preferences.h"

#include <algorithm>
#include <array>

#include "core/session/turn.h"

namespace attest::session {
namespace {

constexpr std::array themeNames{"dark", "light", "system"};
constexpr int mostMinutes = 24 * 60;

/// The value of that name among those of an enum.
template <class E, class Names>
std::optional<E> valueOf(const Names& all, const std::string& name) {
  const auto at = std::ranges::find(all, name);
  if (at == all.end()) return std::nullopt;
  return static_cast<E>(at - all.begin());
}

template <class F>
void set(Turn& turn, F&& change) {
  const Reader* reader = actor(turn.state());
  if (reader == nullptr) return;
  Preferences& preferences = turn.change(&State::preferences);
  change(preferences);
  turn.perform(effect::SavePreferences{reader->id, preferences});
}

void on(Turn& turn, const action::SetReadingMode& action) {
  set(turn, [&](Preferences& preferences) { preferences.modes[action.agent] = action.mode; });
}

void on(Turn& turn, const action::SetLockMinutes& action) {
  set(turn, [&](Preferences& preferences) {
    preferences.lockMinutes = std::clamp(action.minutes, 0, mostMinutes);
  });
}

void on(Turn& turn, const action::SetLanguage& action) {
  set(turn, [&](Preferences& preferences) { preferences.language = action.language; });
}

void on(Turn& turn, const action::SetTheme& action) {
  set(turn, [&](Preferences& preferences) { preferences.theme = action.theme; });
}

void on(Turn& turn, const action::PreferencesLoaded& action) {
  const auto& reader = turn.state().signIn->reader;
  if (!reader || reader->id != action.reader) return;
  turn.replace(&State::preferences, Preferences(action.preferences));
}

void on(Turn& turn, const action::PreferencesFailed& action) {
  turn.notify(NoticeKind::preferences_failed, action.error);
}

void on(Turn& turn, const action::Moved& action) {
  turn.setMovedAt(action.at);
}

void on(Turn& turn, const action::Tick& action) {
  if (!turn.state().movedAt) turn.setMovedAt(action.at);
  const std::optional<Time> when = locksAt(turn.state());
  if (when && action.at >= *when) lock(turn);
}

}  // namespace

const char* name(Theme theme) noexcept {
  return themeNames[static_cast<std::size_t>(theme)];
}

std::optional<Theme> theme(const std::string& name) {
  return valueOf<Theme>(themeNames, name);
}

Preferences lookOf(const Preferences& preferences) {
  return {.language = preferences.language, .theme = preferences.theme};
}

std::optional<Time> locksAt(const State& state) {
  const int minutes = state.preferences->lockMinutes;
  if (actor(state) == nullptr || !state.movedAt || minutes == 0) return std::nullopt;
  return *state.movedAt + std::chrono::minutes(minutes);
}

void handle(Turn& turn, const PreferencesAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
