#include "viewers/print/sheet.h"

#include <algorithm>

namespace attest::viewers {
namespace {

constexpr double leading = 1.12;  ///< of the lines, beside the font's own

QFont fontOf(const QStringList& families, double points) {
  QFont font(families);
  font.setPixelSize(qRound(pt(points)));
  font.setHintingPreference(QFont::PreferNoHinting);  // paper has no pixels
  return font;
}

}  // namespace

QFont face(double points, bool bold) {
  QFont font = fontOf({QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")}, points);
  font.setBold(bold);
  return font;
}

QFont plainFace(double points) {
  QFont font = fontOf({QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono")}, points);
  font.setStyleHint(QFont::TypeWriter);
  return font;
}

TextBlock::TextBlock(const QString& text, const QFont& font, QColor color, double width,
                     Qt::Alignment alignment, const QList<QTextLayout::FormatRange>& formats)
    : layout_(std::make_shared<QTextLayout>(text, font)), color_(color) {
  QTextOption option(alignment);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  option.setUseDesignMetrics(true);
  layout_->setTextOption(option);
  layout_->setFormats(formats);
  layout_->setCacheEnabled(true);
  layout_->beginLayout();
  double y = 0;
  for (QTextLine line = layout_->createLine(); line.isValid(); line = layout_->createLine()) {
    line.setLineWidth(width);
    line.setPosition({0, y});
    y += line.height() * leading;
  }
  layout_->endLayout();
}

double TextBlock::height() const {
  double height = 0;
  for (int line = 0; line < lineCount(); ++line) height += lineHeight(line);
  return height;
}

double TextBlock::naturalWidth() const {
  double width = 0;
  for (int line = 0; line < lineCount(); ++line)
    width = std::max(width, layout_->lineAt(line).naturalTextWidth());
  return width;
}

double TextBlock::lineHeight(int line) const {
  return layout_->lineAt(line).height() * leading;
}

double TextBlock::ascent() const {
  return lineCount() > 0 ? layout_->lineAt(0).ascent() : 0;
}

void TextBlock::draw(QPainter& painter, QPointF topLeft) const {
  painter.setPen(color_);
  layout_->draw(&painter, topLeft);
}

void TextBlock::drawLine(QPainter& painter, int line, QPointF topLeft) const {
  painter.setPen(color_);
  const QTextLine one = layout_->lineAt(line);
  one.draw(&painter, topLeft - QPointF(0, one.y()));
}

double Pages::take(double height) {
  keep(height);
  const double top = y_;
  y_ += height;
  return top;
}

void Pages::keep(double height) {
  if (y_ + height <= body_.bottom() || y_ <= body_.top()) return;
  pages_.emplace_back();
  y_ = body_.top();
}

void Pages::space(double height) {
  if (y_ > body_.top()) y_ += height;
}

void drawRule(QPainter& painter, double left, double right, double y, QColor color) {
  painter.fillRect(QRectF(left, y, right - left, pt(0.5)), color);
}

void drawPanel(QPainter& painter, QRectF rect, QColor color) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawRoundedRect(rect, mm(1.5), mm(1.5));
}

}  // namespace attest::viewers
