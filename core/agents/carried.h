#pragma once

#include <string>

#include "core/domain/case_record.h"

namespace attest::agents {

/// Days from one DICOM date (DA) to another; 0 where one is no date.
int daysBetween(const std::string& from, const std::string& to);

/// The comparison of a study with an earlier one, with all lesions that are carried from it: its findings
/// that a person stands for, and those that could not be evaluated there. Not aligned: no lesion has a place
/// yet.
Comparison carryOver(const CaseRecord& prior, const CaseRecord& record);

/// Gives the lesions their places, once blocks, transform and error of the comparison are known. One on
/// images of another frame of reference than its block's has none.
void place(Comparison& comparison, const CaseRecord& prior);

}  // namespace attest::agents
