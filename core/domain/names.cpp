#include <algorithm>
#include <array>
#include <string_view>

#include "core/domain/agent_card.h"
#include "core/domain/case_record.h"
#include "core/domain/change.h"
#include "core/domain/item.h"
#include "core/domain/node.h"
#include "core/domain/prior.h"
#include "core/domain/reader.h"
#include "core/domain/report.h"
#include "core/domain/run.h"
#include "core/domain/study.h"

namespace attest {
namespace {

// The words of each enumeration, in its order.
constexpr std::array geometries{"regular", "tilted", "uneven", "gaps", "duplicates", "mixed", "not_3d"};
constexpr std::array units{"none", "HU", "SUVbw", "Bq/ml"};
constexpr std::array calibrations{"exact", "calibrated", "projected", "at_detector", "region", "none"};
constexpr std::array kinds{"structure", "finding"};
constexpr std::array itemStates{"proposed", "accepted",  "corrected", "rejected",
                                "manual",   "confirmed", "dismissed"};
constexpr std::array priorities{"stat", "urgent", "routine", "research"};
constexpr std::array runStates{"queued", "running", "done", "failed", "cancelled"};
constexpr std::array stepStates{"queued", "running", "done", "failed", "skipped", "cancelled"};
constexpr std::array sections{"indication", "technique", "comparison", "findings", "impression"};
constexpr std::array roles{"reader", "resident", "attending", "admin"};
constexpr std::array caseStatuses{"received",  "analyzing", "ready for review", "in review", "approved",
                                  "delivered", "failed"};
constexpr std::array lesionOutcomes{"open", "measured", "resolved", "not_evaluable"};
constexpr std::array changes{"stable", "grown", "shrunk"};
constexpr std::array nodeKinds{"dimse", "dicomweb"};
constexpr std::array readingModes{"after", "with", "first"};
constexpr std::array noteCodes{"text",
                               "main_block",
                               "structures",
                               "findings",
                               "below_threshold",
                               "sentences",
                               "lungs",
                               "flagged",
                               "noise",
                               "thick_slices",
                               "earlier_lesions",
                               "new_findings",
                               "no_earlier_study",
                               "no_volume",
                               "no_earlier_volume",
                               "not_aligned"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<const char*, N>& words, std::string_view word) {
  const auto at = std::ranges::find(words, word, [](const char* text) { return std::string_view(text); });
  if (at == words.end()) return std::nullopt;
  return static_cast<Enum>(at - words.begin());
}

template <class Enum, std::size_t N>
constexpr const char* word(const std::array<const char*, N>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

const char* name(Geometry geometry) noexcept {
  return word(geometries, geometry);
}
const char* name(Unit unit) noexcept {
  return word(units, unit);
}
const char* name(CalibrationKind kind) noexcept {
  return word(calibrations, kind);
}
const char* name(ItemKind kind) noexcept {
  return word(kinds, kind);
}
const char* name(ItemState state) noexcept {
  return word(itemStates, state);
}
const char* name(Priority priority) noexcept {
  return word(priorities, priority);
}
const char* name(RunState state) noexcept {
  return word(runStates, state);
}
const char* name(StepState state) noexcept {
  return word(stepStates, state);
}
const char* name(SectionKind kind) noexcept {
  return word(sections, kind);
}
const char* name(Role role) noexcept {
  return word(roles, role);
}
const char* name(CaseStatus status) noexcept {
  return word(caseStatuses, status);
}
const char* name(LesionOutcome outcome) noexcept {
  return word(lesionOutcomes, outcome);
}
const char* name(Change change) noexcept {
  return word(changes, change);
}
const char* name(ReadingMode mode) noexcept {
  return word(readingModes, mode);
}
const char* name(NodeKind kind) noexcept {
  return word(nodeKinds, kind);
}
const char* name(NoteCode code) noexcept {
  return word(noteCodes, code);
}

std::optional<ItemState> itemState(const std::string& name) {
  return find<ItemState>(itemStates, name);
}
std::optional<Priority> priority(const std::string& name) {
  return find<Priority>(priorities, name);
}
std::optional<RunState> runState(const std::string& name) {
  return find<RunState>(runStates, name);
}
std::optional<StepState> stepState(const std::string& name) {
  return find<StepState>(stepStates, name);
}
std::optional<Role> role(const std::string& name) {
  return find<Role>(roles, name);
}
std::optional<CaseStatus> caseStatus(const std::string& name) {
  return find<CaseStatus>(caseStatuses, name);
}
std::optional<LesionOutcome> lesionOutcome(const std::string& name) {
  return find<LesionOutcome>(lesionOutcomes, name);
}
std::optional<ReadingMode> readingMode(const std::string& name) {
  return find<ReadingMode>(readingModes, name);
}
std::optional<NodeKind> nodeKind(const std::string& name) {
  return find<NodeKind>(nodeKinds, name);
}

}  // namespace attest
