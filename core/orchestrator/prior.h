#pragma once

#include <optional>

#include "core/orchestrator/orchestrator.h"

namespace attest::orchestrator {

/// The newest earlier study that this one can be compared with (a volume of the same modality, and of the
/// same part of the body where both name one), a signed one before others, as its last version says it.
/// Errors: of asSigned and the database.
Result<std::optional<CaseRecord>> priorOf(const casedb::CaseDb& db, const CaseRecord& record,
                                          const SignedRecord& asSigned);

}  // namespace attest::orchestrator
