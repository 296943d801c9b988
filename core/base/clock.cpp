#include "core/base/clock.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace attest {
namespace {

struct Broken {
  std::tm fields{};
  int milliseconds = 0;
};

Broken broken(Time time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const std::time_t stamp = std::chrono::system_clock::to_time_t(seconds);
  Broken out;
  gmtime_r(&stamp, &out.fields);
  out.milliseconds = static_cast<int>((time - seconds).count());
  return out;
}

std::string format(const char* pattern, const Broken& b) {
  std::array<char, 40> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), pattern, &b.fields);
  return {text.data(), length};
}

std::string fraction(const Broken& b) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), ".%03d", b.milliseconds);
  return text.data();
}

class SystemClock final : public Clock {
  Time now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace

const Clock& systemClock() {
  static const SystemClock clock;
  return clock;
}

std::string toIso8601(Time time) {
  const Broken b = broken(time);
  return format("%Y-%m-%dT%H:%M:%S", b) + fraction(b) + "Z";
}

Time fromIso8601(std::string_view text) {
  std::tm fields{};
  int milliseconds = 0;
  if (std::sscanf(std::string(text).c_str(), "%d-%d-%dT%d:%d:%d.%d", &fields.tm_year, &fields.tm_mon,
                  &fields.tm_mday, &fields.tm_hour, &fields.tm_min, &fields.tm_sec, &milliseconds) < 6) {
    return {};
  }
  fields.tm_year -= 1900;
  fields.tm_mon -= 1;
  return Time(std::chrono::seconds(timegm(&fields)) + std::chrono::milliseconds(milliseconds));
}

std::string toDicomDate(Time time) {
  return format("%Y%m%d", broken(time));
}

std::string toDicomTime(Time time) {
  const Broken b = broken(time);
  return format("%H%M%S", b) + fraction(b);
}

}  // namespace attest
