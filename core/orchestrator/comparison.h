#pragma once

#include <vector>

#include "core/orchestrator/results.h"

namespace attest::orchestrator {

/// The comparison's part of admit(). `items` are those that a lesion may be. Errors: bad_argument, saying
/// what is wrong.
Result<> admitComparison(const Comparison& comparison, const StepInput& input,
                         const std::vector<ItemId>& items);
/// The lesion is that item. Errors: bad_argument where there is no such lesion, or it has an item.
Result<> pairLesion(std::optional<Comparison>& comparison, const ItemId& lesion, const ItemId& item);

/// The comparison's part of store(): takes over what persons said of its lesions, and says of every item of
/// the case which lesion it is. Without a new one the case keeps the one it has.
Result<> storeComparison(casedb::WriteTx& tx, const CaseId& id, std::optional<Comparison> comparison);

}  // namespace attest::orchestrator
