#include "viewers/tools/tools.h"

namespace attest::viewers {
namespace {

/// Moves the focus within the plane; the other views follow.
class CrosshairTool final : public Tool {
 public:
  void press(Canvas& canvas, const Pointer& pointer) override {
    moved_ = false;
    drag(canvas, pointer);
  }
  void drag(Canvas& canvas, const Pointer& pointer) override {
    if (canvas.volume == nullptr || canvas.single) return;
    const Grid& grid = canvas.volume->grid();
    const Vec3 at = canvas.patientAt(pointer.at);
    if (!grid.contains(grid.nearest(at)) || at == canvas.state.focusMm) return;
    canvas.state.focusMm = at;
    moved_ = true;
  }
  std::optional<Intent> intent(const Canvas& canvas) const override {
    if (!moved_) return std::nullopt;
    return CrosshairMoved{canvas.state.focusMm};
  }
  bool isFollowed() const override { return true; }
  Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

 private:
  bool moved_ = false;
};

}  // namespace

std::unique_ptr<Tool> makeCrosshairTool() {
  return std::make_unique<CrosshairTool>();
}

}  // namespace attest::viewers
