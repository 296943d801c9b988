#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/patient.h"
#include "core/domain/study.h"
#include "core/imaging/volume.h"

namespace attest::dicom {

/// What a CT series says beside its voxels. The UIDs of study, series and frame of reference must be there;
/// those of the images follow from that of the series, so that writing it again gives the same files.
struct CtSeries {
  Patient patient;
  StudyInfo study;  ///< with the date and time at which the images were acquired
  SeriesInfo series;
  std::vector<Window> windows;
  std::string patientPosition = "HFS";
  std::string kernel;
  double kvp = 120;
};

/// Writes a volume of int16 HU as CT Image Storage (PS3.3 A.3), a file a slice, 0001.dcm at k = 0, explicit
/// VR little endian, several at a time. Files of those names are replaced; a folder that is not there is
/// made. Not synced: after a power cut files may be torn. Errors: bad_argument (another kind of volume, more
/// than 65535 rows, columns or slices, a missing UID), io, disk_full, cancelled.
Result<std::vector<std::filesystem::path>> writeCt(const std::filesystem::path& folder,
                                                   const imaging::Volume& volume, const CtSeries& series,
                                                   Parallel& parallel, std::stop_token stop);

}  // namespace attest::dicom
