#pragma once

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/workflow/services.h"

namespace attest::workflow {

// What opening and reading a case leaves in the case database. The reader is asked again inside the
// transaction.

/// Opening is an event of the trail; it begins the reading of a case that nobody signed, which then is that
/// reader's. Errors: not_found, not_allowed.
Result<CaseRecord> openCase(Services& services, const CaseId& id, const ReaderId& reader);
/// An earlier study is looked at beside another one: an event of its trail, nothing else. Errors: as above.
Result<CaseRecord> openPrior(Services& services, const CaseId& id, const ReaderId& reader);
/// The reader has finished their own read and may see what agents propose. Errors: as above.
Result<CaseRecord> markReadDone(Services& services, const CaseId& id, const ReaderId& reader);
/// Opens the case that was signed again, as this reader's: what changed since, and what they change now,
/// becomes its next version when it is signed; until then the last one is what leaves. Where one is open
/// already nothing happens. Errors: conflict (nobody signed it), and as above.
Result<CaseRecord> openAddendum(Services& services, const CaseId& id, const ReaderId& reader);
/// Errors: as above.
Result<> setPriority(Services& services, const CaseId& id, Priority priority, const ReaderId& reader);

/// The reader with their key, or an error that says that there is none of this name.
Result<Reader> readerOf(Services& services, const ReaderId& id);

}  // namespace attest::workflow
