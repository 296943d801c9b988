#include "core/base/log.h"

#include <atomic>
#include <cstdio>
#include <string>

namespace attest {
namespace {
std::atomic<LogLevel> threshold{LogLevel::info};
constexpr const char* words[] = {"debug", "info", "warning", "error"};
}  // namespace

void setLogLevel(LogLevel level) {
  threshold = level;
}

void log(LogLevel level, std::string_view text) {
  if (level < threshold.load(std::memory_order_relaxed)) return;
  const std::string line = std::string(words[static_cast<int>(level)]) + ": " + std::string(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace attest
