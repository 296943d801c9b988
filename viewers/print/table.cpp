#include "viewers/print/table.h"

#include <algorithm>
#include <numeric>

namespace attest::viewers {
namespace {

constexpr double cellPoints = 8.5;
constexpr double belowPoints = 7;
constexpr double titlePoints = 7;
constexpr double columnGapMm = 3;
constexpr double rowMarginMm = 1.1;
constexpr double swatchMm = 2.2;

struct Place {
  double left = 0;
  double width = 0;
};

/// A row, laid out: blocks below each other in each column.
struct LaidRow {
  std::vector<std::vector<TextBlock>> cells;
  double height = 0;
};

std::vector<Place> placesOf(const view::Table& table, double width, double indent) {
  const double shares =
      std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                      [](double sum, const view::Column& column) { return sum + column.share; });
  const double room = width - indent - mm(columnGapMm) * (static_cast<double>(table.columns.size()) - 1);
  std::vector<Place> places;
  double left = indent;
  for (const view::Column& column : table.columns) {
    places.push_back({left, room * column.share / shares});
    left += places.back().width + mm(columnGapMm);
  }
  return places;
}

Qt::Alignment alignmentOf(const view::Column& column) {
  return column.isNumber ? Qt::AlignRight : Qt::AlignLeft;
}

LaidRow laid(const view::Table& table, const view::Row& row, const std::vector<Place>& places) {
  LaidRow out;
  for (std::size_t c = 0; c < places.size() && c < row.cells.size(); ++c) {
    auto& blocks = out.cells.emplace_back();
    double height = 0;
    for (const QString& line : QString::fromStdString(row.cells[c]).split(u'\n')) {
      const bool first = blocks.empty();
      blocks.emplace_back(line, face(first ? cellPoints : belowPoints), first ? ink::text : ink::quiet,
                          places[c].width, alignmentOf(table.columns[c]));
      height += blocks.back().height();
    }
    out.height = std::max(out.height, height);
  }
  out.height += 2 * mm(rowMarginMm);
  return out;
}

LaidRow laidTitles(const view::Table& table, const std::vector<Place>& places) {
  LaidRow out;
  for (std::size_t c = 0; c < places.size(); ++c) {
    const auto& column = table.columns[c];
    const TextBlock title(QString::fromStdString(column.title), face(titlePoints, true), ink::quiet,
                          places[c].width, alignmentOf(column));
    out.cells.push_back({title});
    out.height = std::max(out.height, title.height());
  }
  out.height += mm(rowMarginMm);
  return out;
}

void draw(QPainter& painter, const LaidRow& row, const std::vector<Place>& places, QPointF topLeft) {
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    double y = topLeft.y();
    for (const TextBlock& block : row.cells[c]) {
      block.draw(painter, {topLeft.x() + places[c].left, y});
      y += block.height();
    }
  }
}

std::vector<Place> placesOf(const Pages& pages, const view::Table& table) {
  const bool swatches =
      std::ranges::any_of(table.rows, [](const view::Row& row) { return row.color.has_value(); });
  return placesOf(table, pages.width(), swatches ? mm(swatchMm + 1.8) : 0);
}

}  // namespace

double tableHeight(const Pages& pages, const view::Table& table) {
  const auto places = placesOf(pages, table);
  double height = laidTitles(table, places).height;
  for (const view::Row& row : table.rows) height += laid(table, row, places).height;
  return height;
}

void putTable(Pages& pages, const view::Table& table) {
  const auto places = placesOf(pages, table);
  const LaidRow titles = laidTitles(table, places);
  const double left = pages.left();
  const double right = left + pages.width();
  const auto putTitles = [&] {
    const double top = pages.take(titles.height);
    pages.draw([=](QPainter& painter) {
      draw(painter, titles, places, {left, top});
      drawRule(painter, left, right, top + titles.height - mm(0.3), ink::quiet);
    });
  };
  std::size_t page = 0;  // the one that has the titles; counted from 1
  for (const view::Row& row : table.rows) {
    const LaidRow cells = laid(table, row, places);
    pages.keep(cells.height + (page == 0 ? titles.height : 0));
    if (page != pages.count()) putTitles();
    page = pages.count();
    const double top = pages.take(cells.height);
    pages.draw([=, color = row.color](QPainter& painter) {
      draw(painter, cells, places, {left, top + mm(rowMarginMm)});
      drawRule(painter, left, right, top + cells.height - pt(0.5));
      if (!color) return;
      const double middle = top + mm(rowMarginMm) + cells.cells.front().front().height() / 2;
      painter.setPen(Qt::NoPen);
      painter.setBrush(QColor((*color)[0], (*color)[1], (*color)[2]));
      painter.drawRoundedRect(QRectF(left, middle - mm(swatchMm / 2), mm(swatchMm), mm(swatchMm)), mm(0.5),
                              mm(0.5));
    });
  }
  pages.space(mm(2));
}

}  // namespace attest::viewers
