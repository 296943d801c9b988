#include "core/workflow/receive.h"

#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class ReceiveTest : public HomeTest {
 protected:
  Result<> keep(const fs::path& file, const std::string& sender = "MODALITY") {
    const std::string bytes = bytesOf(file);
    network::ReceivedObject object;
    object.sopUid.value = "1.2." + std::to_string(++kept_);
    object.sender = sender;
    object.file = std::as_bytes(std::span(bytes));
    return Reception(*services_).keep(object);
  }
  ImportReport take() {
    auto taken = Reception(*services_).take({});
    if (!taken) throw std::runtime_error(taken.error().detail);
    return *std::move(taken);
  }
  std::size_t spooled() {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(services_->home() / "spool"))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }

  int kept_ = 0;
};

TEST_F(ReceiveTest, WhatArrivesIsOnDiskAndThenACase) {
  EXPECT_EQ(take().added, 0U) << "nothing came yet";
  const auto files = write("ct");
  ASSERT_TRUE(keep(files[0]));
  EXPECT_EQ(spooled(), 1U);
  auto report = take();
  ASSERT_EQ(report.cases.size(), 1U);
  EXPECT_EQ(record(report.cases[0]).row.images, 1) << "with its first image";
  EXPECT_EQ(spooled(), 0U);
  for (std::size_t i = 1; i < files.size(); ++i) ASSERT_TRUE(keep(files[i]));
  report = take();
  EXPECT_EQ(report.added, files.size() - 1);
  EXPECT_EQ(record(report.cases[0]).row.images, static_cast<int>(files.size()));
  EXPECT_EQ(record(report.cases[0]).series[0].blocks.size(), 1U);
}

TEST_F(ReceiveTest, WhatAKilledProcessLeftIsImportedByTheNext) {
  const auto files = write("ct");
  for (const auto& file : files) ASSERT_TRUE(keep(file));
  const auto home = services_->home();
  services_.reset();
  services_ = std::move(*Services::open(home, clock_));
  EXPECT_EQ(take().added, files.size());
}

TEST_F(ReceiveTest, WhatCameTwiceIsOne) {
  const auto files = write("ct");
  ASSERT_TRUE(keep(files[0], "ONE"));
  ASSERT_TRUE(keep(files[0], "TWO"));
  const auto report = take();
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.duplicates, 1U);
  EXPECT_EQ(spooled(), 0U);
}

TEST_F(ReceiveTest, WhatIsNoImageIsNotKept) {
  const fs::path junk = folder_ / "junk";
  setBytes(junk, std::string(1000, 'x'));
  EXPECT_EQ(codeOf(keep(junk)), ErrorCode::bad_file);
  EXPECT_EQ(spooled(), 0U);
}

TEST_F(ReceiveTest, WhatContradictsWhatIsKnownIsSetAsideAndInTheTrail) {
  const auto first = write("one", "ATT-1", "1.2.3");
  const auto second = write("two", "ATT-2", "1.2.3");
  ASSERT_TRUE(keep(first[0]));
  ASSERT_EQ(take().added, 1U);
  ASSERT_TRUE(keep(second[0]));
  const auto report = take();
  EXPECT_EQ(report.added, 0U);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(spooled(), 1U) << "its sender may have forgotten it";
  EXPECT_EQ(events("receive.refused"), 1);
  EXPECT_TRUE(take().skipped.empty()) << "once";
}

TEST_F(ReceiveTest, ASendersNameIsNoPath) {
  ASSERT_TRUE(keep(write("ct")[0], "../../../etc"));
  EXPECT_EQ(take().added, 1U);
  EXPECT_TRUE(fs::is_directory(services_->home() / "spool" / "from__________etc"));
}

}  // namespace
}  // namespace attest::workflow::test
