#include "core/dicom/instance.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "core/dicom/calibration.h"
#include "core/dicom/groups.h"
#include "core/dicom/suv.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {
namespace {

constexpr std::string_view ctClasses[] = {UID_CTImageStorage, UID_EnhancedCTImageStorage,
                                          UID_LegacyConvertedEnhancedCTImageStorage};

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
  if (sopClass == "1.2.840.10008.5.1.4.1.1.66.7" || sopClass == UID_ParametricMapStorage ||
      sopClass == UID_VLWholeSlideMicroscopyImageStorage) {
    return false;
  }
  if (dcmIsImageStorageSOPClassUID(sopClass.c_str())) return true;
  const bool known = dcmFindNameOfUID(sopClass.c_str(), nullptr) != nullptr;
  return !known && scan.pixels().has_value();  // a private image class
}

// What else may be met, and what reads it.
std::string refusedClass(const std::string& sopClass) {
  const std::string name = uidName(sopClass);
  if (sopClass == UID_VLWholeSlideMicroscopyImageStorage)
    return "a whole-slide image of pathology (" + name + "): a slide viewer reads it";
  if (name.find("Waveform") != std::string::npos || name.find("ECG") != std::string::npos)
    return "not an image: a waveform (" + name + "), for a viewer of ECG and signals";
  if (name.find("Spectroscopy") != std::string::npos)
    return "not an image: spectra (" + name + "), for the maker's own program";
  return "not an image: " + name;
}

int integer(Scan& scan, Tag tag) {
  const double value = scan.number(tag).value_or(0);
  return std::abs(value) <= std::numeric_limits<int>::max() ? static_cast<int>(value) : 0;
}

void readPadding(Scan& scan, InstanceHeader& header) {
  const auto stored = [&](Tag tag) -> std::optional<int> {
    const auto word = scan.word(tag);
    if (!word) return std::nullopt;
    return header.isSigned ? int{static_cast<std::int16_t>(*word)} : int{*word};
  };
  header.paddingValue = stored(0x00280120);
  header.paddingLimit = stored(0x00280121);
}

}  // namespace

Result<> checkImage(Scan& scan) {
  const std::string metaClass = scan.text(0x00020002);
  if (scan.text(0x00080016).empty() && metaClass == UID_MediaStorageDirectoryStorage) {
    return fail(ErrorCode::unsupported, "not an image: a DICOMDIR");
  }
  ATTEST_CHECK(checkUids(scan));
  const std::string sopClass = scan.text(0x00080016);
  if (!isImageClass(scan, sopClass)) return fail(ErrorCode::unsupported, refusedClass(sopClass));
  ATTEST_CHECK(checkReadable(scan.transferSyntax()));
  if (scan.has(0x00283000)) {
    return fail(ErrorCode::unsupported, "a Modality LUT Sequence (0028,3000) is not applied by this version");
  }
  return {};
}

Result<InstanceHeader> readInstance(Scan& scan, const PixelFormat& format) {
  InstanceHeader header;
  header.sopUid.value = scan.text(0x00080018);
  header.sopClass = scan.text(0x00080016);
  header.transferSyntax = scan.transferSyntax();
  header.instanceNumber = integer(scan, 0x00200013);
  header.frameOfReference.value = scan.text(0x00200052);
  header.rows = format.rows;
  header.columns = format.columns;
  header.frames = format.frames;
  header.samplesPerPixel = format.samples;
  header.bitsAllocated = format.bitsAllocated;
  header.bitsStored = format.bitsStored;
  header.isSigned = format.isSigned;
  header.photometric = format.photometric;
  readPadding(scan, header);
  header.kvp = scan.number(0x00180060).value_or(0);
  header.tubeCurrentMa = scan.number(0x00181151).value_or(0);
  header.gantryTiltDegrees = scan.number(0x00181120).value_or(0);
  header.pet = readPet(scan);
  ATTEST_CHECK(readGroups(scan, header));
  header.calibration = readCalibration(scan, header);
  return header;
}

bool isLocalizer(const FrameGroups& frame) {
  return frame.imageType.find("LOCALIZER") != std::string::npos;
}

Unit unitOf(const InstanceHeader& header, const FrameGroups& frame) {
  if (header.pet) return header.pet->units == "BQML" ? Unit::bq_ml : Unit::none;
  const bool ct = std::ranges::find(ctClasses, header.sopClass) != std::end(ctClasses);
  const bool hounsfield = frame.rescaleType.empty() || frame.rescaleType == "HU";
  const bool rescaled = frame.rescaleIntercept && frame.rescaleSlope.value_or(0) != 0;
  const bool grey = header.photometric == "MONOCHROME1" || header.photometric == "MONOCHROME2";
  return ct && grey && hounsfield && rescaled && !isLocalizer(frame) ? Unit::hu : Unit::none;
}

}  // namespace attest::dicom
