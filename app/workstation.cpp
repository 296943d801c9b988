#include "app/workstation.h"

#include <QEvent>
#include <QGuiApplication>
#include <QScreen>

#include "ui/commands.h"

namespace attest::app {
namespace {

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
  ATTEST_TRY(auto services, workflow::Services::open(home));
  return std::unique_ptr<Workstation>(new Workstation(std::move(services)));
}

Workstation::Workstation(std::unique_ptr<workflow::Services> services)
    : services_(std::move(services)),
      effects_(*services_, [this](session::Action action) { store_.post(std::move(action)); }),
      window_(store_, viewerServices(services_->pool())) {
  store_.setPerform([this](const session::Effect& effect) { effects_.perform(effect); });
  window_.installEventFilter(this);
  connect(&store_, &ui::Store::changed, this,
          [this](const session::State&, const session::State& now) { closeOnceSaved(now); });
}

void Workstation::begin() {
  window_.resize(QGuiApplication::primaryScreen()->availableSize());  // for where no window manager maximizes
  window_.showMaximized();
  store_.begin();
}

bool Workstation::eventFilter(QObject* watched, QEvent* event) {
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
