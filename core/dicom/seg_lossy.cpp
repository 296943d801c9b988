#include "core/dicom/seg_lossy.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <filesystem>
#include <optional>

#include "core/dicom/derived_elements.h"
#include "core/dicom/lossy.h"
#include "core/dicom/pixel_format.h"
#include "core/dicom/scan.h"

namespace attest::dicom {
void addLossyCompression(DcmItem& object, const std::vector<SourceImage>& sources) {
  put(object, DCM_LossyImageCompression, "00");
  std::filesystem::path last;
  for (const SourceImage& source : sources) {
    if (source.path == last) continue;  // the next frame of the same file
    last = source.path;
    auto scan = Scan::file(source.path, Scan::Part::header);
    if (!scan) continue;
    const auto format = readPixelFormat(*scan);
    const auto lossy = format ? lossyOf(*scan, *format) : std::nullopt;
    if (!lossy) continue;
    put(object, DCM_LossyImageCompression, "01");
    if (!lossy->ratioText.empty()) put(object, DCM_LossyImageCompressionRatio, lossy->ratioText);
    if (!lossy->method.empty()) put(object, DCM_LossyImageCompressionMethod, lossy->method);
    return;
  }
}

}  // namespace attest::dicom
