#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/dicom/seg.h"
#include "core/workflow/export.h"
#include "core/workflow/leaving.h"

namespace attest::workflow {

struct Uids {
  std::string series;
  std::string sopInstance;
};

/// The items that may leave, of one block of images.
struct BlockItems {
  BlockRef ref;
  std::vector<const Item*> items;
  std::vector<imaging::MaskPtr> masks{};  ///< once loaded
  std::optional<Uids> seg{};              ///< of the SEG that the SR refers to
  imaging::VolumePtr volume{};            ///< once loaded
};

/// One export in the making; what its formats share.
struct Export {
  Services& services;
  const ExportRequest& request;
  std::string actor;  ///< reader's id, or "system"
  Leaving leaving;
  Time now{};
  std::vector<BlockItems> blocks{};
  std::map<BlockRef, Result<>> checked{};  ///< blocks whose files were read
  ExportReport report{};
};

/// Adds a file that was written to the report, with the hash of its bytes.
Result<> addFile(Export& out, const std::string& name, const std::string& format, const std::string& sop);

/// Of what leaves of a signed version always the same, also of what is about no block (an empty one).
Uids uidsOf(const Export& out, const BlockRef& ref, const std::string& what);
/// "series2", "series2_1": how files about a block are called.
std::string blockName(const Export& out, const BlockRef& ref);

/// The files of a block, which are the bytes that came in.
Result<std::vector<casedb::StoredSlice>> sourceOf(Export& out, const BlockRef& ref, const Block& block);
/// The block of images that items are about. Errors: bad_geometry.
Result<const Block*> volumeOf(const Export& out, const BlockRef& ref);
/// Errors: stale (images came since), as loadMask().
Result<> loadMasks(Export& out, BlockItems& block);
/// The voxels of a block.
Result<imaging::VolumePtr> loadVolume(Export& out, const BlockRef& ref, const Block& block);

/// What an object says of itself and of the images that it is about, but the grid.
Result<dicom::DerivedContext> contextOf(Export& out, const BlockRef& ref, const Block& block,
                                        const std::string& what, const Uids& uids, int seriesNumber);

/// A label as a part of a file's name.
std::string fileWord(const std::string& label);

// The formats. Each leaves its files in the folder and in the report, or an error.
Result<> copyImages(Export& out);
Result<> writeSegs(Export& out);
/// Each refers to the segments of its block's SEG; unsigned, where one leaves with it.
Result<> writeSrs(Export& out);
Result<> writeNiftis(Export& out);
/// The report as a PDF, and the same as a DICOM object.
Result<> writePdf(Export& out);
/// The key images of the findings.
Result<> writePngs(Export& out);
/// The table of measurements.
Result<> writeCsv(Export& out);

}  // namespace attest::workflow
