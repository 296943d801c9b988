#pragma once

#include <condition_variable>
#include <future>
#include <mutex>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/workflow/effects.h"
#include "core/workflow/users.h"
#include "tests/core/workflow/home.h"

namespace attest::workflow::test {

/// What the effects answered, in its order; filled from every thread.
class Answers {
 public:
  void add(session::Action action) {
    const std::lock_guard lock(mutex_);
    actions_.push_back(std::move(action));
    arrived_.notify_all();
  }
  /// Those of one kind, so far.
  template <class A>
  std::vector<A> all() {
    const std::lock_guard lock(mutex_);
    return found<A>();
  }
  /// Waits for the first of a kind for which `fits` holds.
  template <class A, class F>
  A await(F&& fits) {
    std::unique_lock lock(mutex_);
    while (true) {
      for (A& one : found<A>())
        if (fits(one)) return std::move(one);
      arrived_.wait(lock);
    }
  }
  template <class A>
  A await() {
    return await<A>([](const A&) { return true; });
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return actions_.size();
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    actions_.clear();
  }

 private:
  template <class A>
  std::vector<A> found() const {
    std::vector<A> list;
    const auto keep = [&](const auto& one) {
      if constexpr (std::is_same_v<std::decay_t<decltype(one)>, A>) list.push_back(one);
    };
    for (const auto& action : actions_)
      std::visit([&](const auto& topic) { std::visit(keep, topic); }, action);
    return list;
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<session::Action> actions_;
};

/// Of the pool's network lane.
inline constexpr int networkThreads = 6;

/// Keeps every thread of a lane busy until it is told, or goes.
class BusyLane {
 public:
  BusyLane(jobs::Pool& pool, jobs::Lane lane, int threads) {
    std::vector<std::future<void>> began;
    for (int i = 0; i < threads; ++i) {
      auto here = std::make_shared<std::promise<void>>();
      began.push_back(here->get_future());
      pool.submit(lane, jobs::Urgency::visible, [here, freed = freed_](std::stop_token) {
        here->set_value();
        freed.wait();
      });
    }
    for (auto& one : began) one.wait();
  }
  ~BusyLane() { free(); }
  BusyLane(const BusyLane&) = delete;
  BusyLane& operator=(const BusyLane&) = delete;
  void free() {
    if (!std::exchange(isFree_, true)) go_.set_value();
  }

 private:
  std::promise<void> go_;
  std::shared_future<void> freed_ = go_.get_future().share();
  bool isFree_ = false;
};

/// A home with a reader and a case, and effects whose answers are collected.
class EffectsTest : public HomeTest {
 protected:
  void SetUp() override {
    admin_ = enroll("anna", {Role::attending, Role::admin});
    id_ = importChest();
    finding_ = propose(id_, boxMask({10, 10, 5}, {12, 12, 6}));
    start();
  }
  void start() {
    effects_ = std::make_unique<Effects>(*services_,
                                         [this](session::Action action) { answers_.add(std::move(action)); });
  }
  /// What is queued is worked off from now on.
  void startAgents() {
    answers_.clear();
    effects_->perform(session::effect::StartServices{});
    answers_.await<session::action::ListenerChanged>();
  }
  /// Performs it and waits until nothing is left to do.
  void perform(const session::Effect& effect) {
    answers_.clear();
    effects_->perform(effect);
    services_->pool().drain();
  }
  /// The one answer of that kind.
  template <class A>
  A answer(const session::Effect& effect) {
    perform(effect);
    auto all = answers_.all<A>();
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? A{} : std::move(all.front());
  }
  void finishReview() {
    ASSERT_TRUE(submit(*services_, id_, {review::Verdict{review::Accept{finding_}}, ReadDone{}}, admin_));
    writeReport(id_, admin_);
  }

  const ReaderId anna_{"anna"};
  Reader admin_;
  const CaseId nowhere_{"no-such-case"};
  CaseId id_;
  ItemId finding_;
  Answers answers_;
  std::unique_ptr<Effects> effects_;  // the last: it answers into the others until it is gone
};

}  // namespace attest::workflow::test
