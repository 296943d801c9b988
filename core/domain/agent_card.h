#pragma once

#include <string>
#include <vector>

namespace attest {

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
};

}  // namespace attest
