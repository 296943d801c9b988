#include "viewers/volume_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "core/view/plane.h"
#include "viewers/decorations.h"
#include "viewers/tools/tool.h"
#include "viewers/volume_image.h"

namespace attest::viewers {
namespace {

constexpr int stillMs = 150;
constexpr double degreesPerPixel = 0.4;
constexpr double steepest = 89;
constexpr double pixelsPerDoubling = 120;
constexpr double zoomPerNotch = 1.15;
constexpr int wheelNotch = 120;
constexpr double compassRadius = 22;

/// Where a job leaves its frame; the view may be gone by then.
struct Mailbox {
  std::mutex mutex;
  VolumeView* view = nullptr;
};

/// The six directions of the patient as seen now, the nearer ones brighter.
void paintCompass(QPainter& painter, QPointF centre, const view::Camera& camera) {
  const CameraAxes axes = axesOf(camera);
  constexpr std::array<std::pair<const char*, Vec3>, 6> directions{{{"L", {1, 0, 0}},
                                                                    {"R", {-1, 0, 0}},
                                                                    {"P", {0, 1, 0}},
                                                                    {"A", {0, -1, 0}},
                                                                    {"H", {0, 0, 1}},
                                                                    {"F", {0, 0, -1}}}};
  for (const auto& [letter, direction] : directions) {
    const QPointF at = centre + compassRadius * QPointF(dot(direction, axes.right), -dot(direction, axes.up));
    const double nearness = dot(direction, axes.toViewer);
    const QColor colour =
        QColor(0x8f, 0xc4, 0xff, static_cast<int>(150 + 105 * std::clamp(nearness, -1.0, 1.0)));
    painter.setPen(QPen(QColor(0x8f, 0xc4, 0xff, 70), 1));
    painter.drawLine(centre, centre + 0.6 * (at - centre));
    paintHaloText(painter, QRectF(at.x() - 10, at.y() - 10, 20, 20), Qt::AlignCenter,
                  QString::fromLatin1(letter), colour);
  }
}

}  // namespace

struct VolumeView::State {
  State(Runner jobs, Parallel& cores) : runner(std::move(jobs)), parallel(cores) {}

  Runner runner;
  Parallel& parallel;
  std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
  std::shared_ptr<VolumeImage> images = std::make_shared<VolumeImage>();
  view::ViewportState given;
  view::ViewportState shown;
  imaging::VolumePtr volume;
  std::vector<view::OverlayItem> overlays;
  QString message;
  bool isError = false;
  bool selected = false;
  QImage frame;

  std::optional<Quality> wanted;   ///< a frame to be asked for as soon as the one under way is there
  std::optional<Quality> running;  ///< at most one job at a time
  std::stop_source stop;
  QTimer still;

  Qt::MouseButton button = Qt::NoButton;
  QPointF from;
  view::ViewportState before;
};

VolumeView::VolumeView(Runner runner, Parallel& parallel, QWidget* parent)
    : QWidget(parent), state_(std::make_unique<State>(std::move(runner), parallel)) {
  state_->mailbox->view = this;
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMinimumSize(64, 64);
  state_->still.setSingleShot(true);
  state_->still.setInterval(stillMs);
  connect(&state_->still, &QTimer::timeout, this, [this] { request(false); });
}

VolumeView::~VolumeView() {
  state_->stop.request_stop();
  const std::scoped_lock lock(state_->mailbox->mutex);
  state_->mailbox->view = nullptr;
}

const view::ViewportState& VolumeView::state() const {
  return state_->shown;
}
const QImage& VolumeView::frame() const {
  return state_->frame;
}

void VolumeView::setState(const view::ViewportState& state) {
  state_->given = state;
  if (state_->button != Qt::NoButton || state == state_->shown) return;
  const bool sameCamera = state.camera == state_->shown.camera && state.zoom == state_->shown.zoom &&
                          state.pan == state_->shown.pan && state.window == state_->shown.window;
  state_->shown = state;
  if (!sameCamera || state_->frame.isNull()) request(true);
}

void VolumeView::setVolume(imaging::VolumePtr volume) {
  if (volume == state_->volume) return;
  state_->volume = std::move(volume);
  state_->frame = {};
  request(true);
}

void VolumeView::setOverlays(std::vector<view::OverlayItem> overlays) {
  state_->overlays = std::move(overlays);
  request(true);
}

void VolumeView::setMessage(const QString& message, bool isError) {
  state_->message = message;
  state_->isError = isError;
  update();
}

void VolumeView::setSelected(bool selected) {
  state_->selected = selected;
  update();
}

/// Asks for a frame of what is shown now. A fine frame under way gives way to a coarse one; coarse ones are
/// never cut short, or a steady drag would show nothing.
void VolumeView::request(bool moving) {
  if (state_->volume == nullptr || !isVisible()) return update();
  state_->wanted = moving ? Quality::moving : Quality::still;
  if (moving) {
    state_->still.start();
    if (state_->running == Quality::still) state_->stop.request_stop();
  }
  if (!state_->running) submit();
}

void VolumeView::submit() {
  const Quality quality = *std::exchange(state_->wanted, std::nullopt);
  state_->running = quality;
  state_->stop = {};
  const double ratio = devicePixelRatioF();
  const QSize size = (QSizeF(this->size()) * ratio).toSize().expandedTo({1, 1});
  const Pixels pixels{size.width(), size.height(), ratio};
  state_->runner([mailbox = state_->mailbox, images = state_->images, shown = state_->shown,
                  volume = state_->volume, overlays = state_->overlays, &parallel = state_->parallel,
                  stop = state_->stop.get_token(), pixels, quality] {
    const auto frame = images->render(shown, volume, overlays, pixels, quality, parallel, stop);
    const std::scoped_lock lock(mailbox->mutex);
    if (mailbox->view == nullptr) return;
    QMetaObject::invokeMethod(
        mailbox->view, [view = mailbox->view, frame = frame.value_or(QImage())] { view->accept(frame); },
        Qt::QueuedConnection);
  });
}

void VolumeView::accept(const QImage& frame) {
  state_->running.reset();
  if (!frame.isNull()) {
    state_->frame = frame;
    update();
    Q_EMIT frameShown();
  }
  if (state_->wanted) submit();
}

void VolumeView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  useOverlayFont(painter);
  painter.fillRect(rect(), Qt::black);
  if (state_->volume == nullptr || !state_->message.isEmpty()) {
    paintMessage(painter, rect(), state_->message, state_->isError);
  } else if (!state_->frame.isNull()) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawImage(QRectF(rect()), state_->frame);
    paintCompass(painter, QPointF(width() - 44, height() - 44), state_->shown.camera);
  }
  if (state_->selected) paintSelection(painter, rect());
}

void VolumeView::showEvent(QShowEvent*) {
  request(true);
}
void VolumeView::resizeEvent(QResizeEvent*) {
  request(true);
}

void VolumeView::mousePressEvent(QMouseEvent* event) {
  Q_EMIT viewportActivated();
  if (state_->volume == nullptr || state_->button != Qt::NoButton) return;
  const bool pans = event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ControlModifier);
  state_->button = pans ? Qt::MiddleButton : event->button();
  state_->from = event->position();
  state_->before = state_->shown;
}

void VolumeView::mouseMoveEvent(QMouseEvent* event) {
  if (state_->button == Qt::NoButton) return;
  const QPointF way = event->position() - state_->from;
  view::ViewportState& shown = state_->shown;
  shown = state_->before;
  if (state_->button == Qt::LeftButton) {  // the patient turns with the hand
    shown.camera.azimuthDegrees =
        std::remainder(shown.camera.azimuthDegrees - degreesPerPixel * way.x(), 360.0);
    shown.camera.elevationDegrees =
        std::clamp(shown.camera.elevationDegrees + degreesPerPixel * way.y(), -steepest, steepest);
  } else if (state_->button == Qt::MiddleButton) {
    const double mm = length(view::planeFor(shown, state_->volume->grid(), width(), height()).stepXMm);
    shown.pan.rightMm += way.x() * mm;
    shown.pan.downMm += way.y() * mm;
  } else {
    shown.zoom = std::clamp(shown.zoom * std::exp2(-way.y() / pixelsPerDoubling), smallestZoom, largestZoom);
  }
  request(true);
}

void VolumeView::mouseReleaseEvent(QMouseEvent*) {
  if (std::exchange(state_->button, Qt::NoButton) == Qt::NoButton) return;
  if (!(state_->shown == state_->before)) Q_EMIT cameraMoved(state_->shown);
}

void VolumeView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) Q_EMIT maximizeToggled();
}

void VolumeView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (state_->volume == nullptr || state_->button != Qt::NoButton) return;
  const double notches = event->angleDelta().y() / static_cast<double>(wheelNotch);
  state_->shown.zoom =
      std::clamp(state_->shown.zoom * std::pow(zoomPerNotch, notches), smallestZoom, largestZoom);
  request(true);
  Q_EMIT cameraMoved(state_->shown);
}

}  // namespace attest::viewers
