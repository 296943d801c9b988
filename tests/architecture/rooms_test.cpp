// The law of the house, held over every source file: who may include whom, how long a file and a function may
// be, and which words do not belong into a finished program.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Room {
  std::set<std::string> mayUse;
  std::vector<std::string> mayInclude;  ///< regexes of its packages
};

struct Source {
  std::string path;  ///< relative to the top
  std::vector<std::string> lines;
};

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, by);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

/// The three cells of each row of a table file, spaces removed.
std::vector<std::array<std::string, 3>> table(const char* path) {
  std::vector<std::array<std::string, 3>> rows;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::erase(line, ' ');
    const auto first = line.find('|');
    const auto second = line.find('|', first + 1);
    if (second == std::string::npos) continue;
    rows.push_back(
        {line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
  }
  return rows;
}

std::map<std::string, Room> rooms() {
  std::map<std::string, std::string> packages;
  for (const auto& [name, targets, pattern] : table(ATTEST_PACKAGES_FILE)) packages[name] = pattern;
  std::map<std::string, Room> all;
  for (const auto& [name, uses, links] : table(ATTEST_ROOMS_FILE)) {
    Room room;
    for (const auto& used : split(uses, ',')) room.mayUse.insert(used);
    for (const auto& package : split(links, ',')) room.mayInclude.push_back(packages.at(package));
    all[name] = room;
  }
  return all;
}

/// The room that a path lies in: the longest that is its beginning; empty outside of all.
std::string roomOf(const std::map<std::string, Room>& all, const std::string& path) {
  std::string best;
  for (const auto& [name, room] : all) {
    if (path.starts_with(name + "/") && name.size() > best.size()) best = name;
  }
  return best;
}

std::vector<Source> sources() {
  std::vector<Source> all;
  for (const char* top : {"core", "viewers", "ui", "app", "tests", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(ATTEST_SOURCE_DIR) / top)) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      Source source{fs::relative(entry.path(), ATTEST_SOURCE_DIR).generic_string(), {}};
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) source.lines.push_back(line);
      all.push_back(std::move(source));
    }
  }
  return all;
}

bool isStandard(const std::string& header) {
  static const std::regex standard(
      R"rx(^([a-z_0-9]+|sys/[a-z]+\.h|(fcntl|unistd|pwd|stdlib|signal|spawn|dirent|iconv)\.h)$)rx");
  return std::regex_match(header, standard);
}

}  // namespace

TEST(Rooms, EveryIncludeIsAllowed) {
  const auto all = rooms();
  const std::regex include(R"rx(^\s*#\s*include\s*([<"])([^>"]+)[>"])rx");
  int checked = 0;
  for (const auto& source : sources()) {
    const std::string room = roomOf(all, source.path);
    if (room.empty()) continue;
    const bool isHeader = source.path.ends_with(".h");
    for (const auto& line : source.lines) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      ++checked;
      const std::string target = match[2];
      if (match[1] == "\"") {
        const std::string other = roomOf(all, target);
        EXPECT_TRUE(other == room || all.at(room).mayUse.contains(other))
            << source.path << ": room '" << room << "' may not include \"" << target << "\"";
        continue;
      }
      if (isStandard(target) || target == "tl/expected.hpp" || target == "nlohmann/json_fwd.hpp") continue;
      const auto& patterns = all.at(room).mayInclude;
      EXPECT_TRUE(std::ranges::any_of(
          patterns,
          [&](const std::string& pattern) { return std::regex_search(target, std::regex(pattern)); }))
          << source.path << ": room '" << room << "' may not include <" << target << ">";
      EXPECT_FALSE(isHeader && room.starts_with("core/"))
          << source.path << ": <" << target << "> belongs in a .cpp";
    }
  }
  EXPECT_GT(checked, 200);
}

TEST(Rooms, ATableRowThatForbidsIsObeyed) {
  const auto all = rooms();
  EXPECT_FALSE(all.at("core/imaging").mayUse.contains("core/dicom"));
  EXPECT_FALSE(all.at("ui").mayUse.contains("core/casedb"));
  for (const auto& [name, room] : all) {
    if (!name.starts_with("core/")) continue;
    for (const auto& used : room.mayUse) EXPECT_TRUE(used.starts_with("core/")) << name << " uses " << used;
  }
}

TEST(Rooms, FilesAreShort) {
  for (const auto& source : sources()) EXPECT_LE(source.lines.size(), 400U) << source.path;
}

std::size_t indentOf(const std::string& line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// In formatted code a body stands two deeper than its head, and ends with a brace below the head's
/// beginning.
TEST(Rooms, FunctionsAreShort) {
  const std::regex opens(R"rx(\)( const| noexcept| override| mutable| ->.*| : .*)* \{$)rx");
  const std::regex control(R"rx(^\s*(\} )?(if|for|while|switch|else|do|catch)\b)rx");
  for (const auto& source : sources()) {
    const auto& lines = source.lines;
    for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
      if (!std::regex_search(lines[at], opens) || lines[at + 1].empty()) continue;
      const std::size_t body = indentOf(lines[at + 1]);
      if (body < 2) continue;
      std::size_t head = at;
      while (head > 0 && indentOf(lines[head]) > body - 2) --head;
      if (std::regex_search(lines[head], control)) continue;
      const std::string closing = std::string(body - 2, ' ') + "}";
      std::size_t end = at + 1;
      while (end < lines.size() && !lines[end].starts_with(closing)) ++end;
      EXPECT_LE(end - head, 61U) << source.path << ":" << head + 1 << ": " << lines[head];
    }
  }
}

TEST(Rooms, NothingIsLeftUnfinished) {
  const std::regex words(std::string("\\b(TO") + "DO|FIX" + "ME|HA" + "CK|XX" + "X)\\b");
  const std::regex waits(std::string("(q") + "Wait\\(|sleep_" + "for|usleep\\()");
  for (const auto& source : sources()) {
    for (std::size_t at = 0; at < source.lines.size(); ++at) {
      EXPECT_FALSE(std::regex_search(source.lines[at], words)) << source.path << ":" << at + 1;
      if (source.path.starts_with("tests/")) {
        EXPECT_FALSE(std::regex_search(source.lines[at], waits)) << source.path << ":" << at + 1;
      }
    }
  }
}

TEST(Rooms, OnlyJobsStartsThreads) {
  const std::regex threads(R"rx(std::(thread|jthread|async)\b)rx");
  for (const auto& source : sources()) {
    if (source.path.starts_with("core/jobs/") || source.path.starts_with("tests/") ||
        source.path.starts_with("bench/")) {
      continue;
    }
    for (std::size_t at = 0; at < source.lines.size(); ++at) {
      EXPECT_FALSE(std::regex_search(source.lines[at], threads)) << source.path << ":" << at + 1;
    }
  }
}
