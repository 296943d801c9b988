#include "core/workflow/services.h"

namespace attest::workflow {

Services::Services(std::filesystem::path home, std::unique_ptr<casedb::CaseDb> db, const Clock& clock,
                   std::shared_ptr<const Pictures> pictures)
    : home_(std::move(home)), clock_(clock), db_(std::move(db)), pictures_(std::move(pictures)) {}

Result<std::unique_ptr<Services>> Services::open(const std::filesystem::path& home, const Clock& clock,
                                                 std::shared_ptr<const Pictures> pictures) {
  ATTEST_TRY(auto db, casedb::CaseDb::open(home, clock));
  return std::unique_ptr<Services>(new Services(home, std::move(db), clock, std::move(pictures)));
}

}  // namespace attest::workflow
