#include "core/workflow/export.h"

#include <map>

#include "core/base/hash.h"
#include "core/dicom/seg.h"
#include "core/dicom/sr.h"
#include "core/files/nifti.h"
#include "core/workflow/sign.h"
#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class ExportTest : public HomeTest {
 protected:
  void SetUp() override {
    hire(anna_);
    id_ = importChest("ct", true);
    accepted_ = propose(id_, mask_);
    propose(id_, boxMask({20, 10, 5}, {22, 13, 6}));
  }
  void accept() { ASSERT_TRUE(submit(*services_, id_, {review::Verdict{review::Accept{accepted_}}}, anna_)); }
  Result<ExportReport> write(std::set<std::string> formats, const std::string& folder = "out") {
    return exportCase(*services_, {id_, folder_ / folder, std::move(formats)}, anna_);
  }
  void signAll() {
    anna_ = enroll("anna", {Role::attending});
    accept();
    const ItemId other = record(id_).items.at(1).id;
    ASSERT_TRUE(submit(*services_, id_, {review::Verdict{review::Reject{other, {"artefact", ""}}}}, anna_));
    writeReport(id_, anna_);
    const auto outcome = signCase(*services_, {id_, {}}, anna_, secret);
    ASSERT_TRUE(outcome && outcome->version);
  }
  void damageMask() {
    const auto blob = services_->db().blobs().pathOf(item(id_, accepted_).maskHash);
    fs::permissions(blob, fs::perms::owner_all);
    setBytes(blob, "damaged");
  }
  std::vector<fs::path> filesIn(const std::string& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / folder)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
  }
  static std::map<std::string, int> countByFormat(const ExportReport& report) {
    std::map<std::string, int> counts;
    for (const auto& file : report.files) ++counts[file.format];
    return counts;
  }

  const imaging::Mask mask_ = boxMask({10, 10, 5}, {12, 12, 6});
  Reader anna_ = person({Role::attending});
  CaseId id_;
  ItemId accepted_;
};

TEST_F(ExportTest, UnsignedOnlyWhatAPersonStandsForLeaves) {
  accept();
  const auto report = write({"seg", "sr", "nifti"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_TRUE(report->refused.empty());
  EXPECT_EQ(countByFormat(*report), (std::map<std::string, int>{{"seg", 1}, {"sr", 1}, {"nifti", 2}}));
  for (const auto& file : report->files) {
    EXPECT_FALSE(file.isSigned) << file.path;
    EXPECT_EQ(file.version, 0) << file.path;
    EXPECT_EQ(file.sha256, sha256(bytesOf(folder_ / "out" / file.path))) << file.path;
  }
  const auto segments = dicom::readSeg(folder_ / "out/series1_seg.dcm", chest().grid);
  ASSERT_TRUE(segments) << segments.error().detail;
  ASSERT_EQ(segments->segments.size(), 1U);
  EXPECT_EQ(segments->segments.front().trackingUid, item(id_, accepted_).trackingUid);
  EXPECT_TRUE(segments->segments.front().mask == mask_);
  EXPECT_NE(bytesOf(folder_ / "out/series1_seg.dcm").find("UNSIGNED"), std::string::npos);
  EXPECT_NE(bytesOf(folder_ / "out/series1_sr.dcm").find("UNSIGNED"), std::string::npos);
  const auto nifti = files::readNiftiMask(folder_ / "out/series1_1_Nodule.nii.gz");
  ASSERT_TRUE(nifti) << nifti.error().detail;
  EXPECT_EQ(nifti->count(), mask_.count());
  EXPECT_EQ(events("export"), 1);
}

TEST_F(ExportTest, WhereNothingIsReviewedEachFormatOfResultsIsRefused) {
  const auto report = write({"seg", "sr"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_TRUE(report->files.empty());
  ASSERT_EQ(report->refused.size(), 2U);
  EXPECT_EQ(report->refused[0].format, "seg");
  EXPECT_EQ(report->refused[1].format, "sr");
  const auto seg = write({"seg"});
  ASSERT_TRUE(seg);
  EXPECT_EQ(seg->refused.size(), 1U);
}

TEST_F(ExportTest, AnUnknownFormatHoldsUpNoOther) {
  accept();
  const auto report = write({"fax", "seg"});
  ASSERT_TRUE(report) << report.error().detail;
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_EQ(report->refused[0].format, "fax");
  EXPECT_EQ(countByFormat(*report), (std::map<std::string, int>{{"seg", 1}}));
}

TEST_F(ExportTest, ASignedVersionLeavesTheSameEachTime) {
  signAll();
  const auto first = write({"seg", "sr"}, "first");
  clock_.forward(std::chrono::hours(2));
  const auto second = write({"seg", "sr"}, "second");
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->files.size(), 2U);
  for (std::size_t i = 0; i < first->files.size(); ++i) {
    EXPECT_TRUE(first->files[i].isSigned);
    EXPECT_EQ(first->files[i].version, 1);
    EXPECT_FALSE(first->files[i].sopInstanceUid.empty());
    EXPECT_EQ(first->files[i].sopInstanceUid, second->files[i].sopInstanceUid);
    EXPECT_EQ(first->files[i].sha256, second->files[i].sha256);
    EXPECT_EQ(bytesOf(folder_ / "first" / first->files[i].path).find("UNSIGNED"), std::string::npos);
  }
}

TEST_F(ExportTest, AReportAloneIsTheSameAsOneBesideItsSegmentation) {
  signAll();
  const auto alone = write({"sr"}, "alone");
  const auto both = write({"seg", "sr"}, "both");
  ASSERT_TRUE(alone && both);
  ASSERT_EQ(both->files.size(), 2U);
  EXPECT_EQ(alone->files.at(0).sopInstanceUid, both->files[1].sopInstanceUid);
  EXPECT_EQ(alone->files.at(0).sha256, both->files[1].sha256);
  const auto sr = dicom::readSr(folder_ / "alone/series1_sr.dcm");
  ASSERT_TRUE(sr) << sr.error().detail;
  EXPECT_EQ(sr->groups.at(0).segSopInstanceUid, both->files[0].sopInstanceUid);
}

TEST_F(ExportTest, LateImagesNeitherMoveNorBlockWhatWasSigned) {
  anna_ = enroll("anna", {Role::attending});
  id_ = importPart(16);
  draw(id_, anna_);
  writeReport(id_, anna_);
  const auto outcome = signCase(*services_, {id_, {}}, anna_, secret);
  ASSERT_TRUE(outcome && outcome->version);
  const auto before = write({"dicom", "seg", "sr", "nifti"}, "before");
  ASSERT_TRUE(before) << before.error().detail;
  EXPECT_EQ(countByFormat(*before).at("dicom"), 16);
  EXPECT_FALSE(record(id_).row.changed);

  ASSERT_TRUE(import({folder_ / "rest"}));
  EXPECT_EQ(record(id_).series.at(0).blocks.at(0).slices.size(), 20U);
  EXPECT_TRUE(record(id_).row.changed);
  const auto after = write({"dicom", "seg", "sr", "nifti"}, "after");
  ASSERT_TRUE(after) << after.error().detail;
  EXPECT_TRUE(after->refused.empty());
  ASSERT_EQ(after->files.size(), before->files.size());
  for (std::size_t i = 0; i < after->files.size(); ++i) {
    EXPECT_EQ(after->files[i].path, before->files[i].path);
    EXPECT_EQ(after->files[i].sha256, before->files[i].sha256) << after->files[i].path;
  }
}

TEST_F(ExportTest, ResultsOnOtherImagesThanThoseOfNowDoNotLeaveUnsigned) {
  id_ = importPart(16);
  draw(id_, anna_);
  ASSERT_TRUE(import({folder_ / "rest"}));
  for (const char* format : {"seg", "sr"}) {
    const auto report = write({format});
    ASSERT_FALSE(report) << format;
    EXPECT_EQ(report.error().code, ErrorCode::stale) << report.error().detail;
  }
}

TEST_F(ExportTest, ImagesThatChangedInPlaceDoNotLeaveAndAreCounted) {
  signAll();
  const auto slices = services_->db().slices(blockRef(id_));
  ASSERT_TRUE(slices);
  for (const std::size_t i : {0U, 7U}) setBytes(slices->at(i).path, bytesOf(slices->at(i).path) + "x");
  for (const char* format : {"dicom", "seg", "sr", "nifti"}) {
    const auto report = write({format});
    ASSERT_FALSE(report) << format;
    EXPECT_EQ(report.error().code, ErrorCode::corrupt) << format;
    EXPECT_NE(report.error().detail.find("2 of 20"), std::string::npos) << report.error().detail;
  }
  EXPECT_TRUE(filesIn("out").empty());
}

TEST_F(ExportTest, AFormatThatFailsLeavesNothingAndTheOthersLeave) {
  accept();
  damageMask();
  const auto report = write({"dicom", "seg", "sr", "nifti"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(countByFormat(*report), (std::map<std::string, int>{{"dicom", 20}}));
  ASSERT_EQ(report->refused.size(), 3U);
  EXPECT_TRUE(report->refused[0].reason.starts_with("corrupt")) << report->refused[0].reason;
  EXPECT_EQ(filesIn("out").size(), 20U) << "also not the volume that was written before the mask failed";
  EXPECT_EQ(events("export"), 1);
  EXPECT_EQ(events("export.done"), 1);
}

TEST_F(ExportTest, WhatAnAgentWroteLeavesWhenAPersonConfirmedIt) {
  accept();
  Report report;
  report.section(SectionKind::impression) = {{newUuid(), "Unread.", "report_text", false},
                                             {newUuid(), "Confirmed.", "report_text", true},
                                             {newUuid(), "Written.", "", true}};
  ASSERT_TRUE(saveReport(*services_, id_, report, record(id_).revision, anna_));
  ASSERT_TRUE(write({"sr"}));
  const auto sr = dicom::readSr(folder_ / "out/series1_sr.dcm");
  ASSERT_TRUE(sr) << sr.error().detail;
  EXPECT_EQ(sr->texts, (std::vector<std::string>{"Confirmed.", "Written."}));
}

TEST_F(ExportTest, TheImagesLeaveAsTheyCame) {
  const auto report = write({"dicom"});
  ASSERT_TRUE(report) << report.error().detail;
  ASSERT_EQ(report->files.size(), 20U);
  const auto slices = services_->db().slices(blockRef(id_));
  ASSERT_TRUE(slices);
  for (std::size_t i = 0; i < slices->size(); ++i) {
    EXPECT_EQ(bytesOf(folder_ / "out" / report->files[i].path), bytesOf((*slices)[i].path));
  }
}

TEST_F(ExportTest, SourceFilesThatAreGoneAreCounted) {
  accept();
  fs::remove(folder_ / "ct" / services_->db().slices(blockRef(id_))->at(4).path.filename());
  for (const char* format : {"dicom", "seg", "nifti"}) {
    const auto report = write({format});
    ASSERT_FALSE(report) << format;
    EXPECT_EQ(report.error().code, ErrorCode::not_found) << format;
    EXPECT_NE(report.error().detail.find("1 of 20"), std::string::npos) << report.error().detail;
  }
  EXPECT_EQ(events("export"), 3);
  EXPECT_EQ(events("export.done"), 3);
}

TEST_F(ExportTest, AMaskThatIsDamagedIsNotExported) {
  accept();
  damageMask();
  const auto report = write({"seg"});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::corrupt) << report.error().detail;
}

TEST_F(ExportTest, OnlyThoseWhoReadMayExport) {
  anna_.roles = {Role::admin};
  EXPECT_EQ(write({"dicom"}).error().code, ErrorCode::not_allowed);
  anna_.roles = {Role::reader};
  anna_.disabled = true;
  EXPECT_EQ(write({"dicom"}).error().code, ErrorCode::not_allowed);
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(ExportTest, AFolderThatCannotBeMadeIsAnError) {
  setBytes(folder_ / "out", "a file");
  EXPECT_EQ(write({"dicom"}).error().code, ErrorCode::io);
}

}  // namespace
}  // namespace attest::workflow::test
