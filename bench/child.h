#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <vector>

namespace attest::bench {

/// What one run in a process of its own cost.
struct Cost {
  double seconds = 0;       ///< of the whole work
  double firstSeconds = 0;  ///< until the work said `first()`; 0 where it did not
  double peakMb = 0;        ///< grown by the work, not what the process began with
  bool ok = false;
};

/// Runs `work` in a forked process, so that neither memory nor warm pools of one run help the next. `work` is
/// handed a function to call when its first result is there, and returns whether it succeeded.
inline Cost inChild(const std::function<bool(const std::function<void()>& first)>& work) {
  using Clock = std::chrono::steady_clock;
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    Cost cost;
    const auto start = Clock::now();
    const auto since = [start] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    cost.ok = work([&] { cost.firstSeconds = since(); });
    cost.seconds = since();
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    cost.peakMb = static_cast<double>(after.ru_maxrss - before.ru_maxrss) / 1024;
    const bool written = write(ends[1], &cost, sizeof cost) == sizeof cost;
    _exit(written ? 0 : 1);
  }
  Cost cost;
  if (read(ends[0], &cost, sizeof cost) != sizeof cost) cost.ok = false;
  close(ends[0]);
  close(ends[1]);
  waitpid(child, nullptr, 0);
  return cost;
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

/// A figure of several runs.
inline double median(const std::vector<Cost>& costs, double Cost::*figure) {
  std::vector<double> values;
  for (const auto& cost : costs) values.push_back(cost.*figure);
  return median(values);
}

}  // namespace attest::bench
