#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace attest::test {

/// Where a program of this machine lies, or none.
std::optional<std::string> findProgram(const std::string& name);
/// A port of the loopback that nobody holds now.
int freePort();

/// Another program that runs beside the test; killed with the object.
class Program {
 public:
  Program(const std::vector<std::string>& words, const std::filesystem::path& folder);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Until it takes connections there; false where it ended instead.
  bool awaitPort(int port);
  void signal(int number) const;
  void freeze() const;  ///< it keeps its ports and does nothing more
  int wait();           ///< for its end; the exit status
  std::string output() const;

 private:
  pid_t id_ = -1;
  std::filesystem::path log_;
};

/// Runs another program to its end.
struct Ran {
  int status = 0;
  std::string output;
};
Ran runProgram(const std::vector<std::string>& words);

/// An Orthanc of its own, with DICOMweb, empty and on free ports; none where this machine has none.
struct Orthanc {
  struct Options {
    bool knowsAll = true;  ///< serves AE titles that it was not told of
    bool withGet = true;
    bool tls = false;
    int movePort = 11112;  ///< where it finds AE title ATTEST for C-MOVE
  };
  static std::unique_ptr<Orthanc> start(const Options& options);
  static std::unique_ptr<Orthanc> start() { return start({}); }

  static constexpr const char* aeTitle = "ORTHANC";
  static constexpr const char* user = "attest";
  static constexpr const char* password = "sesame";
  int dicomPort = 0;
  int httpPort = 0;
  TempDir folder;
  std::unique_ptr<Program> program;
};

/// DCMTK's archive, without C-GET where that is asked for; none where this machine has none.
struct DcmtkArchive {
  static std::unique_ptr<DcmtkArchive> start(int movePort, bool withGet);
  static constexpr const char* aeTitle = "QRSCP";
  int port = 0;
  TempDir folder;
  std::unique_ptr<Program> program;
};

}  // namespace attest::test
