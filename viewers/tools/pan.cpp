#include "viewers/tools/tools.h"

namespace attest::viewers {
namespace {

class PanTool final : public Tool {
 public:
  void press(Canvas& canvas, const Pointer& pointer) override {
    start_ = canvas.state.pan;
    from_ = pointer.at;
  }
  void drag(Canvas& canvas, const Pointer& pointer) override {
    const QPointF moved = canvas.mmPerPixel() * (pointer.at - from_);
    canvas.state.pan = {start_.rightMm + moved.x(), start_.downMm + moved.y()};
  }
  std::optional<Intent> intent(const Canvas& canvas) const override {
    if (canvas.state.pan == start_) return std::nullopt;
    return Framed{canvas.state};
  }
  Qt::CursorShape cursor() const override { return Qt::OpenHandCursor; }

 private:
  view::Pan start_;
  QPointF from_;
};

}  // namespace

std::unique_ptr<Tool> makePanTool() {
  return std::make_unique<PanTool>();
}

}  // namespace attest::viewers
