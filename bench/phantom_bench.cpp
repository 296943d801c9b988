// The agents on the demonstration's phantoms, beside the truth they were made from (and so the peer of these
// figures): lungs, nodules found and missed, volumes, diameters, growth, new and resolved lesions. A table on
// standard error, a JSON document on standard output; exit code 1 where a limit of the issue is missed.
//   phantom_bench [HOME]    HOME keeps what was made for the next call
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/review/review.h"
#include "core/workflow/analyze.h"
#include "core/workflow/demo.h"
#include "core/workflow/demo_study.h"
#include "core/workflow/review.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace attest;
namespace phantom = imaging::phantom;

// What the issue asks for.
constexpr double leastDice = 0.97;
constexpr double mustFindMm = 5.9;  // 6 mm, as made
constexpr double smallVolumeError = 0.20;
constexpr double largeFromMm = 7.9;
constexpr double largeVolumeError = 0.10;
constexpr double mostDiameterErrorMm = 1.5;
constexpr int mostFalseShown = 1;
constexpr double mostGrowthError = 0.20;

std::vector<std::string> missed;

void expect(bool good, const std::string& what) {
  if (!good) missed.push_back(what);
}

bool isShown(const Item& item) {
  return std::ranges::find(item.flags, review::flagBelowThreshold) == item.flags.end();
}

/// The finding at a nodule's place: shown ones first, then the nearest.
const Item* findingOf(const CaseRecord& record, const phantom::Nodule& nodule) {
  const Item* best = nullptr;
  double least = std::max(nodule.longestMm / 2, 3.0);
  for (const bool shown : {true, false}) {
    for (const Item& item : record.items) {
      if (item.kind != ItemKind::finding || isShown(item) != shown) continue;
      const double far = length(item.measurement.centroidMm - nodule.centerMm);
      if (far < least) {
        least = far;
        best = &item;
      }
    }
    if (best != nullptr) break;
  }
  return best;
}

double lungDice(workflow::Services& services, const CaseRecord& record, const phantom::Truth& truth) {
  std::optional<imaging::Mask> found;
  for (const Item& item : record.items) {
    if (item.code.value != "39607008") continue;  // lung
    const auto mask = workflow::loadMask(services, item);
    if (!mask) continue;
    found = found ? *found | **mask : **mask;
  }
  return found ? imaging::dice(*found, truth.rightLung | truth.leftLung) : 0;
}

/// A study beside its truth. `found` gets each nodule's finding.
nlohmann::json compare(const std::string& study, const CaseRecord& record, const phantom::Truth& truth,
                       std::map<std::string, const Item*>& found) {
  nlohmann::json rows = nlohmann::json::array();
  std::fprintf(stderr, "\n%s\n  %-4s %8s %12s %10s %12s %10s  %s\n", study.c_str(), "", "mm", "shown",
               "volume", "error", "longest", "mm off");
  for (const phantom::Nodule& nodule : truth.nodules) {
    const Item* item = findingOf(record, nodule);
    const bool shown = item != nullptr && isShown(*item);
    if (item != nullptr) found[nodule.name] = item;
    const std::string who = study + " " + nodule.name;
    nlohmann::json row{{"name", nodule.name}, {"diameter_mm", nodule.diameterMm}, {"shown", shown}};
    if (nodule.diameterMm >= mustFindMm) expect(shown, who + " is not shown");
    double error = NAN;
    double off = NAN;
    if (item != nullptr) {
      error = item->measurement.volumeMm3 / nodule.volumeMm3 - 1;
      off = item->measurement.longestMm.value_or(0) - nodule.longestMm;
      row["volume_error"] = error;
      row["longest_error_mm"] = off;
      if (nodule.diameterMm >= mustFindMm) {
        expect(std::abs(error) <= (nodule.diameterMm >= largeFromMm ? largeVolumeError : smallVolumeError),
               who + " has another volume");
        expect(std::abs(off) <= mostDiameterErrorMm, who + " has another longest diameter");
      }
    }
    std::fprintf(stderr, "  %-4s %8.1f %12s %10.0f %11.1f%% %10.1f  %+.2f%s\n", nodule.name.c_str(),
                 nodule.diameterMm,
                 shown             ? "yes"
                 : item != nullptr ? "below"
                                   : "NO",
                 nodule.volumeMm3, 100 * error, nodule.longestMm, off,
                 nodule.touchesPleura   ? "  pleura"
                 : nodule.touchesVessel ? "  vessel"
                                        : "");
    rows.push_back(row);
  }
  return rows;
}

int falseShown(const CaseRecord& record, const std::map<std::string, const Item*>& found) {
  int count = 0;
  for (const Item& item : record.items) {
    if (item.kind != ItemKind::finding || !isShown(item) || item.state == ItemState::dismissed) continue;
    const bool isTrue =
        std::ranges::any_of(found, [&](const auto& pair) { return pair.second->id == item.id; });
    if (isTrue) continue;
    ++count;
    const Vec3 at = item.measurement.centroidMm;
    std::fprintf(stderr, "  false: %s at %.0f %.0f %.0f mm, %.0f mm3\n", item.label.c_str(), at.x, at.y, at.z,
                 item.measurement.volumeMm3);
  }
  return count;
}

using Found = std::map<std::string, const Item*>;

/// Growth of the lesions of both studies, and what the comparison says of the new and the resolved one.
nlohmann::json compareInTime(const CaseRecord& current, const phantom::Truth& now, const Found& foundNow,
                             const phantom::Truth& then, const Found& foundThen) {
  nlohmann::json rows = nlohmann::json::array();
  std::fprintf(stderr, "\nsince the prior\n");
  for (const phantom::Nodule& nodule : now.nodules) {
    const auto before = std::ranges::find(then.nodules, nodule.name, &phantom::Nodule::name);
    const auto item = foundNow.find(nodule.name);
    const auto& earlier = item == foundNow.end() ? std::nullopt : item->second->earlier;
    if (before == then.nodules.end()) {
      expect(item != foundNow.end() && !earlier, nodule.name + " is not named as new");
      std::fprintf(stderr, "  %-4s new: %s\n", nodule.name.c_str(), earlier ? "NO" : "yes");
      continue;
    }
    const double factor = nodule.volumeMm3 / before->volumeMm3;
    const bool mustPair = nodule.diameterMm >= mustFindMm && before->diameterMm >= mustFindMm;
    if (mustPair) expect(earlier.has_value(), nodule.name + " is not paired with its earlier self");
    if (!earlier) {
      std::fprintf(stderr, "  %-4s x %.2f: not paired\n", nodule.name.c_str(), factor);
      continue;
    }
    const auto same = foundThen.find(nodule.name);
    expect(same != foundThen.end() && same->second->id == earlier->item,
           nodule.name + " is paired with another lesion");
    const double measured = item->second->measurement.volumeMm3 / earlier->measurement.volumeMm3;
    if (mustPair)
      expect(std::abs(measured / factor - 1) <= mostGrowthError, nodule.name + " has another growth");
    std::fprintf(stderr, "  %-4s x %.2f measured %.2f\n", nodule.name.c_str(), factor, measured);
    rows.push_back({{"name", nodule.name}, {"factor", factor}, {"measured", measured}});
  }
  for (const phantom::Nodule& nodule : then.nodules) {
    if (std::ranges::find(now.nodules, nodule.name, &phantom::Nodule::name) != now.nodules.end()) continue;
    const auto item = foundThen.find(nodule.name);
    const CarriedLesion* lesion = item == foundThen.end() || !current.comparison
                                      ? nullptr
                                      : review::findLesion(current, item->second->id);
    const bool isNamed = lesion != nullptr && !lesion->match;
    expect(isNamed, nodule.name + " is not named as resolved");
    std::fprintf(stderr, "  %-4s resolved: %s\n", nodule.name.c_str(), isNamed ? "yes" : "NO");
  }
  return rows;
}

/// How far the registration takes the middle of the chest from where it belongs.
double registrationErrorMm(const CaseRecord& current, const phantom::Truth& now, const phantom::Truth& then) {
  if (!current.comparison || now.nodules.empty()) return NAN;
  const RigidTransform toCurrent = current.comparison->toCurrent;
  double most = 0;
  for (const phantom::Nodule& nodule : now.nodules)
    most = std::max(most, length(toCurrent(then.fromCurrent(nodule.centerMm)) - nodule.centerMm));
  return most;
}

struct Judged {
  CaseRecord record;
  phantom::Truth truth;
  Found found;
};

Result<Judged> judge(workflow::Services& services, const CaseId& id, phantom::Study which,
                     nlohmann::json& document) {
  const workflow::DemoStudy study = workflow::demoStudy(which, 1);
  Judged judged;
  ATTEST_TRY(judged.record, services.db().record(id));
  ATTEST_TRY(judged.truth, phantom::makeTruth(study.phantom, {}));
  const auto rows = compare(study.name, judged.record, judged.truth, judged.found);
  const double dice = lungDice(services, judged.record, judged.truth);
  const int wrong = falseShown(judged.record, judged.found);
  expect(dice >= leastDice, study.name + ": the lungs' Dice is too low");
  expect(wrong <= mostFalseShown, study.name + ": too many false findings");
  double seconds = 0;
  if (!judged.record.runs.empty())
    for (const Step& step : judged.record.runs.back().steps) seconds += step.seconds;
  std::fprintf(stderr, "  lungs: Dice %.4f; %d false; the agents took %.1f s\n", dice, wrong, seconds);
  document[study.name] = {
      {"lung_dice", dice}, {"nodules", rows}, {"false_shown", wrong}, {"agent_seconds", seconds}};
  return judged;
}

Result<> measure(const std::filesystem::path& home) {
  ATTEST_TRY(const auto services, workflow::Services::open(home));
  nlohmann::json document;
  const auto start = std::chrono::steady_clock::now();
  ATTEST_TRY(const auto demo, workflow::makeDemo(*services, 1, {}));
  document["demo_seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ATTEST_TRY(const auto prior, judge(*services, demo.cases[1], phantom::Study::prior, document));
  ATTEST_TRY(const auto current, judge(*services, demo.cases[0], phantom::Study::current, document));
  ATTEST_TRY(const auto clear, judge(*services, demo.cases[2], phantom::Study::clear, document));
  document["growth"] = compareInTime(current.record, current.truth, current.found, prior.truth, prior.found);
  document["registration_error_mm"] = registrationErrorMm(current.record, current.truth, prior.truth);
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  document["peak_mb"] = static_cast<double>(used.ru_maxrss) / 1024;
  document["missed"] = missed;
  std::cout << document.dump(2) << "\n";
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const test::TempDir folder;
  const auto done = measure(argc > 1 ? std::filesystem::path(argv[1]) : folder / "home");
  if (!done) {
    std::cerr << name(done.error().code) << ": " << done.error().detail << "\n";
    return 1;
  }
  for (const std::string& what : missed) std::cerr << "MISSED: " << what << "\n";
  return missed.empty() ? 0 : 1;
}
