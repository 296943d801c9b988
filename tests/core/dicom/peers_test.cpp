// What OHIF reads with: dcmjs and @cornerstonejs/adapters in Node. `./dev test long` installs them.

#include <gtest/gtest.h>

#include "core/dicom/sr.h"
#include "tests/core/dicom/derived_support.h"

namespace attest::test {
namespace {

namespace fs = std::filesystem;

TEST(NodePeers, ReadOurSegmentationAndReport) {
  const fs::path peers = fs::path(ATTEST_SOURCE_DIR) / "build/peers";
  if (!fs::exists(peers / "node_modules/@cornerstonejs/adapters") || !hasProgram("node"))
    GTEST_SKIP() << "dcmjs and @cornerstonejs/adapters are not installed: ./dev test long does";
  const TempDir folder;
  const auto images = writeCt(folder / "ct", obliqueCt(), {});
  dicom::SrOut report;
  report.context = contextOf(images);
  const Grid& grid = report.context.sourceGrid;
  const Item lung = lungItem();
  const Item nodule = noduleItem();
  const std::vector<dicom::SegmentOut> segments{{&lung, ball(grid, {15, 10, 5}, 5)},
                                                {&nodule, ball(grid, {30, 12, 7}, 2)}};
  ASSERT_TRUE(dicom::writeSeg(folder / "seg.dcm", report.context, segments));
  report.segSopInstanceUid = report.context.sopInstanceUid;
  report.segSeriesUid = report.context.seriesUid;
  report.context.sopInstanceUid = newUid();
  report.context.seriesUid = newUid();
  report.items = {{&lung, 1}, {&nodule, 2}};
  ASSERT_TRUE(dicom::writeSr(folder / "sr.dcm", report));
  fs::create_directory(folder / "masks");
  for (std::size_t n = 0; n < segments.size(); ++n) {
    const auto dense = segments[n].mask->toDense();
    std::ofstream(folder / "masks" / std::to_string(n + 1), std::ios::binary)
        .write(reinterpret_cast<const char*>(dense.data()), static_cast<std::streamsize>(dense.size()));
  }
  std::string command = "node '" + (peers / "check.mjs").string() + "' '" + (folder / "seg.dcm").string() +
                        "' '" + (folder / "sr.dcm").string() + "' '" + (folder / "masks").string() + "'";
  for (const auto& source : report.context.sources) command += " '" + source.path.string() + "'";
  const Outcome checked = run(command);
  EXPECT_EQ(checked.status, 0) << checked.output;
}

}  // namespace
}  // namespace attest::test
