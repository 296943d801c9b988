#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/workflow/services.h"

namespace attest::workflow {

struct ExportedFile {
  std::string path;  ///< relative to the folder
  std::string format;
  std::string sopInstanceUid;  ///< empty for what is not DICOM
  int version = 0;             ///< 0 for unsigned
  bool isSigned = false;
  std::string sha256;
};
struct RefusedFormat {
  std::string format;
  std::string reason;
  ErrorCode code = ErrorCode::unsupported;  ///< of what went wrong where it could have been written
};
struct ExportReport {
  std::vector<ExportedFile> files;
  std::vector<RefusedFormat> refused;
};

struct ExportRequest {
  CaseId id;
  std::filesystem::path folder;
  std::set<std::string> formats;  ///< dicom, seg, sr, pdf, nifti, png, csv
};

/// Writes a case's results into a folder. Of a signed case what its last version's document says, byte for
/// byte the same each time, whatever came since; of an unsigned one only what a person stands for (accepted,
/// corrected, manual, confirmed), marked UNSIGNED. Every image that leaves or is referred to is compared with
/// the bytes that came in. A format that fails is among `refused`, and leaves no file; the others leave.
/// Where nothing leaves and a format failed, the export fails. An audit event stands before the first byte,
/// and one with the result behind the last. Errors: not_found, not_allowed, corrupt (images, masks or the
/// document are not what they were), stale (unsigned results on images that changed since), bad_geometry, io,
/// disk_full.
Result<ExportReport> exportCase(Services& services, const ExportRequest& request, const Reader& reader);

/// The same for the outbox, of a signed case: that it may leave was decided by the signature, whatever its
/// reader may by now. In the trail by the system. Errors: those of exportCase, and not_signable.
Result<ExportReport> exportSigned(Services& services, const ExportRequest& request);

}  // namespace attest::workflow
