#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>
#include <type_traits>
#include <utility>

#include "viewers/slice_view.h"

// The mouse of a slice view: scheme "Radiology". Left: the chosen tool; middle or ctrl+left: pan; right or
// alt+left: zoom; right without moving: menu; wheel: scroll, with shift ten at a time, with ctrl zoom; double
// click: maximise.
namespace attest::viewers {
namespace {

constexpr double clickSlopPx = 4;
constexpr int wheelNotch = 120;
constexpr int fastSteps = 10;
constexpr double zoomPerNotch = 1.15;

}  // namespace

Tool* SliceView::toolFor(Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  if (button == Qt::MiddleButton) return pan_.get();
  if (button == Qt::RightButton) return zoom_.get();
  if (button != Qt::LeftButton) return nullptr;
  if (modifiers.testFlag(Qt::ControlModifier)) return pan_.get();
  if (modifiers.testFlag(Qt::AltModifier)) return zoom_.get();
  return tool_.get();
}

void SliceView::mousePressEvent(QMouseEvent* event) {
  Q_EMIT viewportActivated();
  if (!isReady() || active_ != nullptr) return;
  active_ = toolFor(event->button(), event->modifiers());
  if (active_ == nullptr) return;
  button_ = event->button();
  pressedAt_ = event->position();
  moved_ = false;
  cursor_ = event->position();
  active_->press(canvas_, {event->position(), event->modifiers()});
  setCursor(active_->cursor());
  changed();
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  cursor_ = event->position();
  if (!isReady()) return;
  if (active_ != nullptr) {
    const QPointF way = event->position() - pressedAt_;
    const bool slips = button_ == Qt::RightButton && std::hypot(way.x(), way.y()) <= clickSlopPx;
    if (moved_ || !slips) {
      moved_ = true;
      active_->drag(canvas_, {event->position(), event->modifiers()});
      if (active_->isFollowed())
        if (auto intent = active_->intent(canvas_)) emitLater(*std::move(intent));
      changed();
    }
  } else if (toolKind_ == ToolKind::brush || toolKind_ == ToolKind::eraser) {
    update();  // the circle follows
  }
  reportValue(event->position());
}

void SliceView::mouseReleaseEvent(QMouseEvent* event) {
  if (active_ == nullptr || event->button() != button_) return;
  if (button_ == Qt::RightButton && !moved_) {
    cancelGesture();
    Q_EMIT menuRequested(event->globalPosition().toPoint(), canvas_.patientAt(event->position()));
    return;
  }
  finishGesture();
}

void SliceView::finishGesture() {
  const std::optional<Intent> intent = active_->intent(canvas_);
  const bool said = active_->isFollowed() && !waiting_ && moved_;  // the last place was already told
  active_ = nullptr;
  button_ = Qt::NoButton;
  frame_.stop();
  waiting_.reset();
  if (!intent) canvas_.state = given_;  // what came meanwhile
  if (!intent || !std::holds_alternative<StrokeFinished>(*intent)) canvas_.overlays = givenOverlays_;
  setCursor(tool_->cursor());
  if (!said) emitIntent(intent);
  changed();
}

void SliceView::cancelGesture() {
  if (active_ == nullptr) return;
  active_ = nullptr;
  button_ = Qt::NoButton;
  frame_.stop();
  waiting_.reset();
  canvas_.state = given_;
  canvas_.overlays = givenOverlays_;
  setCursor(tool_->cursor());
  changed();
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) Q_EMIT maximizeToggled();
}

void SliceView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (!isReady() || active_ != nullptr) return;
  const QPoint delta = event->angleDelta();
  wheelRest_ += delta.y() != 0 ? delta.y() : delta.x();
  const int notches = wheelRest_ / wheelNotch;
  wheelRest_ -= notches * wheelNotch;
  if (notches == 0) return;
  const view::ViewportState before = canvas_.state;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    zoomAbout(canvas_, event->position(), std::pow(zoomPerNotch, notches));
    if (!(canvas_.state == before)) emitLater(Framed{canvas_.state});
  } else {
    scrollBy(canvas_, event->modifiers().testFlag(Qt::ShiftModifier) ? notches * fastSteps : notches);
    if (!(canvas_.state == before)) emitLater(Scrolled{canvas_.state});
  }
  changed();
  reportValue(event->position());
}

void SliceView::leaveEvent(QEvent*) {
  cursor_.reset();
  update();
  Q_EMIT cursorLeft();
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && active_ != nullptr) {
    cancelGesture();
  } else {
    event->ignore();
  }
}

void SliceView::resizeEvent(QResizeEvent*) {
  measureScreen();
  changed();
}

void SliceView::reportValue(QPointF at) {
  const Vec3 point = canvas_.patientAt(at);
  const Index3 voxel = canvas_.volume->grid().nearest(point);
  const bool hasValue =
      canvas_.volume->grid().contains(voxel) && canvas_.volume->type() != imaging::PixelType::rgb24;
  Q_EMIT valueUnderCursor(point, hasValue ? std::optional(canvas_.volume->at(voxel)) : std::nullopt);
}

/// Keeps only the newest intent until the frame ends; an intent of another kind lets the waiting one go
/// first.
void SliceView::emitLater(Intent intent) {
  if (waiting_ && waiting_->index() != intent.index()) emitIntent(std::exchange(waiting_, std::nullopt));
  waiting_ = std::move(intent);
  if (!frame_.isActive()) frame_.start();
}

void SliceView::emitIntent(const std::optional<Intent>& intent) {
  if (!intent) return;
  std::visit(
      [this](const auto& wish) {
        using Wish = std::decay_t<decltype(wish)>;
        if constexpr (std::is_same_v<Wish, Scrolled>) Q_EMIT scrolled(wish.state);
        if constexpr (std::is_same_v<Wish, Framed>) Q_EMIT framed(wish.state);
        if constexpr (std::is_same_v<Wish, WindowChanged>) Q_EMIT windowChanged(wish.window);
        if constexpr (std::is_same_v<Wish, CrosshairMoved>) Q_EMIT crosshairMoved(wish.focusMm);
        if constexpr (std::is_same_v<Wish, StrokeFinished>) Q_EMIT strokeFinished(wish.item, wish.mask);
      },
      *intent);
}

}  // namespace attest::viewers
