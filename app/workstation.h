#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/workflow/effects.h"
#include "core/workflow/services.h"
#include "ui/main_window.h"
#include "ui/store.h"

namespace attest::app {

/// The program with its window over one home, put together. Closing the window waits for what is not on disk
/// yet (a second close does not); then the window goes first, the jobs end, and the home is closed last.
/// Needs a QApplication that outlives it. Window's thread only.
class Workstation final : public QObject {
 public:
  /// Errors as Services::open.
  static Result<std::unique_ptr<Workstation>> open(const std::filesystem::path& home);

  /// Shows the window and asks who may sign in.
  void begin();

  workflow::Services& services() noexcept { return *services_; }
  ui::Store& store() noexcept { return store_; }
  ui::MainWindow& window() noexcept { return window_; }

 private:
  explicit Workstation(std::unique_ptr<workflow::Services> services);
  bool eventFilter(QObject* watched, QEvent* event) override;
  void closeOnceSaved(const session::State& now);
  void noteMoved();

  // The order is that of the end, backwards: jobs post to the store, and work with the services.
  std::unique_ptr<workflow::Services> services_;
  ui::Store store_;
  workflow::Effects effects_;
  ui::MainWindow window_;
  QTimer clock_;          ///< tells the session the time, for the lock
  bool leaving_ = false;  ///< the window closes as soon as everything is on disk
};

}  // namespace attest::app
