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
  /// `language`: that of the command line, which wins; empty: as who is signed in, or was last, set it.
  /// Errors as Services::open.
  static Result<std::unique_ptr<Workstation>> open(const std::filesystem::path& home,
                                                   const QString& language = {});

  /// Shows the window full, and asks who may sign in.
  void begin();

  workflow::Services& services() noexcept { return *services_; }
  ui::Store& store() noexcept { return store_; }
  /// It is another one after the reader chose another language or theme.
  ui::MainWindow& window() noexcept { return *window_; }

 private:
  Workstation(std::unique_ptr<workflow::Services> services, const session::Preferences& look,
              const QString& language);
  bool eventFilter(QObject* watched, QEvent* event) override;
  void closeOnceSaved(const session::State& now);
  void noteMoved();
  bool wears(const session::Preferences& look) const;
  void wear(const session::Preferences& look);
  void renewWindow();

  // The order is that of the end, backwards: jobs post to the store, and work with the services.
  std::unique_ptr<workflow::Services> services_;
  ui::Store store_;
  workflow::Effects effects_;
  QString fixedLanguage_;
  QString spoken_;
  session::Theme theme_{};
  std::unique_ptr<ui::MainWindow> window_;
  QTimer clock_;          ///< tells the session the time, for the lock
  bool leaving_ = false;  ///< the window closes as soon as everything is on disk
};

}  // namespace attest::app
