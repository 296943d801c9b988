#include "ui/main_window.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <filesystem>

#include "ui/commands.h"
#include "ui/dialogs/key_sheet.h"
#include "ui/dialogs/sign_dialog.h"
#include "ui/error_words.h"
#include "ui/keys.h"
#include "ui/pages/nodes_page.h"
#include "ui/pages/reading_page.h"
#include "ui/pages/sign_in_page.h"
#include "ui/pages/top_bar.h"
#include "ui/pages/worklist_page.h"
#include "ui/parts/text.h"
#include "ui/parts/toast.h"
#include "ui/status_line.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using session::NoticeKind;
using session::Screen;

bool isSuccess(NoticeKind kind) {
  return kind == NoticeKind::export_done || kind == NoticeKind::signed_version ||
         kind == NoticeKind::import_done || kind == NoticeKind::queue_empty;
}

/// What an import left out, in a sentence; empty where it took everything.
QString skippedWords(const session::Worklist& list) {
  if (list.imports.empty() || list.imports.back().skipped.empty()) return {};
  const auto& skipped = list.imports.back().skipped;
  const QString file = text(std::filesystem::path(skipped.front().path).filename().string());
  const QString reason = text(skipped.front().reason);
  if (skipped.size() == 1) return MainWindow::tr("“%1” was left out: %2").arg(file, reason);
  return MainWindow::tr("%1 files were left out, the first of them “%2”: %3")
      .arg(QString::number(skipped.size()), file, reason);
}

/// Where an export lies, and which formats were refused and why.
QString exportWords(const session::Exporting& done) {
  QStringList said{MainWindow::tr("%1 files in %2").arg(done.files.size()).arg(text(done.folder))};
  for (const session::RefusedFormat& one : done.refused) {
    said << MainWindow::tr("No %1: %2").arg(text(one.format).toUpper(), text(one.reason));
  }
  return said.join(QLatin1Char('\n'));
}

}  // namespace

MainWindow::MainWindow(Store& store, ViewerServices services, QWidget* parent)
    : QMainWindow(parent),
      store_(store),
      pages_(new QStackedWidget),
      setUp_(new SetUpPage(store)),
      signIn_(new SignInPage(store)),
      worklist_(new WorklistPage(store)),
      reading_(new ReadingPage(store, std::move(services))),
      nodes_(new NodesPage(store)),
      status_(new StatusLine(store)),
      toast_(nullptr),
      keys_(nullptr) {
  named(this, QStringLiteral("mainWindow"), QStringLiteral("Attest"));
  setWindowTitle(QStringLiteral("Attest"));
  resize(1440, 900);
  setMinimumSize(1180, 640);
  setAcceptDrops(true);
  auto* central = new QWidget;
  auto* column = new QVBoxLayout(central);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (QWidget* page :
       {static_cast<QWidget*>(setUp_), static_cast<QWidget*>(signIn_), static_cast<QWidget*>(worklist_),
        static_cast<QWidget*>(reading_), static_cast<QWidget*>(nodes_)}) {
    pages_->addWidget(page);
  }
  column->addWidget(pages_, 1);
  column->addWidget(status_);
  setCentralWidget(central);
  toast_ = new Toast(central);
  keys_ = new Keys(this);
  keys_->setImages(reading_->images());
  new SignDialog(store_, this);
  connect(keys_, &Keys::pressed, this, &MainWindow::pressed);
  connect(worklist_, &WorklistPage::folderWanted, this, &MainWindow::openFolder);
  connect(worklist_, &WorklistPage::filesWanted, this, &MainWindow::openFiles);
  connect(worklist_, &WorklistPage::helpWanted, this, &MainWindow::showKeys);
  connect(nodes_, &NodesPage::helpWanted, this, &MainWindow::showKeys);
  connect(reading_, &ReadingPage::cursor, status_, &StatusLine::setCursorWords);
  connect(toast_, &Toast::dismissed, this, [this] { store_.dispatch(act::DismissNotice{shownNotice_}); });
  connect(&store_, &Store::changed, this,
          [this](const session::State&, const session::State& now) { draw(now); });
  draw(store_.state());
}

void MainWindow::draw(const session::State& now) {
  const Screen on = session::screen(now);
  QWidget* page = on == Screen::worklist                                    ? static_cast<QWidget*>(worklist_)
                  : on == Screen::reading                                   ? static_cast<QWidget*>(reading_)
                  : on == Screen::nodes                                     ? static_cast<QWidget*>(nodes_)
                  : now.signIn->phase == session::SignInPhase::first_reader ? static_cast<QWidget*>(setUp_)
                                                                            : static_cast<QWidget*>(signIn_);
  status_->setVisible(on != Screen::sign_in);
  if (pages_->currentWidget() != page) {
    pages_->setCurrentWidget(page);
    if (toast_->isVisible()) toast_->leave();  // it was about the screen before
    if (page == reading_) {
      reading_->focusImages();
    } else {
      page->setFocus();
    }
  }
  keys_->setActive(activeContexts(now));
  drawNotices(*now.notices);
}

void MainWindow::drawNotices(const session::Notices& notices) {
  if (notices.list.empty() || notices.list.back().id == shownNotice_) return;
  const session::Notice& notice = notices.list.back();
  shownNotice_ = notice.id;
  if (notice.kind == NoticeKind::signed_version) {  // the dialog says it
    return store_.dispatch(act::DismissNotice{notice.id});
  }
  QString happened = words(notice.kind);
  QString advice;
  if (notice.error) {
    const ErrorWords said = words(*notice.error);
    happened += QLatin1Char(' ') + said.happened;
    advice = said.advice;
  } else if (notice.kind == NoticeKind::export_done) {
    advice = exportWords(*store_.state().exporting);
  } else if (notice.kind == NoticeKind::import_done) {
    advice = skippedWords(*store_.state().worklist);
  }
  toast_->show(happened, advice, isSuccess(notice.kind) ? Tone::good : Tone::danger);
}

void MainWindow::pressed(const Shortcut& shortcut) {
  switch (shortcut.command) {
    case Command::help:
      return showKeys();
    case Command::open_folder:
      return openFolder();
    case Command::open_files:
      return openFiles();
    case Command::full_screen:
      return setWindowState(windowState() ^ Qt::WindowFullScreen);
    case Command::read_case:
      return worklist_->readSelected();
    case Command::search:
      return worklist_->focusSearch();
    case Command::next_tab:
      return worklist_->stepTab(1);
    case Command::previous_tab:
      return worklist_->stepTab(-1);
    case Command::settings:
      return pages_->currentWidget()->findChild<TopBar*>()->openReaderMenu();
    case Command::next_pane:
      return reading_->nextPane();
    default:
      break;
  }
  if (const auto action = actionFor(shortcut, store_.state(), store_.now())) store_.dispatch(*action);
}

void MainWindow::openFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder of images"));
  if (!folder.isEmpty()) store_.dispatch(act::ImportPaths{{utf8(folder)}, false});
}

void MainWindow::openFiles() {
  std::vector<std::string> paths;
  for (const QString& file : QFileDialog::getOpenFileNames(this, tr("Open files")))
    paths.push_back(utf8(file));
  if (!paths.empty()) store_.dispatch(act::ImportPaths{paths, false});
}

void MainWindow::showKeys() {
  std::vector<Context> contexts = activeContexts(store_.state());
  for (const auto& [on, other] :
       {std::pair{Context::finding, Context::lesion}, std::pair{Context::lesion, Context::finding}}) {
    if (contexts.back() == on) {  // either can be chosen in a moment
      contexts.push_back(other);
      break;
    }
  }
  auto* sheet = new KeySheet(contexts, this);
  sheet->setAttribute(Qt::WA_DeleteOnClose);
  sheet->open();
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  // Keys belong to the active window; where there is no window manager nobody else makes it that.
  QTimer::singleShot(0, this, [this] { activateWindow(); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && session::screen(store_.state()) != Screen::sign_in)
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  std::vector<std::string> paths;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) paths.push_back(utf8(url.toLocalFile()));
  }
  if (paths.empty()) return;
  event->acceptProposedAction();
  store_.dispatch(act::ImportPaths{paths, false});
}

}  // namespace attest::ui
