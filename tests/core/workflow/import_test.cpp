#include "core/workflow/walk.h"
#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class ImportTest : public HomeTest {};

TEST_F(ImportTest, AFolderBecomesACaseWithItsVolume) {
  write("ct");
  const auto report = import({folder_ / "ct"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 20U);
  EXPECT_EQ(report->duplicates, 0U);
  EXPECT_TRUE(report->skipped.empty());
  EXPECT_FALSE(report->wasCancelled);
  ASSERT_EQ(report->cases.size(), 1U);
  EXPECT_EQ(report->grown, report->cases);

  const auto now = record(report->cases.front());
  EXPECT_EQ(now.row.images, 20);
  EXPECT_EQ(now.row.status, CaseStatus::received);
  ASSERT_EQ(now.series.size(), 1U);
  ASSERT_EQ(now.series[0].blocks.size(), 1U);
  ASSERT_TRUE(now.series[0].blocks[0].isVolume());
  EXPECT_TRUE(sameGrid(*now.series[0].blocks[0].grid, chest().grid));
  EXPECT_EQ(events("import"), 1);
}

TEST_F(ImportTest, ImportingAgainAddsNothing) {
  const CaseId id = importChest();
  const auto revision = record(id).revision;
  const auto again = import({folder_ / "ct"});
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->added, 0U);
  EXPECT_EQ(again->duplicates, 20U);
  EXPECT_EQ(again->cases, std::vector{id});
  EXPECT_TRUE(again->grown.empty());
  EXPECT_EQ(record(id).revision, revision);
}

TEST_F(ImportTest, TheSameUidWithOtherBytesIsNamedAndNotShown) {
  const auto files = write("ct");
  const CaseId id = import({folder_ / "ct"})->cases.front();
  std::string bytes = bytesOf(files[3]);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  setBytes(folder_ / "other.dcm", bytes);
  const auto report = import({folder_ / "other.dcm"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 0U);
  ASSERT_EQ(report->skipped.size(), 1U);
  EXPECT_EQ(report->skipped[0].path, (folder_ / "other.dcm").string());
  EXPECT_NE(report->skipped[0].reason.find("conflict"), std::string::npos);
  EXPECT_EQ(record(id).row.images, 20);
  const auto slices = services_->db().slices(blockRef(id));
  ASSERT_TRUE(slices);
  EXPECT_EQ(bytesOf((*slices)[3].path), bytesOf(files[3]));
}

TEST_F(ImportTest, AStudyUnderAnotherPatientIdHoldsUpNoOther) {
  const std::string study = newUid();
  write("a", "ATT-1", study);
  write("b", "ATT-2", study);
  write("c", "ATT-3");
  const auto report = import({folder_ / "a", folder_ / "b", folder_ / "c"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 40U);
  EXPECT_EQ(report->cases.size(), 2U);
  ASSERT_EQ(report->skipped.size(), 20U);
  EXPECT_EQ(fs::path(report->skipped[0].path).parent_path(), folder_ / "b");
}

TEST_F(ImportTest, ASeriesOfAnotherStudyLeavesNoEmptyCase) {
  const std::string series = newUid();
  write("a", "ATT-1", "", series);
  write("b", "ATT-1", "", series);
  const auto report = import({folder_ / "a", folder_ / "b"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 20U);
  EXPECT_EQ(report->skipped.size(), 20U);
  EXPECT_EQ(services_->db().worklist({})->total, 1);
}

TEST_F(ImportTest, CasesComeInTheOrderOfTheirFiles) {
  write("1", "ATT-1", "2.25.9");
  write("2", "ATT-2", "2.25.1");
  const auto report = import({folder_ / "1", folder_ / "2"});
  ASSERT_TRUE(report) << report.error().detail;
  ASSERT_EQ(report->cases.size(), 2U);
  EXPECT_EQ(record(report->cases[0]).study.uid.value, "2.25.9");
}

TEST_F(ImportTest, CancelledBetweenBatchesItKeepsWholeOnesAndGoesOnLater) {
  const auto tall = attest::test::makeChestPhantom({8, 8, 520}, {20, 20, 1});
  attest::test::writeCt(folder_ / "tall", *tall.volume);
  std::stop_source stop;
  std::size_t seen = 0;
  const ImportRequest request{{folder_ / "tall"}};
  const auto first =
      importPaths(*services_, request, stop.get_token(), [&](std::size_t done, std::size_t total) {
        EXPECT_EQ(total, 520U);
        seen = done;
        stop.request_stop();
      });
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_TRUE(first->wasCancelled);
  EXPECT_EQ(first->added, seen);
  ASSERT_LT(seen, 520U);
  ASSERT_EQ(first->cases.size(), 1U);
  const auto half = record(first->cases.front());
  ASSERT_EQ(half.series.at(0).blocks.size(), 1U);
  EXPECT_EQ(half.series[0].blocks[0].slices.size(), seen);
  EXPECT_TRUE(half.series[0].blocks[0].isVolume());

  const auto second = importPaths(*services_, request, {});
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_FALSE(second->wasCancelled);
  EXPECT_EQ(second->added, 520U - seen);
  EXPECT_EQ(second->duplicates, seen);
  EXPECT_EQ(record(first->cases.front()).series.at(0).blocks.at(0).slices.size(), 520U);
}

TEST_F(ImportTest, CancelledBeforeItBeganItDoesNothing) {
  write("ct");
  std::stop_source stop;
  stop.request_stop();
  const auto report = importPaths(*services_, {{folder_ / "ct"}}, stop.get_token());
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_TRUE(report->wasCancelled);
  EXPECT_EQ(report->added, 0U);
  EXPECT_EQ(services_->db().worklist({})->total, 0);
}

TEST_F(ImportTest, AStopAfterTheLastFileCancelsNothing) {
  write("ct");
  std::stop_source stop;
  const auto report = importPaths(*services_, {{folder_ / "ct"}}, stop.get_token(),
                                  [&](std::size_t, std::size_t) { stop.request_stop(); });
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 20U);
  EXPECT_FALSE(report->wasCancelled);
}

TEST_F(ImportTest, APathThatIsNotThereIsAnError) {
  const auto report = import({folder_ / "nowhere"});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::not_found);
}

TEST_F(ImportTest, WhatIsNoImageIsNamedWithAReason) {
  write("ct");
  setBytes(folder_ / "ct" / "letter.txt", "Dear colleague");
  setBytes(folder_ / "ct" / "nothing.dcm", "");
  const auto report = import({folder_ / "ct"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 20U);
  ASSERT_EQ(report->skipped.size(), 2U);
  for (const auto& file : report->skipped) EXPECT_FALSE(file.reason.empty()) << file.path;
}

/// A folder so deep that no path reaches its end, so that nobody can read it, not even root.
void makeUnreadable(const fs::path& folder) {
  const fs::path above = folder.parent_path() / "above";
  fs::create_directories(folder);
  for (int i = 0; i < 20; ++i) {
    fs::create_directories(above);
    fs::rename(folder, above / std::string(250, 'x'));
    fs::rename(above, folder);
  }
}

TEST_F(ImportTest, AFolderThatCannotBeReadDoesNotHideItsNeighbours) {
  write("tree/a");
  write("tree/c", "ATT-2");
  makeUnreadable(folder_ / "tree/b");
  const auto report = import({folder_ / "tree"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->added, 40U);
  ASSERT_EQ(report->skipped.size(), 1U);
  EXPECT_EQ(report->skipped[0].path.find((folder_ / "tree/b/x").string()), 0U);
  EXPECT_NE(report->skipped[0].reason.find("cannot be read"), std::string::npos);
}

TEST_F(ImportTest, InPlaceTheFilesStayWhereTheyAre) {
  const auto files = write("ct");
  const CaseId id = import({folder_ / "ct"}, true)->cases.front();
  const auto slices = services_->db().slices(blockRef(id));
  ASSERT_TRUE(slices) << slices.error().detail;
  EXPECT_EQ(slices->front().path, files.front());
  fs::remove(files[7]);
  const auto missing = services_->db().slices(blockRef(id));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

TEST_F(ImportTest, CopiedTheFilesMayGo) {
  write("ct");
  const CaseId id = import({folder_ / "ct"})->cases.front();
  fs::remove_all(folder_ / "ct");
  EXPECT_TRUE(services_->volumes().load(services_->db(), blockRef(id), services_->pool().parallel(), {}));
}

TEST(FilesBelow, AreSortedAndLinksToFoldersAreNotFollowed) {
  const attest::test::TempDir folder;
  fs::create_directories(folder / "b/deep");
  setBytes(folder / "b/deep/2", "");
  setBytes(folder / "b/1", "");
  setBytes(folder / "a", "");
  fs::create_directory_symlink(folder.path(), folder / "b/round");
  const auto files =
      filesBelow(folder.path(), {}, [](const fs::path& at, const std::string&) { FAIL() << at; });
  EXPECT_EQ(files, (std::vector<fs::path>{folder / "a", folder / "b/1", folder / "b/deep/2"}));
}

TEST(FilesBelow, NameAFolderThatIsGone) {
  const attest::test::TempDir folder;
  std::vector<fs::path> refused;
  const auto files = filesBelow(folder / "gone", {}, [&](const fs::path& at, const std::string& why) {
    EXPECT_FALSE(why.empty());
    refused.push_back(at);
  });
  EXPECT_TRUE(files.empty());
  EXPECT_EQ(refused, std::vector{folder / "gone"});
}

TEST_F(ImportTest, EveryCaseOfABatchHasItsEvent) {
  write("one", "ATT-1");
  write("two", "ATT-2");
  const auto report = import({folder_ / "one", folder_ / "two"});
  ASSERT_TRUE(report) << report.error().detail;
  ASSERT_EQ(report->cases.size(), 2U);
  std::vector<std::string> subjects;
  ASSERT_TRUE(services_->db().auditTrail([&](const AuditRecord& link) {
    if (link.event.action == "import") subjects.push_back(link.event.subject);
  }));
  EXPECT_EQ(subjects, (std::vector{report->cases[0].value, report->cases[1].value}));
}

TEST_F(ImportTest, TheBytesOfRefusedImagesAreNotKept) {
  write("one", "ATT-1", "1.2.3");
  ASSERT_TRUE(import({folder_ / "one"}));
  const auto blobs = [&] {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "home" / "blobs"))
      count += entry.is_regular_file() && entry.path().filename().string().size() == 64 ? 1 : 0;
    return count;
  };
  const auto before = blobs();
  const auto refused = write("other", "ATT-2", "1.2.3");
  const auto report = import({folder_ / "other"});
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->skipped.size(), refused.size());
  EXPECT_EQ(report->added, 0U);
  EXPECT_EQ(blobs(), before);
}

}  // namespace
}  // namespace attest::workflow::test
