#include "viewers/decorations.h"

#include <QFontMetricsF>
#include <array>
#include <cmath>

#include "core/base/format.h"
#include "core/view/presets.h"

namespace attest::viewers {
namespace {

constexpr double margin = 8;
constexpr int textPixels = 13;
constexpr double lineHeight = 17;
constexpr double crosshairGap = 14;
constexpr double tagTop = margin + 5 * lineHeight;  // below the corner texts
const QColor textColour(0xe7, 0xea, 0xee);
const QColor quietColour(0x98, 0xa2, 0xad);
const QColor letterColour(0x8f, 0xc4, 0xff);
const QColor accent(0x4a, 0xa3, 0xff);
const QColor caution(0xe3, 0xa9, 0x3c);
const QColor danger(0xe5, 0x53, 0x4b);
const QColor haloColour(0, 0, 0, 210);

QColor colourOf(view::Orientation orientation) {
  const auto c = view::planeColor(orientation);
  return QColor(c[0], c[1], c[2]);
}

/// Lines from the top (or up from the bottom) of one corner; answers where the next line would stand.
void paintCorner(QPainter& painter, const QRectF& area, const std::vector<std::string>& lines,
                 Qt::Alignment corner, double skippedLines = 0) {
  const double height = lineHeight * static_cast<double>(lines.size());
  double y = corner.testFlag(Qt::AlignTop) ? area.top() + margin - 2 + skippedLines * lineHeight
                                           : area.bottom() - margin + 2 - height;
  for (const std::string& line : lines) {
    const QRectF box(area.left() + margin, y, area.width() / 2 - 2 * margin, lineHeight);
    const bool right = corner.testFlag(Qt::AlignRight);
    const QRectF place = right ? box.translated(area.width() / 2, 0) : box;
    const QString text =
        QFontMetricsF(painter.font()).elidedText(QString::fromStdString(line), Qt::ElideRight, place.width());
    paintHaloText(painter, place, (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, text,
                  textColour);
    y += lineHeight;
  }
}

/// The unit normal of a patient plane.
Vec3 normalOf(view::Orientation orientation) {
  if (orientation == view::Orientation::axial) return {0, 0, 1};
  return orientation == view::Orientation::coronal ? Vec3{0, 1, 0} : Vec3{1, 0, 0};
}

}  // namespace

QString planeTag(view::Orientation orientation) {
  switch (orientation) {
    case view::Orientation::axial:
      return QStringLiteral("AX");
    case view::Orientation::coronal:
      return QStringLiteral("COR");
    case view::Orientation::sagittal:
      return QStringLiteral("SAG");
    case view::Orientation::stack:
    case view::Orientation::volume3d:
      break;
  }
  return {};
}

void useOverlayFont(QPainter& painter) {
  QFont font = painter.font();
  font.setPixelSize(textPixels);
  painter.setFont(font);
}

void paintHaloText(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text,
                   QColor colour) {
  painter.setPen(haloColour);
  for (const auto& [dx, dy] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}})
    painter.drawText(box.translated(dx, dy), static_cast<int>(alignment), text);
  painter.setPen(colour);
  painter.drawText(box, static_cast<int>(alignment), text);
}

void paintCornerTexts(QPainter& painter, const QRectF& area, const view::CornerTexts& texts,
                      view::Orientation orientation, const QString& mark) {
  const QString tag = planeTag(orientation);
  const QRectF firstLine(area.left() + margin, area.top() + margin - 2, area.width() / 2 - 2 * margin,
                         lineHeight);
  if (!tag.isEmpty())
    paintHaloText(painter, firstLine, Qt::AlignLeft | Qt::AlignVCenter, tag, colourOf(orientation));
  const double tagLines = tag.isEmpty() ? 0 : 1;
  paintCorner(painter, area, texts.topLeft, Qt::AlignTop | Qt::AlignLeft, tagLines);
  if (!mark.isEmpty()) {
    const double below = (tagLines + static_cast<double>(texts.topLeft.size())) * lineHeight;
    paintHaloText(painter, firstLine.translated(0, below), Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("\u25cf ") + mark, caution);
  }
  paintCorner(painter, area, texts.topRight, Qt::AlignTop | Qt::AlignRight);
  paintCorner(painter, area, texts.bottomLeft, Qt::AlignBottom | Qt::AlignLeft);
  paintCorner(painter, area, texts.bottomRight, Qt::AlignBottom | Qt::AlignRight);
}

void paintEdgeLetters(QPainter& painter, const QRectF& area, const view::EdgeLetters& letters) {
  QFont font = painter.font();
  const QFont plain = font;
  font.setWeight(QFont::DemiBold);
  painter.setFont(font);
  const QRectF inner = area.adjusted(margin, margin - 2, -margin, -margin + 2);
  const auto letter = [&](const std::string& text, Qt::Alignment where) {
    paintHaloText(painter, inner, where, QString::fromStdString(text), letterColour);
  };
  letter(letters.left, Qt::AlignLeft | Qt::AlignVCenter);
  letter(letters.right, Qt::AlignRight | Qt::AlignVCenter);
  letter(letters.top, Qt::AlignTop | Qt::AlignHCenter);
  letter(letters.bottom, Qt::AlignBottom | Qt::AlignHCenter);
  painter.setFont(plain);
}

double scaleBarMm(double mmPerPixel, double widthPixels) {
  const double most = mmPerPixel * widthPixels / 4;
  if (!(most > 0) || !std::isfinite(most)) return 0;
  const double decade = std::pow(10, std::floor(std::log10(most)));
  for (const double times : {5.0, 2.0})
    if (times * decade <= most) return times * decade;
  return decade;
}

void paintScaleBar(QPainter& painter, const QRectF& area, double mmPerPixel, std::size_t linesBelow,
                   const QString& unit) {
  const double mm = scaleBarMm(mmPerPixel, area.width());
  if (mm <= 0) return;
  const double pixels = mm / mmPerPixel;
  const double right = area.right() - margin;
  const double y = area.bottom() - margin - 4 - lineHeight * static_cast<double>(linesBelow);
  const auto bar = [&](QColor colour, double width) {
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(right - pixels, y), QPointF(right, y));
    for (const double x : {right - pixels, right}) painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 1));
  };
  bar(haloColour, 3);
  bar(textColour, 1);
  const int decimals = mm < 1 ? static_cast<int>(std::ceil(-std::log10(mm))) : 0;
  paintHaloText(painter, QRectF(area.left(), y - 6 - lineHeight, right - area.left(), lineHeight),
                Qt::AlignRight | Qt::AlignBottom,
                QString::fromStdString(formatNumber(mm, decimals)) + QChar(' ') + unit, textColour);
}

void paintCrosshair(QPainter& painter, const QRectF& area, const view::ViewportState& state,
                    const imaging::Plane& plane, double ratio) {
  const view::ScreenPoint focus = view::patientToScreen(plane, state.focusMm);
  const QPointF at((focus.x + 0.5) / ratio, (focus.y + 0.5) / ratio);
  const Vec3 right = normalized(plane.stepXMm), down = normalized(plane.stepYMm), normal = cross(right, down);
  const double far = area.width() + area.height() + std::abs(at.x()) + std::abs(at.y());
  painter.save();
  painter.setClipRect(area);
  for (const auto other :
       {view::Orientation::axial, view::Orientation::coronal, view::Orientation::sagittal}) {
    const Vec3 line = cross(normal, normalOf(other));
    if (length(line) < 0.1) continue;  // this very plane, or nearly
    const Vec3 along = normalized(line);
    const QPointF direction(dot(along, right), dot(along, down));
    QColor colour = colourOf(other);
    painter.setPen(QPen(colour, 1));
    for (const double side : {-1.0, 1.0})
      painter.drawLine(at + side * crosshairGap * direction, at + side * far * direction);
    const bool flat = std::abs(direction.x()) > std::abs(direction.y());
    const QRectF tag = flat ? QRectF(area.right() - 70, at.y() - lineHeight - 1, 46, lineHeight)
                            : QRectF(at.x() + 4, area.top() + tagTop, 46, lineHeight);
    paintHaloText(painter, tag, (flat ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, planeTag(other),
                  colour);
  }
  painter.restore();
}

void paintExpected(QPainter& painter, const QRectF& area, const std::vector<view::ExpectedMark>& marks,
                   const imaging::Plane& plane, double ratio) {
  painter.save();
  painter.setClipRect(area);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  for (const view::ExpectedMark& mark : marks) {
    const view::ScreenPoint centre = view::patientToScreen(plane, mark.positionMm);
    const double squared = mark.radiusMm * mark.radiusMm - centre.depthMm * centre.depthMm;
    if (squared <= 0) continue;
    const double radius = std::sqrt(squared) / length(plane.stepXMm) / ratio;
    const QPointF at((centre.x + 0.5) / ratio, (centre.y + 0.5) / ratio);
    const QColor colour = mark.selected                                         ? accent
                          : mark.earlier || mark.outcome != LesionOutcome::open ? letterColour
                                                                                : caution;
    painter.setPen(QPen(haloColour, mark.selected ? 4 : 3));
    painter.drawEllipse(at, radius, radius);
    QPen pen(colour, mark.selected ? 2 : 1.4);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawEllipse(at, radius, radius);
    if (mark.label.empty()) continue;
    const QString label = QString::fromStdString(mark.label);
    const double wide = QFontMetricsF(painter.font()).horizontalAdvance(label) + 4;
    const double aside = radius * 0.71 + 4;
    const bool fits = at.x() + aside + wide < area.right() - margin;
    paintHaloText(
        painter,
        QRectF(fits ? at.x() + aside : at.x() - aside - wide, at.y() - aside - lineHeight, wide, lineHeight),
        Qt::AlignLeft | Qt::AlignVCenter, label, colour);
  }
  painter.restore();
}

void paintMessage(QPainter& painter, const QRectF& area, const QString& message, bool isError) {
  painter.setPen(isError ? danger : quietColour);
  painter.drawText(area.adjusted(24, 24, -24, -24), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap,
                   message);
}

void paintSelection(QPainter& painter, const QRectF& area) {
  painter.setPen(QPen(accent, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(area.adjusted(1, 1, -1, -1));
}

}  // namespace attest::viewers
