#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QTextLayout>
#include <functional>
#include <memory>
#include <vector>

namespace attest::viewers {

// Lengths on paper are in units of the print device, of which 20 are a point (1/72 inch).

inline constexpr int printResolution = 1440;  ///< units an inch
constexpr double pt(double points) {
  return points * printResolution / 72;
}
constexpr double mm(double millimetres) {
  return millimetres * printResolution / 25.4;
}

/// Colours of paper.
namespace ink {
inline constexpr QColor text{0x1b, 0x21, 0x28};
inline constexpr QColor quiet{0x5d, 0x68, 0x74};
inline constexpr QColor line{0xd3, 0xda, 0xe1};
inline constexpr QColor panel{0xf3, 0xf6, 0xf9};
inline constexpr QColor accent{0x16, 0x65, 0xb3};
inline constexpr QColor cautionText{0x7a, 0x4d, 0x00};
inline constexpr QColor cautionPanel{0xfd, 0xf1, 0xd8};
inline constexpr QColor watermark{0xf4, 0xee, 0xe2};
}  // namespace ink

/// The type of documents in a size in points.
QFont face(double points, bool bold = false);
/// For digits and letters that are compared one by one.
QFont plainFace(double points);

/// Text in one column, broken into lines. A value that may be shared by several pages.
class TextBlock {
 public:
  TextBlock(const QString& text, const QFont& font, QColor color, double width,
            Qt::Alignment alignment = Qt::AlignLeft, const QList<QTextLayout::FormatRange>& formats = {});
  double height() const;
  double naturalWidth() const;  ///< of its widest line
  int lineCount() const { return layout_->lineCount(); }
  double lineHeight(int line) const;
  double ascent() const;  ///< of its first line
  void draw(QPainter& painter, QPointF topLeft) const;
  void drawLine(QPainter& painter, int line, QPointF topLeft) const;

 private:
  std::shared_ptr<QTextLayout> layout_;
  QColor color_;
};

/// Bodies of pages in the making: what is put on them from top to bottom.
class Pages {
 public:
  using Draw = std::function<void(QPainter&)>;
  explicit Pages(QRectF body) : body_(body), y_(body.top()), pages_(1) {}

  double left() const { return body_.left(); }
  double width() const { return body_.width(); }
  double height() const { return body_.height(); }
  /// The top of a strip of that height: on this page, or on the next where it does not fit.
  double take(double height);
  /// Begins a page where less than that is left of this one.
  void keep(double height);
  /// Empty space, which no page begins with.
  void space(double height);
  void draw(Draw draw) { pages_.back().push_back(std::move(draw)); }
  std::size_t count() const { return pages_.size(); }
  const std::vector<Draw>& page(std::size_t index) const { return pages_[index]; }

 private:
  QRectF body_;
  double y_;
  std::vector<std::vector<Draw>> pages_;
};

/// A thin line from left to right.
void drawRule(QPainter& painter, double left, double right, double y, QColor color = ink::line);
void drawPanel(QPainter& painter, QRectF rect, QColor color);

}  // namespace attest::viewers
