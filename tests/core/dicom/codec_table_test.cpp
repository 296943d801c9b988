// Every real file of the codec groups: refused in words, or pixels equal to those of an independent decoder.

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/core/dicom/decoded.h"
#include "tests/core/dicom/series.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using testing::HasSubstr;

// A line of codec_table.txt: GROUP | end of the path | peer | largest difference, or words of the refusal.
struct Row {
  std::string group;
  std::string file;
  std::string peer;
  std::string expected;
};

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::vector<Row> rows() {
  std::ifstream file(ATTEST_SOURCE_DIR "/tests/core/dicom/codec_table.txt");
  std::vector<Row> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    Row row;
    for (std::string* cell : {&row.group, &row.file, &row.peer, &row.expected}) {
      std::getline(cells, *cell, '|');
      *cell = trimmed(*cell);
    }
    all.push_back(row);
  }
  return all;
}

std::optional<std::filesystem::path> find(const std::string& group, const std::string& ending) {
  const auto folder = test::realData(group);
  if (!folder) return std::nullopt;
  for (const auto& file : filesBelow(*folder))
    if (file.string().ends_with("/" + ending)) return file;
  return std::nullopt;
}

std::vector<double> peerPixels(const std::filesystem::path& path, const PixelFormat& format) {
  std::ifstream file(path, std::ios::binary);
  const std::string raw{std::istreambuf_iterator<char>(file), {}};
  const auto bytes = std::as_bytes(std::span(raw));
  if (format.isColour()) return numbersAs<std::uint8_t>(bytes);
  return format.sample == Sample::integer ? numbersAs<std::int32_t>(bytes) : numbersAs<double>(bytes);
}

// The pixels that the peers give, by the number of the row; all by one start of Python.
void askPeers(const std::vector<Row>& all, const test::TempDir& folder) {
  std::ofstream list(folder / "list");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool isTwin = all[i].peer.find('/') != std::string::npos;
    const auto slash = all[i].peer.find('/');
    const auto file = isTwin ? find(all[i].peer.substr(0, slash), all[i].peer.substr(slash + 1))
                             : find(all[i].group, all[i].file);
    if (!file || all[i].peer == "refused") continue;
    list << (isTwin ? "pydicom" : all[i].peer) << '|' << file->string() << '|'
         << (folder / std::to_string(i)).string() << '\n';
  }
  list.close();
  const std::string command = std::string(ATTEST_PYTHON) + " " + ATTEST_SOURCE_DIR +
                              "/tests/core/dicom/peer_pixels.py < " + (folder / "list").string();
  EXPECT_EQ(std::system(command.c_str()), 0);
}

void compare(const Row& row, const Decoded& ours, const std::vector<double>& peer) {
  ASSERT_EQ(ours.values.size(), peer.size()) << row.group << ' ' << row.file;
  double largest = 0;
  std::size_t other = 0;
  for (std::size_t i = 0; i < peer.size(); ++i) {
    if (std::isnan(peer[i]) && std::isnan(ours.values[i])) continue;
    const double difference = std::abs(ours.values[i] - peer[i]);
    largest = std::max(largest, difference);
    other += difference > 0;
  }
  EXPECT_LE(largest, std::stod(row.expected)) << row.group << ' ' << row.file << ": " << other << " of "
                                              << peer.size() << " differ from " << row.peer;
}

TEST(CodecTable, EveryFileIsRefusedInWordsOrEqualsItsPeer) {
  const std::vector<Row> all = rows();
  ASSERT_GT(all.size(), 50U);
  if (!test::realData("syntaxes-one-ct-slice")) GTEST_SKIP() << "no real data on this machine";
  if (std::system(ATTEST_PYTHON " -c 'import pydicom, numpy' 2>/dev/null") != 0) {
    GTEST_SKIP() << "no pydicom here";
  }
  const test::TempDir folder;
  askPeers(all, folder);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Row& row = all[i];
    const auto path = find(row.group, row.file);
    if (!path) {
      ADD_FAILURE() << "no such file: " << row.group << ' ' << row.file;
      continue;
    }
    const auto ours = decodeFile(*path);
    if (row.peer == "refused") {
      const std::string why = ours ? "it was read" : ours.error().detail;
      EXPECT_THAT(why, HasSubstr(row.expected)) << row.file;
      continue;
    }
    if (!ours) {
      ADD_FAILURE() << row.group << ' ' << row.file << ": " << ours.error().detail;
      continue;
    }
    const auto peer = folder / std::to_string(i);
    if (!std::filesystem::exists(peer)) {
      ADD_FAILURE() << row.group << ' ' << row.file << ": " << row.peer << " gives no pixels";
      continue;
    }
    compare(row, *ours, peerPixels(peer, ours->format));
  }
}

}  // namespace
}  // namespace attest::dicom
