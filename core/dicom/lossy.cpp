#include "core/dicom/lossy.h"

#include <algorithm>

#include "core/base/format.h"
#include "core/dicom/syntax.h"

namespace attest::dicom {
namespace {

// The defined terms of (0028,2114).
std::string methodOf(const std::string& syntax) {
  if (syntax.starts_with("1.2.840.10008.1.2.4.8")) return "ISO_14495_1";    // JPEG-LS
  if (syntax.starts_with("1.2.840.10008.1.2.4.9")) return "ISO_15444_1";    // JPEG 2000
  if (syntax.starts_with("1.2.840.10008.1.2.4.20")) return "ISO_15444_15";  // HTJ2K
  return "ISO_10918_1";                                                     // JPEG
}

double ratioNow(const Scan& scan, const PixelFormat& format) {
  double compressed = 0;
  for (const Fragment& fragment : scan.fragments()) compressed += static_cast<double>(fragment.length);
  // Each byte of a sample counts that the file would have without compression.
  const double samples = static_cast<double>(format.framePixels()) * format.samples * format.frames;
  return compressed > 0 ? samples * static_cast<double>(format.sampleBytes()) / compressed : 0;
}

}  // namespace

std::optional<Lossy> lossyOf(Scan& scan, const PixelFormat& format) {
  const std::string said = scan.text(0x00282110);
  const Loss loss = lossOf(scan.transferSyntax());
  const bool now = loss == Loss::always || (loss == Loss::possible && said != "00");
  if (!now && said != "01") return std::nullopt;
  Lossy lossy{0, scan.text(0x00282112), scan.text(0x00282114)};
  if (const auto ratios = scan.numbers(0x00282112); !ratios.empty()) lossy.ratio = std::ranges::max(ratios);
  if (lossy.ratio < 1) lossy.ratio = now ? ratioNow(scan, format) : 0;
  if (lossy.ratioText.empty() && lossy.ratio > 0) lossy.ratioText = formatNumber(lossy.ratio, 2);
  if (lossy.method.empty() && now) lossy.method = methodOf(scan.transferSyntax());
  return lossy;
}

}  // namespace attest::dicom
