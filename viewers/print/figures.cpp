#include "viewers/print/figures.h"

#include <QFontMetricsF>
#include <QImage>
#include <algorithm>
#include <array>

namespace attest::viewers {
namespace {

constexpr int across = 4;  ///< pictures
constexpr double pictureGapMm = 1.2;
constexpr double figureGapMm = 5;

struct LaidPicture {
  QImage image;
  double widthMm = 0;  ///< of the patient
};
/// A figure, laid out.
struct LaidFigure {
  std::vector<LaidPicture> pictures;
  TextBlock title;
  TextBlock caption;
  std::optional<view::Color> color;
  double height = 0;
};

Result<QImage> decoded(const view::Picture& picture) {
  const QByteArray bytes =
      QByteArray::fromRawData(picture.png.data(), static_cast<qsizetype>(picture.png.size()));
  QImage image = QImage::fromData(bytes, "PNG");
  if (image.isNull()) return fail(ErrorCode::bad_file, "a picture of a document cannot be read");
  return image;
}

Result<LaidFigure> laid(const view::Figure& figure, double edge, double width) {
  const double indent = figure.color ? mm(3.2) : 0;
  LaidFigure out{{},
                 TextBlock(QString::fromStdString(figure.title), face(8.5, true), ink::text, width - indent),
                 TextBlock(QString::fromStdString(figure.caption), face(7), ink::quiet, width),
                 figure.color,
                 0};
  for (const view::Picture& picture : figure.pictures) {
    ATTEST_TRY(QImage image, decoded(picture));
    out.pictures.push_back({std::move(image), picture.widthMm});
  }
  out.height = edge + mm(1.2) + out.title.height() + out.caption.height() + mm(3.5);
  return out;
}

/// The longest round length that is at most a third of the picture; 0 without a scale.
double scaleMm(double widthMm) {
  constexpr std::array lengths{200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0};
  const auto* const found =
      std::ranges::find_if(lengths, [&](double length) { return length <= widthMm / 3; });
  return found == lengths.end() ? 0 : *found;
}

void drawScale(QPainter& painter, QRectF picture, double widthMm) {
  const double length = scaleMm(widthMm);
  if (length <= 0) return;
  const double units = picture.width() * length / widthMm;
  const QPointF at = picture.bottomLeft() + QPointF(mm(1.8), -mm(1.8));
  const QString words = QStringLiteral("%1 mm").arg(length);
  const QFont font = face(5.5);
  const double width = std::max(units, QFontMetricsF(font).horizontalAdvance(words));
  painter.fillRect(QRectF(at.x() - pt(2), at.y() - pt(8.5), width + pt(4), pt(10)), Qt::black);
  painter.fillRect(QRectF(at.x(), at.y() - pt(0.9), units, pt(1)), Qt::white);
  painter.setFont(font);
  painter.setPen(Qt::white);
  painter.drawText(at - QPointF(0, pt(2.6)), words);
}

void draw(QPainter& painter, const LaidFigure& figure, QPointF topLeft, double edge) {
  QRectF rect(topLeft, QSizeF(edge, edge));
  for (const LaidPicture& picture : figure.pictures) {
    painter.fillRect(rect, Qt::black);
    const QSizeF size = QSizeF(picture.image.size()).scaled(rect.size(), Qt::KeepAspectRatio);
    QRectF inner(QPointF(), size);
    inner.moveCenter(rect.center());
    painter.drawImage(inner, picture.image);
    drawScale(painter, rect, picture.widthMm);
    rect.translate(edge + mm(pictureGapMm), 0);
  }
  QPointF at = topLeft + QPointF(0, edge + mm(1.2));
  if (figure.color) {
    const QRectF swatch(at.x(), at.y() + figure.title.lineHeight(0) / 2 - mm(1.1), mm(2.2), mm(2.2));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor((*figure.color)[0], (*figure.color)[1], (*figure.color)[2]));
    painter.drawRoundedRect(swatch, mm(0.5), mm(0.5));
  }
  figure.title.draw(painter, at + QPointF(figure.color ? mm(3.2) : 0, 0));
  figure.caption.draw(painter, at + QPointF(0, figure.title.height()));
}

}  // namespace

Result<> putFigures(Pages& pages, const view::Figures& figures) {
  const double edge = (pages.width() - mm(figureGapMm) - 2 * mm(pictureGapMm)) / across;
  const double width = 2 * edge + mm(pictureGapMm);
  for (std::size_t first = 0; first < figures.figures.size(); first += 2) {
    std::vector<LaidFigure> row;
    double height = 0;
    for (std::size_t i = first; i < std::min(first + 2, figures.figures.size()); ++i) {
      ATTEST_TRY(LaidFigure figure, laid(figures.figures[i], edge, width));
      height = std::max(height, figure.height);
      row.push_back(std::move(figure));
    }
    const QPointF at(pages.left(), pages.take(height));
    pages.draw([row = std::move(row), at, edge, width](QPainter& painter) {
      for (std::size_t i = 0; i < row.size(); ++i)
        draw(painter, row[i], at + QPointF(static_cast<double>(i) * (width + mm(figureGapMm)), 0), edge);
    });
  }
  return {};
}

}  // namespace attest::viewers
