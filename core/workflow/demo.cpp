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

Result<bool> hasAllImages(Services& services, const CaseId& id, const std::filesystem::path& folder) {
  ATTEST_TRY(const auto files, services.db().files(id));
  std::error_code error;
  const auto inFolder = std::distance(std::filesystem::directory_iterator(folder, error), {});
  return !error && std::cmp_equal(inFolder, files.size());
}

void tell(const DemoProgress& progress, DemoStep step, const DemoStudy& study) {
  if (progress) progress(step, study.name);
}

class Maker {
 public:
  Maker(Services& services, double coarser, std::stop_token stop, const DemoProgress& progress)
      : services_(services), coarser_(coarser), stop_(std::move(stop)), progress_(progress) {}

  /// Runs the agents where they have not run, and finishes what a stopped call began.
  Result<> analyzeOnce(const CaseId& id, Study study) {
    ATTEST_TRY(auto runs, services_.db().runs(id));
    if (std::ranges::any_of(runs, [](const Run& run) { return run.state == RunState::done; })) return {};
    tell(progress_, DemoStep::analysis, demoStudy(study, coarser_));
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
  Result<> signOnce(const CaseId& id, Study study) {
    ATTEST_TRY(const auto record, services_.db().record(id));
    if (!record.versions.empty()) return {};
    tell(progress_, DemoStep::signature, demoStudy(study, coarser_));
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
  Services& services_;
  double coarser_;
  std::stop_token stop_;
  const DemoProgress& progress_;
};

}  // namespace

Result<CaseId> importDemoStudy(Services& services, Study which, double coarser, const std::string& actor,
                               std::stop_token stop, const DemoProgress& progress) {
  const DemoStudy study = demoStudy(which, coarser);
  const auto folder = services.home() / "demo";
  if (const auto known = services.db().resolve(study.uid.value);
      known && std::filesystem::exists(folder / study.name)) {
    ATTEST_TRY(const bool isWhole, hasAllImages(services, *known, folder / study.name));
    if (isWhole) return *known;
  }
  tell(progress, DemoStep::images, study);
  ATTEST_CHECK(writeDemoStudy(folder, study, services.pool().parallel(), stop));
  tell(progress, DemoStep::import, study);
  ATTEST_TRY(const auto report, importPaths(services, {{folder / study.name}, true, actor}, stop));
  if (report.wasCancelled) return fail(ErrorCode::cancelled);
  if (report.cases.size() != 1 || !report.skipped.empty())
    return fail(ErrorCode::bad_file,
                "the images in " + (folder / study.name).string() + " are not as they were made");
  return report.cases.front();
}

Result<Demo> makeDemo(Services& services, double coarser, std::stop_token stop,
                      const DemoProgress& progress) {
  ATTEST_CHECK(enrol(services));
  ATTEST_CHECK(leaveHint(services));
  Demo demo;
  for (const Study study : demoStudies) {
    ATTEST_TRY(auto id, importDemoStudy(services, study, coarser, demoReader, stop, progress));
    demo.cases.insert(demo.cases.begin(), std::move(id));
  }
  Maker maker(services, coarser, stop, progress);
  ATTEST_CHECK(maker.analyzeOnce(demo.cases[1], Study::prior));
  ATTEST_CHECK(maker.signOnce(demo.cases[1], Study::prior));
  ATTEST_CHECK(maker.analyzeOnce(demo.cases[0], Study::current));
  ATTEST_CHECK(maker.analyzeOnce(demo.cases[2], Study::clear));
  return demo;
}

}  // namespace attest::workflow
