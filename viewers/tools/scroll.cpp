#include <algorithm>
#include <cmath>

#include "core/view/plane.h"
#include "viewers/tools/tools.h"

namespace attest::viewers {
namespace {

constexpr double pixelsPerSlice = 3;

class ScrollTool final : public Tool {
 public:
  void press(Canvas& canvas, const Pointer& pointer) override {
    start_ = canvas.state;
    from_ = pointer.at;
    moved_ = false;
  }
  void drag(Canvas& canvas, const Pointer& pointer) override {
    canvas.state.focusMm = start_.focusMm;
    canvas.state.slice = start_.slice;
    scrollBy(canvas, static_cast<int>(std::lround((from_.y() - pointer.at.y()) / pixelsPerSlice)));
    moved_ = moved_ || !(canvas.state == start_);
  }
  std::optional<Intent> intent(const Canvas& canvas) const override {
    if (!moved_) return std::nullopt;
    return Scrolled{canvas.state};
  }
  bool isFollowed() const override { return true; }
  Qt::CursorShape cursor() const override { return Qt::SizeVerCursor; }

 private:
  view::ViewportState start_;
  QPointF from_;
  bool moved_ = false;  ///< stays true when the drag comes back: the other views followed
};

}  // namespace

void scrollBy(Canvas& canvas, int steps) {
  if (canvas.single) {
    canvas.state.slice = std::clamp(canvas.state.slice - steps, 0, std::max(0, canvas.single->count - 1));
  } else if (canvas.volume) {
    canvas.state.focusMm =
        view::stepped(canvas.state.orientation, canvas.volume->grid(), canvas.state.focusMm, steps);
  }
}

std::unique_ptr<Tool> makeScrollTool() {
  return std::make_unique<ScrollTool>();
}

}  // namespace attest::viewers
