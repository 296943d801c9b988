#include "core/jobs/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <mutex>
#include <numeric>
#include <vector>

namespace attest::jobs {
namespace {

TEST(Pool, parallelVisitsEveryIndexOnce) {
  Pool pool;
  for (const std::size_t count : {0UL, 1UL, 7UL, 1000UL}) {
    std::vector<std::atomic<int>> visits(count);
    pool.parallel().forEach(count, 3, {}, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) ++visits[i];
    });
    for (const auto& visit : visits) EXPECT_EQ(visit.load(), 1);
  }
}

TEST(Pool, parallelInsideParallelDoesNotDeadlock) {
  Pool pool;
  std::atomic<int> sum = 0;
  pool.parallel().forEach(16, 1, {}, [&](std::size_t, std::size_t) {
    pool.parallel().forEach(16, 1, {}, [&](std::size_t, std::size_t) {
      pool.parallel().forEach(4, 1, {}, [&](std::size_t, std::size_t) { ++sum; });
    });
  });
  EXPECT_EQ(sum, 16 * 16 * 4);
}

TEST(Pool, parallelWorksWhileEveryCpuThreadIsTaken) {
  Pool pool;
  std::promise<void> gate;
  const std::shared_future<void> open = gate.get_future().share();
  for (unsigned i = 0; i < 2 * std::thread::hardware_concurrency(); ++i) {
    pool.submit(Lane::cpu, Urgency::visible, [open](std::stop_token) { open.wait(); });
  }
  std::atomic<int> pieces = 0;
  pool.parallel().forEach(8, 1, {}, [&](std::size_t, std::size_t) { ++pieces; });
  EXPECT_EQ(pieces, 8);
  gate.set_value();
  pool.drain();
}

TEST(Pool, stoppedParallelBeginsNoNewPiece) {
  Pool pool;
  std::stop_source stop;
  std::atomic<std::size_t> pieces = 0;
  pool.parallel().forEach(1'000'000, 1, stop.get_token(), [&](std::size_t, std::size_t) {
    if (++pieces == 10) stop.request_stop();
  });
  EXPECT_GE(pieces, 10U);
  EXPECT_LE(pieces, 10U + std::thread::hardware_concurrency());
}

TEST(Pool, cancelReachesTheJobThatRuns) {
  Pool pool;
  std::latch started(1);
  std::promise<bool> stopped;
  Job job = pool.submit(Lane::io, Urgency::next, [&](std::stop_token stop) {
    std::promise<void> asked;
    const std::stop_callback callback(stop, [&] { asked.set_value(); });
    started.count_down();
    asked.get_future().wait();
    stopped.set_value(stop.stop_requested());
  });
  started.wait();
  EXPECT_FALSE(job.cancelled());
  job.cancel();
  EXPECT_TRUE(stopped.get_future().get());
  EXPECT_TRUE(job.cancelled());
}

TEST(Pool, whatIsCancelledBeforeItBeginsNeverBegins) {
  Pool pool;
  std::promise<void> gate;
  pool.submit(Lane::render, Urgency::visible, [&](std::stop_token) { gate.get_future().wait(); });
  std::atomic<bool> ran = false;
  pool.submit(Lane::render, Urgency::visible, [&](std::stop_token) { ran = true; }).cancel();
  gate.set_value();
  pool.drain();
  EXPECT_FALSE(ran);
}

TEST(Pool, urgentWorkStartsFirstThenInItsOrder) {
  Pool pool;
  std::promise<void> gate;
  std::latch blocked(1);
  pool.submit(Lane::database, Urgency::visible, [&](std::stop_token) {
    blocked.count_down();
    gate.get_future().wait();
  });
  blocked.wait();
  std::vector<int> order;  // the database lane has one thread
  const auto note = [&](int i) { return [&order, i](std::stop_token) { order.push_back(i); }; };
  pool.submit(Lane::database, Urgency::background, note(5));
  pool.submit(Lane::database, Urgency::next, note(3));
  pool.submit(Lane::database, Urgency::visible, note(1));
  pool.submit(Lane::database, Urgency::next, note(4));
  pool.submit(Lane::database, Urgency::visible, note(2));
  gate.set_value();
  pool.drain();
  EXPECT_EQ(order, (std::vector{1, 2, 3, 4, 5}));
}

TEST(Pool, lanesDoNotWaitForEachOther) {
  Pool pool;
  std::promise<void> gate;
  pool.submit(Lane::render, Urgency::visible, [&](std::stop_token) { gate.get_future().wait(); });
  std::promise<void> done;
  pool.submit(Lane::io, Urgency::background, [&](std::stop_token) { done.set_value(); });
  done.get_future().wait();
  gate.set_value();
}

TEST(Pool, destroyingStopsWhatRunsAndDropsWhatWaits) {
  std::atomic<bool> stopped = false;
  std::atomic<int> begun = 0;
  std::latch started(1);
  {
    Pool pool;
    pool.submit(Lane::database, Urgency::visible, [&](std::stop_token stop) {
      std::promise<void> asked;
      const std::stop_callback callback(stop, [&] { asked.set_value(); });
      started.count_down();
      asked.get_future().wait();
      stopped = true;
    });
    for (int i = 0; i < 100; ++i)
      pool.submit(Lane::database, Urgency::next, [&](std::stop_token) { ++begun; });
    started.wait();
  }
  EXPECT_TRUE(stopped);
  EXPECT_EQ(begun, 0);
}

TEST(Pool, aRepeatedJobComesAgainUntilItIsCancelled) {
  Pool pool;
  std::latch thrice(3);
  std::atomic<int> times = 0;
  Job job = pool.repeat(Lane::io, std::chrono::milliseconds(1), [&](std::stop_token) {
    if (++times <= 3) thrice.count_down();
  });
  thrice.wait();
  job.cancel();
  pool.drain();
  EXPECT_GE(times, 3);
}

TEST(Pool, jobsMaySubmitJobs) {
  Pool pool;
  std::atomic<int> count = 0;
  std::function<void(int)> plant = [&](int depth) {
    ++count;
    if (depth == 0) return;
    for (int i = 0; i < 2; ++i)
      pool.submit(Lane::cpu, Urgency::background, [&, depth](std::stop_token) { plant(depth - 1); });
  };
  plant(8);
  pool.drain();
  EXPECT_EQ(count, (1 << 9) - 1);
}

}  // namespace
}  // namespace attest::jobs
