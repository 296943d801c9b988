#pragma once

#include "core/review/review.h"

namespace attest::review {

/// What a JudgeLesion does; see there. Errors as apply().
Result<Change> judgeLesion(const CaseRecord& record, const JudgeLesion& verdict, const ReaderId& reader,
                           Time now);

/// The earlier lesion that an item is, as the case's comparison has it.
std::optional<EarlierLesion> earlierOf(const CaseRecord& record, const ItemId& item);

}  // namespace attest::review
