// From case to case: how long until the next case of the queue has its images on screen, when the program had
// time to bring them into memory, beside the same case straight from disk. Everything but the painting: the
// session's head, its effects, the case database. Each case has 300 x 512 x 512 voxels and a prior as large.
#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "core/session/update.h"
#include "core/workflow/effects.h"
#include "core/workflow/import.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

namespace {

using namespace attest;
namespace action = session::action;
using Clock = std::chrono::steady_clock;

constexpr int patients = 4;
constexpr const char* secret = "a good secret";

/// The window's place: holds the state, performs what it asks for.
class Player {
 public:
  explicit Player(workflow::Services& services)
      : effects_(services, [this](session::Action action) {
          const std::lock_guard lock(mutex_);
          inbox_.push_back(std::move(action));
          arrived_.notify_one();
        }) {
    for (const auto& effect : session::start()) effects_.perform(effect);
  }
  const session::State& state() const { return state_; }
  void dispatch(const session::Action& action) {
    auto [next, asked] = session::update(std::move(state_), action);
    state_ = std::move(next);
    for (const auto& effect : asked) effects_.perform(effect);
  }
  /// Plays on until it holds.
  template <class F>
  void until(F&& holds) {
    while (!holds(state_)) {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return !inbox_.empty(); });
      const auto actions = std::exchange(inbox_, {});
      lock.unlock();
      for (const auto& action : actions) dispatch(action);
    }
  }

 private:
  session::State state_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<session::Action> inbox_;
  workflow::Effects effects_;  // the last, so that nothing is posted into what is gone
};

bool isOnScreen(const session::State& state) {
  const auto& viewports = state.reading->layout.viewports;
  return !viewports.empty() && std::ranges::all_of(viewports, [&](const view::ViewportState& viewport) {
    return session::shownVolume(*state.reading, viewport) != nullptr;
  });
}

/// Opens and waits; seconds until every viewport has its voxels.
double open(Player& player, const session::Action& opening) {
  const std::optional<CaseId> before = player.state().reading->caseId;
  const auto start = Clock::now();
  player.dispatch(opening);
  player.until([&](const session::State& state) {
    return state.reading->caseId && state.reading->caseId != before && isOnScreen(state);
  });
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

int main() {
  const test::TempDir folder;
  const auto phantom = test::makeChestPhantom({512, 512, 300}, {0.7, 0.7, 1.25});
  const auto services = workflow::Services::open(folder.path() / "home").value();
  std::vector<CaseId> cases;
  for (int patient = 0; patient < patients; ++patient) {
    for (const char* date : {"20260501", "20260801"}) {
      test::CtOptions options;
      options.patientId = "P" + std::to_string(patient);
      options.studyDate = date;
      const auto place = folder.path() / (options.patientId + date);
      test::writeCt(place, *phantom.volume, options);
      cases.push_back(workflow::importPaths(*services, {{place}, true}, {}).value().cases.front());
    }
  }
  Player player(*services);
  player.until([](const session::State& s) { return s.signIn->phase == session::SignInPhase::first_reader; });
  player.dispatch(session::SignInAction{action::CreateFirstReader{"bench", secret}});
  player.until([](const session::State& s) { return s.signIn->phase == session::SignInPhase::signed_in; });

  const double cold = open(player, session::ReadingAction{action::OpenCase{cases.back()}});
  std::vector<double> warm;
  for (int n = 0; n < patients; ++n) {
    player.until([](const session::State& s) { return s.queue->ready.size() == session::casesAhead; });
    warm.push_back(open(player, session::QueueAction{action::OpenNext{}}));
  }
  std::ranges::sort(warm);
  const double median = warm[warm.size() / 2];
  std::cout << nlohmann::json({{"bench", "queue"},
                               {"from_disk_s", cold},
                               {"prefetched_s", median},
                               {"prefetched_worst_s", warm.back()},
                               {"times_faster", cold / median}})
                   .dump(2)
            << "\n";
}
