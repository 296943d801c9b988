#include <algorithm>
#include <cmath>

#include "core/view/plane.h"
#include "viewers/tools/tools.h"

namespace attest::viewers {
namespace {

constexpr double pixelsPerDoubling = 120;

class ZoomTool final : public Tool {
 public:
  void press(Canvas& canvas, const Pointer& pointer) override {
    start_ = canvas.state;
    from_ = pointer.at;
  }
  void drag(Canvas& canvas, const Pointer& pointer) override {  // up is nearer
    canvas.state = start_;
    zoomAbout(canvas, from_, std::exp2((from_.y() - pointer.at.y()) / pixelsPerDoubling));
  }
  std::optional<Intent> intent(const Canvas& canvas) const override {
    if (canvas.state == start_) return std::nullopt;
    return Framed{canvas.state};
  }
  Qt::CursorShape cursor() const override { return Qt::SizeVerCursor; }

 private:
  view::ViewportState start_;
  QPointF from_;
};

}  // namespace

void zoomAbout(Canvas& canvas, QPointF at, double factor) {
  const Vec3 point = canvas.patientAt(at);
  canvas.state.zoom = std::clamp(canvas.state.zoom * factor, smallestZoom, largestZoom);
  const imaging::Plane plane = canvas.plane();
  const view::ScreenPoint now = view::patientToScreen(plane, point);
  const double pixelMm = length(plane.stepXMm);
  canvas.state.pan.rightMm += (at.x() * canvas.pixels.ratio - 0.5 - now.x) * pixelMm;
  canvas.state.pan.downMm += (at.y() * canvas.pixels.ratio - 0.5 - now.y) * pixelMm;
}

std::unique_ptr<Tool> makeZoomTool() {
  return std::make_unique<ZoomTool>();
}

}  // namespace attest::viewers
