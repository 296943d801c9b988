#include "core/network/identifier.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <map>
#include <sstream>
#include <string_view>

#include "core/dicom/bytes.h"
#include "core/dicom/text.h"
#include "core/dicom/walk.h"
#include "core/network/part10.h"
#include "core/network/wire.h"

namespace attest::network {
namespace {

constexpr std::size_t longestValue = 64 * 1024;

struct Key {
  dicom::Tag tag;
  std::string_view vr;
  std::string value;  ///< empty: the peer fills it in
};

bool isAscii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0; });
}

/// Keys in the order of their tags; none of them is a sequence.
Buffer encode(std::vector<Key> keys, const std::string& transferSyntax) {
  // Only what is not plain ASCII needs a character set, and old peers know none but that.
  if (!std::ranges::all_of(keys, isAscii, &Key::value))
    keys.insert(keys.begin(), {0x00080005, "CS", "ISO_IR 192"});
  std::ranges::sort(keys, {}, &Key::tag);
  Buffer bytes;
  WireWriter out(bytes);
  for (const auto& key : keys) {
    const std::size_t even = key.value.size() + key.value.size() % 2;
    out.littleU16(key.tag >> 16);
    out.littleU16(key.tag & 0xFFFF);
    if (transferSyntax == syntax::implicitLittle) {
      out.littleU32(even);
    } else {
      out.text(key.vr);
      out.littleU16(even);
    }
    out.text(key.value, even, key.vr == "UI" ? '\0' : ' ');
  }
  return bytes;
}

/// The top level of a data set, in UTF-8.
class Answer {
 public:
  static Outcome<Answer> read(std::span<const std::byte> dataSet, const std::string& transferSyntax) {
    dicom::Bytes bytes(std::vector<std::byte>(dataSet.begin(), dataSet.end()));
    const dicom::Layout layout{transferSyntax != syntax::implicitLittle, false};
    const auto elements = dicom::walkElements(bytes, 0, layout);
    if (!elements) return trouble(Problem::protocol, "an answer of the peer cannot be read");
    Answer answer;
    for (const auto& element : *elements) {
      if (element.open || element.length > longestValue) continue;
      std::string value(element.length, '\0');
      if (!bytes.read(element.offset, std::as_writable_bytes(std::span(value)))) continue;
      while (!value.empty() && (value.back() == ' ' || value.back() == '\0')) value.pop_back();
      answer.values_[element.tag] = std::move(value);
    }
    answer.characterSet_ = answer.raw(0x00080005);
    return answer;
  }

  std::string text(dicom::Tag tag, dicom::TextKind kind = dicom::TextKind::values) const {
    return dicom::toUtf8(raw(tag), characterSet_, kind);
  }
  std::optional<int> number(dicom::Tag tag) const { return count(raw(tag)); }

 private:
  std::string raw(dicom::Tag tag) const {
    const auto at = values_.find(tag);
    return at == values_.end() ? "" : at->second;
  }
  std::map<dicom::Tag, std::string> values_;
  std::string characterSet_;
};

}  // namespace

std::string dateRange(const StudyQuery& query) {
  if (query.dateFrom.empty() && query.dateTo.empty()) return {};
  return query.dateFrom == query.dateTo ? query.dateFrom : query.dateFrom + "-" + query.dateTo;
}

std::optional<int> count(const std::string& text) {
  int value = 0;
  const auto first = std::ranges::find_if(text, [](char c) { return c != ' '; });
  const char* const begin = text.data() + (first - text.begin());
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
  return error == std::errc() && value >= 0 ? std::optional(value) : std::nullopt;
}

Buffer studyIdentifier(const StudyQuery& query, const std::string& transferSyntax) {
  return encode({{0x00080020, "DA", dateRange(query)},
                 {0x00080030, "TM", ""},
                 {0x00080050, "SH", query.accession.reveal()},
                 {0x00080052, "CS", "STUDY"},
                 {0x00080061, "CS", query.modality},
                 {0x00080090, "PN", ""},
                 {0x00081030, "LO", ""},
                 {0x00100010, "PN", query.patientName.reveal()},
                 {0x00100020, "LO", query.patientId.reveal()},
                 {0x00100030, "DA", ""},
                 {0x00100040, "CS", ""},
                 {0x0020000D, "UI", query.uid.value},
                 {0x00200010, "SH", ""},
                 {0x00201206, "IS", ""},
                 {0x00201208, "IS", ""}},
                transferSyntax);
}

Buffer seriesIdentifier(const StudyUid& study, const std::string& transferSyntax) {
  return encode({{0x00080052, "CS", "SERIES"},
                 {0x00080060, "CS", ""},
                 {0x0008103E, "LO", ""},
                 {0x00180015, "CS", ""},
                 {0x0020000D, "UI", study.value},
                 {0x0020000E, "UI", ""},
                 {0x00200011, "IS", ""},
                 {0x00201209, "IS", ""}},
                transferSyntax);
}

Buffer fetchIdentifier(const FetchRequest& request, const std::string& transferSyntax) {
  std::vector<Key> keys = {{0x00080052, "CS", request.series ? "SERIES" : "STUDY"},
                           {0x0020000D, "UI", request.study.value}};
  if (request.series) keys.push_back({0x0020000E, "UI", request.series->value});
  return encode(std::move(keys), transferSyntax);
}

Outcome<RemoteStudy> readStudy(std::span<const std::byte> dataSet, const std::string& transferSyntax) {
  ATTEST_TRY(const Answer answer, Answer::read(dataSet, transferSyntax));
  RemoteStudy out;
  out.study.uid.value = answer.text(0x0020000D);
  out.study.date = answer.text(0x00080020);
  out.study.time = answer.text(0x00080030);
  out.study.accession = Phi(answer.text(0x00080050));
  out.study.referringPhysician = Phi(answer.text(0x00080090, dicom::TextKind::name));
  out.study.description = answer.text(0x00081030);
  out.study.studyId = answer.text(0x00200010);
  out.patient.name = Phi(answer.text(0x00100010, dicom::TextKind::name));
  out.patient.id = Phi(answer.text(0x00100020));
  out.patient.birthDate = Phi(answer.text(0x00100030));
  out.patient.sex = answer.text(0x00100040);
  std::istringstream words(answer.text(0x00080061));
  for (std::string word; std::getline(words, word, '\\');) out.modalities.push_back(word);
  out.series = answer.number(0x00201206);
  out.instances = answer.number(0x00201208);
  return out;
}

Outcome<RemoteSeries> readSeries(std::span<const std::byte> dataSet, const std::string& transferSyntax) {
  ATTEST_TRY(const Answer answer, Answer::read(dataSet, transferSyntax));
  RemoteSeries out;
  out.info.uid.value = answer.text(0x0020000E);
  out.info.modality = answer.text(0x00080060);
  out.info.description = answer.text(0x0008103E);
  out.info.bodyPart = answer.text(0x00180015);
  out.info.number = answer.number(0x00200011).value_or(0);
  out.instances = answer.number(0x00201209);
  return out;
}

}  // namespace attest::network
