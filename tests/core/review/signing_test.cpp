#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/review/review.h"
#include "core/review/sentences.h"

namespace attest::review {
namespace {

constexpr Time now{std::chrono::milliseconds(1786698750250)};

/// An id that ends in these digits.
std::string uuid(const std::string& digits) {
  const std::string zeros = "00000000-0000-4000-8000-000000000000";
  return zeros.substr(0, zeros.size() - digits.size()) + digits;
}

Reader readerOf(Role role) {
  Reader reader;
  reader.id = {"ada"};
  reader.roles = {role};
  return reader;
}

Item agentItem(const std::string& digits, ItemKind kind = ItemKind::finding) {
  Item item;
  item.id = {uuid(digits)};
  item.kind = kind;
  item.label = "Nodule " + digits;
  item.category = {"SCT", "49755003", "Morphologically Abnormal Structure"};
  item.code = {"SCT", "27925004", "Nodule"};
  item.color = {1, 2, 3};
  item.source = {{"1.2"}, 0};
  item.maskHash = "hash-" + digits;
  item.maskVersion = 1;
  item.measurement.voxels = 10;
  item.trackingUid = "2.25." + digits;
  item.madeBy = {"nodules", "1.0.0", "", ""};
  return item;
}

CaseRecord makeRecord() {
  CaseRecord record;
  record.row.id = {"case"};
  record.row.status = CaseStatus::in_review;
  record.study.uid = {"1"};
  record.patient.id = Phi<std::string>("P1");
  Series series;
  series.info.uid = {"1.2"};
  series.info.modality = "CT";
  series.info.frameOfReference = {"1.9"};
  Block block;
  block.dims = {4, 4, 2};
  block.grid = Grid{.dims = {4, 4, 2}, .originMm = {0.1, -2, 3e-7}, .spacingMm = {0.7, 0.7, 1.25}};
  block.unit = Unit::hu;
  block.slices = {{{"1.2.1"}, 0}, {{"1.2.2"}, 0}};
  series.blocks = {block};
  record.series = {series};
  record.viewed = {{"1.2"}};
  record.items = {agentItem("1"), agentItem("2"), agentItem("3", ItemKind::structure),
                  agentItem("4", ItemKind::structure)};
  record.report.section(SectionKind::findings) = {{"s1", "Lungs are clear.", "report", false}};
  record.report.section(SectionKind::impression) = {
      {"s2", "Nodule of {" + uuid("1") + ":size}.", "report", false}, {"s3", "Normal otherwise.", "", true}};
  return record;
}

/// An earlier lesion, and the finding of this case that it is.
CarriedLesion carried(const std::string& digits, const std::optional<ItemId>& match) {
  CarriedLesion lesion;
  lesion.earlier.caseId = {"before"};
  lesion.earlier.item = {uuid(digits)};
  lesion.earlier.studyDate = "20260101";
  lesion.earlier.days = 91;
  lesion.earlier.measurement.voxels = 8;
  lesion.earlier.measurement.volumeMm3 = 1.0 / 7;
  lesion.label = "Nodule";
  lesion.category = {"SCT", "49755003", "Morphologically Abnormal Structure"};
  lesion.code = {"SCT", "27925004", "Nodule"};
  lesion.laterality = Code{"SCT", "7771000", "Left"};
  lesion.trackingUid = "2.25.7";
  lesion.maskHash = "old";
  lesion.expectedMm = {0.1, 0.2, 0.3};
  lesion.uncertaintyMm = 7.5;
  lesion.match = match;
  return lesion;
}

Comparison comparisonOf(std::vector<CarriedLesion> lesions) {
  Comparison comparison;
  comparison.prior = {"before"};
  comparison.priorStudy = {"0.9"};
  comparison.priorDate = "20260101";
  comparison.priorVersion = 2;
  comparison.from = {{"0.9.1"}, 1};
  comparison.to = {{"1.2"}, 0};
  comparison.toCurrent = {{0, -1, 0, 1, 0, 0, 0, 0, 1}, {1.5, -2.5, 1.0 / 3}};
  comparison.errorMm = 1.25;
  comparison.lesions = std::move(lesions);
  return comparison;
}

const FileHashes files{{{"1.2.1"}, "aa"}, {{"1.2.2"}, "bb"}};

TEST(Sentences, TokensAreFoundAndOtherBracesAreText) {
  const std::string id = uuid("1");
  const auto found = tokens("A {" + id + ":size} and {{" + uuid("b") + ":volume}.");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], (Token{2, 45, {id}, "size"}));
  EXPECT_EQ(found[1].item.value, uuid("b"));
  EXPECT_EQ(found[1].field, "volume");
  for (const std::string& text :
       {std::string("{stable: since 2019}"), std::string("{1:size}"), std::string("open { and no end"),
        std::string("{:size}"), "{" + id + ":}", "{" + id + ": size}", "{" + id + ":weight}", "{" + id + "}",
        "{x" + id.substr(1) + ":size}"}) {
    EXPECT_TRUE(tokens(text).empty()) << text;
  }
}

TEST(Sentences, StandWhenEveryItemTheyNameStands) {
  CaseRecord record = makeRecord();
  const Sentence sentence{"s", "{" + uuid("1") + ":size} and {" + uuid("2") + ":size}", "report", false};
  EXPECT_FALSE(stands(record, sentence));
  record.items[0].state = ItemState::accepted;
  EXPECT_FALSE(stands(record, sentence));
  record.items[1].state = ItemState::corrected;
  EXPECT_TRUE(stands(record, sentence));
  EXPECT_FALSE(stands(record, {"s", "{" + uuid("9") + ":size}", "", true}));
  EXPECT_FALSE(stands(record, {"s", " \n", "", true}));
  EXPECT_TRUE(stands(record, {"s", "No items.", "", true}));
  EXPECT_TRUE(stands(record, {"s", "Nodule {stable: since 2019}.", "", true}));
}

TEST(Sentences, WhatAPersonWroteNeverVanishesInSilence) {
  CaseRecord record = makeRecord();
  const std::string text = "See {" + uuid("1") + ":size}.";
  Report wanted = record.report;
  wanted.section(SectionKind::findings).push_back({"p", text, "", true});
  EXPECT_EQ(sectionThatLoses(record, wanted), SectionKind::findings);
  record.items[0].state = ItemState::accepted;
  EXPECT_EQ(sectionThatLoses(record, wanted), std::nullopt);
  record.report = wanted;
  record.items[0].state = ItemState::rejected;
  EXPECT_EQ(sectionThatLoses(record, wanted), std::nullopt) << "it was there, and hides with its item";
  wanted.section(SectionKind::findings).back().text += " Grown.";
  EXPECT_EQ(sectionThatLoses(record, wanted), SectionKind::findings);
}

TEST(Sentences, ASignatureConfirmsThoseThatStand) {
  const CaseRecord record = makeRecord();
  const Report report = confirmed(record);
  EXPECT_TRUE(report.section(SectionKind::findings)[0].confirmed);
  EXPECT_FALSE(report.section(SectionKind::impression)[0].confirmed) << "its nodule is not reviewed";
}

TEST(Missing, NamesEverythingAtOnce) {
  CaseRecord record = makeRecord();
  record.viewed.clear();
  record.report = {};
  record.items[1].flags = {flagCritical};
  record.items[1].state = ItemState::accepted;
  attest::Run run;
  run.state = RunState::running;
  record.runs = {run};
  EXPECT_THAT(missingForSignature(record, readerOf(Role::resident)),
              testing::ElementsAre(
                  Missing{MissingCode::role, ""}, Missing{MissingCode::unreviewed, uuid("1")},
                  Missing{MissingCode::critical, uuid("2")}, Missing{MissingCode::section_empty, "findings"},
                  Missing{MissingCode::section_empty, "impression"}, Missing{MissingCode::run_active, ""},
                  Missing{MissingCode::unread, "1.2"}));
}

TEST(Missing, NamesEachEarlierLesionThatIsOpen) {
  CaseRecord record = makeRecord();
  record.items[0].state = ItemState::accepted;
  record.items[1].state = ItemState::rejected;
  record.comparison = comparisonOf({carried("a", record.items[0].id), carried("b", record.items[1].id),
                                    carried("c", std::nullopt), carried("d", std::nullopt)});
  record.comparison->lesions[3].outcome = LesionOutcome::resolved;
  record.comparison->lesions[3].reviewedBy = {"ada"};
  EXPECT_THAT(missingForSignature(record, readerOf(Role::reader)),
              testing::ElementsAre(Missing{MissingCode::prior_lesion, uuid("b")},
                                   Missing{MissingCode::prior_lesion, uuid("c")}));
  EXPECT_TRUE(blocks({MissingCode::prior_lesion, uuid("b")}));
  record.comparison->lesions[3].reviewedBy = {};
  EXPECT_EQ(missingForSignature(record, readerOf(Role::reader)).size(), 3U) << "an agent's word is none";
}

TEST(Missing, UnreadIsNamedAndDoesNotBlock) {
  CaseRecord record = makeRecord();
  record.items[0].state = record.items[1].state = ItemState::accepted;
  EXPECT_TRUE(missingForSignature(record, readerOf(Role::reader)).empty())
      << "structures may stay unconfirmed";
  record.viewed.clear();
  const auto missing = missingForSignature(record, readerOf(Role::reader));
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_FALSE(blocks(missing[0]));
  EXPECT_TRUE(blocks({MissingCode::unreviewed, uuid("1")}));
}

TEST(Missing, ASectionOfSentencesThatDoNotStandIsEmpty) {
  CaseRecord record = makeRecord();
  record.items[0].state = ItemState::rejected;
  record.items[1].state = ItemState::accepted;
  record.report.section(SectionKind::impression).pop_back();
  EXPECT_THAT(missingForSignature(record, readerOf(Role::reader)),
              testing::ElementsAre(Missing{MissingCode::section_empty, "impression"}));
}

TEST(Freeze, IsCanonicalAndNamesTheSigner) {
  const CaseRecord record = makeRecord();
  const std::string text = freeze(record, files, readerOf(Role::reader), 3, now);
  EXPECT_EQ(text, freeze(record, files, readerOf(Role::reader), 3, now));
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json.dump(), text) << "keys are sorted, nothing is left to chance";
  EXPECT_EQ(json["version"], 3);
  EXPECT_EQ(json["signer"]["reader"], "ada");
  EXPECT_EQ(json["signed_at"], toIso8601(now));
  EXPECT_EQ(json["items"].size(), 4U);
  EXPECT_EQ(json["items"][0]["mask_hash"], "hash-1");
  EXPECT_EQ(json["images"][0]["blocks"][0]["slices"][1][0], "1.2.2");
  EXPECT_EQ(json["files"]["1.2.2"], "bb");
  EXPECT_EQ(json["patient"]["id"], "P1");
  EXPECT_EQ(json["report"]["impression"].size(), 1U)
      << "the sentence on the unreviewed nodule does not stand";
}

TEST(Freeze, ContentHashFollowsContentOnly) {
  const CaseRecord record = makeRecord();
  const std::string hash = contentHash(record);
  EXPECT_EQ(hash.size(), 64U);
  CaseRecord other = record;
  other.revision = 99;
  other.viewed.clear();
  std::swap(other.items[0], other.items[3]);
  EXPECT_EQ(contentHash(other), hash);
  const auto differs = [&](auto change) {
    CaseRecord changed = record;
    change(changed);
    return contentHash(changed) != hash;
  };
  EXPECT_TRUE(differs([](CaseRecord& r) { r.items[0].measurement.volumeMm3 += 1e-9; }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.items[0].maskHash = "x"; }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.items[0].state = ItemState::rejected; }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.report.section(SectionKind::findings)[0].text += "!"; }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.series[0].blocks[0].slices.pop_back(); }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.series[0].blocks[0].grid->originMm.z += 1e-9; }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.comparison = comparisonOf({}); }));
  EXPECT_TRUE(differs([](CaseRecord& r) { r.items[0].earlier = carried("a", std::nullopt).earlier; }));
}

TEST(Freeze, SurvivesTextThatIsNotUtf8) {
  CaseRecord record = makeRecord();
  record.items[0].label = "bad \xff byte";
  EXPECT_EQ(contentHash(record).size(), 64U);
}

/// What leaves the house of an item, and of the images, is the same after freezing and thawing.
TEST(Thaw, GivesBackWhatLeaves) {
  CaseRecord record = makeRecord();
  Item& full = record.items[0];
  full.state = ItemState::corrected;
  full.laterality = Code{"SCT", "24028007", "Right"};
  full.confidence = 0.1 + 0.2;
  full.flags = {flagCritical, flagAcknowledged};
  full.measurement.voxels = 7;
  full.measurement.volumeMm3 = 1.0 / 3;
  full.measurement.centroidMm = {1, 2, 3};
  full.measurement.longestMm = 12.4;
  full.measurement.perpendicularMm = 9.8;
  full.measurement.meanMm = 11.1;
  full.measurement.longestEndsMm = {Vec3{1, 1, 1}, Vec3{2, 2, 2}};
  full.measurement.perpendicularEndsMm = {Vec3{3, 1, 1}, Vec3{4, 2, 2}};
  full.measurement.values = ValueStatistics{.mean = -12.4, .sd = 3, .min = -50, .max = 8, .median = -10};
  full.madeBy = {"nodules", "1.0.0", "model", "prompt"};
  full.reviewedBy = {"ada"};
  full.reviewedAt = now;
  record.items[1].state = ItemState::rejected;
  record.items[1].rejectReason = RejectReason{"artefact", "motion"};
  record.series[0].blocks.push_back({});
  record.series[0].blocks[1].index = 1;
  record.series[0].blocks[1].frameOfReference = {"1.10"};
  record.series[0].blocks[1].geometry = {Geometry::mixed, Geometry::not_3d};
  full.earlier = carried("a", std::nullopt).earlier;
  record.comparison = comparisonOf({carried("a", full.id), carried("b", std::nullopt)});
  record.comparison->lesions[1].outcome = LesionOutcome::not_evaluable;
  record.comparison->lesions[1].reviewedBy = {"ada"};
  record.comparison->lesions[1].reviewedAt = now;
  record.report = confirmed(record);
  const auto frozen = thaw(freeze(record, files, readerOf(Role::reader), 1, now));
  ASSERT_TRUE(frozen) << frozen.error().detail;
  EXPECT_EQ(frozen->files, files);
  EXPECT_EQ(frozen->record.items, record.items);
  EXPECT_EQ(frozen->record.report, record.report);
  record.comparison->lesions[0].outcome = LesionOutcome::measured;  // what it amounts to
  EXPECT_EQ(frozen->record.comparison, record.comparison);
  EXPECT_EQ(frozen->record.row.id, record.row.id);
  ASSERT_EQ(frozen->record.series.size(), 1U);
  const Series& series = frozen->record.series[0];
  ASSERT_EQ(series.blocks.size(), 2U);
  EXPECT_EQ(series.info.modality, "CT");
  EXPECT_EQ(series.blocks[0].frameOfReference.value, "1.9");
  EXPECT_EQ(series.blocks[0].grid, record.series[0].blocks[0].grid);
  EXPECT_EQ(series.blocks[0].slices, record.series[0].blocks[0].slices);
  EXPECT_EQ(series.blocks[0].unit, Unit::hu);
  EXPECT_EQ(series.blocks[1].frameOfReference.value, "1.10");
  EXPECT_FALSE(series.blocks[1].grid);
  EXPECT_EQ(series.blocks[1].geometry, record.series[0].blocks[1].geometry);
}

TEST(Thaw, ANumberThatIsNoneComesBackAsNone) {
  CaseRecord record = makeRecord();
  record.items[0].measurement.values = ValueStatistics{.mean = std::numeric_limits<double>::quiet_NaN()};
  const auto frozen = thaw(freeze(record, files, readerOf(Role::reader), 1, now));
  ASSERT_TRUE(frozen);
  EXPECT_TRUE(std::isnan(frozen->record.items[0].measurement.values->mean));
}

TEST(Thaw, ADocumentThatDoesNotReadIsCorrupt) {
  for (const char* text : {"", "[]", "{}", R"({"case": 1})"}) {
    const auto frozen = thaw(text);
    ASSERT_FALSE(frozen) << text;
    EXPECT_EQ(frozen.error().code, ErrorCode::corrupt);
  }
}

}  // namespace
}  // namespace attest::review
