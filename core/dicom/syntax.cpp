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

struct Known {
  std::string_view uid;
  Syntax syntax;
};
constexpr std::array readable{
    Known{"1.2.840.10008.1.2", {Encoding::native, false, true}},          // implicit little endian
    Known{"1.2.840.10008.1.2.1", {Encoding::native, false, true}},        // explicit little endian
    Known{"1.2.840.10008.1.2.2", {Encoding::native, true, true}},         // explicit big endian (retired)
    Known{"1.2.840.10008.1.2.1.99", {Encoding::deflated, false, true}},   // deflated explicit little endian
    Known{"1.2.840.10008.1.2.5", {Encoding::encapsulated, false, true}},  // RLE
    Known{"1.2.840.10008.1.2.4.57", {Encoding::encapsulated, false, true}},  // JPEG lossless, process 14
    Known{"1.2.840.10008.1.2.4.70",
          {Encoding::encapsulated, false, true}},  // JPEG lossless, first-order prediction
    Known{"1.2.840.10008.1.2.4.80", {Encoding::encapsulated, false, true}},  // JPEG-LS lossless
    Known{"1.2.840.10008.1.2.4.81", {Encoding::encapsulated, false, true}},  // JPEG-LS near-lossless
};

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
  const auto at = std::ranges::find(readable, uid, &Known::uid);
  return at == readable.end() ? Syntax{} : at->syntax;
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
