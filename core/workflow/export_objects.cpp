#include "core/dicom/blocks.h"
#include "core/dicom/sr.h"
#include "core/reporting/report_text.h"
#include "core/workflow/export_job.h"

namespace attest::workflow {
namespace {

/// Of an object whose voxels are those of the block.
Result<dicom::DerivedContext> volumeContext(Export& out, const BlockRef& ref, const std::string& what,
                                            const Uids& uids, int seriesNumber) {
  ATTEST_TRY(const Block* const block, volumeOf(out, ref));
  ATTEST_TRY(auto context, contextOf(out, ref, *block, what, uids, seriesNumber));
  context.sourceGrid = *block->grid;
  context.resampled = dicom::isResampled(*block);
  return context;
}

}  // namespace

Result<> writeSegs(Export& out) {
  int number = 9000;
  for (auto& block : out.blocks) {
    ATTEST_CHECK(loadMasks(out, block));
    const Uids uids = block.seg ? *block.seg : uidsOf(out, block.ref, "SEG");
    ATTEST_TRY(const auto context, volumeContext(out, block.ref, "SEG", uids, number++));
    std::vector<dicom::SegmentOut> segments;
    for (std::size_t i = 0; i < block.items.size(); ++i) segments.push_back({block.items[i], block.masks[i]});
    const std::string name = blockName(out, block.ref) + "_seg.dcm";
    ATTEST_CHECK(dicom::writeSeg(out.request.folder / name, context, segments));
    ATTEST_CHECK(addFile(out, name, "seg", uids.sopInstance));
    block.seg = uids;
  }
  return {};
}

Result<> writeSrs(Export& out) {
  int number = 9100;
  for (auto& block : out.blocks) {
    ATTEST_CHECK(loadMasks(out, block));
    dicom::SrOut sr;
    ATTEST_TRY(sr.context, volumeContext(out, block.ref, "SR", uidsOf(out, block.ref, "SR"), number++));
    if (block.seg) {
      sr.segSopInstanceUid = block.seg->sopInstance;
      sr.segSeriesUid = block.seg->series;
    }
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      sr.items.push_back({block.items[i], block.seg ? static_cast<int>(i) + 1 : 0});
    }
    for (const auto& sentence : reporting::leavingSection(out.leaving.record, SectionKind::impression)) {
      sr.impression.push_back(sentence.text);
    }
    const std::string name = blockName(out, block.ref) + "_sr.dcm";
    ATTEST_CHECK(dicom::writeSr(out.request.folder / name, sr));
    ATTEST_CHECK(addFile(out, name, "sr", sr.context.sopInstanceUid));
  }
  return {};
}

}  // namespace attest::workflow
