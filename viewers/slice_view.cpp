#include "viewers/slice_view.h"

#include <QPainter>
#include <algorithm>
#include <limits>
#include <utility>

#include "core/view/plane.h"
#include "viewers/decorations.h"

namespace attest::viewers {
namespace {

constexpr int frameMs = 16;
constexpr int stillMs = 150;

/// Largest minus smallest value, of about a million voxels: it only sets how fast a drag changes the window.
double rangeOf(const imaging::Volume& volume) {
  return imaging::visit(volume, [](auto values) {
    const std::size_t stride = std::max<std::size_t>(1, values.size() / 1'000'000);
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (std::size_t at = 0; at < values.size(); at += stride) {
      const double value = imaging::toDouble(values[at]);
      low = std::min(low, value);
      high = std::max(high, value);
    }
    return std::max(1e-6, high - low);
  });
}

}  // namespace

/// The picture on the screen, and what it was made of; the samples stay while only the window or overlays
/// change.
struct SliceView::Picture {
  imaging::VolumePtr volume;
  imaging::Plane plane;
  imaging::Slab slab;
  imaging::Image samples;
  QImage image;  ///< null: to be painted anew
};

SliceView::SliceView(Parallel& parallel, QWidget* parent)
    : QWidget(parent),
      parallel_(parallel),
      picture_(std::make_unique<Picture>()),
      tool_(makeTool(toolKind_)),
      pan_(makeTool(ToolKind::pan)),
      zoom_(makeTool(ToolKind::zoom)) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMouseTracking(true);
  setFocusPolicy(Qt::ClickFocus);
  setMinimumSize(64, 64);
  frame_.setSingleShot(true);
  frame_.setInterval(frameMs);
  connect(&frame_, &QTimer::timeout, this, [this] { emitIntent(std::exchange(waiting_, std::nullopt)); });
  still_.setSingleShot(true);
  still_.setInterval(stillMs);
  connect(&still_, &QTimer::timeout, this, [this] { update(); });
}

SliceView::~SliceView() = default;

void SliceView::setState(const view::ViewportState& state) {
  if (state == given_ && active_ == nullptr && state == canvas_.state) return;
  given_ = state;
  if (active_ != nullptr || waiting_) return;  // the gesture goes on; what was given shows after it
  canvas_.state = state;
  changed();
}

void SliceView::setImages(imaging::VolumePtr volume, std::optional<SingleImage> single) {
  if (volume == canvas_.volume && single == canvas_.single) return;
  if (volume && volume != canvas_.volume) canvas_.valueRange = rangeOf(*volume);
  canvas_.volume = std::move(volume);
  canvas_.single = single;
  shown_.reset();
  changed();
}

void SliceView::setOverlays(std::vector<view::OverlayItem> overlays) {
  givenOverlays_ = std::move(overlays);
  if (active_ == tool_.get() && active_ != nullptr) return;
  canvas_.overlays = givenOverlays_;
  shown_.reset();
  changed();
}

void SliceView::setTexts(Texts texts) {
  texts_ = std::move(texts);
  update();
}

void SliceView::setMarks(std::vector<view::ExpectedMark> marks) {
  if (marks == marks_) return;
  marks_ = std::move(marks);
  update();
}

void SliceView::setMessage(const QString& message, bool isError) {
  message_ = message;
  isError_ = isError;
  update();
}

void SliceView::setMark(const QString& mark) {
  mark_ = mark;
  update();
}

void SliceView::setSelected(bool selected) {
  selected_ = selected;
  update();
}

void SliceView::setCrosshairVisible(bool visible) {
  crosshair_ = visible;
  update();
}

void SliceView::setTool(ToolKind kind) {
  if (kind == toolKind_) return;
  cancelGesture();
  toolKind_ = kind;
  tool_ = makeTool(kind);
  setCursor(tool_->cursor());
  update();
}

void SliceView::setBrushRadius(double radiusMm) {
  canvas_.brushRadiusMm = std::max(0.1, radiusMm);
  update();
}

void SliceView::measureScreen() {
  const double ratio = devicePixelRatioF();
  const QSize size = (QSizeF(this->size()) * ratio).toSize().expandedTo({1, 1});
  const Pixels pixels{size.width(), size.height(), ratio};
  if (pixels == canvas_.pixels) return;
  canvas_.pixels = pixels;
  picture_->image = {};
}

void SliceView::changed() {
  picture_->image = {};
  update();
}

/// Brings the picture up to date with the canvas, doing only what changed. A moving slab is sampled at half
/// the size.
void SliceView::updatePicture() {
  measureScreen();
  const Pixels& pixels = canvas_.pixels;
  const bool coarse =
      canvas_.state.slab.projection != imaging::Projection::none && (active_ != nullptr || still_.isActive());
  const int share = coarse ? 2 : 1;
  const imaging::Plane plane =
      view::planeFor(canvas_.state, canvas_.volume->grid(), std::max(1, pixels.width / share),
                     std::max(1, pixels.height / share));
  if (!picture_->image.isNull() && plane == picture_->plane) return;
  if (picture_->volume != canvas_.volume || !(plane == picture_->plane) ||
      !(picture_->slab == canvas_.state.slab)) {
    picture_->volume = canvas_.volume;
    picture_->plane = plane;
    picture_->slab = canvas_.state.slab;
    picture_->samples = sampleSlice(canvas_.state, *canvas_.volume, plane, parallel_);
  }
  picture_->image = paintSlice(canvas_.state, *canvas_.volume, plane, picture_->samples, canvas_.overlays,
                               pixels.ratio / share, parallel_);
  picture_->image.setDevicePixelRatio(pixels.ratio / share);
  if (coarse) still_.start();
}

void SliceView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(font());
  useOverlayFont(painter);
  if (!isReady()) {
    painter.fillRect(rect(), Qt::black);
    paintMessage(painter, rect(), message_, isError_);
  } else {
    updatePicture();
    painter.setRenderHint(
        QPainter::SmoothPixmapTransform);  // only matters for the coarse picture of a moving slab
    painter.drawImage(QPointF(0, 0), picture_->image);
    paintDecorations(painter);
    reportShown();
  }
  if (selected_) paintSelection(painter, rect());
}

void SliceView::paintDecorations(QPainter& painter) {
  painter.setRenderHint(QPainter::TextAntialiasing);
  const imaging::Plane plane = canvas_.plane();
  if (crosshair_ && !canvas_.single)
    paintCrosshair(painter, rect(), canvas_.state, plane, canvas_.pixels.ratio);
  if (!canvas_.single) paintExpected(painter, rect(), marks_, plane, canvas_.pixels.ratio);
  paintEdgeLetters(painter, rect(), view::orientationLetters(plane));
  const view::CornerTexts texts = texts_ ? texts_(canvas_.state, plane) : view::CornerTexts{};
  paintScaleBar(painter, rect(), canvas_.mmPerPixel(), texts.bottomRight.size(),
                QString::fromStdString(texts.lengthUnit));
  paintCornerTexts(painter, rect(), texts, canvas_.state.orientation, mark_);
  if (cursor_ && (active_ == nullptr || active_ == tool_.get())) {
    painter.setRenderHint(QPainter::Antialiasing);
    tool_->paint(painter, canvas_, *cursor_);
  }
}

/// Says which slice a person can see now; after the paint event, so that a listener may change this view at
/// once.
void SliceView::reportShown() {
  if (!isVisible()) return;
  const int index = canvas_.single ? canvas_.single->index
                                   : view::sliceIndex(canvas_.state.orientation, canvas_.volume->grid(),
                                                      canvas_.state.focusMm);
  const bool same = shown_ && shown_->second == index && shown_->first.block == canvas_.state.block &&
                    shown_->first.orientation == canvas_.state.orientation &&
                    shown_->first.focusMm == canvas_.state.focusMm;
  if (same) return;
  shown_ = {canvas_.state, index};
  QMetaObject::invokeMethod(
      this, [this, state = canvas_.state, index] { Q_EMIT sliceShown(state, index); }, Qt::QueuedConnection);
}

}  // namespace attest::viewers
