#include "core/workflow/report_document.h"

#include <gmock/gmock.h>

#include "core/review/review.h"

namespace attest::workflow {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Time now = fromIso8601("2026-08-14T09:12:30.250Z");

Measurement measured(double volumeMm3, double longestMm) {
  Measurement out;
  out.voxels = 10;
  out.volumeMm3 = volumeMm3;
  out.longestMm = longestMm;
  return out;
}

Item finding(const std::string& id, double volumeMm3, ItemState state = ItemState::accepted) {
  Item item;
  item.id = {id};
  item.label = "Nodule, right lung";
  item.code = {"SCT", "27925004", "Nodule"};
  item.state = state;
  item.measurement = measured(volumeMm3, 12.44);
  item.measurement.perpendicularMm = 9.8;
  item.measurement.meanMm = 11.1;
  item.madeBy = {"lung_nodules", "1.0.0", "", ""};
  item.reviewedBy = {"anna"};
  return item;
}

EarlierLesion earlier(const std::string& id, double volumeMm3) {
  return {.caseId = {"prior"},
          .item = {id},
          .studyDate = "20260516",
          .days = 90,
          .measurement = measured(volumeMm3, 10)};
}

/// Two findings of which one grew, one that nobody accepted, a confirmed lung, and a lesion that is gone.
CaseRecord makeRecord() {
  CaseRecord record;
  record.row.id = {"case"};
  record.patient.name = Phi<std::string>("PHANTOM^Chest A");
  record.patient.id = Phi<std::string>("ATT-1");
  record.patient.birthDate = Phi<std::string>("19620304");
  record.study.description = "CT Thorax";
  record.study.date = "20260814";
  record.items = {finding("small", 500), finding("large", 1500), finding("open", 900, ItemState::proposed),
                  finding("lung", 2.84e6, ItemState::confirmed)};
  record.items[0].flags = {review::flagNew};
  record.items[1].earlier = earlier("then", 500);
  record.items[3].kind = ItemKind::structure;
  record.items[3].label = "Right lung";
  Comparison comparison;
  comparison.priorDate = "20260516";
  comparison.priorVersion = 1;
  CarriedLesion matched;
  matched.earlier = earlier("then", 500);
  matched.label = "Nodule, right lung";
  matched.match = ItemId{"large"};
  CarriedLesion gone;
  gone.earlier = earlier("gone", 210);
  gone.label = "Nodule, left lung";
  gone.outcome = LesionOutcome::resolved;
  gone.reviewedBy = {"anna"};
  comparison.lesions = {matched, gone};
  record.comparison = comparison;
  record.report.section(SectionKind::findings) = {{"1", "\nOne nodule.", "report_text", true},
                                                  {"2", "Smooth.", "", true},
                                                  {"3", "\nUnread.", "report_text", false}};
  return record;
}

Version versionOf() {
  Version version;
  version.number = 2;
  version.hash = std::string(64, 'a');
  version.signedBy = {"anna"};
  version.signedAt = now - std::chrono::hours(1);
  version.signature = "c2lnbmF0dXJl";
  return version;
}

const view::Section& section(const view::Document& document, const std::string& title) {
  const auto at = std::ranges::find(document.sections, title, &view::Section::title);
  if (at == document.sections.end()) throw std::runtime_error("no section " + title);
  return *at;
}

const view::Table& table(const view::Document& document, const std::string& title) {
  return std::get<view::Table>(section(document, title).parts.at(0));
}

TEST(ReportDocument, TellsThePatientAndTheStudy) {
  const auto document = reportDocument(makeRecord(), versionOf(), {}, now);
  EXPECT_THAT(document.patient,
              AllOf(Contains(view::Fact{"Name", "PHANTOM, Chest A"}),
                    Contains(view::Fact{"Patient ID", "ATT-1"}), Contains(view::Fact{"Born", "1962-03-04"})));
  EXPECT_THAT(document.subtitle, AllOf(HasSubstr("CT Thorax"), HasSubstr("2026-08-14")));
  EXPECT_THAT(document.notice, HasSubstr("research use"));
}

TEST(ReportDocument, OfASignedVersionSaysWhoWhenAndWhatProvesIt) {
  const auto document = reportDocument(makeRecord(), versionOf(), {}, now);
  ASSERT_TRUE(document.seal);
  EXPECT_THAT(document.seal->title, HasSubstr("anna"));
  EXPECT_THAT(document.seal->facts,
              AllOf(Contains(view::Fact{"Version", "2"}),
                    Contains(view::Fact{"Signed at", "2026-08-14 08:12:30 UTC"}),
                    Contains(view::Fact{"SHA-256 of the signed document", std::string(64, 'a')})));
  EXPECT_EQ(document.warning, "");
  EXPECT_EQ(document.time, versionOf().signedAt);
  EXPECT_EQ(document, reportDocument(makeRecord(), versionOf(), {}, now + std::chrono::hours(5)));
}

TEST(ReportDocument, UnsignedItSaysSo) {
  const auto document = reportDocument(makeRecord(), {}, {}, now);
  EXPECT_EQ(document.warning, "UNSIGNED");
  EXPECT_EQ(document.seal->title, "Not signed");
  EXPECT_THAT(document.identity, HasSubstr("Unsigned"));
}

TEST(ReportDocument, SentencesCarryTheirOriginAndLinesTheirBreaks) {
  const auto document = reportDocument(makeRecord(), versionOf(), {}, now);
  const auto& parts = section(document, "Findings").parts;
  ASSERT_EQ(parts.size(), 1U) << "what nobody confirmed does not leave";
  EXPECT_EQ(std::get<view::Paragraph>(parts[0]).words,
            (std::vector<view::Words>{{"One nodule.", "A"}, {"Smooth."}}));
  const auto& note = std::get<view::Paragraph>(document.sections.back().parts.at(0));
  EXPECT_TRUE(note.isNote);
  EXPECT_THAT(note.words.at(0).text, AllOf(HasSubstr("report_text"), HasSubstr("anna")));
}

TEST(ReportDocument, MeasuresWhatAPersonStandsForTheLargestFirst) {
  const auto document = reportDocument(makeRecord(), versionOf(), {}, now);
  const auto& rows = table(document, "Measurements").rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0].cells, ElementsAre("1", "Nodule, right lung", "1.50 mL", "12.4 \u00d7 9.8 mm",
                                         "11.1 mm", HasSubstr("grown \u00d7 3.00\ndoubling in 57 days"),
                                         "lung_nodules 1.0.0\naccepted by anna"));
  EXPECT_EQ(rows[1].cells.at(5), "new");
  EXPECT_EQ(table(document, "Structures").rows.at(0).cells.at(1), "2840 mL");
}

TEST(ReportDocument, WithoutAnEarlierStudyNothingIsCompared) {
  CaseRecord record = makeRecord();
  record.comparison.reset();
  record.items[1].earlier.reset();
  const auto document = reportDocument(record, versionOf(), {}, now);
  EXPECT_EQ(table(document, "Measurements").columns.size(), 6U);
  EXPECT_THROW(section(document, "Lesions of 2026-05-16"), std::runtime_error);
}

TEST(ReportDocument, NoEarlierLesionIsForgotten) {
  const auto document = reportDocument(makeRecord(), versionOf(), {}, now);
  const auto& rows = table(document, "Lesions of 2026-05-16").rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0].cells,
              ElementsAre("Nodule, right lung", "0.50 mL", "10.0 mm", "measured again", "1", "anna"));
  EXPECT_THAT(rows[1].cells,
              ElementsAre("Nodule, left lung", "0.21 mL", "10.0 mm", "resolved", "\u2013", "anna"));
}

TEST(ReportDocument, ThereIsAReportWhereAWordOrAResultMayLeave) {
  EXPECT_FALSE(hasReport({}));
  CaseRecord record;
  record.report.section(SectionKind::findings) = {{"1", "Draft.", "report_text", false}};
  EXPECT_FALSE(hasReport(record));
  record.report.section(SectionKind::findings)[0].confirmed = true;
  EXPECT_TRUE(hasReport(record));
}

}  // namespace
}  // namespace attest::workflow
