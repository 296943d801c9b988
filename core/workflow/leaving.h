#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/workflow/services.h"

namespace attest::workflow {

using ImageFiles = std::map<SopUid, casedb::StoredFile>;

/// A case as it leaves the house: a signed one as its last version's document says, whatever came since;
/// another one as it is now.
struct Leaving {
  CaseRecord record;
  std::optional<Version> version;  ///< none: unsigned
  ImageFiles files;                ///< with the hashes that the bytes must have
};
/// Errors: not_found, corrupt (a document that does not fit its signature).
Result<Leaving> leavingOf(Services& services, const CaseId& id);

/// The files of a block in its order. Errors: not_found, saying how many are gone.
Result<std::vector<casedb::StoredSlice>> slicesOf(const ImageFiles& files, const Block& block);

enum class Checked { all, inPlace };  ///< what lies in the store does not change by itself
/// Reads the files of a block. Errors: corrupt, saying how many have other bytes than came in; not_found, io.
Result<> expectUnchanged(Services& services, const ImageFiles& files, const Block& block, Checked which);

}  // namespace attest::workflow
