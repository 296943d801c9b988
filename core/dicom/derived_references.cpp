#include "core/dicom/derived_references.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <charconv>

#include "core/dicom/derived_elements.h"

namespace attest::dicom {

std::vector<ImageReference> imageReferences(DcmItem& item, const DcmTagKey& sequence) {
  std::vector<ImageReference> images;
  for (DcmItem* entry : items(item, sequence)) {
    ImageReference image;
    image.sopUid.value = text(*entry, DCM_ReferencedSOPInstanceUID);
    image.sopClass = text(*entry, DCM_ReferencedSOPClassUID);
    const std::string frames = text(*entry, DCM_ReferencedFrameNumber);
    const char* const end = frames.data() + frames.size();
    for (std::size_t begin = 0; begin < frames.size();
         begin = std::min(frames.find('\\', begin), frames.size()) + 1) {
      int frame = 0;
      const char* first = std::find_if_not(frames.data() + begin, end, [](char c) { return c == ' '; });
      if (std::from_chars(first, end, frame).ec == std::errc{} && frame > 0)
        image.frames.push_back(frame - 1);
    }
    if (!image.sopUid.empty()) images.push_back(std::move(image));
  }
  return images;
}

void addImageReferences(DcmItem& item, const DcmTagKey& sequence, const std::vector<ImageReference>& images) {
  for (const ImageReference& image : images) {
    DcmItem& entry = addItem(item, sequence);
    put(entry, DCM_ReferencedSOPClassUID, image.sopClass);
    put(entry, DCM_ReferencedSOPInstanceUID, image.sopUid.value);
    std::string frames;
    for (const int frame : image.frames) frames += (frames.empty() ? "" : "\\") + std::to_string(frame + 1);
    if (!frames.empty()) put(entry, DCM_ReferencedFrameNumber, frames);
  }
}

std::vector<ImageReference> referencedSeries(DcmItem& item, const DcmTagKey& sequence) {
  std::vector<ImageReference> all;
  for (DcmItem* series : items(item, DCM_ReferencedSeriesSequence)) {
    for (ImageReference& image : imageReferences(*series, sequence)) {
      image.series.value = text(*series, DCM_SeriesInstanceUID);
      all.push_back(std::move(image));
    }
  }
  return all;
}

void addReferencedSeries(DcmItem& item, const DcmTagKey& sequence,
                         const std::vector<ImageReference>& images) {
  std::vector<SeriesUid> done;
  for (const ImageReference& one : images) {
    if (std::ranges::find(done, one.series) != done.end()) continue;
    done.push_back(one.series);
    std::vector<ImageReference> together;
    std::ranges::copy_if(images, std::back_inserter(together),
                         [&](const ImageReference& other) { return other.series == one.series; });
    DcmItem& series = addItem(item, DCM_ReferencedSeriesSequence);
    put(series, DCM_SeriesInstanceUID, one.series.value);
    addImageReferences(series, sequence, together);
  }
}

std::vector<ImageReference> sourcesOf(const DerivedContext& context) {
  std::vector<ImageReference> images;
  for (const SourceImage& source : context.sources) {
    if (std::ranges::find(images, source.sopUid, &ImageReference::sopUid) != images.end()) continue;
    images.push_back({context.sourceSeries.uid, source.sopUid, source.sopClass, {}});
  }
  return images;
}

}  // namespace attest::dicom
