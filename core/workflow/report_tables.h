#pragma once

#include "core/domain/case_record.h"
#include "core/view/document.h"

namespace attest::workflow {

// The tables of a report on paper. A section without parts where there is nothing to say.

/// Findings that may leave, in the order of leavingFindings().
view::Section findingsTable(const CaseRecord& record);
/// What became of the lesions of the earlier study.
view::Section lesionsTable(const CaseRecord& record);
/// Structures that a person confirmed.
view::Section structuresTable(const CaseRecord& record);

}  // namespace attest::workflow
