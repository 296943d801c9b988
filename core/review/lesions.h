#pragma once

#include "core/review/review.h"

namespace attest::review {

/// What a JudgeLesion does; see there. Errors as apply().
Result<Change> judgeLesion(const CaseRecord& record, const JudgeLesion& verdict, const ReaderId& reader,
                           Time now);

}  // namespace attest::review
