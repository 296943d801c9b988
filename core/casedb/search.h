#pragma once

// Inside the room only.

#include <string>
#include <string_view>

namespace attest::casedb {

/// What a person typed as an FTS5 query; empty where it holds no word. Words match beginnings, whatever their
/// case, accents, normal form and width ("muller" and "mueller" find Müller, fold.h), in what is said of the
/// patient, the study and the status; all must match. "field:value" looks in one field (name or patient, id,
/// description, modality, status, body, accession); quotes hold words together. The rest matches whole:
/// priority:stat, reader:NAME, is:unread, is:changed (since it was signed), is:undelivered. Whatever is typed
/// is a valid query.
std::string ftsQuery(std::string_view typed);

/// What a row of the same person matches: all words of the family and given name (DICOM PN), or their
/// beginnings. Empty where there is none.
std::string nameQuery(std::string_view name);

}  // namespace attest::casedb
