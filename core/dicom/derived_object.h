#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/dicom/seg.h"

class DcmFileFormat;
class DcmItem;

namespace attest::dicom {

/// The shared head of what we derive from a series, put into an empty dataset: patient and study modules
/// copied from the first source (as UTF-8, whatever character set it had), our own series, equipment, and SOP
/// common modules. Errors: bad_argument (the context is not complete), not_found, bad_file (of the source).
Result<> startDerived(DcmItem& object, const DerivedContext& context, const char* sopClass,
                      const char* modality);

/// What every object that we write says about its standing: "UNSIGNED. Research use only. Not a cleared
/// medical device."
std::string notice(const DerivedContext& context);

/// How an item came to be, for SEG and SR: "model M; prompt P", empty where it has neither.
std::string algorithmParameters(const Provenance& madeBy);
/// The item's own tracking UID, or one that is always the same for its id.
std::string trackingUid(const Item& item);

/// Writes explicit VR little endian into PATH.part, syncs it and renames it, so that PATH is the whole object
/// or not there. Errors: io, disk_full.
Result<> saveDerived(DcmFileFormat& file, const std::filesystem::path& path);

/// Opens an object that others may have written, as UTF-8. Errors: not_found, bad_file.
Result<> openDerived(DcmFileFormat& file, const std::filesystem::path& path);

}  // namespace attest::dicom
