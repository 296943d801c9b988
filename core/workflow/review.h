#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/imaging/mask.h"
#include "core/review/review.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// A correction or a new item whose mask is not in the store yet.
struct CorrectMask {
  ItemId item;
  imaging::MaskPtr mask;
};
struct DrawMask {
  Item draft;  ///< see newDrawing()
  imaging::MaskPtr mask;
};
/// The reader has looked at every image of the case.
struct ReadDone {};
using Act = std::variant<review::Verdict, CorrectMask, DrawMask, ReadDone>;

/// Performs what a reader says about a case: masks are stored and measured, then all acts are applied in one
/// transaction, each with its audit event, or none is. Returns the record as it then is. Errors as
/// review::apply, and bad_geometry (a mask on another grid), bad_argument (an empty mask), not_allowed (the
/// reader as they are by then may not), conflict (a signed case).
Result<CaseRecord> submit(Services& services, const CaseId& id, const std::vector<Act>& acts,
                          const Reader& reader);

/// The first half of a CorrectMask and of a DrawMask: stores and measures the mask, which may load the images
/// first. What is left of the act is quick. Errors as those of submit() about masks.
Result<review::Verdict> correction(Services& services, const Item& item, const imaging::MaskPtr& mask);
Result<review::Verdict> drawing(Services& services, Item draft, const imaging::MaskPtr& mask);

/// Sections of the report as a person wrote them, all at once; `expectedRevision` guards against what another
/// wrote since.
Result<CaseRecord> saveReport(Services& services, const CaseId& id, const Report& report,
                              std::int64_t expectedRevision, const Reader& reader);

/// A manual finding as it is before its mask: identity, colour, codes.
Item newDrawing(const BlockRef& source, const std::string& label, const Code& code);

/// The mask of an item, or that of a hash, from the store. Errors: not_found (there is none), corrupt.
Result<imaging::MaskPtr> loadMask(Services& services, const Item& item);
Result<imaging::MaskPtr> loadMask(Services& services, const std::string& hash);

/// Takes a mask to the grid of a block where it is the same grid, or that grid with axes swapped or turned
/// round; anything else is refused (bad_geometry): a mask is never guessed into place.
Result<imaging::Mask> ontoGrid(const imaging::Mask& mask, const Grid& grid);

}  // namespace attest::workflow
