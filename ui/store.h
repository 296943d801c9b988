#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/session/update.h"

namespace attest::ui {

/// Holds the state of the window and is the only way to change it. Lives on the window's thread; post() alone
/// may be called from any.
class Store final : public QObject {
  Q_OBJECT
 public:
  using Perform = std::function<void(session::Effect)>;

  /// `perform` starts the job of an effect and returns at once; its answers come through post().
  explicit Store(Perform perform = {}, session::State state = {}, const Clock& clock = systemClock());

  /// For whoever needs the store to make its `perform`; before the first action.
  void setPerform(Perform perform) { perform_ = std::move(perform); }
  /// Performs session::start().
  void begin();

  const session::State& state() const noexcept { return state_; }
  Time now() const { return clock_.now(); }
  /// The state is the new one when this returns; changed() follows once in this turn of the event loop.
  void dispatch(const session::Action& action);
  /// From any thread: dispatched on the window's, in the order of the calls. Progress of one job waits up to
  /// 100 ms, and only its newest report is dispatched.
  void post(session::Action action);

 Q_SIGNALS:
  void changed(const attest::session::State& old, const attest::session::State& now);

 private:
  void drain();
  void flush();
  void perform(session::Effects effects);
  void announce();

  Perform perform_;
  session::State state_;
  session::State announced_;
  const Clock& clock_;
  bool announcing_ = false;
  std::map<std::string, session::Action> waiting_;  ///< progress, by its job
  QTimer flushTimer_;
  std::mutex mutex_;
  std::vector<session::Action> inbox_;  ///< guarded by mutex_
};

}  // namespace attest::ui
