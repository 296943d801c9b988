#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/domain/reader.h"

namespace attest::review {

// What a reader can say about a case. Values; applied to a record by apply().
struct Accept {
  ItemId item;
};
struct Reject {
  ItemId item;
  RejectReason reason;
};
struct Correct {
  ItemId item;
  std::string maskHash;
  Measurement measurement;
};
struct Relabel {
  ItemId item;
  std::string label;
  Code code;
};
struct Unsure {
  ItemId item;
};  ///< stays proposed, flagged "unsure"
struct Acknowledge {
  ItemId item;
};                                ///< an attending has seen a critical finding
struct ConfirmStructures {};      ///< all proposed structures at once; none is fine
struct DismissBelowThreshold {};  ///< all proposed findings flagged "below_threshold"; none is fine
struct Draw {
  Item item;
};  ///< a manual item with its mask and measurement
struct DeleteDrawn {
  ItemId item;
  std::optional<Item> expected{};  ///< undo: the item as the one who takes it back left it
};                                 ///< only what the person drew
struct Restore {
  Item item;
  std::optional<Item> expected{};  ///< as the one who takes back left it; none: it is gone, or whatever it is
};                                 ///< undo: the item exactly as it was before
/// What became of a lesion of the earlier study: `resolved` or `not_evaluable`; `measured` with the finding
/// of this case that it is (agents' pairs need no such verdict: see outcomeOf()). `open` takes it back, with
/// `match` to the pair that there was.
struct JudgeLesion {
  ItemId earlier;  ///< the item that it was
  LesionOutcome outcome = LesionOutcome::open;
  std::optional<ItemId> match{};
};
using Verdict = std::variant<Accept, Reject, Correct, Relabel, Unsure, Acknowledge, ConfirmStructures,
                             DismissBelowThreshold, Draw, DeleteDrawn, Restore, JudgeLesion>;

// Flags of an item that mean something to review.
inline constexpr const char* flagUnsure = "unsure";
inline constexpr const char* flagCritical = "critical";
inline constexpr const char* flagAcknowledged = "acknowledged";
inline constexpr const char* flagRelabelled = "relabelled";
inline constexpr const char* flagBelowThreshold = "below_threshold";
inline constexpr const char* flagNew = "new";  ///< the earlier study shows its place, and does not know it

/// Readers, residents and attendings review; readers and attendings sign. A disabled reader does neither.
bool mayReview(const Reader& reader);
bool maySign(const Reader& reader);

/// The items that change, as they will be; `removed` are gone.
struct Change {
  std::vector<Item> items;
  std::vector<ItemId> removed;
  std::string action;                      ///< the audit word: "review.accept"
  std::string subject;                     ///< item id, or the case's
  std::optional<Comparison> comparison{};  ///< as it will be, where it changes
};
/// Pure. Errors: not_found, not_allowed (a role, or an item that may not be changed so), bad_argument
/// (unknown reason, an empty mask, a lesion measured by nothing), conflict (the case is signed: an addendum
/// is needed), stale (what is to be taken back changed meanwhile). A rejected item may be accepted or
/// corrected after all, an accepted one rejected. A structure becomes `confirmed` where a finding becomes
/// `accepted`; what a person corrected or relabelled becomes `corrected`.
Result<Change> apply(const CaseRecord& record, const Verdict& verdict, const Reader& reader, Time now);

/// What became of an earlier lesion: `measured` while the finding that it is stands, else what a person said,
/// else open.
LesionOutcome outcomeOf(const CaseRecord& record, const CarriedLesion& lesion);
/// The lesion of the case's comparison that was this item in the earlier study; null where there is none.
const CarriedLesion* findLesion(const CaseRecord& record, const ItemId& earlier);

/// The items as they are after the change.
std::vector<Item> merged(std::vector<Item> items, const Change& change);

struct RejectChip {
  std::string code;
  std::string meaning;  ///< English; ui translates
};
/// False positive, wrong label, boundary too big, boundary too small, wrong side, artefact, duplicate, out of
/// scope.
const std::vector<RejectChip>& rejectChips();

/// Why a case may not be signed, each with the finding it is about where there is one.
enum class MissingCode { unreviewed, critical, prior_lesion, section_empty, role, stale, run_active, unread };
const char* name(MissingCode code) noexcept;
struct Missing {
  MissingCode code;
  /// Item id, that of the earlier study (prior_lesion), series UID (unread), section name (section_empty), or
  /// empty.
  std::string finding;
  bool operator==(const Missing&) const = default;
};
/// What stands between the draft and a signature; empty when it may be signed. `prior_lesion` names each
/// lesion of the earlier study that is open, by the item that it was. `unread` never blocks: see blocks().
/// `section_empty` asks for sentences that stand in findings and impression: the signature confirms them all.
/// `stale` is found by who signs, not here: with an item's id where its mask is not on the images as they are
/// now, without one where the record moved on.
std::vector<Missing> missingForSignature(const CaseRecord& record, const Reader& reader);
/// Does this one refuse the signature (all but `unread`, which is only named).
bool blocks(const Missing& missing) noexcept;

/// SHA-256 of the files of images.
using FileHashes = std::map<SopUid, std::string>;
/// The frozen text of a version: canonical JSON of patient, report, items, masks' hashes, measurements, the
/// comparison with an earlier study, images with their grids and their files' hashes, signer. Its SHA-256 is
/// the version's hash. Equal records give equal text. Sentences that do not stand are not in it.
std::string freeze(const CaseRecord& record, const FileHashes& files, const Reader& reader, int version,
                   Time signedAt);
/// Hash of what the signer saw: everything that freeze() covers but the files' bytes, the signer and the
/// time.
std::string contentHash(const CaseRecord& record);

/// What freeze() wrote, as values again: of the record its id, study's UID, items, comparison (whose outcomes
/// are those of outcomeOf()), report and series with their blocks, as far as they leave the house. Errors:
/// corrupt.
struct Frozen {
  CaseRecord record;
  FileHashes files;
};
Result<Frozen> thaw(const std::string& document);

}  // namespace attest::review
