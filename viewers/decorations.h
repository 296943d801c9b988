#pragma once

#include <QPainter>
#include <QRectF>
#include <QString>
#include <vector>

#include "core/view/corner_texts.h"
#include "core/view/expected.h"
#include "core/view/plane.h"
#include "core/view/viewport.h"

namespace attest::viewers {

// What is painted over pictures, in logical pixels of `area`. Light text with a thin dark halo; nothing needs
// OpenGL.

/// "AX", "COR", "SAG" for the three planes of the patient, else empty: goes with the plane's colour, for eyes
/// that do not see it.
QString planeTag(view::Orientation orientation);

/// Sets the font of texts over pictures: 13 px.
void useOverlayFont(QPainter& painter);
void paintHaloText(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text,
                   QColor colour);
/// `mark` ("unsaved") stands below the top left texts, in the colour of caution.
void paintCornerTexts(QPainter& painter, const QRectF& area, const view::CornerTexts& texts,
                      view::Orientation orientation, const QString& mark);
void paintEdgeLetters(QPainter& painter, const QRectF& area, const view::EdgeLetters& letters);
/// A bar of 1, 2 or 5 times a power of ten mm, at most a quarter of the width long, at the lower right above
/// that many lines of text. `unit` is what its length is called: "px" where a millimetre is one.
void paintScaleBar(QPainter& painter, const QRectF& area, double mmPerPixel, std::size_t linesBelow,
                   const QString& unit);
/// The length that the bar has.
double scaleBarMm(double mmPerPixel, double widthPixels);
/// Where the two other planes through the focus cut this one, each in its colour, open around the focus.
/// `ratio`: device pixels (those of the plane) a logical one.
void paintCrosshair(QPainter& painter, const QRectF& area, const view::ViewportState& state,
                    const imaging::Plane& plane, double ratio);
/// "Expected here": the circles that this plane cuts out of the marks' balls, dashed, each with its label if
/// it has one.
void paintExpected(QPainter& painter, const QRectF& area, const std::vector<view::ExpectedMark>& marks,
                   const imaging::Plane& plane, double ratio);
void paintMessage(QPainter& painter, const QRectF& area, const QString& message, bool isError);
void paintSelection(QPainter& painter, const QRectF& area);

}  // namespace attest::viewers
