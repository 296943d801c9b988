#include "core/dicom/syntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <mutex>
#include <string_view>

#include "core/dicom/header.h"

namespace attest::dicom {
namespace {

constexpr Syntax encapsulated(Codec codec) {
  return {Encoding::encapsulated, false, true, codec};
}

struct Known {
  std::string_view uid;
  Syntax syntax;
  Loss loss = Loss::never;
};
constexpr std::array readable{
    Known{"1.2.840.10008.1.2", {Encoding::native, false, true}},         // implicit little endian
    Known{"1.2.840.10008.1.2.1", {Encoding::native, false, true}},       // explicit little endian
    Known{"1.2.840.10008.1.2.2", {Encoding::native, true, true}},        // explicit big endian (retired)
    Known{"1.2.840.10008.1.2.1.99", {Encoding::deflated, false, true}},  // deflated explicit
    Known{"1.2.840.10008.1.2.1.98", encapsulated(Codec::none)},          // encapsulated uncompressed
    Known{"1.2.840.10008.1.2.8.1", encapsulated(Codec::deflate)},        // deflated image frames
    Known{"1.2.840.10008.1.2.5", encapsulated(Codec::rle)},
    Known{"1.2.840.10008.1.2.4.50", encapsulated(Codec::jpeg), Loss::always},  // baseline
    Known{"1.2.840.10008.1.2.4.51", encapsulated(Codec::jpeg), Loss::always},  // extended
    Known{"1.2.840.10008.1.2.4.57", encapsulated(Codec::jpeg)},                // lossless, process 14
    Known{"1.2.840.10008.1.2.4.70", encapsulated(Codec::jpeg)},  // lossless, first-order prediction
    Known{"1.2.840.10008.1.2.4.80", encapsulated(Codec::jpeg)},  // JPEG-LS
    Known{"1.2.840.10008.1.2.4.81", encapsulated(Codec::jpeg), Loss::always},  // JPEG-LS near-lossless
    Known{"1.2.840.10008.1.2.4.90", encapsulated(Codec::jpeg2000)},
    Known{"1.2.840.10008.1.2.4.91", encapsulated(Codec::jpeg2000), Loss::possible},
    Known{"1.2.840.10008.1.2.4.201", encapsulated(Codec::jpeg2000)},  // high-throughput JPEG 2000
    Known{"1.2.840.10008.1.2.4.202", encapsulated(Codec::jpeg2000)},  // the same, by resolution
    Known{"1.2.840.10008.1.2.4.203", encapsulated(Codec::jpeg2000), Loss::possible},
};

// Why others are refused; of two that fit, the one further up counts.
struct Reason {
  std::string_view prefix;
  std::string_view why;
};
constexpr std::string_view retired = "is retired and not read: ask its sender for a current one";
constexpr std::string_view video = "is video, which is not shown";
constexpr std::string_view elsewhere = "has its pixels elsewhere, not in the file";
constexpr std::array refusals{
    Reason{"1.2.840.10008.1.2.4.92", "has components of several images, which are not read"},
    Reason{"1.2.840.10008.1.2.4.93", "has components of several images, which are not read"},
    Reason{"1.2.840.10008.1.2.4.94", elsewhere},
    Reason{"1.2.840.10008.1.2.4.95", elsewhere},
    Reason{"1.2.840.10008.1.2.4.204", elsewhere},
    Reason{"1.2.840.10008.1.2.4.205", elsewhere},
    Reason{"1.2.840.10008.1.2.4.10", video},
    Reason{"1.2.840.10008.1.2.7.", video},
    Reason{"1.2.840.10008.1.2.4.5", retired},
    Reason{"1.2.840.10008.1.2.4.6", retired},
};

const Known* known(const std::string& uid) {
  const auto at = std::ranges::find(readable, uid, &Known::uid);
  return at == readable.end() ? nullptr : &*at;
}

bool isUpper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isLower(char c) {
  return std::islower(static_cast<unsigned char>(c)) != 0;
}

// DCMTK names UIDs by keyword: "CTImageStorage" is read more easily as "CT Image Storage".
std::string words(std::string_view keyword) {
  std::string text;
  for (std::size_t i = 0; i < keyword.size(); ++i) {
    const bool afterLower = i > 0 && (isUpper(keyword[i]) || isDigit(keyword[i])) && isLower(keyword[i - 1]);
    const bool endsCapitals = i > 0 && i + 1 < keyword.size() && isUpper(keyword[i]) &&
                              isUpper(keyword[i - 1]) && isLower(keyword[i + 1]);
    if (afterLower || endsCapitals) text += ' ';
    text += keyword[i];
  }
  return text;
}

}  // namespace

void initialize() {
  static std::once_flag once;
  std::call_once(once, [] {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DJDecoderRegistration::registerCodecs();
    DJLSDecoderRegistration::registerCodecs();
  });
}

Syntax syntaxOf(const std::string& uid) {
  const Known* syntax = known(uid);
  return syntax == nullptr ? Syntax{} : syntax->syntax;
}

Loss lossOf(const std::string& uid) {
  const Known* syntax = known(uid);
  return syntax == nullptr ? Loss::possible : syntax->loss;
}

Result<> checkReadable(const std::string& uid) {
  if (syntaxOf(uid).readable) return {};
  const auto reason =
      std::ranges::find_if(refusals, [&](const Reason& r) { return uid.starts_with(r.prefix); });
  return fail(ErrorCode::unsupported,
              "transfer syntax " + uidWithName(uid) + " " +
                  std::string(reason == refusals.end() ? "is not read by this version" : reason->why));
}

std::string uidName(const std::string& uid) {
  const char* keyword = dcmFindNameOfUID(uid.c_str(), nullptr);
  return keyword == nullptr ? uid : words(keyword);
}

std::string uidWithName(const std::string& uid) {
  const std::string name = uidName(uid);
  return name == uid ? uid : name + " (" + uid + ")";
}

}  // namespace attest::dicom
