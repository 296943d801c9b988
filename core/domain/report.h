#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/ids.h"

namespace attest {

enum class SectionKind { indication, technique, comparison, findings, impression };
inline constexpr std::array sectionKinds{SectionKind::indication, SectionKind::technique,
                                         SectionKind::comparison, SectionKind::findings,
                                         SectionKind::impression};
/// "indication", "technique", ...
const char* name(SectionKind kind) noexcept;

/// A sentence of a report. Its text may hold live measurements, written {ITEM:FIELD}, where ITEM is an item's
/// id and FIELD one of volume, longest, perpendicular, mean, size (longest x perpendicular), hu, label, and
/// of the same lesion in the earlier study prior_date, prior_volume, prior_size, change. ITEM may also be a
/// lesion of the earlier study that has no match here (its id there): label, prior_date, prior_volume,
/// prior_size, outcome; or the case itself (its id): summary. core/reporting puts the values in. A sentence
/// that names an item is left out while that item does not stand (proposed, rejected, dismissed), or nobody
/// has said that the lesion is resolved or not evaluable. A line break at its beginning puts it on a line of
/// its own.
struct Sentence {
  std::string id;  ///< UUID
  std::string text;
  std::string madeBy;      ///< the agent's id; empty where a person wrote it
  bool confirmed = false;  ///< a person touched or confirmed it
  bool operator==(const Sentence&) const = default;
};

struct Report {
  std::array<std::vector<Sentence>, sectionKinds.size()> sections;  ///< by SectionKind
  std::vector<Sentence>& section(SectionKind kind) { return sections[static_cast<std::size_t>(kind)]; }
  const std::vector<Sentence>& section(SectionKind kind) const {
    return sections[static_cast<std::size_t>(kind)];
  }
  bool operator==(const Report&) const = default;
};

}  // namespace attest
