#include <QPen>
#include <algorithm>

#include "core/imaging/brush.h"
#include "viewers/tools/tools.h"

namespace attest::viewers {
namespace {

/// Each move paints a dab from the last place to this one into a copy of the selected mask, which shares all
/// blocks that the dab does not touch: it is on the screen at once, and the mask before the stroke is
/// untouched.
class BrushTool final : public Tool {
 public:
  explicit BrushTool(bool value) : value_(value) {}

  void press(Canvas& canvas, const Pointer& pointer) override {
    const view::OverlayItem* target = canvas.selected();
    item_ = target ? target->item : ItemId{};
    before_ = target ? target->mask : nullptr;
    last_ = canvas.patientAt(pointer.at);
    paintTo(canvas, last_);
  }
  void drag(Canvas& canvas, const Pointer& pointer) override {
    paintTo(canvas, canvas.patientAt(pointer.at));
  }
  std::optional<Intent> intent(const Canvas& canvas) const override {
    const auto it = std::ranges::find(canvas.overlays, item_, &view::OverlayItem::item);
    if (before_ == nullptr || it == canvas.overlays.end() || *it->mask == *before_) return std::nullopt;
    return StrokeFinished{item_, it->mask};
  }
  void paint(QPainter& painter, const Canvas& canvas, QPointF pointer) const override {
    const double radius = canvas.brushRadiusMm / canvas.mmPerPixel();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
    painter.drawEllipse(pointer, radius, radius);
    painter.setPen(QPen(QColor(255, 255, 255), 1.2, value_ ? Qt::SolidLine : Qt::DashLine));
    painter.drawEllipse(pointer, radius, radius);
  }
  Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

 private:
  void paintTo(Canvas& canvas, Vec3 to) {
    const auto it = std::ranges::find(canvas.overlays, item_, &view::OverlayItem::item);
    if (before_ == nullptr || it == canvas.overlays.end()) return;
    const imaging::Plane plane = canvas.plane();
    const Vec3 normal = normalized(cross(plane.stepXMm, plane.stepYMm));
    it->mask = std::make_shared<const imaging::Mask>(
        imaging::stroke(*it->mask, last_, to, normal, canvas.brushRadiusMm, value_));
    last_ = to;
  }

  bool value_;
  ItemId item_;
  imaging::MaskPtr before_;
  Vec3 last_;
};

}  // namespace

std::unique_ptr<Tool> makeBrushTool(bool value) {
  return std::make_unique<BrushTool>(value);
}

}  // namespace attest::viewers
