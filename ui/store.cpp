#include "ui/store.h"

#include <optional>

namespace attest::ui {
namespace {

constexpr int mergeMs = 100;

/// The job that an action is mere progress of; none for all that must arrive.
std::optional<std::string> progressOf(const session::Action& action) {
  if (const auto* list = std::get_if<session::WorklistAction>(&action)) {
    if (const auto* import = std::get_if<session::action::ImportProgressed>(list)) {
      return "import " + std::to_string(import->ticket);
    }
  } else if (const auto* reading = std::get_if<session::ReadingAction>(&action)) {
    if (const auto* volume = std::get_if<session::action::VolumeProgressed>(reading)) {
      return "volume " + volume->block.series.value + '#' + std::to_string(volume->block.block);
    }
  } else if (const auto* agents = std::get_if<session::AgentsAction>(&action)) {
    const auto* step = std::get_if<session::action::StepChanged>(agents);
    if (step != nullptr && step->state == StepState::running && step->progress > 0) {
      return "step " + step->run.value + '#' + std::to_string(step->step);
    }
  }
  return std::nullopt;
}

}  // namespace

Store::Store(Perform perform, session::State state, const Clock& clock)
    : perform_(std::move(perform)), state_(std::move(state)), announced_(state_), clock_(clock) {
  flushTimer_.setSingleShot(true);
  connect(&flushTimer_, &QTimer::timeout, this, &Store::flush);
}

void Store::begin() {
  perform(session::start());
}

void Store::perform(session::Effects effects) {
  if (!perform_) return;
  for (session::Effect& effect : effects) perform_(std::move(effect));
}

void Store::dispatch(const session::Action& action) {
  auto [next, effects] = session::update(state_, action);
  state_ = std::move(next);
  if (!announcing_) {
    announcing_ = true;
    QMetaObject::invokeMethod(this, &Store::announce, Qt::QueuedConnection);
  }
  perform(std::move(effects));
}

void Store::announce() {
  announcing_ = false;
  const session::State old = std::exchange(announced_, state_);
  const session::State now = state_;
  Q_EMIT changed(old, now);
}

void Store::post(session::Action action) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = inbox_.empty();
    inbox_.push_back(std::move(action));
  }
  if (first) QMetaObject::invokeMethod(this, &Store::drain, Qt::QueuedConnection);
}

void Store::drain() {
  std::vector<session::Action> arrived;
  {
    const std::lock_guard lock(mutex_);
    arrived.swap(inbox_);
  }
  for (session::Action& action : arrived) {
    if (auto job = progressOf(action)) {
      waiting_.insert_or_assign(std::move(*job), std::move(action));
      if (!flushTimer_.isActive()) flushTimer_.start(mergeMs);
    } else {
      flush();  // what came before it is told before it
      dispatch(action);
    }
  }
}

void Store::flush() {
  flushTimer_.stop();
  for (const auto& [job, action] : std::exchange(waiting_, {})) dispatch(action);
}

}  // namespace attest::ui
