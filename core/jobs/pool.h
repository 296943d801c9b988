#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/base/parallel.h"

namespace attest::jobs {

/// What a job mostly waits for; every lane has its own threads.
enum class Lane { io, cpu, render, network, database };
enum class Urgency { visible, next, background };

/// Asks a job to stop; forgets to when it is destroyed (a handle may be dropped freely).
class Job {
 public:
  Job() = default;
  explicit Job(std::stop_source stop) : stop_(std::move(stop)) {}
  void cancel() { stop_.request_stop(); }
  bool cancelled() const { return stop_.stop_requested(); }

 private:
  std::stop_source stop_;
};

/// The only threads of the program. Work of a lane starts by urgency, then in its order. Destroying the pool
/// asks every job to stop and waits for those that run; what had not begun is dropped.
class Pool {
 public:
  Pool();  ///< io 2, cpu one per core, render 1, network 6, database 1
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// `work` must not throw; it is handed the job's stop token. Cancelled before it began, it never begins.
  Job submit(Lane lane, Urgency urgency, std::function<void(std::stop_token)> work);
  /// The same again and again, `period` after the last time ended (the first time after one period), until
  /// cancelled.
  Job repeat(Lane lane, std::chrono::milliseconds period, std::function<void(std::stop_token)> work);
  /// A Parallel over the cpu lane; the calling thread works too, so it never waits for a free thread. Helpers
  /// have the urgency of the job that calls.
  Parallel& parallel() noexcept;
  /// Blocks until nothing runs or waits (what repeats counts only while it runs). For tests and for leaving.
  void drain();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace attest::jobs
