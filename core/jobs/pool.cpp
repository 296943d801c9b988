#include "core/jobs/pool.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace attest::jobs {
namespace {

using Work = std::function<void(std::stop_token)>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t laneCount = 5;

/// What the job on this thread was submitted with; the window's thread is waited for by a person.
thread_local Urgency currentUrgency = Urgency::visible;

struct Task {
  std::stop_source stop;
  Work work;
};

/// One call of forEach: pieces are taken under its lock, so that the caller knows when the last one that
/// began has ended.
class Pieces {
 public:
  using Body = std::function<void(std::size_t, std::size_t)>;
  Pieces(std::size_t count, std::size_t grain, std::stop_token stop, const Body& body)
      : count_(count), grain_(std::max<std::size_t>(grain, 1)), stop_(std::move(stop)), body_(body) {}

  std::size_t total() const { return (count_ + grain_ - 1) / grain_; }
  /// Works on one piece; false when there is none left. A helper that comes after the caller has left gets
  /// none, so `body` is not touched when it is gone.
  bool takeOne() {
    std::size_t begin = 0;
    {
      const std::lock_guard lock(mutex_);
      if (next_ >= count_ || stop_.stop_requested()) return false;
      begin = next_;
      next_ += std::min(grain_, count_ - next_);
      ++running_;
    }
    body_(begin, std::min(begin + grain_, count_));
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) idle_.notify_all();
    return next_ < count_;
  }
  /// Closes it, then waits for the pieces that began.
  void finish() {
    std::unique_lock lock(mutex_);
    next_ = count_;
    idle_.wait(lock, [this] { return running_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable idle_;
  const std::size_t count_;
  const std::size_t grain_;
  std::size_t next_ = 0;
  std::size_t running_ = 0;
  const std::stop_token stop_;
  const Body& body_;
};

}  // namespace

struct Pool::State : Parallel {
  struct Queue {
    std::condition_variable_any wake;
    std::map<std::pair<Urgency, std::uint64_t>, Task> waiting;
  };
  struct Timed {
    Lane lane;
    std::chrono::milliseconds period;
    Task task;
  };

  State() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::array<std::size_t, laneCount> counts{2, cores, 1, 6, 1};
    for (std::size_t lane = 0; lane < laneCount; ++lane) {
      for (std::size_t i = 0; i < counts[lane]; ++i) {
        threads_.emplace_back([this, lane](std::stop_token stop) { serve(queues_[lane], stop); });
      }
    }
    helpers_ = cores;
    threads_.emplace_back([this](std::stop_token stop) { keepTime(stop); });
  }

  ~State() override {
    std::array<decltype(Queue::waiting), laneCount>
        dropped;  // destroyed without the lock: captures may do anything
    {
      const std::lock_guard lock(mutex_);
      leaving_ = true;
      for (std::size_t lane = 0; lane < laneCount; ++lane) dropped[lane].swap(queues_[lane].waiting);
      for (auto& [id, stop] : running_) stop.request_stop();
    }
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
  }

  void add(Lane lane, Urgency urgency, Task task) {
    const std::lock_guard lock(mutex_);
    if (leaving_) return;
    Queue& queue = queues_[static_cast<std::size_t>(lane)];
    queue.waiting.emplace(std::pair{urgency, ++sequence_}, std::move(task));
    queue.wake.notify_one();
  }

  void addTimed(SteadyTime due, Timed timed) {
    const std::lock_guard lock(mutex_);
    timed_.emplace(due, std::move(timed));
    clockWake_.notify_one();
  }

  void serve(Queue& queue, const std::stop_token& leave) {
    std::unique_lock lock(mutex_);
    while (queue.wake.wait(lock, leave, [&] { return !queue.waiting.empty(); })) {
      auto node = queue.waiting.extract(queue.waiting.begin());
      const auto [urgency, id] = node.key();
      Task& task = node.mapped();
      running_.emplace(id, task.stop);
      lock.unlock();
      currentUrgency = urgency;
      if (!task.stop.stop_requested()) task.work(task.stop.get_token());
      task.work = nullptr;
      lock.lock();
      running_.erase(id);
      if (running_.empty()) idle_.notify_all();
    }
  }

  void keepTime(const std::stop_token& leave) {
    std::unique_lock lock(mutex_);
    while (!leave.stop_requested()) {
      if (timed_.empty()) {
        clockWake_.wait(lock, leave, [this] { return !timed_.empty(); });
        continue;
      }
      const SteadyTime due = timed_.begin()->first;
      if (std::chrono::steady_clock::now() < due) {
        clockWake_.wait_until(lock, leave, due,
                              [&] { return !timed_.empty() && timed_.begin()->first < due; });
        continue;
      }
      Timed timed = std::move(timed_.extract(timed_.begin()).mapped());
      lock.unlock();
      start(std::move(timed));
      lock.lock();
    }
  }

  void start(Timed timed) {
    const Lane lane = timed.lane;
    const std::stop_source stop = timed.task.stop;
    add(lane, Urgency::next, {stop, [this, timed = std::move(timed)](std::stop_token token) mutable {
                                timed.task.work(token);
                                const SteadyTime due = std::chrono::steady_clock::now() + timed.period;
                                if (!token.stop_requested()) addTimed(due, std::move(timed));
                              }});
  }

  void forEach(std::size_t count, std::size_t grain, std::stop_token stop,
               const std::function<void(std::size_t, std::size_t)>& body) override {
    const auto pieces = std::make_shared<Pieces>(count, grain, std::move(stop), body);
    const std::size_t helpers = std::min(helpers_, std::max<std::size_t>(pieces->total(), 1) - 1);
    for (std::size_t i = 0; i < helpers; ++i) help(pieces, currentUrgency);
    while (pieces->takeOne()) {
    }
    pieces->finish();
  }

  /// One piece, then to the back of the queue: more urgent work gets in between.
  void help(const std::shared_ptr<Pieces>& pieces, Urgency urgency) {
    add(Lane::cpu, urgency, {{}, [this, pieces, urgency](const std::stop_token&) {
                               if (pieces->takeOne()) help(pieces, urgency);
                             }});
  }

  bool isIdle() const {
    return running_.empty() &&
           std::ranges::all_of(queues_, [](const Queue& queue) { return queue.waiting.empty(); });
  }

  std::mutex mutex_;
  std::condition_variable idle_;
  std::condition_variable_any clockWake_;
  std::array<Queue, laneCount> queues_;
  std::multimap<SteadyTime, Timed> timed_;
  std::map<std::uint64_t, std::stop_source> running_;
  std::uint64_t sequence_ = 0;
  std::size_t helpers_ = 0;
  bool leaving_ = false;
  std::vector<std::jthread> threads_;
};

Pool::Pool() : state_(std::make_unique<State>()) {}
Pool::~Pool() = default;

Job Pool::submit(Lane lane, Urgency urgency, Work work) {
  const std::stop_source stop;
  state_->add(lane, urgency, {stop, std::move(work)});
  return Job(stop);
}

Job Pool::repeat(Lane lane, std::chrono::milliseconds period, Work work) {
  const std::stop_source stop;
  state_->addTimed(std::chrono::steady_clock::now() + period, {lane, period, {stop, std::move(work)}});
  return Job(stop);
}

Parallel& Pool::parallel() noexcept {
  return *state_;
}

void Pool::drain() {
  std::unique_lock lock(state_->mutex_);
  state_->idle_.wait(lock, [this] { return state_->isIdle(); });
}

}  // namespace attest::jobs
