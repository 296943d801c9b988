#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/domain/reader.h"
#include "core/imaging/mask.h"

namespace attest::review {

// What a reader can say about a case. Values; applied to a record by apply().
struct Accept { ItemId item; };
struct Reject { ItemId item; RejectReason reason; };
struct Correct { ItemId item; std::string maskHash; Measurement measurement; };
struct Relabel { ItemId item; std::string label; Code code; };
struct Unsure { ItemId item; };                      ///< stays proposed, flagged "unsure"
struct ConfirmStructures {};                         ///< all proposed structures at once
struct DismissBelowThreshold {};
struct Draw { Item item; };                          ///< a manual item with its mask and measurement
struct DeleteDrawn { ItemId item; };                 ///< only what the person drew
struct Restore { Item item; };                       ///< undo: the item exactly as it was before
using Verdict = std::variant<Accept, Reject, Correct, Relabel, Unsure, ConfirmStructures, DismissBelowThreshold, Draw,
                             DeleteDrawn, Restore>;

/// The items that change, as they will be; `removed` are gone.
struct Change {
  std::vector<Item> items;
  std::vector<ItemId> removed;
  std::string action;   ///< the audit word: "review.accept"
  std::string subject;  ///< item id, or the case's
};
/// Pure. Errors: not_found, not_allowed (a role, or an item that may not be changed so), bad_argument (unknown reason),
/// conflict (the case is signed: an addendum is needed).
Result<Change> apply(const CaseRecord& record, const Verdict& verdict, const Reader& reader, Time now);

struct RejectChip {
  std::string code;
  std::string meaning;  ///< English; ui translates
};
/// False positive, wrong label, boundary too big, boundary too small, wrong side, artefact, duplicate, out of scope.
const std::vector<RejectChip>& rejectChips();

/// Why a case may not be signed, each with the finding it is about where there is one.
enum class MissingCode { unreviewed, critical, prior_lesion, section_empty, role, stale, run_active, unread };
const char* name(MissingCode code) noexcept;
struct Missing {
  MissingCode code;
  std::string finding;  ///< item id, series UID (unread), section name (section_empty), or empty
  bool operator==(const Missing&) const = default;
};
/// What stands between the draft and a signature; empty when it may be signed. Unread images and, until issue 3, prior
/// lesions are named only where the record knows them. `unread` never blocks: see blocks().
std::vector<Missing> missingForSignature(const CaseRecord& record, const Reader& reader);
/// Does this one refuse the signature (all but `unread`, which is only named).
bool blocks(const Missing& missing) noexcept;

/// The frozen text of a version: canonical JSON of report, items, masks' hashes, measurements, images, signer. Its SHA-256
/// is the version's hash. Equal records give equal text.
std::string freeze(const CaseRecord& record, const Reader& reader, int version, Time signedAt);
/// Hash of what the signer saw: everything that freeze() covers but the signer and the time.
std::string contentHash(const CaseRecord& record);

}  // namespace attest::review
