#pragma once

// Inside the room only.

#include <string>
#include <string_view>

namespace attest::casedb {

/// What a person typed as an FTS5 query; empty where it holds no word. Words match beginnings, in any field;
/// all must match. "field:value" looks in one field (name or patient, id, description, modality, status,
/// body, accession); quotes hold words together. Whatever is typed is a valid query.
std::string ftsQuery(std::string_view typed);

}  // namespace attest::casedb
