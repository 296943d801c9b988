#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/invocation.h"
#include "core/base/result.h"

namespace attest::app {

/// What `attest NAME …` does. `run` answers with the exit code: 0 done, 3 done but some items failed.
struct Command {
  std::string name;
  std::string usage;              ///< what stands behind the name: "CASE --as READER"
  std::string summary;            ///< one line
  std::set<std::string> options;  ///< that take a value: "--to"
  std::set<std::string> flags;    ///< that take none: "--watch"
  std::size_t leastArguments = 0;
  std::size_t mostArguments = 0;  ///< beyond the options; npos: any number
  std::function<Result<int>(Invocation&)> run;
};

inline constexpr std::size_t anyNumber = static_cast<std::size_t>(-1);

/// Every command of commands/, by the names of their files.
std::vector<Command> makeCommands();

/// Runs the command line; the exit code. 2: wrong usage.
int runCommand(const std::vector<std::string>& arguments);

}  // namespace attest::app
