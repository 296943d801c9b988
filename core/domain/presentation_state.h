#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/study.h"

namespace attest {

/// An image that an object refers to, or some of its frames.
struct ImageReference {
  SeriesUid series;
  SopUid sopUid;
  std::string sopClass;
  std::vector<int> frames;  ///< from 0; empty: all
  bool operator==(const ImageReference&) const = default;
};

/// A LUT of PS3.3 C.11: what lies below the first input value takes the first entry, what lies above the
/// last, the last.
struct LookupTable {
  int first = 0;  ///< the input value of the first entry
  int bits = 16;  ///< of an entry
  std::vector<std::uint16_t> entries;
  std::string explanation;
  bool operator==(const LookupTable&) const = default;
};

/// A point of an image in the units that stand beside it: PIXEL, column and row from 1 at the first pixel's
/// centre (0.5 is its edge), or DISPLAY, parts of the displayed area from 0 to 1.
struct GraphicPoint {
  double x = 0;
  double y = 0;
  bool operator==(const GraphicPoint&) const = default;
};
enum class GraphicUnits { pixel, display };
enum class GraphicType { point, polyline, interpolated, circle, ellipse };

/// A line, or a circle (centre, a point of it), or an ellipse (ends of the major, then of the minor axis).
struct GraphicObject {
  GraphicType type = GraphicType::polyline;
  GraphicUnits units = GraphicUnits::pixel;
  std::vector<GraphicPoint> points;
  bool filled = false;
  bool operator==(const GraphicObject&) const = default;
};

struct GraphicText {
  std::string text;  ///< lines end with a newline
  GraphicUnits boxUnits = GraphicUnits::pixel;
  std::optional<std::array<GraphicPoint, 2>>
      box;  ///< top left, bottom right; it has a box, an anchor or both
  GraphicUnits anchorUnits = GraphicUnits::pixel;
  std::optional<GraphicPoint> anchor;
  bool anchorVisible = false;  ///< a line leads from the text to the anchor
  bool operator==(const GraphicText&) const = default;
};

/// What is drawn in one layer over some images; none named: over all of the state.
struct Annotation {
  std::vector<ImageReference> images;
  std::string layer;
  std::vector<GraphicText> texts;
  std::vector<GraphicObject> graphics;
  bool operator==(const Annotation&) const = default;
};

struct GraphicLayer {
  std::string name;
  int order = 0;                      ///< higher ones lie over lower ones
  std::optional<std::uint16_t> gray;  ///< P-value, 0xFFFF is white
  std::optional<std::array<std::uint16_t, 3>> cieLab;
  std::string description;
  bool operator==(const GraphicLayer&) const = default;
};

/// The VOI of some images (none named: of all): a window with its function, or a table.
struct SoftcopyVoi {
  std::vector<ImageReference> images;
  std::optional<Window> window;
  std::string function = "LINEAR";  ///< LINEAR, LINEAR_EXACT or SIGMOID
  std::optional<LookupTable> table;
  std::string explanation;
  bool operator==(const SoftcopyVoi&) const = default;
};

enum class AreaMode { scale_to_fit, true_size, magnify };
/// Which part of some images (none named: of all) is shown. Column and row from 1; they may lie outside the
/// image.
struct DisplayedArea {
  std::vector<ImageReference> images;
  std::array<int, 2> topLeft{1, 1};
  std::array<int, 2> bottomRight{1, 1};
  AreaMode mode = AreaMode::scale_to_fit;
  double magnification = 1;                             ///< of AreaMode::magnify
  std::optional<std::array<double, 2>> pixelSpacingMm;  ///< between rows, between columns
  std::optional<std::array<int, 2>> pixelAspectRatio;   ///< vertical, horizontal
  bool operator==(const DisplayedArea&) const = default;
};

/// What is covered: all that lies outside every shape that is there. Columns and rows from 1.
struct DisplayShutter {
  struct Rectangle {
    int left = 0;
    int right = 0;
    int top = 0;
    int bottom = 0;
    bool operator==(const Rectangle&) const = default;
  };
  struct Circle {
    int row = 0;
    int column = 0;
    int radius = 0;
    bool operator==(const Circle&) const = default;
  };
  std::optional<Rectangle> rectangle;
  std::optional<Circle> circle;
  std::vector<std::array<int, 2>> polygon;  ///< row, column
  std::uint16_t gray = 0;                   ///< P-value of what is covered
  bool operator==(const DisplayShutter&) const = default;
};

/// How images were or shall be shown: a Grayscale Softcopy Presentation State (PS3.3 A.33.1) as a value. What
/// is applied comes in the order of its members, then annotations.
struct PresentationState {
  SopUid sopUid;
  std::string label;
  std::string description;
  std::string creator;  ///< DICOM PN
  std::vector<ImageReference> images;
  std::optional<double> rescaleSlope;  ///< with the intercept: in place of what the image says
  std::optional<double> rescaleIntercept;
  std::string rescaleType;
  std::optional<LookupTable> modalityTable;
  std::vector<SoftcopyVoi> vois;
  bool inverse = false;  ///< Presentation LUT Shape; also of MONOCHROME1 the whole of the inversion
  std::optional<LookupTable> presentationTable;
  std::optional<DisplayShutter> shutter;
  int rotationDegrees = 0;  ///< clockwise: 0, 90, 180 or 270; comes before the flip (PS3.3 C.10.6)
  bool flipHorizontal = false;
  std::vector<DisplayedArea> areas;
  std::vector<GraphicLayer> layers;
  std::vector<Annotation> annotations;
  std::vector<std::string> notes;  ///< what it asks for beside this and is not applied: masks, overlays
  bool operator==(const PresentationState&) const = default;
};

}  // namespace attest
