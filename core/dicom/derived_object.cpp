#include "core/dicom/derived_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <set>

#include "core/dicom/derived_elements.h"
#include "core/dicom/header.h"
#include "core/dicom/scan.h"
#include "core/dicom/utf8_items.h"

namespace attest::dicom {
namespace {

/// What is copied beyond groups 0010 and 0012: General Study without its references to people and to other
/// objects, which are optional and often broken, and the time zone in which the times stand.
const std::set<DcmTagKey>& studyTags() {
  static const std::set<DcmTagKey> tags{DCM_SpecificCharacterSet,
                                        DCM_StudyDate,
                                        DCM_StudyTime,
                                        DCM_AccessionNumber,
                                        DCM_IssuerOfAccessionNumberSequence,
                                        DCM_ReferringPhysicianName,
                                        DCM_ConsultingPhysicianName,
                                        DCM_TimezoneOffsetFromUTC,
                                        DCM_StudyDescription,
                                        DCM_ProcedureCodeSequence,
                                        DCM_PhysiciansOfRecord,
                                        DCM_NameOfPhysiciansReadingStudy,
                                        DCM_AdmittingDiagnosesDescription,
                                        DCM_StudyInstanceUID,
                                        DCM_StudyID,
                                        DCM_RequestingService,
                                        DCM_AdmissionID,
                                        DCM_ServiceEpisodeID};
  return tags;
}

bool isOfPatientOrStudy(const DcmTagKey& tag) {
  // These of group 0012 belong to the source's own series (Clinical Trial Series).
  static const std::set<DcmTagKey> ofSeries{DCM_ClinicalTrialCoordinatingCenterName,
                                            DCM_ClinicalTrialSeriesID, DCM_ClinicalTrialSeriesDescription};
  if (tag.getGroup() == 0x0010 || tag.getGroup() == 0x0012)
    return tag.getElement() != 0 && !ofSeries.contains(tag);
  return studyTags().contains(tag);
}

bool copyModules(DcmItem& source, DcmItem& object) {
  object.clear();
  for (unsigned long i = 0; i < source.card(); ++i) {
    DcmElement* element = source.getElement(i);
    if (!isOfPatientOrStudy(element->getTag()) || element->isEmpty()) continue;
    auto* copy = dynamic_cast<DcmElement*>(element->clone());
    if (copy == nullptr || object.insert(copy, OFTrue).bad()) {
      delete copy;
      return false;
    }
  }
  makeUtf8(object);
  return true;
}

/// Our own times are UTC; in an object whose copied study times stand in a zone they are written in that
/// zone.
Time inZoneOf(DcmItem& object, Time time) {
  const std::string zone = text(object, DCM_TimezoneOffsetFromUTC);
  if (zone.size() != 5 || zone.find_first_not_of("0123456789", 1) != std::string::npos) return time;
  const std::chrono::minutes offset{std::stoi(zone.substr(1, 2)) * 60 + std::stoi(zone.substr(3, 2))};
  return zone[0] == '-' ? time - offset : time + offset;
}

Result<> check(const DerivedContext& context) {
  if (context.sources.empty()) return fail(ErrorCode::bad_argument, "no source images");
  if (context.sourceSeries.uid.empty() || context.seriesUid.empty() || context.sopInstanceUid.empty()) {
    return fail(ErrorCode::bad_argument, "a UID is missing");
  }
  if (context.isSigned && context.person.empty()) return fail(ErrorCode::bad_argument, "signed by nobody");
  return {};
}

Result<> copyFromSource(DcmItem& object, const SourceImage& image) {
  std::error_code none;
  if (!std::filesystem::exists(image.path, none)) return fail(ErrorCode::not_found, "a source image is gone");
  DcmFileFormat file;
  const auto read = file.loadFileUntilTag(image.path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength,
                                          ERM_autoDetect, DCM_PixelData);
  if (read.bad()) return fail(ErrorCode::bad_file, std::string("a source image: ") + read.text());
  DcmDataset& source = *file.getDataset();
  if (text(source, DCM_SOPInstanceUID) != image.sopUid.value) {
    return fail(ErrorCode::bad_file, "a source image is not the one that was indexed");
  }
  if (!copyModules(source, object))
    return fail(ErrorCode::bad_file, "a source image's text cannot be copied");
  return {};
}

/// What the standard asks for where the source has left it out.
void completeModules(DcmItem& object) {
  for (const DcmTagKey& required :
       {DCM_PatientName, DCM_PatientID, DCM_PatientBirthDate, DCM_PatientSex, DCM_StudyDate, DCM_StudyTime,
        DCM_AccessionNumber, DCM_ReferringPhysicianName, DCM_StudyID}) {
    if (!object.tagExists(required)) putEmpty(object, required);
  }
  const auto procedure = code(object, DCM_ProcedureCodeSequence);
  if (!procedure || procedure->scheme.empty() || procedure->meaning.empty()) {
    object.findAndDeleteElement(DCM_ProcedureCodeSequence);
  }
  if (text(object, DCM_PatientIdentityRemoved) == "YES" && !object.tagExists(DCM_DeidentificationMethod) &&
      !object.tagExists(DCM_DeidentificationMethodCodeSequence)) {
    put(object, DCM_DeidentificationMethod, "not stated by the source");
  }
}

void putOwnModules(DcmItem& object, const DerivedContext& context, const char* sopClass,
                   const char* modality) {
  const Time time = inZoneOf(object, context.time);
  put(object, DCM_SpecificCharacterSet, "ISO_IR 192");
  put(object, DCM_SOPClassUID, sopClass);
  put(object, DCM_SOPInstanceUID, context.sopInstanceUid);
  for (const auto& [date, clock] : {std::pair{DCM_InstanceCreationDate, DCM_InstanceCreationTime},
                                    {DCM_SeriesDate, DCM_SeriesTime},
                                    {DCM_ContentDate, DCM_ContentTime}}) {
    put(object, date, toDicomDate(time));
    put(object, clock, toDicomTime(time));
  }
  put(object, DCM_Modality, modality);
  put(object, DCM_SeriesInstanceUID, context.seriesUid);
  put(object, DCM_SeriesNumber, std::to_string(context.seriesNumber));
  put(object, DCM_SeriesDescription, context.seriesDescription);
  put(object, DCM_InstanceNumber, "1");
  put(object, DCM_Manufacturer, "Attest");
  put(object, DCM_ManufacturerModelName, "Attest");
  put(object, DCM_DeviceSerialNumber, "0");
  put(object, DCM_SoftwareVersions, context.softwareVersion.empty() ? "unknown" : context.softwareVersion);
  DcmItem& scheme = addItem(object, DCM_CodingSchemeIdentificationSequence);
  put(scheme, DCM_CodingSchemeDesignator, "99ATTEST");
  put(scheme, DCM_CodingSchemeName, "Codes of Attest");
  put(scheme, DCM_CodingSchemeResponsibleOrganization, "Attest");
}

Result<> failedWrite(const std::filesystem::path& part, int why) {
  std::error_code none;
  std::filesystem::remove(part, none);
  if (why == ENOSPC || why == EDQUOT) return fail(ErrorCode::disk_full, "no space for the object");
  return fail(ErrorCode::io, "the object could not be written");
}

bool sync(const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool done = ::fsync(file) == 0;
  return ::close(file) == 0 && done;
}

}  // namespace

Result<> startDerived(DcmItem& object, const DerivedContext& context, const char* sopClass,
                      const char* modality) {
  ATTEST_CHECK(check(context));
  ATTEST_CHECK(copyFromSource(object, context.sources.front()));
  if (text(object, DCM_StudyInstanceUID).empty())
    return fail(ErrorCode::bad_file, "a source image has no study UID");
  completeModules(object);
  putOwnModules(object, context, sopClass, modality);
  return {};
}

std::string notice(const DerivedContext& context) {
  return std::string(context.isSigned ? "SIGNED" : "UNSIGNED") +
         ". Research use only. Not a cleared medical device.";
}

std::string algorithmParameters(const Provenance& madeBy) {
  std::string out = madeBy.model.empty() ? "" : "model " + madeBy.model;
  if (!madeBy.prompt.empty()) out += (out.empty() ? "prompt " : "; prompt ") + madeBy.prompt;
  return out;
}

std::string trackingUid(const Item& item) {
  return item.trackingUid.empty() ? stableUid(item.id.value) : item.trackingUid;
}

Result<> saveDerived(DcmFileFormat& file, const std::filesystem::path& path) {
  const std::filesystem::path part = path.string() + ".part";
  errno = 0;
  const auto written =
      file.saveFile(part.c_str(), EXS_LittleEndianExplicit, EET_UndefinedLength, EGL_withoutGL);
  if (written.bad() || !sync(part, O_WRONLY)) return failedWrite(part, errno);
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) return failedWrite(part, error.value());
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (!sync(folder, O_RDONLY | O_DIRECTORY)) return fail(ErrorCode::io, "the folder could not be synced");
  return {};
}

Result<> openDerived(DcmFileFormat& file, const std::filesystem::path& path) {
  initialize();
  if (auto scan = Scan::file(path); !scan)
    return fail(std::move(scan).error());  // DCMTK recurses into any depth
  const auto read = file.loadFile(path.c_str());
  if (read.bad()) return fail(ErrorCode::bad_file, read.text());
  makeUtf8(*file.getDataset());
  return {};
}

}  // namespace attest::dicom
