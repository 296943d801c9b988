// Every file group of INVENTORY.md: what its series become, as a table (inventory.txt), and each header
// beside what pydicom reads.

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/base/format.h"
#include "tests/core/dicom/series.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

struct Opened {
  std::filesystem::path path;
  FileHeader header;
};

// What of a group can be opened, by file, and why the others can not.
struct Files {
  std::vector<Opened> opened;
  std::set<std::string> reasons;
};

Files filesOf(const std::filesystem::path& folder) {
  Files files;
  for (const auto& file : filesBelow(folder)) {
    if (auto header = readHeader(file)) {
      files.opened.push_back({file, *std::move(header)});
    } else {
      files.reasons.insert(header.error().detail);
    }
  }
  return files;
}

std::string lineOf(const std::string& group, const std::string& modality, std::size_t blocks,
                   const Block& block) {
  std::ostringstream line;
  line << group << " | " << modality << " | " << blocks << " | " << block.dims.i << 'x' << block.dims.j << 'x'
       << block.dims.k << " | ";
  if (block.grid) {
    for (const double mm : {block.grid->spacingMm.x, block.grid->spacingMm.y, block.grid->spacingMm.z})
      line << formatNumber(mm, 3) << ' ';
  } else if (const auto& flat = block.calibration.spacingMm) {
    line << formatNumber((*flat)[1], 3) << ' ' << formatNumber((*flat)[0], 3) << ' ';
  }
  line << name(block.calibration.kind) << " | " << name(block.unit) << " | ";
  for (const Geometry word : block.geometry) line << name(word) << ' ';
  std::string text = line.str();
  text.pop_back();
  return text;
}

// A line for the first block of each series: group | modality | blocks | voxels | spacing and calibration |
// unit | verdict; and one for each reason of a refusal: group | refused | reason.
std::multiset<std::string> linesOf(const std::string& group, const Files& files) {
  std::map<SeriesUid, std::vector<InstanceHeader>> series;
  std::map<SeriesUid, SeriesInfo> infos;
  for (const Opened& file : files.opened) {
    series[file.header.series.uid].push_back(file.header.instance);
    infos[file.header.series.uid] = file.header.series;
  }
  std::multiset<std::string> lines;
  for (const auto& [uid, instances] : series) {
    const auto blocks = formBlocks(instances, infos[uid]);
    lines.insert(lineOf(group, infos[uid].modality, blocks.size(), blocks.front()));
  }
  for (const auto& reason : files.reasons) lines.insert(group + " | refused | " + reason);
  return lines;
}

class Inventory : public testing::TestWithParam<const char*> {};

// Every line of the table is true; a codec that comes later may open more.
TEST_P(Inventory, IsAsTheTableSays) {
  const std::string group = GetParam();
  const auto folder = test::realData(group);
  if (!folder) GTEST_SKIP() << group << " is not on this machine";
  auto lines = linesOf(group, filesOf(*folder));
  if (const char* to = std::getenv("ATTEST_WRITE_INVENTORY")) {  // to make the table anew
    std::ofstream file(to, std::ios::app);
    for (const auto& line : lines) file << line << '\n';
  }
  std::ifstream table(ATTEST_SOURCE_DIR "/tests/core/dicom/inventory.txt");
  int expected = 0;
  for (std::string line; std::getline(table, line);) {
    if (!line.starts_with(group + " |")) continue;
    ++expected;
    const auto at = lines.find(line);
    EXPECT_NE(at, lines.end()) << line;
    if (at != lines.end()) lines.erase(at);
  }
  EXPECT_GT(expected, 0) << "the table has no line of " << group;
}

std::string numbers(const std::vector<double>& values) {
  std::ostringstream text;
  for (const double value : values) text << (text.str().empty() ? "" : ",") << value;
  return values.empty() ? "-" : text.str();
}

std::string inOurWords(const InstanceHeader& header) {
  std::ostringstream line;
  line << header.rows << ' ' << header.columns << ' ' << header.frames;
  for (const int frame : {0, header.frames - 1}) {
    const FrameGroups& g = groupsOf(header, frame);
    std::vector<double> orientation;
    if (g.orientation)
      for (const Vec3& v : *g.orientation) orientation.insert(orientation.end(), {v.x, v.y, v.z});
    const auto one = [](std::optional<double> v) { return v ? std::vector{*v} : std::vector<double>(); };
    const auto& p = g.positionMm;
    const auto& s = g.pixelSpacingMm;
    line << ' ' << numbers(p ? std::vector{p->x, p->y, p->z} : std::vector<double>()) << ' '
         << numbers(orientation) << ' ' << numbers(s ? std::vector{(*s)[0], (*s)[1]} : std::vector<double>())
         << ' ' << numbers(one(g.rescaleSlope)) << ' ' << numbers(one(g.rescaleIntercept));
  }
  return line.str();
}

// The same numbers written in the same way.
std::string rewritten(const std::string& line) {
  std::istringstream from(line);
  std::ostringstream to;
  for (std::string word; from >> word;) {
    std::istringstream list(word);
    std::vector<double> values;
    for (std::string number; word != "-" && std::getline(list, number, ',');)
      values.push_back(std::stod(number));
    to << (to.str().empty() ? "" : " ") << numbers(values);
  }
  return to.str();
}

TEST_P(Inventory, HasHeadersAsPydicomReadsThem) {
  const auto folder = test::realData(GetParam());
  if (!folder) GTEST_SKIP() << GetParam() << " is not on this machine";
  if (std::system(ATTEST_PYTHON " -c 'import pydicom' 2>/dev/null") != 0) GTEST_SKIP() << "no pydicom here";
  auto opened = filesOf(*folder).opened;
  for (std::size_t keep = 30; opened.size() > keep;) {  // enough of a long series
    std::vector<Opened> fewer;
    for (std::size_t i = 0; i < opened.size(); i += opened.size() / keep + 1) fewer.push_back(opened[i]);
    opened = std::move(fewer);
  }
  test::TempDir work;
  std::ofstream list(work / "files");
  for (const Opened& file : opened) list << file.path.string() << '\n';
  list.close();
  const std::string command = ATTEST_PYTHON " " ATTEST_SOURCE_DIR "/tests/core/dicom/describe_images.py " +
                              (work / "files").string() + " > " + (work / "read").string() + " 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::ifstream read(work / "read");
  for (const Opened& file : opened) {
    std::string line;
    ASSERT_TRUE(std::getline(read, line)) << file.path;
    if (file.header.series.modality == "NM") continue;  // its places come from its vectors
    if (line == "?") continue;                          // damaged beyond what pydicom reads
    EXPECT_EQ(inOurWords(file.header.instance), rewritten(line)) << file.path;
  }
}

constexpr const char* groups[] = {"ct-chest-248",
                                  "ct-head-tiny",
                                  "ct-gantry-tilt-uneven",
                                  "ct-enhanced-fragments",
                                  "ct-prior-current-slices",
                                  "mr-brain-enhanced-nema",
                                  "mr-localizer-feet-first",
                                  "geometry-failing",
                                  "pt-wholebody-seg",
                                  "pt-ct-mr-rtstruct",
                                  "us-stress-echo",
                                  "nm-ybr-overlay",
                                  "mg-us-xa-pt-sc",
                                  "cr-dx-mg-vl-xa-wg04",
                                  "seg-sr-dcmqi",
                                  "seg-sr-highdicom",
                                  "ko-sr-minimal",
                                  "pdf-stl-pr-sr-rt-worklist",
                                  "ct-body-small-labels"};
INSTANTIATE_TEST_SUITE_P(Groups, Inventory, testing::ValuesIn(groups));

}  // namespace
}  // namespace attest::dicom
