#include "core/dicom/calibration.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "core/base/format.h"
#include "core/dicom/stack.h"

namespace attest::dicom {
namespace {

using Spacing = std::array<double, 2>;
using Kind = CalibrationKind;

constexpr Tag imagerSpacing = 0x00181164;
constexpr Tag magnification = 0x00181114;
constexpr Tag sourceToDetector = 0x00181110;
constexpr Tag sourceToPatient = 0x00181111;
constexpr Tag scannedSpacing = 0x00182010;
constexpr Tag calibrationType = 0x00280A02;
constexpr Tag regions = 0x00186011;

bool isProjection(std::string_view modality) {
  constexpr std::string_view modalities[] = {"CR", "DX", "IO", "MG", "PX", "RF", "XA", "RG"};
  return std::ranges::find(modalities, modality) != std::end(modalities);
}

std::optional<Spacing> sane(std::span<const double> values) {
  if (values.size() != 2 || !(values[0] > 1e-6 && values[0] < 1e6 && values[1] > 1e-6 && values[1] < 1e6))
    return std::nullopt;
  return Spacing{values[0], values[1]};
}

std::optional<Spacing> spacingOf(Scan& scan, Tag tag) {
  return sane(scan.numbers(tag));
}

// Spacings that differ by less than a thousandth are the same number, written twice.
bool same(const Spacing& a, const Spacing& b) {
  return std::abs(a[0] - b[0]) <= 1e-3 * b[0] && std::abs(a[1] - b[1]) <= 1e-3 * b[1];
}

Calibration ofPixelSpacing(Scan& scan, const Spacing& spacing, bool projection, bool hasDetector) {
  const std::string type = scan.text(calibrationType);
  if (type == "FIDUCIAL") return {Kind::calibrated, spacing, "calibrated by an object of known size"};
  if (type == "GEOMETRY") return {Kind::projected, spacing, "corrected for the magnification"};
  if (!projection) return {Kind::exact, spacing, "Pixel Spacing"};
  if (hasDetector) return {Kind::projected, spacing, "corrected in a way that the file does not say"};
  return {Kind::at_detector, spacing, "Pixel Spacing of a projection, not said to be corrected"};
}

Calibration ofDetector(Scan& scan, const Spacing& spacing) {
  const auto by = [&](double factor, const std::string& words) {
    return Calibration{Kind::projected, Spacing{spacing[0] / factor, spacing[1] / factor}, words};
  };
  const double estimated = scan.number(magnification).value_or(0);
  if (estimated >= 1 && estimated < 20)
    return by(estimated,
              "at the detector, divided by the estimated magnification " + formatNumber(estimated, 3));
  const double detector = scan.number(sourceToDetector).value_or(0);
  const double patient = scan.number(sourceToPatient).value_or(0);
  if (patient > 0 && detector >= patient && detector < 20 * patient) {
    return by(detector / patient, "at the detector, divided by the magnification " +
                                      formatNumber(detector / patient, 3) +
                                      " of the distances from the source");
  }
  return {Kind::at_detector, spacing, "at the detector; the magnification is not known"};
}

// A region of PS3.3 C.8.5.5 as far as it matters here.
struct Region {
  double format = 0;  // 1: a plane of tissue
  double unitX = 0;   // 3: cm
  double unitY = 0;
  double deltaX = 0;
  double deltaY = 0;
};

Calibration ofRegions(Scan& scan) {
  std::map<std::size_t, Region> all;
  scan.visit(regions, [&](std::size_t item, Tag within, const Element& element) {
    if (within != regions) return;
    const auto take = [&](double& to, std::string_view vr) {
      const auto values = scan.numbers(element, vr);
      if (!values.empty()) to = values.front();
    };
    Region& region = all[item];
    if (element.tag == 0x00186012) take(region.format, "US");
    if (element.tag == 0x00186024) take(region.unitX, "US");
    if (element.tag == 0x00186026) take(region.unitY, "US");
    if (element.tag == 0x0018602C) take(region.deltaX, "FD");
    if (element.tag == 0x0018602E) take(region.deltaY, "FD");
  });
  std::optional<Spacing> found;
  for (const auto& [item, region] : all) {
    if (region.format != 1) continue;
    const std::array values{10 * std::abs(region.deltaY), 10 * std::abs(region.deltaX)};
    const auto spacing = sane(values);
    const bool square = spacing && std::abs(values[0] - values[1]) <= 1e-3 * values[1];
    if (region.unitX != 3 || region.unitY != 3 || !square)
      return {Kind::none, {}, "a region that is not in cm or whose pixels are not square"};
    if (found && !same(*spacing, *found)) return {Kind::none, {}, "regions of several scales"};
    found = spacing;
  }
  if (!found) return {};
  return {Kind::region, found, "the calibrated region of the image"};
}

}  // namespace

Calibration readCalibration(Scan& scan, const InstanceHeader& header) {
  if (planeOf(header, 0)) return {};
  const bool projection = isProjection(scan.text(0x00080060));
  const auto detector = spacingOf(scan, imagerSpacing);
  const auto& values = header.groups.pixelSpacingMm;
  const auto spacing = values ? sane(*values) : std::nullopt;
  if (spacing && !(projection && detector && same(*spacing, *detector)))
    return ofPixelSpacing(scan, *spacing, projection, detector.has_value());
  if (detector) return ofDetector(scan, *detector);
  if (const auto film = spacingOf(scan, scannedSpacing))
    return {Kind::at_detector, film, "on the film that was scanned"};
  return ofRegions(scan);
}

}  // namespace attest::dicom
