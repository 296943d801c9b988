#include "core/dicom/groups_nm.h"

#include <cmath>

namespace attest::dicom {
namespace {

constexpr Tag detectors = 0x00540022;
constexpr Tag spacingBetweenSlices = 0x00180088;
constexpr Tag timeSlotVector = 0x00540070;
constexpr Tag sliceVector = 0x00540080;

// The vectors count from 1, one number a frame.
std::vector<double> vectorOf(Scan& scan, Tag tag, std::size_t frames) {
  const Element* element = scan.find(tag);
  auto numbers = element == nullptr ? std::vector<double>() : scan.numbers(*element, "US");
  if (numbers.size() != frames) numbers.clear();
  return numbers;
}

// Of the first detector, where the image itself has none.
void readDetector(Scan& scan, FrameGroups& groups) {
  scan.visit(detectors, [&](std::size_t item, Tag within, const Element& element) {
    if (item != 0 || within != detectors) return;
    if (element.tag != 0x00200032 && element.tag != 0x00200037) return;
    const auto v = scan.numbers(element, "DS");
    if (v.size() == 3) groups.positionMm = Vec3{v[0], v[1], v[2]};
    if (v.size() == 6) groups.orientation = {Vec3{v[0], v[1], v[2]}, Vec3{v[3], v[4], v[5]}};
  });
}

}  // namespace

void readNuclearGroups(Scan& scan, InstanceHeader& header) {
  FrameGroups& groups = header.groups;
  const bool gated = groups.imageType.find("RECON GATED TOMO") != std::string::npos;
  if (!gated && groups.imageType.find("RECON TOMO") == std::string::npos) return;
  readDetector(scan, groups);
  const double stepMm = scan.number(spacingBetweenSlices).value_or(0);
  const auto frames = static_cast<std::size_t>(header.frames);
  const auto slices = vectorOf(scan, sliceVector, frames);
  const auto slots = vectorOf(scan, timeSlotVector, frames);
  if (!groups.positionMm || !groups.orientation || stepMm == 0 || slices.empty()) return;
  const Vec3 normal = cross((*groups.orientation)[0], (*groups.orientation)[1]);
  header.perFrame.assign(frames, groups);
  for (std::size_t k = 0; k < frames; ++k) {
    FrameGroups& frame = header.perFrame[k];
    frame.positionMm = *groups.positionMm + (slices[k] - 1) * stepMm * normal;
    frame.inStack = static_cast<int>(slices[k]);
    if (gated && !slots.empty()) frame.temporalPosition = static_cast<int>(slots[k]);
  }
}

}  // namespace attest::dicom
