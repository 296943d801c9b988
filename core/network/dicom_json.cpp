#include "core/network/dicom_json.h"

#include <nlohmann/json.hpp>

#include "core/dicom/text.h"
#include "core/network/identifier.h"

namespace attest::network {
namespace {

using nlohmann::json;

tl::unexpected<Fault> notDicomJson() {
  return trouble(Problem::not_dicomweb,
                 "the answer is no DICOM JSON: this URL is not the root of a DICOMweb service");
}

/// The first or all values of an attribute; null where there is none of the kind.
const json* values(const json& set, const char* tag) {
  if (!set.is_object() || !set.contains(tag)) return nullptr;
  const json& element = set[tag];
  if (!element.is_object() || !element.contains("Value")) return nullptr;
  const json& value = element["Value"];
  return value.is_array() && !value.empty() ? &value : nullptr;
}

std::string textOf(const json& value) {
  if (value.is_string()) return dicom::toUtf8(value.get<std::string>(), "ISO_IR 192");
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (value.is_object()) {  // a person's name by its representations
    for (const char* form : {"Alphabetic", "Ideographic", "Phonetic"}) {
      if (value.contains(form) && value[form].is_string()) return textOf(value[form]);
    }
  }
  return {};
}

std::string text(const json& set, const char* tag) {
  const json* all = values(set, tag);
  return all == nullptr ? "" : textOf(all->front());
}

template <class T>
Outcome<std::vector<T>> each(const std::string& text, T (*read)(const json&)) {
  if (text.find_first_not_of(" \r\n\t") == std::string::npos) return std::vector<T>{};  // 204: none
  const json all = json::parse(text, nullptr, false);
  if (!all.is_array()) return notDicomJson();
  std::vector<T> out;
  for (const json& one : all) {
    if (!one.is_object()) return notDicomJson();
    out.push_back(read(one));
  }
  return out;
}

RemoteStudy studyOf(const json& set) {
  RemoteStudy out;
  out.study.uid.value = text(set, "0020000D");
  out.study.date = text(set, "00080020");
  out.study.time = text(set, "00080030");
  out.study.accession = Phi(text(set, "00080050"));
  out.study.referringPhysician = Phi(text(set, "00080090"));
  out.study.description = text(set, "00081030");
  out.study.studyId = text(set, "00200010");
  out.patient.name = Phi(text(set, "00100010"));
  out.patient.id = Phi(text(set, "00100020"));
  out.patient.birthDate = Phi(text(set, "00100030"));
  out.patient.sex = text(set, "00100040");
  if (const json* modalities = values(set, "00080061")) {
    for (const json& one : *modalities) out.modalities.push_back(textOf(one));
  }
  out.series = count(text(set, "00201206"));
  out.instances = count(text(set, "00201208"));
  return out;
}

RemoteSeries oneSeriesOf(const json& set) {
  RemoteSeries out;
  out.info.uid.value = text(set, "0020000E");
  out.info.modality = text(set, "00080060");
  out.info.description = text(set, "0008103E");
  out.info.bodyPart = text(set, "00180015");
  out.info.number = count(text(set, "00200011")).value_or(0);
  out.instances = count(text(set, "00201209"));
  return out;
}

}  // namespace

Outcome<std::vector<RemoteStudy>> studiesOf(const std::string& json) {
  return each<RemoteStudy>(json, &studyOf);
}

Outcome<std::vector<RemoteSeries>> seriesOf(const std::string& json) {
  return each<RemoteSeries>(json, &oneSeriesOf);
}

Outcome<StoreAnswer> storeAnswerOf(const std::string& text_) {
  json set = json::parse(text_, nullptr, false);
  if (set.is_array() && set.size() == 1) set = json(set.front());  // some servers put it into a list
  if (!set.is_object()) return notDicomJson();
  StoreAnswer answer;
  if (const json* stored = values(set, "00081199")) {
    for (const json& one : *stored) answer.stored.push_back(text(one, "00081155"));
  }
  if (const json* refused = values(set, "00081198")) {
    for (const json& one : *refused) {
      answer.refused[text(one, "00081155")] = count(text(one, "00081197")).value_or(0);
    }
  }
  return answer;
}

}  // namespace attest::network
