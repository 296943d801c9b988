#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/network/peer.h"

namespace attest::network {

// The DICOM JSON model (PS3.18 annex F) as DICOMweb answers use it. Faults: not_dicomweb, where it is no
// such.

Outcome<std::vector<RemoteStudy>> studiesOf(const std::string& json);
Outcome<std::vector<RemoteSeries>> seriesOf(const std::string& json);

/// What the answer to STOW-RS says of each instance.
struct StoreAnswer {
  std::vector<std::string> stored;     ///< SOP instance UIDs
  std::map<std::string, int> refused;  ///< with the failure reason (0008,1197); 0 where it has none
};
Outcome<StoreAnswer> storeAnswerOf(const std::string& json);

}  // namespace attest::network
