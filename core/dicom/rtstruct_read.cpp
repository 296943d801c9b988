#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <string_view>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/rtstruct.h"

namespace attest::dicom {
namespace {

int number(DcmItem& item, const DcmTagKey& tag) {
  Sint32 value = 0;
  item.findAndGetSint32(tag, value);
  return value;
}

std::optional<ContourType> typeOf(DcmItem& contour) {
  const std::string type = text(contour, DCM_ContourGeometricType);
  if (type == "CLOSED_PLANAR") return ContourType::closed_planar;
  if (type == "CLOSEDPLANAR_XOR") return ContourType::closed_planar_xor;
  if (type == "OPEN_PLANAR") return ContourType::open_planar;
  if (type == "OPEN_NONPLANAR") return ContourType::open_nonplanar;
  if (type == "POINT") return ContourType::point;
  return std::nullopt;
}

/// Contour data as one text, parsed at once: there may be hundreds of thousands of points. Empty where a
/// number is missing or no number.
std::vector<Vec3> pointsOf(DcmItem& contour) {
  const std::string all = text(contour, DCM_ContourData);
  std::vector<double> values;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\\', begin), all.size());
    std::string_view word = std::string_view(all).substr(begin, end - begin);
    while (word.starts_with(' ') || word.starts_with('+')) word.remove_prefix(1);
    double value = 0;
    if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc{} ||
        !std::isfinite(value)) {
      return {};
    }
    values.push_back(value);
    begin = end + 1;
  }
  if (values.size() % 3 != 0) return {};
  std::vector<Vec3> points(values.size() / 3);
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = {values[3 * i], values[3 * i + 1], values[3 * i + 2]};
  return points;
}

void readContours(DcmItem& item, RtRoi& roi, RtStructures& out) {
  if (const auto rgb = numbers(item, DCM_ROIDisplayColor, 3)) {
    for (std::size_t c = 0; c < 3; ++c)
      roi.color[c] = static_cast<std::uint8_t>(std::clamp((*rgb)[c], 0.0, 255.0));
  }
  std::size_t lost = 0;
  for (DcmItem* entry : items(item, DCM_ContourSequence)) {
    const auto type = typeOf(*entry);
    auto points = pointsOf(*entry);
    if (type && !points.empty()) {
      roi.contours.push_back({*type, std::move(points)});
    } else {
      ++lost;
    }
  }
  if (lost > 0)
    out.notes.push_back(roi.name + ": " + std::to_string(lost) +
                        " contours of an unknown kind or with bad points");
}

RtRoi* find(RtStructures& out, int number) {
  const auto at = std::ranges::find(out.rois, number, &RtRoi::number);
  return at == out.rois.end() ? nullptr : &*at;
}

void readSource(DcmDataset& object, RtStructures& out) {
  for (DcmItem* frame : items(object, DCM_ReferencedFrameOfReferenceSequence))
    for (DcmItem* study : items(*frame, DCM_RTReferencedStudySequence))
      for (DcmItem* series : items(*study, DCM_RTReferencedSeriesSequence))
        if (out.sourceSeries.empty()) out.sourceSeries.value = text(*series, DCM_SeriesInstanceUID);
}

Result<RtStructures> read(const std::filesystem::path& path) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& object = *file.getDataset();
  if (text(object, DCM_SOPClassUID) != UID_RTStructureSetStorage)
    return fail(ErrorCode::unsupported, "no RT structure set");
  RtStructures out;
  out.sopUid.value = text(object, DCM_SOPInstanceUID);
  out.label = text(object, DCM_StructureSetLabel);
  readSource(object, out);
  for (DcmItem* item : items(object, DCM_StructureSetROISequence)) {
    RtRoi roi;
    roi.number = number(*item, DCM_ROINumber);
    roi.name = text(*item, DCM_ROIName);
    roi.description = text(*item, DCM_ROIDescription);
    roi.frameOfReference.value = text(*item, DCM_ReferencedFrameOfReferenceUID);
    out.rois.push_back(std::move(roi));
  }
  for (DcmItem* item : items(object, DCM_ROIContourSequence)) {
    if (RtRoi* roi = find(out, number(*item, DCM_ReferencedROINumber))) {
      readContours(*item, *roi, out);
    } else {
      out.notes.emplace_back("contours of a region that is not declared");
    }
  }
  for (DcmItem* item : items(object, DCM_RTROIObservationsSequence)) {
    if (RtRoi* roi = find(out, number(*item, DCM_ReferencedROINumber)))
      roi->interpretedType = text(*item, DCM_RTROIInterpretedType);
  }
  return out;
}

}  // namespace

Result<RtStructures> readRtStructures(const std::filesystem::path& path) {
  try {
    return read(path);
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

}  // namespace attest::dicom
