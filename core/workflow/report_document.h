#pragma once

#include <optional>
#include <vector>

#include "core/domain/case_record.h"
#include "core/view/document.h"

namespace attest::workflow {

/// The findings that may leave, the largest first: their order, and so their numbers, in tables and figures.
std::vector<const Item*> leavingFindings(const CaseRecord& record);
/// Is there a sentence or a result that may leave.
bool hasReport(const CaseRecord& record);

/// The report of a case on paper, in English: of a signed one what its version's document says (the record
/// that review::thaw() gave), of another one what a person stands for, marked UNSIGNED on every page. It has
/// head, facts of the study, sections with the origin of each sentence, measurements, what became of earlier
/// lesions, the figures, and the seal. Pure: equal arguments give equal documents.
view::Document reportDocument(const CaseRecord& record, const std::optional<Version>& version,
                              std::vector<view::Figure> keyImages, Time now);

}  // namespace attest::workflow
