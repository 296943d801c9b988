#pragma once

#include <QMainWindow>

#include "ui/shortcuts.h"
#include "ui/store.h"
#include "ui/viewer_services.h"

class QStackedWidget;

namespace attest::ui {

class Keys;
class NodesPage;
class ReadingPage;
class SetUpPage;
class SignInPage;
class StatusLine;
class Toast;
class WorklistPage;

/// The one window: which screen is on follows the state. Applies no theme; see applyTheme().
class MainWindow final : public QMainWindow {
  Q_OBJECT
 public:
  MainWindow(Store& store, ViewerServices services, QWidget* parent = nullptr);

  /// Asks for a folder, or files, and imports them.
  void openFolder();
  void openFiles();
  void showKeys();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void draw(const session::State& now);
  void drawNotices(const session::Notices& notices);
  void pressed(const Shortcut& shortcut);
  Store& store_;
  QStackedWidget* pages_;
  SetUpPage* setUp_;
  SignInPage* signIn_;
  WorklistPage* worklist_;
  ReadingPage* reading_;
  NodesPage* nodes_;
  StatusLine* status_;
  Toast* toast_;
  Keys* keys_;
  session::Ticket shownNotice_ = 0;
};

}  // namespace attest::ui
