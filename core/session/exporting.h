#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace attest::session {

struct ExportedFile {
  std::string path;
  std::string format;
};
struct RefusedFormat {
  std::string format;
  std::string reason;
};

/// The export of the open case: one at a time.
struct Exporting {
  bool busy = false;
  std::string folder;
  std::vector<ExportedFile> files;  ///< of the last one
  std::vector<RefusedFormat> refused;
  std::optional<Error> error{};
};

namespace action {
/// Formats as on the command line: "seg", "sr", "nifti", ...
struct Export {
  std::string folder;
  std::vector<std::string> formats;
};
struct Exported {
  std::vector<ExportedFile> files;
  std::vector<RefusedFormat> refused;
};
struct ExportFailed {
  Error error;
};
}  // namespace action

using ExportAction = std::variant<action::Export, action::Exported, action::ExportFailed>;

namespace effect {
/// Answered by Exported / ExportFailed.
struct Export {
  CaseId id;
  ReaderId reader;
  std::string folder;
  std::vector<std::string> formats;
};
}  // namespace effect

}  // namespace attest::session
