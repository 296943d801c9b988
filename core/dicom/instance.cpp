#include "core/dicom/instance.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/dicom/syntax.h"
#include "core/dicom/text.h"

namespace attest::dicom {
namespace {

struct NeededUid {
  Tag tag;
  const char* name;
};
constexpr NeededUid neededUids[] = {{0x00080016, "SOP Class UID"},
                                    {0x00080018, "SOP Instance UID"},
                                    {0x0020000D, "Study Instance UID"},
                                    {0x0020000E, "Series Instance UID"}};

Result<> checkUids(Scan& scan) {
  std::string missing;
  for (const NeededUid& needed : neededUids) {
    const std::string uid = scan.text(needed.tag);
    if (uid.empty())
      missing += (missing.empty() ? "no " : ", no ") + (needed.name + (" " + tagText(needed.tag)));
    if (uid.size() > 64 || uid.find_first_not_of("0123456789.") != std::string::npos) {
      return fail(ErrorCode::bad_file, std::string(needed.name) + " " + tagText(needed.tag) + " is no UID");
    }
  }
  return missing.empty() ? Result<>{} : fail(ErrorCode::bad_file, missing);
}

// Label maps and parametric maps have pixels, but of a derived object; DCMTK 3.6.7 does not know better.
bool isImageClass(const Scan& scan, const std::string& sopClass) {
  if (sopClass == "1.2.840.10008.5.1.4.1.1.66.7" || sopClass == UID_ParametricMapStorage) return false;
  if (dcmIsImageStorageSOPClassUID(sopClass.c_str())) return true;
  const bool known = dcmFindNameOfUID(sopClass.c_str(), nullptr) != nullptr;
  return !known && scan.pixels().has_value();  // a private image class
}

int integer(Scan& scan, Tag tag) {
  const double value = scan.number(tag).value_or(0);
  return std::abs(value) <= std::numeric_limits<int>::max() ? static_cast<int>(value) : 0;
}

void readPlane(Scan& scan, InstanceHeader& header) {
  if (const auto p = scan.numbers(0x00200032); p.size() == 3) header.positionMm = Vec3{p[0], p[1], p[2]};
  if (const auto o = scan.numbers(0x00200037); o.size() == 6) {
    header.orientation = {Vec3{o[0], o[1], o[2]}, Vec3{o[3], o[4], o[5]}};
  }
  if (const auto s = scan.numbers(0x00280030); s.size() == 2) header.pixelSpacingMm = {s[0], s[1]};
  header.sliceThicknessMm = scan.number(0x00180050).value_or(0);
}

void readValues(Scan& scan, InstanceHeader& header) {
  header.rescaleSlope = scan.number(0x00281053);
  header.rescaleIntercept = scan.number(0x00281052);
  header.rescaleType = scan.text(0x00281054);
  const auto stored = [&](Tag tag) -> std::optional<int> {
    const auto word = scan.word(tag);
    if (!word) return std::nullopt;
    return header.isSigned ? int{static_cast<std::int16_t>(*word)} : int{*word};
  };
  header.paddingValue = stored(0x00280120);
  header.paddingLimit = stored(0x00280121);
  const auto centers = scan.numbers(0x00281050);
  const auto widths = scan.numbers(0x00281051);
  for (std::size_t i = 0; i < std::min(centers.size(), widths.size()); ++i) {
    header.windows.push_back({centers[i], widths[i]});
  }
}

}  // namespace

Result<> checkImage(Scan& scan) {
  const std::string metaClass = scan.text(0x00020002);
  if (scan.text(0x00080016).empty() && metaClass == UID_MediaStorageDirectoryStorage) {
    return fail(ErrorCode::unsupported, "not an image: a DICOMDIR");
  }
  ATTEST_CHECK(checkUids(scan));
  const std::string sopClass = scan.text(0x00080016);
  if (!isImageClass(scan, sopClass))
    return fail(ErrorCode::unsupported, "not an image: " + uidName(sopClass));
  ATTEST_CHECK(checkReadable(scan.transferSyntax()));
  if (scan.has(0x52009229) || scan.has(0x52009230)) {
    return fail(ErrorCode::unsupported,
                "enhanced multi-frame images (" + uidName(sopClass) + ") are not read by this version");
  }
  if (scan.has(0x00283000)) {
    return fail(ErrorCode::unsupported, "a Modality LUT Sequence (0028,3000) is not applied by this version");
  }
  return {};
}

InstanceHeader readInstance(Scan& scan, const PixelFormat& format) {
  InstanceHeader header;
  header.sopUid.value = scan.text(0x00080018);
  header.sopClass = scan.text(0x00080016);
  header.transferSyntax = scan.transferSyntax();
  header.instanceNumber = integer(scan, 0x00200013);
  header.acquisitionNumber = integer(scan, 0x00200012);
  header.frameOfReference.value = scan.text(0x00200052);
  header.imageType = toUtf8(scan.text(0x00080008), {});
  header.rows = format.rows;
  header.columns = format.columns;
  header.frames = format.frames;
  header.samplesPerPixel = format.samples;
  header.bitsAllocated = format.bitsAllocated;
  header.bitsStored = format.bitsStored;
  header.isSigned = format.isSigned;
  header.photometric = format.photometric;
  readPlane(scan, header);
  readValues(scan, header);
  header.kernel = toUtf8(scan.text(0x00181210), scan.text(0x00080005));
  header.kvp = scan.number(0x00180060).value_or(0);
  header.tubeCurrentMa = scan.number(0x00181151).value_or(0);
  header.gantryTiltDegrees = scan.number(0x00181120).value_or(0);
  header.acquisitionDate = toUtf8(scan.text(0x00080022), {});
  header.acquisitionTime = toUtf8(scan.text(0x00080032), {});
  return header;
}

bool isLocalizer(const InstanceHeader& header) {
  return header.imageType.find("LOCALIZER") != std::string::npos;
}

Unit unitOf(const InstanceHeader& header) {
  const bool ct = header.sopClass == UID_CTImageStorage && header.samplesPerPixel == 1;
  const bool hounsfield = header.rescaleType.empty() || header.rescaleType == "HU";
  const bool rescaled = header.rescaleIntercept && header.rescaleSlope.value_or(0) != 0;
  return ct && hounsfield && rescaled && !isLocalizer(header) ? Unit::hu : Unit::none;
}

}  // namespace attest::dicom
