#pragma once

#include <string_view>

namespace attest {

enum class LogLevel { debug, info, warning, error };

/// One line to standard error. Never patient data (Phi<T> does not fit in). Safe from every thread.
void log(LogLevel level, std::string_view text);
/// Nothing below this is written. Info unless told.
void setLogLevel(LogLevel level);

}  // namespace attest
