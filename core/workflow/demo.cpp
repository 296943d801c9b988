#include "core/workflow/demo.h"

#include <algorithm>
#include <utility>

#include "core/workflow/analyze.h"
#include "core/workflow/demo_study.h"
#include "core/workflow/import.h"
#include "core/workflow/review.h"
#include "core/workflow/sign.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

using imaging::phantom::Study;

Result<> enrol(Services& services) {
  ATTEST_TRY(const auto readers, services.db().readers());
  if (std::ranges::any_of(readers, [](const Reader& one) { return one.id.value == demoReader; })) return {};
  if (!readers.empty())
    return fail(ErrorCode::not_allowed,
                "readers work in this home already; make the demonstration in a home of its own: --home DIR");
  ATTEST_CHECK(createReader(services, demoReader, {}, demoSecret, nullptr));
  return {};
}

Result<> leaveHint(Services& services) {
  ATTEST_TRY(const auto hint, services.db().setting(demoHintKey));
  if (hint) return {};
  return services.db().write(
      {"system", "settings", demoHintKey, "the reader of the demonstration"},
      [](casedb::WriteTx& tx, AuditEvent&) { return tx.setSetting(demoHintKey, demoSecret); });
}

bool hasFlag(const Item& item, const char* flag) {
  return std::ranges::find(item.flags, flag) != item.flags.end();
}

class Maker {
 public:
  Maker(Services& services, std::stop_token stop, const DemoProgress& progress)
      : services_(services), stop_(std::move(stop)), progress_(progress) {}

  /// The study as a case with all its images.
  Result<CaseId> bring(const DemoStudy& study) {
    const auto folder = services_.home() / "demo";
    if (const auto known = services_.db().resolve(study.uid.value);
        known && std::filesystem::exists(folder / study.name)) {
      ATTEST_TRY(const bool isWhole, hasAllImages(*known, folder / study.name));
      if (isWhole) return *known;
    }
    tell(DemoStep::images, study);
    ATTEST_CHECK(writeDemoStudy(folder, study, services_.pool().parallel(), stop_));
    tell(DemoStep::import, study);
    ATTEST_TRY(const auto report, importPaths(services_, {{folder / study.name}, true, demoReader}, stop_));
    if (report.wasCancelled) return fail(ErrorCode::cancelled);
    if (report.cases.size() != 1 || !report.skipped.empty())
      return fail(ErrorCode::bad_file,
                  "the images in " + (folder / study.name).string() + " are not as they were made");
    return report.cases.front();
  }

  /// Runs the agents where they have not run, and finishes what a stopped call began.
  Result<> analyzeOnce(const CaseId& id, const DemoStudy& study) {
    ATTEST_TRY(auto runs, services_.db().runs(id));
    if (std::ranges::any_of(runs, [](const Run& run) { return run.state == RunState::done; })) return {};
    tell(DemoStep::analysis, study);
    std::vector<RunId> active;
    for (const Run& run : runs)
      if (isActive(run)) active.push_back(run.id);
    if (active.empty()) {
      ATTEST_TRY(runs, analyze(services_, {id}, Priority::routine, "default", demoReader, stop_));
    } else {
      const auto agents = makeOrchestrator(services_);
      ATTEST_TRY(runs, finishRuns(services_, *agents, active, stop_));
    }
    if (stop_.stop_requested()) return fail(ErrorCode::cancelled);
    if (runs.empty() || runs.back().state != RunState::done)
      return fail(ErrorCode::internal, "the agents did not finish: `attest runs` says why");
    return {};
  }

  /// What was found is accepted as it is, and signed.
  Result<> signOnce(const CaseId& id, const DemoStudy& study) {
    ATTEST_TRY(const auto record, services_.db().record(id));
    if (!record.versions.empty()) return {};
    tell(DemoStep::signature, study);
    ATTEST_TRY(const auto reader, authenticate(services_, ReaderId{demoReader}, demoSecret));
    std::vector<Act> acts{review::Verdict{review::ConfirmStructures{}},
                          review::Verdict{review::DismissBelowThreshold{}}};
    for (const Item& item : record.items) {
      if (item.kind != ItemKind::finding || item.state != ItemState::proposed) continue;
      if (hasFlag(item, review::flagBelowThreshold)) continue;
      acts.emplace_back(review::Verdict{review::Accept{item.id}});
      if (hasFlag(item, review::flagCritical))
        acts.emplace_back(review::Verdict{review::Acknowledge{item.id}});
    }
    ATTEST_CHECK(submit(services_, id, acts, reader));
    ATTEST_TRY(const auto outcome, signCase(services_, {id, std::nullopt}, reader, demoSecret));
    if (outcome.version) return {};
    std::string missing;
    for (const auto& one : outcome.missing)
      missing += std::string(missing.empty() ? "" : ", ") + name(one.code);
    return fail(ErrorCode::not_signable, "the earlier study cannot be signed: " + missing);
  }

 private:
  void tell(DemoStep step, const DemoStudy& study) const {
    if (progress_) progress_(step, study.name);
  }

  Result<bool> hasAllImages(const CaseId& id, const std::filesystem::path& folder) const {
    ATTEST_TRY(const auto files, services_.db().files(id));
    std::error_code error;
    const auto inFolder = std::distance(std::filesystem::directory_iterator(folder, error), {});
    return !error && std::cmp_equal(inFolder, files.size());
  }

  Services& services_;
  std::stop_token stop_;
  const DemoProgress& progress_;
};

}  // namespace

Result<Demo> makeDemo(Services& services, double coarser, std::stop_token stop,
                      const DemoProgress& progress) {
  ATTEST_CHECK(enrol(services));
  ATTEST_CHECK(leaveHint(services));
  Maker maker(services, stop, progress);
  // The case to read comes last, and so stands first in the worklist.
  const DemoStudy clear = demoStudy(Study::clear, coarser);
  const DemoStudy prior = demoStudy(Study::prior, coarser);
  const DemoStudy current = demoStudy(Study::current, coarser);
  ATTEST_TRY(const CaseId clearCase, maker.bring(clear));
  ATTEST_TRY(const CaseId priorCase, maker.bring(prior));
  ATTEST_CHECK(maker.analyzeOnce(priorCase, prior));
  ATTEST_CHECK(maker.signOnce(priorCase, prior));
  ATTEST_TRY(const CaseId currentCase, maker.bring(current));
  ATTEST_CHECK(maker.analyzeOnce(currentCase, current));
  ATTEST_CHECK(maker.analyzeOnce(clearCase, clear));
  return Demo{{currentCase, priorCase, clearCase}};
}

}  // namespace attest::workflow
