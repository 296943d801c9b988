#include "ui/parts/button.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>

#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

namespace attest::ui {
namespace {

constexpr int gap = 8;  // between the words and the key
constexpr int arrowSpace = 14;

bool presses(const QKeyEvent& key) {
  return (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter || key.key() == Qt::Key_Space) &&
         (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

}  // namespace

Button::Button(const QString& text, Look look, QWidget* parent) : QAbstractButton(parent), look_(look) {
  setText(text);
  if (!text.isEmpty()) setAccessibleName(text);
  setFocusPolicy(Qt::TabFocus);
  setCursor(look == Look::link ? Qt::PointingHandCursor : Qt::ArrowCursor);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAttribute(Qt::WA_Hover);
}

void Button::setKey(const QString& key) {
  key_ = key;
  if (toolTip().isEmpty() && !key.isEmpty()) setToolTip(QStringLiteral("%1 (%2)").arg(text(), key));
  updateGeometry();
}

void Button::setKeyShown(bool shown) {
  keyShown_ = shown;
  updateGeometry();
}

void Button::setMenu(QMenu* menu) {
  menu->setParent(this, Qt::Popup);
  hasMenu_ = true;
  connect(this, &Button::clicked, this, [this, menu] { menu->popup(mapToGlobal(QPoint(0, height() + 4))); });
}

void Button::setWide(bool wide) {
  wide_ = wide;
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

int Button::pad() const {
  if (look_ == Look::quiet && wide_) return 4;  // a heading of a list
  return look_ == Look::link ? 2 : look_ == Look::tool ? 9 : 12;
}

QSize Button::sizeHint() const {
  const QFont font = textFont(13, look_ == Look::primary ? QFont::Medium : QFont::Normal);
  int width = 2 * pad() + QFontMetrics(font).horizontalAdvance(text());
  if (keyShown_ && !key_.isEmpty()) width += gap + QFontMetrics(textFont(11)).horizontalAdvance(key_);
  if (hasMenu_) width += arrowSpace;
  return {width, look_ == Look::link ? 20 : look_ == Look::tool ? 32 : 28};
}

bool Button::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && presses(*static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return QAbstractButton::event(event);
}

void Button::keyPressEvent(QKeyEvent* event) {
  if (presses(*event) && event->key() != Qt::Key_Space) {
    if (!event->isAutoRepeat()) click();
  } else {
    QAbstractButton::keyPressEvent(event);
  }
}

QColor Button::face() const {
  const Palette& p = ui::palette();
  const bool lit = isEnabled() && (underMouse() || isDown());
  switch (look_) {
    case Look::plain:
      return lit ? p.hover : p.raised;
    case Look::primary:
      return lit ? blend(p.primary, p.image, isDown() ? 0.2 : 0.1) : p.primary;
    case Look::tool:
      if (isChecked()) return blend(p.panel, p.accent, 0.3);
      return lit ? p.raised : QColor(Qt::transparent);
    case Look::quiet:
      return lit ? p.hover : QColor(Qt::transparent);
    case Look::link:
      break;
  }
  return Qt::transparent;
}

QColor Button::ink() const {
  const Palette& p = ui::palette();
  if (!isEnabled()) return blend(p.panel, p.quiet, 0.55);
  switch (look_) {
    case Look::primary:
      return p.onPrimary;
    case Look::link:
      return underMouse() ? blend(p.accent, p.text, 0.3) : p.accent;
    case Look::tool:
      return isChecked() || underMouse() ? p.text : blend(p.quiet, p.text, 0.45);
    default:
      return p.text;
  }
}

void Button::paintEvent(QPaintEvent*) {
  const Palette& p = ui::palette();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  const bool flat = look_ == Look::primary && !isEnabled();
  painter.setBrush(flat ? p.raised : face());
  const bool outlined = look_ == Look::plain;
  painter.setPen(hasFocus() ? QPen(p.accent, 1.5) : outlined ? QPen(p.line, 1) : QPen(Qt::NoPen));
  painter.drawRoundedRect(box, 5, 5);

  QRect area = rect().adjusted(pad(), 0, -pad(), 0);
  if (hasMenu_) {
    QPainterPath arrow;
    const QPointF at(area.right() - 3.0, height() / 2.0 + 1);
    arrow.moveTo(at + QPointF(-4, -2.5));
    arrow.lineTo(at + QPointF(0, 1.5));
    arrow.lineTo(at + QPointF(4, -2.5));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink(), 1.4));
    painter.drawPath(arrow);
    area.setRight(area.right() - arrowSpace);
  }
  if (keyShown_ && !key_.isEmpty()) {
    painter.setFont(textFont(11));
    QColor quiet = ink();
    quiet.setAlphaF(look_ == Look::primary ? 0.8F : 0.6F);
    painter.setPen(quiet);
    const int width = painter.fontMetrics().horizontalAdvance(key_);
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, key_);
    area.setRight(area.right() - width - gap);
  }
  painter.setFont(textFont(13, look_ == Look::primary ? QFont::Medium : QFont::Normal));
  painter.setPen(ink());
  const bool left = wide_ || (keyShown_ && !key_.isEmpty()) || hasMenu_;
  painter.drawText(area, (left ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter | Qt::TextShowMnemonic,
                   text());
}

}  // namespace attest::ui
