#include "core/dicom/seg_lossy.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/format.h"
#include "core/dicom/derived_elements.h"
#include "core/dicom/pixel_format.h"
#include "core/dicom/scan.h"

namespace attest::dicom {
namespace {

constexpr const char* nearLossless = "1.2.840.10008.1.2.4.81";

struct Lossy {
  std::string ratio;
  std::string method;
};

std::string ratioOf(Scan& scan) {
  const auto format = readPixelFormat(scan);
  double compressed = 0;
  for (const Fragment& fragment : scan.fragments()) compressed += static_cast<double>(fragment.length);
  if (!format || compressed <= 0) return {};
  return formatNumber(static_cast<double>(format->nativeBytes()) / compressed, 2);
}

std::optional<Lossy> lossyOf(Scan& scan) {
  const bool now = scan.transferSyntax() == nearLossless;
  if (!now && scan.text(0x00282110) != "01") return std::nullopt;
  Lossy lossy{scan.text(0x00282112), scan.text(0x00282114)};
  if (now && lossy.ratio.empty()) lossy.ratio = ratioOf(scan);
  if (now && lossy.method.empty()) lossy.method = "ISO_14495_1";
  return lossy;
}

}  // namespace

void addLossyCompression(DcmItem& object, const std::vector<SourceImage>& sources) {
  put(object, DCM_LossyImageCompression, "00");
  std::filesystem::path last;
  for (const SourceImage& source : sources) {
    if (source.path == last) continue;  // the next frame of the same file
    last = source.path;
    auto scan = Scan::file(source.path, Scan::Part::header);
    if (!scan) continue;
    const auto lossy = lossyOf(*scan);
    if (!lossy) continue;
    put(object, DCM_LossyImageCompression, "01");
    if (!lossy->ratio.empty()) put(object, DCM_LossyImageCompressionRatio, lossy->ratio);
    if (!lossy->method.empty()) put(object, DCM_LossyImageCompressionMethod, lossy->method);
    return;
  }
}

}  // namespace attest::dicom
