#include "viewers/print/parts.h"

#include <algorithm>
#include <cmath>

#include "viewers/print/figures.h"
#include "viewers/print/table.h"

namespace attest::viewers {
namespace {

constexpr double bodyPoints = 9.5;
constexpr double notePoints = 7.5;
constexpr double factNamePoints = 6.5;
constexpr double markShare = 0.95;  ///< of the size of the words, before it is raised
constexpr int rasterColumns = 4;
constexpr double gapMm = 4;
constexpr double wholeTable = 0.45;   ///< of a page: what is lower is not split
constexpr int longestPlainWord = 32;  ///< longer values without a blank are hashes and UIDs

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

/// Words as one text, with the marks raised.
struct MarkedText {
  QString text;
  QList<QTextLayout::FormatRange> formats;
};

MarkedText marked(const view::Paragraph& paragraph, double points) {
  MarkedText out;
  for (const view::Words& words : paragraph.words) {
    if (!out.text.isEmpty()) out.text += u' ';
    out.text += text(words.text);
    if (words.mark.empty()) continue;
    QTextLayout::FormatRange range;
    range.start = static_cast<int>(out.text.size());
    out.text += u'\u2060' + text(words.mark);  // never on a line of its own
    range.length = static_cast<int>(out.text.size()) - range.start;
    range.format.setFont(face(points * markShare, true));
    range.format.setForeground(ink::accent);
    range.format.setVerticalAlignment(QTextCharFormat::AlignSuperScript);
    out.formats << range;
  }
  return out;
}

void put(Pages& pages, const view::Paragraph& paragraph) {
  const double points = paragraph.isNote ? notePoints : bodyPoints;
  const MarkedText words = marked(paragraph, points);
  const TextBlock block(words.text, face(points), paragraph.isNote ? ink::quiet : ink::text, pages.width(),
                        Qt::AlignLeft, words.formats);
  // Neither the first nor the last line stands alone on a page.
  const int last = block.lineCount() - 1;
  for (int line = 0; line <= last; ++line) {
    const bool pairs = line == 0 || line + 1 == last;
    pages.keep(block.lineHeight(line) + (pairs && line < last ? block.lineHeight(line + 1) : 0));
    const double top = pages.take(block.lineHeight(line));
    pages.draw([block, line, at = QPointF(pages.left(), top)](QPainter& painter) {
      block.drawLine(painter, line, at);
    });
  }
  pages.space(mm(1.2));
}

void put(Pages& pages, const view::Facts& facts) {
  const FactRaster raster(facts.facts, pages.width(), bodyPoints - 0.5);
  const double top = pages.take(raster.height());
  pages.draw([raster, at = QPointF(pages.left(), top)](QPainter& painter) { raster.draw(painter, at); });
  pages.space(mm(1.5));
}

/// What stays on one page with the title of a section: a table that is no long one, else about its first
/// lines.
double beginning(const Pages& pages, const view::Section& section) {
  if (section.parts.empty()) return 0;
  if (std::holds_alternative<view::Figures>(section.parts.front())) return mm(58);
  const auto* table = std::get_if<view::Table>(&section.parts.front());
  if (table == nullptr) return mm(13);
  const double height = tableHeight(pages, *table);
  return height < wholeTable * pages.height() ? height : mm(26);
}

}  // namespace

FactRaster::FactRaster(const std::vector<view::Fact>& facts, double width, double valuePoints) {
  const double column = (width + mm(gapMm)) / rasterColumns;
  int at = 0;
  double top = 0;
  double rowHeight = 0;
  for (const view::Fact& fact : facts) {
    if (fact.value.empty()) continue;
    const QString value = text(fact.value);
    const bool plain = value.size() > longestPlainWord && !value.contains(u' ');
    const QFont font = plain ? plainFace(valuePoints - 1.5) : face(valuePoints);
    const double needs = TextBlock(value, font, ink::text, width).naturalWidth() + mm(gapMm);
    const int span = std::clamp(static_cast<int>(std::ceil(needs / column)), 1, rasterColumns);
    if (at + span > rasterColumns) {
      at = 0;
      top += rowHeight + mm(2);
      rowHeight = 0;
    }
    const double cellWidth = column * span - mm(gapMm);
    const Cell cell{{column * at, top},
                    TextBlock(text(fact.name), face(factNamePoints), ink::quiet, cellWidth),
                    TextBlock(value, font, ink::text, cellWidth)};
    rowHeight = std::max(rowHeight, cell.name.height() + cell.value.height());
    cells_.push_back(cell);
    at += span;
  }
  height_ = top + rowHeight;
}

void FactRaster::draw(QPainter& painter, QPointF topLeft) const {
  for (const Cell& cell : cells_) {
    cell.name.draw(painter, topLeft + cell.at);
    cell.value.draw(painter, topLeft + cell.at + QPointF(0, cell.name.height()));
  }
}

Result<> putSection(Pages& pages, const view::Section& section) {
  pages.space(mm(3.5));
  if (!section.title.empty()) {
    const TextBlock title(text(section.title), face(10.5, true), ink::accent, pages.width());
    pages.keep(title.height() + mm(1.8) + beginning(pages, section));
    const double top = pages.take(title.height() + mm(1.8));
    pages.draw([title, left = pages.left(), right = pages.left() + pages.width(), top](QPainter& painter) {
      title.draw(painter, {left, top});
      drawRule(painter, left, right, top + title.height() + mm(0.2));
    });
  }
  for (const view::Part& part : section.parts) {
    if (const auto* paragraph = std::get_if<view::Paragraph>(&part)) put(pages, *paragraph);
    if (const auto* facts = std::get_if<view::Facts>(&part)) put(pages, *facts);
    if (const auto* table = std::get_if<view::Table>(&part)) putTable(pages, *table);
    if (const auto* figures = std::get_if<view::Figures>(&part)) ATTEST_CHECK(putFigures(pages, *figures));
  }
  return {};
}

void putSeal(Pages& pages, const view::Seal& seal) {
  const double margin = mm(4);
  const double inside = pages.width() - 2 * margin;
  const TextBlock title(text(seal.title), face(11, true), ink::text, inside);
  const TextBlock words(text(seal.words), face(8.5), ink::quiet, inside);
  const FactRaster raster(seal.facts, inside, 8.5);
  const double height = title.height() + words.height() + raster.height() + 2 * margin + mm(2.5);
  pages.space(mm(6));
  const double top = pages.take(height);
  const QRectF rect(pages.left(), top, pages.width(), height);
  pages.draw([=](QPainter& painter) {
    drawPanel(painter, rect, ink::panel);
    painter.fillRect(QRectF(rect.left(), rect.top() + mm(1.5), mm(0.9), rect.height() - mm(3)), ink::accent);
    QPointF at = rect.topLeft() + QPointF(margin, margin);
    title.draw(painter, at);
    at.ry() += title.height() + mm(0.5);
    words.draw(painter, at);
    at.ry() += words.height() + mm(2);
    raster.draw(painter, at);
  });
}

}  // namespace attest::viewers
