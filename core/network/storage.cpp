#include "core/network/storage.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/dicom/syntax.h"
#include "core/network/part10.h"

namespace attest::network {
namespace {

constexpr std::string_view storageRoot = "1.2.840.10008.5.1.4.1.1.";
constexpr std::string_view syntaxRoot = "1.2.840.10008.1.2";
constexpr std::size_t mostContexts = 128;

struct StorageClass {
  std::string_view leaf;      ///< behind storageRoot
  std::string_view modality;  ///< that it is typical of; "*": of any
};
// The classes of PS3.4 B.5 that hold images or speak about them; the common ones first.
constexpr std::array classes{
    StorageClass{"2", "CT"},           StorageClass{"4", "MR"},         StorageClass{"7", "*"},
    StorageClass{"66.4", "*"},         StorageClass{"7.4", "*"},        StorageClass{"7.2", "*"},
    StorageClass{"88.33", "*"},        StorageClass{"104.1", "*"},      StorageClass{"88.22", "*"},
    StorageClass{"88.11", "*"},        StorageClass{"88.34", "*"},      StorageClass{"88.59", "*"},
    StorageClass{"88.67", "*"},        StorageClass{"11.1", "*"},       StorageClass{"2.1", "CT"},
    StorageClass{"2.2", "CT"},         StorageClass{"4.1", "MR"},       StorageClass{"4.4", "MR"},
    StorageClass{"4.2", "MR"},         StorageClass{"4.3", "MR"},       StorageClass{"128", "PT"},
    StorageClass{"130", "PT"},         StorageClass{"128.1", "PT"},     StorageClass{"20", "NM"},
    StorageClass{"1", "CR"},           StorageClass{"1.1", "DX"},       StorageClass{"1.2", "MG"},
    StorageClass{"13.1.3", "MG"},      StorageClass{"6.1", "US"},       StorageClass{"3.1", "US"},
    StorageClass{"12.1", "XA"},        StorageClass{"12.1.1", "XA"},    StorageClass{"12.2", "RF"},
    StorageClass{"13.1.1", "XA"},      StorageClass{"30", "*"},         StorageClass{"66.1", "REG"},
    StorageClass{"66.2", "REG"},       StorageClass{"66.7", "SEG"},     StorageClass{"67", "*"},
    StorageClass{"481.3", "RTSTRUCT"}, StorageClass{"481.2", "RTDOSE"}, StorageClass{"481.5", "RTPLAN"},
    StorageClass{"481.1", "RTIMAGE"},  StorageClass{"88.65", "*"},      StorageClass{"88.40", "*"},
    StorageClass{"88.50", "*"},        StorageClass{"104.2", "*"},      StorageClass{"104.3", "*"},
    StorageClass{"77.1.1", "ES"},      StorageClass{"77.1.2", "GM"},    StorageClass{"77.1.4", "XC"},
    StorageClass{"77.1.5.1", "OP"},    StorageClass{"77.1.5.4", "OPT"}, StorageClass{"77.1.6", "SM"},
    StorageClass{"7.1", "*"},          StorageClass{"7.3", "*"},        StorageClass{"66.3", "REG"},
    StorageClass{"66.5", "*"},
};
// In which archives keep images beside the uncompressed ones; the common ones first.
const std::vector<std::string> compressed = {
    "1.2.840.10008.1.2.4.70",   // JPEG lossless, first-order prediction
    "1.2.840.10008.1.2.4.90",   // JPEG 2000 lossless
    "1.2.840.10008.1.2.4.80",   // JPEG-LS lossless
    "1.2.840.10008.1.2.4.50",   // JPEG baseline
    "1.2.840.10008.1.2.5",      // RLE
    "1.2.840.10008.1.2.4.91",   // JPEG 2000
    "1.2.840.10008.1.2.4.57",   // JPEG lossless
    "1.2.840.10008.1.2.4.51",   // JPEG extended
    "1.2.840.10008.1.2.4.81",   // JPEG-LS near lossless
    "1.2.840.10008.1.2.1.99",   // deflated
    "1.2.840.10008.1.2.4.201",  // HTJ2K lossless
    "1.2.840.10008.1.2.4.203",  // HTJ2K
    syntax::explicitBig,
};

/// 0: of one of the modalities; 1: of any; 2: of others.
int rank(const StorageClass& one, const std::vector<std::string>& modalities) {
  if (modalities.empty()) return 0;
  if (std::ranges::find(modalities, one.modality) != modalities.end()) return 0;
  return one.modality == "*" ? 1 : 2;
}

}  // namespace

std::vector<Context> storageContexts(const std::vector<std::string>& modalities, std::uint8_t firstId) {
  auto sorted = classes;
  std::ranges::stable_sort(sorted, {}, [&](const StorageClass& one) { return rank(one, modalities); });
  std::vector<Context> contexts;
  const auto propose = [&](const StorageClass& one, std::vector<std::string> syntaxes) {
    const std::size_t id = firstId + 2 * contexts.size();
    if (id > 2 * mostContexts - 1) return;
    contexts.push_back({static_cast<std::uint8_t>(id), std::string(storageRoot) + std::string(one.leaf),
                        std::move(syntaxes), 0});
  };
  for (const auto& one : sorted) propose(one, {syntax::explicitLittle, syntax::implicitLittle});
  for (const auto& one : sorted) {
    for (const auto& syntax : compressed) propose(one, {syntax});
  }
  return contexts;
}

bool isStorageClass(const std::string& sopClass) {
  return sopClass.starts_with(storageRoot);
}

bool isUncompressed(const std::string& transferSyntax) {
  return transferSyntax == syntax::implicitLittle || transferSyntax == syntax::explicitLittle ||
         transferSyntax == syntax::explicitBig;
}

std::string preferred(const std::vector<std::string>& transferSyntaxes) {
  const auto offered = [&](const std::string& one) {
    return std::ranges::find(transferSyntaxes, one) != transferSyntaxes.end();
  };
  // A caller that offers several keeps the object in one and converts to the others; uncompressed it can
  // always.
  if (offered(syntax::explicitLittle)) return syntax::explicitLittle;
  if (offered(syntax::implicitLittle)) return syntax::implicitLittle;
  const auto readable = std::ranges::find_if(
      transferSyntaxes, [](const std::string& one) { return dicom::syntaxOf(one).readable; });
  if (readable != transferSyntaxes.end()) return *readable;
  const auto known = std::ranges::find_if(transferSyntaxes,
                                          [](const std::string& one) { return one.starts_with(syntaxRoot); });
  return known == transferSyntaxes.end() ? "" : *known;
}

}  // namespace attest::network
