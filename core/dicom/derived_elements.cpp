#include "core/dicom/derived_elements.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace attest::dicom {
namespace {

void require(const OFCondition& condition, const DcmTagKey& tag) {
  if (condition.good()) return;
  throw std::runtime_error("element " + std::string(tag.toString().c_str()) + ": " + condition.text());
}

std::size_t maximumLength(DcmEVR vr) {
  switch (vr) {
    case EVR_LO:
      return 64;
    case EVR_SH:
      return 16;
    default:
      return std::string_view::npos;
  }
}

/// What LO and SH may hold: one value, at most `characters` of it, no control characters.
std::string plain(std::string_view text, std::size_t characters) {
  std::string out;
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80U;  // inside a character of UTF-8
    if (!continues && count++ == characters) break;
    out += byte < 0x20 || c == '\\' ? ' ' : c;
  }
  return out;
}

std::string decimal(double value) {
  char buffer[32];
  auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  for (int digits = 15; end - buffer > 16; --digits) {
    end = std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::general, digits).ptr;
  }
  return {buffer, end};
}

}  // namespace

void put(DcmItem& item, const DcmTagKey& tag, std::string_view text) {
  const std::size_t most = maximumLength(DcmTag(tag).getEVR());
  const std::string value = most == std::string_view::npos ? std::string(text) : plain(text, most);
  require(item.putAndInsertOFStringArray(tag, OFString(value.c_str(), value.size())), tag);
}

void put(DcmItem& item, const DcmTagKey& tag, std::initializer_list<double> values) {
  std::string joined;
  for (const double value : values) joined += (joined.empty() ? "" : "\\") + decimal(value);
  require(item.putAndInsertOFStringArray(tag, joined.c_str()), tag);
}

void putShort(DcmItem& item, const DcmTagKey& tag, std::uint16_t value) {
  require(item.putAndInsertUint16(tag, value), tag);
}

void putEmpty(DcmItem& item, const DcmTagKey& tag) {
  require(item.insertEmptyElement(tag), tag);
}

void putCode(DcmItem& item, const DcmTagKey& tag, const Code& code) {
  item.findAndDeleteElement(tag);
  DcmItem& entry = addItem(item, tag);
  put(entry, code.value.size() <= 16 ? DCM_CodeValue : DCM_LongCodeValue, code.value);
  put(entry, DCM_CodingSchemeDesignator, code.scheme);
  put(entry, DCM_CodeMeaning, code.meaning);
}

DcmItem& addItem(DcmItem& parent, const DcmTagKey& tag) {
  DcmSequenceOfItems* sequence = nullptr;
  if (parent.findAndGetSequence(tag, sequence).bad()) {
    auto made = std::make_unique<DcmSequenceOfItems>(tag);
    require(parent.insert(made.get(), OFTrue), tag);
    sequence = made.release();
  }
  auto item = std::make_unique<DcmItem>();
  require(sequence->append(item.get()), tag);
  return *item.release();
}

std::string text(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  if (item.findAndGetOFStringArray(tag, value).bad()) return {};
  return {value.c_str(), value.size()};
}

std::optional<std::vector<double>> numbers(DcmItem& item, const DcmTagKey& tag, unsigned long count) {
  DcmElement* element = nullptr;
  if (item.findAndGetElement(tag, element).bad() || element->getVM() != count) return std::nullopt;
  std::vector<double> out(count);
  for (unsigned long i = 0; i < count; ++i) {
    OFString value;
    if (element->getOFString(value, i).bad()) return std::nullopt;
    const char* first = value.c_str();
    if (*first == '+') ++first;
    const char* last = value.c_str() + value.size();
    if (std::from_chars(first, last, out[i]).ptr != last || first == last || !std::isfinite(out[i])) {
      return std::nullopt;
    }
  }
  return out;
}

std::vector<DcmItem*> items(DcmItem& item, const DcmTagKey& tag) {
  std::vector<DcmItem*> out;
  DcmSequenceOfItems* sequence = nullptr;
  if (item.findAndGetSequence(tag, sequence).bad()) return out;
  out.reserve(sequence->card());
  DcmObject* next = nullptr;
  while ((next = sequence->nextInContainer(next)) != nullptr) {
    if (auto* entry = dynamic_cast<DcmItem*>(next)) out.push_back(entry);
  }
  return out;
}

DcmItem* firstItem(DcmItem& item, const DcmTagKey& tag) {
  DcmItem* entry = nullptr;
  return item.findAndGetSequenceItem(tag, entry, 0).good() ? entry : nullptr;
}

std::optional<Code> code(DcmItem& item, const DcmTagKey& tag) {
  DcmItem* entry = firstItem(item, tag);
  if (entry == nullptr) return std::nullopt;
  for (const DcmTagKey& form : {DCM_CodeValue, DCM_LongCodeValue, DCM_URNCodeValue}) {
    if (std::string value = text(*entry, form); !value.empty()) {
      return Code{text(*entry, DCM_CodingSchemeDesignator), value, text(*entry, DCM_CodeMeaning)};
    }
  }
  return std::nullopt;
}

}  // namespace attest::dicom
