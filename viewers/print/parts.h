#pragma once

#include "core/base/result.h"
#include "core/view/document.h"
#include "viewers/print/sheet.h"

namespace attest::viewers {

/// Facts in a raster, names above values; laid out once, drawn anywhere.
class FactRaster {
 public:
  FactRaster(const std::vector<view::Fact>& facts, double width, double valuePoints);
  double height() const { return height_; }
  void draw(QPainter& painter, QPointF topLeft) const;

 private:
  struct Cell {
    QPointF at;
    TextBlock name;
    TextBlock value;
  };
  std::vector<Cell> cells_;
  double height_ = 0;
};

/// Puts a section on the pages. Errors: bad_file (a picture that is none).
Result<> putSection(Pages& pages, const view::Section& section);
void putSeal(Pages& pages, const view::Seal& seal);

}  // namespace attest::viewers
