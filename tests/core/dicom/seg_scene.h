#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include "tests/core/dicom/derived_support.h"

namespace attest::test {

/// A source series on disk and two segments of it, the first structure, the second finding.
struct Scene {
  explicit Scene(const imaging::Volume& volume = obliqueCt(), const CtOptions& options = {})
      : context(contextOf(writeCt(folder / "ct", volume, options))) {
    const Vec3 middle{volume.grid().dims.i / 2.0, volume.grid().dims.j / 2.0, volume.grid().dims.k / 2.0};
    segments = {{&lung, ball(context.sourceGrid, middle, 6.5)},
                {&nodule, ball(context.sourceGrid, {2, 3, 9}, 2.2)}};
  }
  std::filesystem::path seg() const { return folder / "seg.dcm"; }
  Result<> write() const { return dicom::writeSeg(seg(), context, segments); }

  TempDir folder;
  dicom::DerivedContext context;
  Item lung = lungItem();
  Item nodule = noduleItem();
  std::vector<dicom::SegmentOut> segments;
};

inline std::unique_ptr<DcmFileFormat> open(const std::filesystem::path& path) {
  auto file = std::make_unique<DcmFileFormat>();
  EXPECT_TRUE(file->loadFile(path.c_str()).good());
  return file;
}

}  // namespace attest::test
