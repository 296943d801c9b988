#include "core/dicom/registration_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <cmath>
#include <exception>

#include "core/base/geometry.h"
#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"

namespace attest::dicom {
namespace {

using Matrix = std::array<double, 16>;

/// The axes stay perpendicular, of length one and right-handed.
bool isRigid(const Matrix& m) {
  const Vec3 x{m[0], m[4], m[8]};
  const Vec3 y{m[1], m[5], m[9]};
  const Vec3 z{m[2], m[6], m[10]};
  constexpr double most = 1e-3;
  const bool last = std::abs(m[12]) + std::abs(m[13]) + std::abs(m[14]) + std::abs(m[15] - 1) < most;
  return last && std::abs(length(x) - 1) < most && std::abs(length(y) - 1) < most &&
         length(cross(x, y) - z) < most;
}

Result<RegisteredFrame> frameOf(DcmItem& item) {
  RegisteredFrame out;
  out.from.value = text(item, DCM_FrameOfReferenceUID);
  std::vector<DcmItem*> steps;
  for (DcmItem* registration : items(item, DCM_MatrixRegistrationSequence))
    for (DcmItem* step : items(*registration, DCM_MatrixSequence)) steps.push_back(step);
  if (steps.size() > 1) return fail(ErrorCode::unsupported, "a transform of several steps");
  for (DcmItem* step : steps) {
    if (text(*step, DCM_FrameOfReferenceTransformationMatrixType) != "RIGID")
      return fail(ErrorCode::unsupported, "a transform that is not rigid");
    const auto values = numbers(*step, DCM_FrameOfReferenceTransformationMatrix, 16);
    if (!values) return fail(ErrorCode::bad_file, "no transformation matrix (3006,00C6)");
    std::ranges::copy(*values, out.matrix.begin());
    if (!isRigid(out.matrix)) return fail(ErrorCode::bad_file, "a matrix says that it is rigid and is not");
  }
  return out;
}

Result<SpatialRegistration> read(const std::filesystem::path& path) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& object = *file.getDataset();
  if (text(object, DCM_SOPClassUID) != UID_SpatialRegistrationStorage)
    return fail(ErrorCode::unsupported, "no spatial registration");
  SpatialRegistration out;
  out.sopUid.value = text(object, DCM_SOPInstanceUID);
  out.to.value = text(object, DCM_FrameOfReferenceUID);
  for (DcmItem* item : items(object, DCM_RegistrationSequence)) {
    ATTEST_TRY(RegisteredFrame frame, frameOf(*item));
    out.frames.push_back(std::move(frame));
  }
  if (out.frames.empty()) return fail(ErrorCode::bad_file, "no Registration Sequence (0070,0308)");
  return out;
}

}  // namespace

Result<SpatialRegistration> readRegistration(const std::filesystem::path& path) {
  try {
    return read(path);
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

}  // namespace attest::dicom
