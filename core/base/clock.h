#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace attest {

/// A moment in UTC, to the millisecond.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Time is handed in, so that no test waits for it to pass.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

/// The machine's clock. Safe from every thread.
const Clock& systemClock();

/// ISO 8601 UTC: "2026-08-14T09:12:30.250Z".
std::string toIso8601(Time time);
/// Reads what toIso8601 wrote; the epoch where the text is no such time.
Time fromIso8601(std::string_view text);
/// DICOM DA and TM of a moment, UTC: "20260814" and "091230.250".
std::string toDicomDate(Time time);
std::string toDicomTime(Time time);

}  // namespace attest
