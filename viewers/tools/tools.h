#pragma once

#include <memory>

#include "viewers/tools/tool.h"

namespace attest::viewers {

// One file each.
std::unique_ptr<Tool> makeWindowLevelTool();
std::unique_ptr<Tool> makePanTool();
std::unique_ptr<Tool> makeZoomTool();
std::unique_ptr<Tool> makeScrollTool();
std::unique_ptr<Tool> makeCrosshairTool();
/// Sets (brush) or clears (eraser) voxels of the selected mask.
std::unique_ptr<Tool> makeBrushTool(bool value);

}  // namespace attest::viewers
