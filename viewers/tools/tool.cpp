#include "viewers/tools/tool.h"

#include <algorithm>

#include "core/view/plane.h"
#include "viewers/tools/tools.h"

namespace attest::viewers {

imaging::Plane Canvas::plane() const {
  return view::planeFor(state, volume ? volume->grid() : Grid{}, pixels.width, pixels.height);
}

Vec3 Canvas::patientAt(QPointF at) const {
  // A logical pixel's area begins at its upper left corner; the centre of device pixel 0 lies half of one
  // further.
  return view::screenToPatient(plane(), at.x() * pixels.ratio - 0.5, at.y() * pixels.ratio - 0.5);
}

double Canvas::mmPerPixel() const {
  return length(plane().stepXMm) * pixels.ratio;
}

view::OverlayItem* Canvas::selected() {
  const auto it =
      std::ranges::find_if(overlays, [](const view::OverlayItem& o) { return o.selected && o.mask; });
  return it == overlays.end() ? nullptr : &*it;
}

std::unique_ptr<Tool> makeTool(ToolKind kind) {
  switch (kind) {
    case ToolKind::window_level:
      return makeWindowLevelTool();
    case ToolKind::pan:
      return makePanTool();
    case ToolKind::zoom:
      return makeZoomTool();
    case ToolKind::scroll:
      return makeScrollTool();
    case ToolKind::crosshair:
      return makeCrosshairTool();
    case ToolKind::brush:
      return makeBrushTool(true);
    case ToolKind::eraser:
      break;
  }
  return makeBrushTool(false);
}

}  // namespace attest::viewers
