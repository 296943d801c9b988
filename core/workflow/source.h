#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/dicom/load.h"
#include "core/domain/case_record.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Images named on the command line: a case (its main block), a series UID or SERIES#BLOCK of the database,
/// or a folder that is not imported.
struct Source {
  Block block;
  BlockRef ref;
  std::optional<CaseId> caseId;  ///< none for a folder
  std::vector<dicom::SliceFile> slices;
};
Result<Source> findSource(Services& services, const std::string& text);

/// The volume of a source; of one that is no volume, the single image at `slice` (sorted order).
Result<imaging::VolumePtr> loadSource(Services& services, const Source& source, int slice,
                                      std::stop_token stop);

/// The block that a reader wants to see first: the volume with the most slices, else the block with the most
/// images. None where the case has no images.
std::optional<BlockRef> mainBlock(const std::vector<Series>& series);

}  // namespace attest::workflow
