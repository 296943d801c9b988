#include <gmock/gmock.h>

#include <mutex>

#include "core/base/hash.h"
#include "core/workflow/export.h"
#include "core/workflow/sign.h"
#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

using testing::HasSubstr;

/// Draws nothing, and keeps what it was asked for; viewers/print has tests of its own.
class NotedPictures final : public Pictures {
 public:
  struct Asked {
    view::ViewportState state;
    ItemId outlined;
  };
  Result<std::string> png(const view::ViewportState& state, const imaging::VolumePtr&,
                          std::span<const view::OverlayItem> overlays, int, int, Parallel&,
                          std::stop_token) const override {
    const std::lock_guard lock(mutex_);
    asked_.push_back({state, overlays.front().item});
    return "picture " + std::to_string(asked_.size() % 2);
  }
  Result<std::string> pdf(const view::Document& document) const override {
    const std::lock_guard lock(mutex_);
    documents_.push_back(document);
    return "%PDF-1.4 of " + document.title + document.identity;
  }
  std::vector<Asked> asked() const { return asked_; }
  view::Document last() const { return documents_.at(documents_.size() - 1); }

 private:
  mutable std::mutex mutex_;
  mutable std::vector<Asked> asked_;
  mutable std::vector<view::Document> documents_;
};

class ExportReportTest : public HomeTest {
 protected:
  void SetUp() override {
    services_.reset();
    services_ = std::move(Services::open(folder_ / "home", clock_, pictures_)).value();
    anna_ = enroll("anna", {Role::attending});
    id_ = importChest();
  }
  ItemId acceptOne() {
    const ItemId item = propose(id_, boxMask({10, 10, 5}, {12, 12, 6}));
    EXPECT_TRUE(submit(*services_, id_, {review::Verdict{review::Accept{item}}}, anna_));
    return item;
  }
  void signNow() {
    writeReport(id_, anna_);
    const auto outcome = signCase(*services_, {id_, {}}, anna_, secret);
    ASSERT_TRUE(outcome && outcome->version);
  }
  ExportReport write(std::set<std::string> formats, const std::string& folder = "out") {
    auto report = exportCase(*services_, {id_, folder_ / folder, std::move(formats)}, anna_);
    if (!report) throw std::runtime_error(report.error().detail);
    return *std::move(report);
  }

  std::shared_ptr<NotedPictures> pictures_ = std::make_shared<NotedPictures>();
  Reader anna_;
  CaseId id_;
};

TEST_F(ExportReportTest, ThePdfLeavesAsAFileAndAsADicomObject) {
  acceptOne();
  signNow();
  const auto report = write({"pdf", "sr", "seg"});
  EXPECT_TRUE(report.refused.empty());
  std::vector<ExportedFile> pdfs = report.files;
  std::erase_if(pdfs, [](const ExportedFile& file) { return file.format != "pdf"; });
  ASSERT_EQ(pdfs.size(), 2U);
  EXPECT_EQ(pdfs[0].path, "report.pdf");
  EXPECT_EQ(pdfs[0].sopInstanceUid, "");
  EXPECT_EQ(pdfs[1].path, "report.dcm");
  EXPECT_FALSE(pdfs[1].sopInstanceUid.empty());
  EXPECT_TRUE(pdfs[1].isSigned);
  const std::string object = bytesOf(folder_ / "out/report.dcm");
  EXPECT_THAT(object, HasSubstr(bytesOf(folder_ / "out/report.pdf")));
  EXPECT_THAT(object, HasSubstr(pdfs[1].sopInstanceUid));
}

TEST_F(ExportReportTest, ASignedReportIsTheSameEachTimeWhateverCameSince) {
  acceptOne();
  signNow();
  const auto first = write({"pdf"}, "first");
  const auto document = pictures_->last();
  clock_.forward(std::chrono::hours(30));
  propose(id_, boxMask({20, 10, 5}, {22, 13, 6}));
  const auto second = write({"pdf"}, "second");
  EXPECT_EQ(pictures_->last(), document);
  ASSERT_EQ(first.files.size(), second.files.size());
  for (std::size_t i = 0; i < first.files.size(); ++i)
    EXPECT_EQ(first.files[i].sha256, second.files[i].sha256);
}

TEST_F(ExportReportTest, UnsignedItIsMarkedAndTheObjectSaysSoToo) {
  acceptOne();
  const auto report = write({"pdf"});
  EXPECT_EQ(pictures_->last().warning, "UNSIGNED");
  EXPECT_FALSE(report.files.at(0).isSigned);
  EXPECT_THAT(bytesOf(folder_ / "out/report.dcm"), HasSubstr("UNSIGNED Radiology report"));
}

TEST_F(ExportReportTest, EachFindingHasItsKeyImageThroughItsMiddle) {
  const ItemId finding = acceptOne();
  write({"pdf"});
  const auto asked = pictures_->asked();
  ASSERT_EQ(asked.size(), 2U);
  const Vec3 middle = chest().grid.toPatient(Index3{11, 11, 5});
  for (const auto& one : asked) {
    EXPECT_EQ(one.outlined, finding);
    EXPECT_NEAR(one.state.focusMm.x, middle.x, chest().grid.spacingMm.x);
    EXPECT_NEAR(one.state.focusMm.y, middle.y, chest().grid.spacingMm.y);
  }
  EXPECT_EQ(asked[0].state.zoom, 1);
  EXPECT_GT(asked[1].state.zoom, 1.5);
  const view::Document document = pictures_->last();
  const auto& figures = std::get<view::Figures>(document.sections.back().parts.at(0)).figures;
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures[0].title, "1  Nodule");
  EXPECT_NEAR(figures[0].pictures.at(1).widthMm, 3 * item(id_, finding).measurement.longestMm.value(), 0.5);
}

TEST_F(ExportReportTest, WhereNobodySaidAnythingThereIsNoReport) {
  const auto report = write({"pdf", "png", "csv"});
  EXPECT_TRUE(report.files.empty());
  EXPECT_EQ(report.refused.size(), 3U);
}

TEST_F(ExportReportTest, MeasurementsLeaveAsATable) {
  const ItemId item = acceptOne();
  EXPECT_EQ(write({"csv"}).files.at(0).path, "findings.csv");
  const std::string text = bytesOf(folder_ / "out/findings.csv");
  EXPECT_THAT(text, HasSubstr("number,status,id,label"));
  EXPECT_THAT(text, HasSubstr("\r\n1,UNSIGNED," + item.value + ",Nodule,SCT,27925004,"));
}

TEST_F(ExportReportTest, KeyImagesLeaveAsFiles) {
  acceptOne();
  const auto report = write({"png"});
  ASSERT_EQ(report.files.size(), 2U);
  EXPECT_EQ(report.files[0].path, "key_1__Nodule_whole_UNSIGNED.png");
  EXPECT_EQ(bytesOf(folder_ / "out" / report.files[1].path), "picture 0");
}

}  // namespace
}  // namespace attest::workflow::test
