#include "core/workflow/report_document.h"

#include <algorithm>
#include <set>

#include "core/base/format.h"
#include "core/base/hash.h"
#include "core/reporting/report_text.h"
#include "core/review/review.h"
#include "core/view/corner_texts.h"
#include "core/workflow/report_tables.h"

namespace attest::workflow {
namespace {

using reporting::LiveSentence;

constexpr const char* agentMark = "A";

/// "2026-08-14 09:12:30 UTC"
std::string stamp(Time time) {
  const std::string iso = toIso8601(time);
  return iso.substr(0, 10) + " " + iso.substr(11, 8) + " UTC";
}

const char* title(SectionKind kind) {
  switch (kind) {
    case SectionKind::indication:
      return "Indication";
    case SectionKind::technique:
      return "Technique";
    case SectionKind::comparison:
      return "Comparison";
    case SectionKind::findings:
      return "Findings";
    case SectionKind::impression:
      break;
  }
  return "Impression";
}

/// A paragraph ends where a sentence begins with a line break.
view::Section section(const CaseRecord& record, SectionKind kind) {
  view::Section out{title(kind), {}};
  view::Paragraph paragraph;
  for (const LiveSentence& sentence : reporting::leavingSection(record, kind)) {
    if (sentence.breaks > 0 && !paragraph.words.empty()) {
      out.parts.emplace_back(std::move(paragraph));
      paragraph = {};
    }
    paragraph.words.push_back({sentence.text, sentence.madeBy.empty() ? "" : agentMark});
  }
  if (!paragraph.words.empty()) out.parts.emplace_back(std::move(paragraph));
  return out;
}

std::string modalities(const CaseRecord& record) {
  std::string words;
  std::set<std::string> seen;
  for (const Series& series : record.series) {
    if (seen.insert(series.info.modality).second) words += (words.empty() ? "" : "/") + series.info.modality;
  }
  return words;
}

std::string imageCount(const CaseRecord& record) {
  std::size_t images = 0;
  for (const Series& series : record.series)
    for (const Block& block : series.blocks) images += block.slices.size();
  return std::to_string(images) + " in " + std::to_string(record.series.size()) + " series";
}

std::string studyTitle(const CaseRecord& record) {
  const std::string words = record.study.description.empty() ? modalities(record) : record.study.description;
  return words + " \u00b7 " + formatDate(record.study.date);
}

view::Section studyFacts(const CaseRecord& record) {
  const StudyInfo& study = record.study;
  const std::string time = study.time.empty() ? "" : " " + view::readableTime(study.time);
  return {"",
          {view::Facts{{{"Study", study.description},
                        {"Date", formatDate(study.date) + time},
                        {"Modality", modalities(record)},
                        {"Images", imageCount(record)},
                        {"Referring physician", view::personName(study.referringPhysician.reveal())},
                        {"Compared with", record.comparison ? formatDate(record.comparison->priorDate) : ""},
                        {"Study Instance UID", study.uid.value}}}}};
}

/// What the marks behind sentences mean; empty where there is none.
std::string origins(const CaseRecord& record, const std::optional<Version>& version) {
  std::set<std::string> agents;
  for (const SectionKind kind : sectionKinds) {
    for (const LiveSentence& sentence : reporting::leavingSection(record, kind))
      if (!sentence.madeBy.empty()) agents.insert(sentence.madeBy);
  }
  if (agents.empty()) return {};
  std::string words;
  for (const std::string& agent : agents) words += (words.empty() ? "" : ", ") + agent;
  return std::string(agentMark) + ": drafted by an agent (" + words + "), confirmed by " +
         (version ? version->signedBy.value : "a reader") + ". A reader wrote every other sentence.";
}

view::Seal seal(const std::optional<Version>& version) {
  if (!version) {
    return {
        "Not signed",
        "Nobody has signed this report. It holds only what a reader accepted, corrected, drew or confirmed.",
        {}};
  }
  return {
      "Signed by " + version->signedBy.value,
      "The signature covers the report, the findings with their outlines and measurements, and the bytes of "
      "the images.",
      {{"Signed at", stamp(version->signedAt)},
       {"Version", std::to_string(version->number)},
       {"Signature", "ECDSA P-256"},
       {"SHA-256 of the signed document", version->hash},
       {"SHA-256 of the signature", sha256(version->signature)}}};
}

std::string identity(const std::optional<Version>& version, Time now) {
  const std::string maker = " \u00b7 Attest " ATTEST_VERSION;
  if (!version) return "Unsigned, as of " + stamp(now) + maker;
  return "Version " + std::to_string(version->number) + ", signed by " + version->signedBy.value + ", " +
         stamp(version->signedAt) + ", SHA-256 " + version->hash.substr(0, 16) + "\u2026" + maker;
}

}  // namespace

std::vector<const Item*> leavingFindings(const CaseRecord& record) {
  std::vector<const Item*> findings;
  for (const Item& item : record.items)
    if (item.kind == ItemKind::finding && isExportable(item)) findings.push_back(&item);
  std::ranges::sort(findings, [](const Item* a, const Item* b) {
    return std::pair(-a->measurement.volumeMm3, a->id) < std::pair(-b->measurement.volumeMm3, b->id);
  });
  return findings;
}

bool hasReport(const CaseRecord& record) {
  return std::ranges::any_of(record.items, [](const Item& item) { return isExportable(item); }) ||
         std::ranges::any_of(sectionKinds, [&](SectionKind kind) {
           return !reporting::leavingSection(record, kind).empty();
         });
}

view::Document reportDocument(const CaseRecord& record, const std::optional<Version>& version,
                              std::vector<view::Figure> keyImages, Time now) {
  const Patient& patient = record.patient;
  view::Document document;
  document.title = "Radiology report";
  document.subtitle = studyTitle(record);
  document.patient = {{"Name", view::personName(patient.name.reveal())},
                      {"Patient ID", patient.id.reveal()},
                      {"Born", formatDate(patient.birthDate.reveal())},
                      {"Sex", patient.sex},
                      {"Accession number", record.study.accession.reveal()}};
  document.sections.push_back(studyFacts(record));
  const auto add = [&](view::Section one) {
    if (!one.parts.empty()) document.sections.push_back(std::move(one));
  };
  for (const SectionKind kind : sectionKinds) add(section(record, kind));
  add(findingsTable(record));
  add(lesionsTable(record));
  add(structuresTable(record));
  if (!keyImages.empty()) add({"Key images", {view::Figures{std::move(keyImages)}}});
  if (const std::string words = origins(record, version); !words.empty())
    add({"", {view::Paragraph{{{words}}, true}}});
  document.seal = seal(version);
  document.warning = version ? "" : "UNSIGNED";
  document.notice = "For research use. Not a cleared medical device.";
  document.identity = identity(version, now);
  document.time = version ? version->signedAt : now;
  return document;
}

}  // namespace attest::workflow
