#pragma once

#include <optional>
#include <string>
#include <vector>

namespace attest {

/// When a reader gets to see the findings that an agent proposes: after they said that their own read is
/// done, while they read, or at once with the first finding chosen.
enum class ReadingMode { after, with, first };
/// "after", "with", "first".
const char* name(ReadingMode mode) noexcept;
std::optional<ReadingMode> readingMode(const std::string& name);

/// What an agent says of itself; shown in the registry and kept with every result.
struct AgentCard {
  std::string id;       ///< "lungs"
  std::string version;  ///< semantic version
  std::string title;    ///< "Lungs and airways"
  std::string owner;
  std::string intendedUse;
  std::string method;  ///< how it works, with its sources
  std::string limitations;
  std::vector<std::string> modalities;  ///< DICOM modalities that it reads; empty: any
  std::vector<std::string> needs;       ///< ids of the agents whose results it reads
  /// Ids of agents whose results it reads where they are there: it runs after them, whatever became of them.
  std::vector<std::string> wants{};
  bool readsPrior = false;     ///< it sees an earlier study of the patient
  std::string operatingPoint;  ///< "at most 10 findings of 5 mm and more"
  bool proposes = false;       ///< it can add structures or findings
  /// Of one that adds findings: how it is read where the reader set nothing else. None: context, there at
  /// once.
  std::optional<ReadingMode> readingMode{};
};

}  // namespace attest
