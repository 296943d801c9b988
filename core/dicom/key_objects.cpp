#include "core/dicom/key_objects.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <exception>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/derived_references.h"
#include "core/dicom/header.h"
#include "core/dicom/sr_codes.h"
#include "core/dicom/sr_content.h"

namespace attest::dicom {
namespace {

const Code keyDescription{"DCM", "113012", "Key Object Description"};

/// The images of the tree, whose series stand in the evidence.
std::vector<ImageReference> marked(DcmItem& document) {
  std::vector<ImageReference> known;
  for (DcmItem* study : items(document, DCM_CurrentRequestedProcedureEvidenceSequence)) {
    for (ImageReference& image : referencedSeries(*study, DCM_ReferencedSOPSequence))
      known.push_back(std::move(image));
  }
  std::vector<ImageReference> images;
  for (DcmItem* item : items(document, DCM_ContentSequence)) {
    for (ImageReference& image : imageReferences(*item, DCM_ReferencedSOPSequence)) {
      for (const ImageReference& one : known) {
        if (one.sopUid == image.sopUid) image.series = one.series;
      }
      images.push_back(std::move(image));
    }
  }
  return images;
}

Result<KeyObjects> read(const std::filesystem::path& path) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& document = *file.getDataset();
  if (text(document, DCM_SOPClassUID) != UID_KeyObjectSelectionDocumentStorage)
    return fail(ErrorCode::unsupported, "no key object selection");
  KeyObjects out;
  out.title = code(document, DCM_ConceptNameCodeSequence).value_or(Code{});
  if (DcmItem* item = child(document, keyDescription)) out.description = text(*item, DCM_TextValue);
  if (DcmItem* item = child(document, codes::personName)) out.person = text(*item, DCM_PersonName);
  out.images = marked(document);
  return out;
}

Result<> write(const std::filesystem::path& path, const DerivedContext& context, const KeyObjects& marked) {
  if (marked.images.empty()) return fail(ErrorCode::bad_argument, "no image is marked");
  auto images = marked.images;
  for (ImageReference& image : images) {
    if (image.series.empty()) image.series = context.sourceSeries.uid;
  }
  DcmFileFormat file;
  DcmDataset& document = *file.getDataset();
  ATTEST_CHECK(startDerived(document, context, UID_KeyObjectSelectionDocumentStorage, "KO"));
  putEmpty(document, DCM_ReferencedPerformedProcedureStepSequence);
  DcmItem& evidence = addItem(document, DCM_CurrentRequestedProcedureEvidenceSequence);
  put(evidence, DCM_StudyInstanceUID, text(document, DCM_StudyInstanceUID));
  auto whole = images;
  for (ImageReference& image : whole) image.frames.clear();
  addReferencedSeries(evidence, DCM_ReferencedSOPSequence, whole);
  startTree(document, marked.title, "2010");
  if (!context.person.empty()) {
    addCode(document, "HAS OBS CONTEXT", codes::observerType, codes::person);
    addPersonName(document, "HAS OBS CONTEXT", codes::personName, context.person);
  }
  const std::string words = marked.description.empty() ? notice(context) : marked.description;
  addText(document, "CONTAINS", keyDescription, words);
  for (const ImageReference& image : images) {
    DcmItem& reference = addImage(document, {}, image.sopClass, image.sopUid.value);
    std::string frames;
    for (const int frame : image.frames) frames += (frames.empty() ? "" : "\\") + std::to_string(frame + 1);
    if (!frames.empty()) put(reference, DCM_ReferencedFrameNumber, frames);
  }
  return saveDerived(file, path);
}

}  // namespace

Result<KeyObjects> readKeyObjects(const std::filesystem::path& path) {
  try {
    return read(path);
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

Result<> writeKeyObjects(const std::filesystem::path& path, const DerivedContext& context,
                         const KeyObjects& marked) {
  initialize();
  try {
    return write(path, context, marked);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace attest::dicom
