#pragma once

#include <string>
#include <vector>

namespace attest {

/// What an agent can say of its run. Its values, in their order and units, stand behind it.
enum class NoteCode {
  text,               ///< none; a line of an older version, in its own words
  main_block,         ///< images of the block, blocks of the study
  structures,         ///< how many
  findings,           ///< how many
  below_threshold,    ///< how many more
  sentences,          ///< how many
  lungs,              ///< volume in mm3, mean in HU
  flagged,            ///< results flagged, results checked
  noise,              ///< HU
  thick_slices,       ///< mm between slices, mm below which nodules may be missed
  earlier_lesions,    ///< how many
  new_findings,       ///< how many
  no_earlier_study,   ///< none, and so of those that follow
  no_volume,          ///< in this study
  no_earlier_volume,  ///< in the earlier study, of the kind of this one's
  not_aligned         ///< registration refused
};
const char* name(NoteCode code) noexcept;

/// A remark on the timeline, as data: the line of the command line is written here, the reader's own words in
/// ui. Never patient data.
struct Note {
  NoteCode code = NoteCode::text;
  std::vector<double> values{};
  std::string text{};  ///< of NoteCode::text only
  bool operator==(const Note&) const = default;
};

template <class... Values>
Note makeNote(NoteCode code, Values... values) {
  return {code, {static_cast<double>(values)...}, {}};
}

/// Its English with %1 and %2 in the place of its values; another for one than for many.
const char* notePattern(const Note& note);
/// Its values with their units, as core/base/format.h writes them; "n/a" for one that is missing.
std::vector<std::string> noteFigures(const Note& note);
/// All of them as one English line: "2 findings, 3 more below threshold".
std::string noteLine(const std::vector<Note>& notes);

}  // namespace attest
