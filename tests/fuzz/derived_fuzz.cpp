// Segmentations and structured reports, our own as the good inputs.
#include <fstream>

#include "core/dicom/sr.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/fuzz/fuzz.h"

int main() {
  using namespace attest;
  const test::TempDir folder;
  dicom::SrOut report;
  report.context = test::contextOf(test::writeCt(folder / "ct", test::obliqueCt(), {}));
  const Grid grid = report.context.sourceGrid;
  const Item lung = test::lungItem();
  const Item nodule = test::noduleItem();
  report.items = {{&lung, 0}, {&nodule, 0}};
  report.impression = {"A nodule."};
  const bool written = dicom::writeSeg(folder / "seg.dcm", report.context,
                                       {{&lung, test::ball(grid, {15, 10, 5}, 6)},
                                        {&nodule, test::ball(grid, {30, 12, 7}, 2)}})
                           .has_value() &&
                       dicom::writeSr(folder / "sr.dcm", report).has_value();
  if (!written) return 1;
  const std::vector<std::string> corpus{test::bytesOf(folder / "seg.dcm"), test::bytesOf(folder / "sr.dcm")};
  const auto path = folder / "input.dcm";
  return test::fuzz("derived", corpus, [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    static_cast<void>(dicom::readSeg(path, grid));
    static_cast<void>(dicom::readSr(path));
  });
}
