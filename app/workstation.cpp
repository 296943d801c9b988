#include "app/workstation.h"

#include <QApplication>
#include <QEvent>
#include <QScreen>

#include "app/printing.h"
#include "core/workflow/preferences.h"
#include "ui/commands.h"
#include "ui/language.h"
#include "ui/theme/theme.h"

namespace attest::app {
namespace {

/// How exactly it is known when a person last moved.
constexpr std::chrono::seconds idleStep{5};

bool isOfAPerson(const QEvent& event) {
  switch (event.type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
      return true;
    default:
      return false;
  }
}

/// 3D pictures come from the render lane, slices from all cores.
ui::ViewerServices viewerServices(jobs::Pool& pool) {
  const auto render = [&pool](std::function<void()> work) {
    pool.submit(jobs::Lane::render, jobs::Urgency::visible,
                [work = std::move(work)](std::stop_token) { work(); });
  };
  return {.runner = render, .parallel = pool.parallel()};
}

session::State stateWith(const session::Preferences& look) {
  session::State state;
  state.preferences = std::make_shared<session::Preferences>(look);
  return state;
}

}  // namespace

Result<std::unique_ptr<Workstation>> Workstation::open(const std::filesystem::path& home,
                                                       const QString& language) {
  ATTEST_TRY(auto services, workflow::Services::open(home, systemClock(), pictures()));
  ATTEST_TRY(const auto look, workflow::lastLook(*services));
  return std::unique_ptr<Workstation>(new Workstation(std::move(services), look, language));
}

Workstation::Workstation(std::unique_ptr<workflow::Services> services, const session::Preferences& look,
                         const QString& language)
    : services_(std::move(services)),
      store_({}, stateWith(look)),
      effects_(*services_, [this](session::Action action) { store_.post(std::move(action)); }),
      fixedLanguage_(language) {
  wear(look);
  window_ = std::make_unique<ui::MainWindow>(store_, viewerServices(services_->pool()));
  store_.setPerform([this](const session::Effect& effect) { effects_.perform(effect); });
  QCoreApplication::instance()->installEventFilter(this);  // also what happens in dialogs
  connect(&clock_, &QTimer::timeout, this,
          [this] { store_.dispatch(session::PreferencesAction{session::action::Tick{store_.now()}}); });
  connect(&store_, &ui::Store::changed, this, [this](const session::State& old, const session::State& now) {
    closeOnceSaved(now);
    if (old.preferences != now.preferences && !wears(*now.preferences))
      QMetaObject::invokeMethod(this, &Workstation::renewWindow, Qt::QueuedConnection);
  });
}

bool Workstation::wears(const session::Preferences& look) const {
  const QString wanted = fixedLanguage_.isEmpty() ? QString::fromStdString(look.language) : fixedLanguage_;
  return look.theme == theme_ && ui::spokenLanguage(wanted) == spoken_;
}

void Workstation::wear(const session::Preferences& look) {
  theme_ = look.theme;
  ui::applyTheme(*qApp, theme_);
  spoken_ = ui::setLanguage(
      *qApp, fixedLanguage_.isEmpty() ? QString::fromStdString(look.language) : fixedLanguage_);
}

/// The state has all that the window shows: another one is made over it, in the new language and colours.
void Workstation::renewWindow() {
  if (wears(*store_.state().preferences)) return;
  wear(*store_.state().preferences);
  auto fresh = std::make_unique<ui::MainWindow>(store_, viewerServices(services_->pool()));
  fresh->setGeometry(window_->geometry());
  fresh->setWindowState(window_->windowState());
  fresh->setVisible(window_->isVisible());
  window_ = std::move(fresh);
}

void Workstation::begin() {
  window_->resize(
      QGuiApplication::primaryScreen()->availableSize());  // for where no window manager maximizes
  window_->showMaximized();
  store_.begin();
  clock_.start(idleStep);
}

void Workstation::noteMoved() {
  const auto& before = store_.state().movedAt;
  if (before && store_.now() - *before < idleStep) return;
  store_.dispatch(session::PreferencesAction{session::action::Moved{store_.now()}});
}

bool Workstation::eventFilter(QObject* watched, QEvent* event) {
  if (isOfAPerson(*event)) noteMoved();
  const bool waits = event->type() == QEvent::Close && !leaving_ && ui::isSaving(store_.state());
  if (watched != window_.get() || !waits) return QObject::eventFilter(watched, event);
  event->ignore();
  leaving_ = true;
  store_.dispatch(session::action::SignOut{});
  return true;
}

void Workstation::closeOnceSaved(const session::State& now) {
  if (!leaving_) return;
  if (!now.signIn->reader) {
    window_->close();
  } else if (!now.reading->leave) {
    leaving_ = false;  // it could not be saved, and the window says why
  }
}

}  // namespace attest::app
