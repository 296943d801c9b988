#include "tests/fuzz/fuzz.h"

#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace attest::test {
namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t limit) {
  return limit == 0 ? 0 : random() % limit;
}

/// One small damage.
void damage(std::string& bytes, const std::vector<std::string>& corpus, Random& random) {
  if (bytes.empty()) return;
  const std::size_t at = below(random, bytes.size());
  const std::size_t length = 1 + below(random, std::min<std::size_t>(bytes.size() - at, 64));
  switch (random() % 7) {
    case 0:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
    case 1:
      bytes[at] = static_cast<char>(random());
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.insert(at, bytes.substr(at, length));
      break;
    case 4:
      bytes.erase(at, length);
      break;
    case 5: {
      static constexpr char extremes[] = {'\xff', '\0', '\x7f', '\x80'};
      for (std::size_t i = at; i < std::min(at + 4, bytes.size()); ++i) bytes[i] = extremes[random() % 4];
      break;
    }
    default: {
      const std::string& other = corpus[below(random, corpus.size())];
      if (!other.empty()) bytes.replace(at, length, other.substr(below(random, other.size()), length));
    }
  }
}

/// Ends the program, and with it leaves the input, once it has computed for so long: a hang. Of the
/// processor's time, so that a busy machine is none. 0: never.
void endAfter(int seconds) {
  const itimerval limit{{}, {seconds, 0}};
  setitimer(ITIMER_PROF, &limit, nullptr);
}

}  // namespace

std::string bytesOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int fuzz(const std::string& name, const std::vector<std::string>& corpus,
         const std::function<void(const std::string& bytes)>& read) {
  using Clock = std::chrono::steady_clock;
  const char* wanted = std::getenv("ATTEST_FUZZ_SECONDS");
  const auto end = Clock::now() + std::chrono::seconds(wanted != nullptr ? std::atoi(wanted) : 5);
  const char* given = std::getenv("ATTEST_SEED");
  const auto seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  const auto input =
      std::filesystem::temp_directory_path() / ("attest-fuzz-" + name + "-" + std::to_string(getpid()));
  std::printf("%s: ATTEST_SEED=%llu, the input in work is %s\n", name.c_str(),
              static_cast<unsigned long long>(seed), input.c_str());
  std::fflush(stdout);
  Random random(seed);
  std::size_t executions = 0;
  for (; Clock::now() < end; ++executions) {
    std::string bytes = corpus[below(random, corpus.size())];
    for (std::size_t n = 1 + random() % 6; n > 0; --n) damage(bytes, corpus, random);
    std::ofstream(input, std::ios::binary) << bytes;
    endAfter(20);
    read(bytes);
  }
  endAfter(0);
  std::filesystem::remove(input);
  std::printf("%s: %zu executions\n", name.c_str(), executions);
  return 0;
}

}  // namespace attest::test
