#pragma once

#include <functional>
#include <string>
#include <vector>

namespace attest::test {

/// Feeds a reader damaged copies of good inputs (flipped bits, cut, doubled and spliced pieces, extreme
/// numbers) for $ATTEST_FUZZ_SECONDS (5 unless told). The input in work lies in a file, so that a crash, or a
/// hang of 20 s of computing (SIGPROF ends the program), leaves it behind; its path and the seed are printed
/// first. Prints the number of executions. Returns the exit code.
int fuzz(const std::string& name, const std::vector<std::string>& corpus,
         const std::function<void(const std::string& bytes)>& read);

/// The content of a file.
std::string bytesOf(const std::string& path);

}  // namespace attest::test
