#pragma once

#include <string>
#include <vector>

namespace attest::app {

/// No command among the words: only options of the whole program and those of Qt.
bool wantsWindow(const std::vector<std::string>& words);
/// The window over the home that the words name; returns its exit code.
int runWindow(int argc, char** argv);

}  // namespace attest::app
