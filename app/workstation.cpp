#include "app/workstation.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QScreen>

#include "app/printing.h"
#include "ui/commands.h"

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

}  // namespace

Result<std::unique_ptr<Workstation>> Workstation::open(const std::filesystem::path& home) {
  ATTEST_TRY(auto services, workflow::Services::open(home, systemClock(), pictures()));
  return std::unique_ptr<Workstation>(new Workstation(std::move(services)));
}

Workstation::Workstation(std::unique_ptr<workflow::Services> services)
    : services_(std::move(services)),
      effects_(*services_, [this](session::Action action) { store_.post(std::move(action)); }),
      window_(store_, viewerServices(services_->pool())) {
  store_.setPerform([this](const session::Effect& effect) { effects_.perform(effect); });
  QCoreApplication::instance()->installEventFilter(this);  // also what happens in dialogs
  connect(&clock_, &QTimer::timeout, this,
          [this] { store_.dispatch(session::PreferencesAction{session::action::Tick{store_.now()}}); });
  connect(&store_, &ui::Store::changed, this,
          [this](const session::State&, const session::State& now) { closeOnceSaved(now); });
}

void Workstation::begin() {
  window_.resize(QGuiApplication::primaryScreen()->availableSize());  // for where no window manager maximizes
  window_.showMaximized();
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
  if (watched != &window_ || !waits) return QObject::eventFilter(watched, event);
  event->ignore();
  leaving_ = true;
  store_.dispatch(session::action::SignOut{});
  return true;
}

void Workstation::closeOnceSaved(const session::State& now) {
  if (!leaving_) return;
  if (!now.signIn->reader) {
    window_.close();
  } else if (!now.reading->leave) {
    leaving_ = false;  // it could not be saved, and the window says why
  }
}

}  // namespace attest::app
