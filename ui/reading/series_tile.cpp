#include "ui/reading/series_tile.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "ui/reading/viewer_cell.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

namespace attest::ui {
namespace {

constexpr int wordsHeight = 42;

}  // namespace

SeriesTile::SeriesTile(const BlockRef& block, const QString& title, const QString& facts,
                       const QString& warning)
    : block_(block), facts_(facts), warning_(warning) {
  setText(title);
  setAccessibleName(title);
  setAccessibleDescription(facts);
  setToolTip(warning.isEmpty() ? QStringLiteral("%1\n%2").arg(title, facts)
                               : QStringLiteral("%1\n%2\n%3").arg(title, facts, warning));
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAttribute(Qt::WA_Hover);
}

void SeriesTile::setPicture(const QPixmap& picture) {
  picture_ = picture;
  update();
}

void SeriesTile::setProgress(const QString& words) {
  progress_ = words;
  update();
}

void SeriesTile::setShown(bool shown) {
  shown_ = shown;
  update();
}

QSize SeriesTile::sizeHint() const {
  return {pictureWidth + 2, pictureHeight + wordsHeight + 2};
}

void SeriesTile::paintEvent(QPaintEvent*) {
  const Palette& p = ui::palette();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  QPainterPath shape;
  shape.addRoundedRect(box, 6, 6);
  painter.fillPath(shape, underMouse() ? p.hover : p.raised);
  painter.save();
  painter.setClipPath(shape);
  const QRect image(1, 1, pictureWidth, pictureHeight);
  painter.fillRect(image, p.image);
  if (!picture_.isNull()) painter.drawPixmap(image, picture_);
  painter.restore();
  painter.setFont(textFont(12));
  painter.setPen(p.quiet);
  const QRect words(9, pictureHeight + 5, width() - 18, 17);
  painter.drawText(words.translated(0, 17), Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(facts_, Qt::ElideRight, words.width()));
  painter.setFont(textFont(12, QFont::DemiBold));
  painter.setPen(p.text);
  painter.drawText(words, Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
  if (picture_.isNull()) {
    painter.setFont(textFont(12));
    painter.setPen(p.quietOnImage);
    painter.drawText(image, Qt::AlignCenter, progress_);
  }
  if (!warning_.isEmpty()) {
    painter.setPen(p.cautionOnImage);
    painter.drawText(image.adjusted(0, 4, -6, 0), Qt::AlignRight | Qt::AlignTop, QStringLiteral("⚠"));
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(shown_ || hasFocus() ? p.accent : p.line, shown_ ? 1.6 : 1));
  painter.drawPath(shape);
}

void SeriesTile::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->pos();
  QAbstractButton::mousePressEvent(event);
}

void SeriesTile::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) ||
      (event->pos() - pressed_).manhattanLength() < QApplication::startDragDistance()) {
    return QAbstractButton::mouseMoveEvent(event);
  }
  setDown(false);
  auto* mime = new QMimeData;
  mime->setData(QLatin1String(blockMime),
                QByteArray::fromStdString(block_.series.value + '#' + std::to_string(block_.block)));
  auto* drag = new QDrag(this);
  drag->setMimeData(mime);
  if (!picture_.isNull()) drag->setPixmap(picture_);
  drag->exec(Qt::CopyAction);
}

}  // namespace attest::ui
