#include <array>
#include <limits>

#include "core/base/format.h"
#include "core/domain/note.h"

namespace attest {
namespace {

std::string formatCount(double count) {
  return formatNumber(count, 0);
}

using Format = std::string (*)(double);

/// Of one code: its English where the first value is 1 and where it is not, and how its values are written.
struct Wording {
  const char* one;
  const char* many;
  std::array<Format, 2> formats{};
};

// In the order of the codes.
constexpr std::array wordings{
    Wording{"%1", "%1"},
    Wording{"main block of %2: %1 image", "main block of %2: %1 images", {formatCount, formatCount}},
    Wording{"%1 structure", "%1 structures", {formatCount}},
    Wording{"%1 finding", "%1 findings", {formatCount}},
    Wording{"%1 more below threshold", "%1 more below threshold", {formatCount}},
    Wording{"%1 sentence", "%1 sentences", {formatCount}},
    Wording{"lungs %1, mean %2", "lungs %1, mean %2", {formatMl, formatHu}},
    Wording{"%1 of %2 results flagged", "%1 of %2 results flagged", {formatCount, formatCount}},
    Wording{"noise %1", "noise %1", {formatHu}},
    Wording{"%1 between slices: nodules below %2 may be missed",
            "%1 between slices: nodules below %2 may be missed",
            {formatMm, formatMm}},
    Wording{"%1 earlier lesion", "%1 earlier lesions", {formatCount}},
    Wording{"%1 new finding", "%1 new findings", {formatCount}},
    Wording{"no earlier study to compare with", "no earlier study to compare with"},
    Wording{"not aligned: this study has no volume", "not aligned: this study has no volume"},
    Wording{"not aligned: the earlier study has no volume of the kind",
            "not aligned: the earlier study has no volume of the kind"},
    Wording{"not aligned: the images of the two studies do not match",
            "not aligned: the images of the two studies do not match"}};
static_assert(wordings.size() == static_cast<std::size_t>(NoteCode::not_aligned) + 1);

const Wording& wordingOf(const Note& note) {
  return wordings.at(static_cast<std::size_t>(note.code));
}

std::string english(const Note& note) {
  if (note.code == NoteCode::text) return note.text;
  std::string said = notePattern(note);
  const std::vector<std::string> figures = noteFigures(note);
  for (std::size_t n = 0; n < figures.size(); ++n)
    said.replace(said.find("%" + std::to_string(n + 1)), 2, figures[n]);
  return said;
}

}  // namespace

const char* notePattern(const Note& note) {
  const bool isOne = !note.values.empty() && note.values.front() == 1;
  return isOne ? wordingOf(note).one : wordingOf(note).many;
}

std::vector<std::string> noteFigures(const Note& note) {
  std::vector<std::string> figures;
  for (const Format format : wordingOf(note).formats) {
    if (format == nullptr) break;
    const bool isThere = figures.size() < note.values.size();
    figures.push_back(
        format(isThere ? note.values[figures.size()] : std::numeric_limits<double>::quiet_NaN()));
  }
  return figures;
}

std::string noteLine(const std::vector<Note>& notes) {
  std::string line;
  for (const Note& note : notes) line += (line.empty() ? "" : ", ") + english(note);
  return line;
}

}  // namespace attest
