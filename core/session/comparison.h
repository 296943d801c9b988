#pragma once

#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/domain/prior.h"
#include "core/view/expected.h"
#include "core/view/viewport.h"

namespace attest::session {

/// Earlier studies beside the open case. They are read only: nothing that a person does here changes them.
struct Priors {
  std::map<CaseId, std::shared_ptr<const CaseRecord>> records;  ///< asked for; null while it is read
  std::optional<CaseId> wanted;  ///< to be shown beside the open case as soon as it is read
  bool linked = true;            ///< viewports of both studies scroll, zoom and window together
  /// Point of the open case less the point of the prior, where no registration says it: what their
  /// crosshairs showed when they were linked.
  std::map<CaseId, Vec3> offsetsMm;
};

struct State;
struct Reading;
/// The record that a block belongs to: the open case's, or that of a prior that is read; else null.
const CaseRecord* recordOf(const Reading& reading, const BlockRef& block);
/// Does a block belong to a prior of the open case.
bool isPrior(const Reading& reading, const BlockRef& block);
/// Are current and prior brought together by the registration that the case's comparison holds (else by the
/// offset of their crosshairs).
bool isRegistered(const Reading& reading, const CaseId& prior);
/// Are a current and a prior viewport side by side.
bool isComparing(const Reading& reading);
/// The study to compare with where nobody chose one: that of the record's comparison, else the newest prior
/// of the same modality; none where there is no prior.
std::optional<CaseId> comparedCase(const CaseRecord& record);
/// The item of this case that a carried lesion is; null where there is none, where it was rejected, or where
/// it is hidden until the reader's own read is done.
const Item* shownMatch(const State& state, const CarriedLesion& lesion);
/// The "expected here" marks of a viewport, for current and prior studies. None while overlays are off.
std::vector<view::ExpectedMark> expectedMarks(const State& state, const view::ViewportState& viewport);

namespace action {
/// Reads an earlier study of the patient, so that its series are in the rail. The one that the case is
/// compared with is read by itself.
struct LoadPrior {
  CaseId id;
};
/// The answers to effect::LoadPrior.
struct PriorLoaded {
  std::shared_ptr<const CaseRecord> record;
};
struct PriorFailed {
  CaseId id;
  Error error;
};
/// "Current | prior": the active viewport's block beside the one that fits it best; again: back to what was
/// before. Without `id`, with comparedCase().
struct ToggleComparison {
  std::optional<CaseId> id{};
};
/// Linking again where nothing is registered keeps the places as they are now: that is the manual offset.
struct ToggleLinked {};
/// A row of the checklist, or its key: both studies go to the lesion, whose keys act from now on. Choosing
/// the finding that it is (SelectItem) marks it, too, but leaves the keys to the finding.
struct SelectLesion {
  ItemId earlier;  ///< the item that it was (CarriedLesion::earlier)
};
/// What became of it; `measured` with the finding of this case that it is, which is accepted with it once it
/// was painted, like by Accept; one that is not chosen yet is chosen first. To accept or correct that finding
/// says the same. Undone like any verdict. Outcomes are shown by attest::review::outcomeOf().
struct JudgeLesion {
  ItemId earlier;
  LesionOutcome outcome = LesionOutcome::open;
  std::optional<ItemId> match{};
  Time at{};
};
}  // namespace action

using ComparisonAction =
    std::variant<action::LoadPrior, action::PriorLoaded, action::PriorFailed, action::ToggleComparison,
                 action::ToggleLinked, action::SelectLesion, action::JudgeLesion>;

namespace effect {
/// Looking at an earlier study is an event of its trail. Answered by PriorLoaded / PriorFailed.
struct LoadPrior {
  CaseId id;
  ReaderId reader;
};
}  // namespace effect

}  // namespace attest::session
