#include "core/view/presets.h"
#include "viewers/tools/tools.h"

namespace attest::viewers {
namespace {

class WindowLevelTool final : public Tool {
 public:
  void press(Canvas& canvas, const Pointer& pointer) override {
    start_ = canvas.state.window;
    from_ = pointer.at;
  }
  void drag(Canvas& canvas, const Pointer& pointer) override {
    const QPointF moved = pointer.at - from_;
    canvas.state.window = view::draggedWindow(start_, moved.x(), moved.y(), canvas.valueRange,
                                              pointer.modifiers.testFlag(Qt::ShiftModifier));
  }
  std::optional<Intent> intent(const Canvas& canvas) const override {
    if (canvas.state.window == start_) return std::nullopt;
    return WindowChanged{canvas.state.window};
  }

 private:
  Window start_;
  QPointF from_;
};

}  // namespace

std::unique_ptr<Tool> makeWindowLevelTool() {
  return std::make_unique<WindowLevelTool>();
}

}  // namespace attest::viewers
