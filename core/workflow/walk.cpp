#include "core/workflow/walk.h"

#include <algorithm>
#include <system_error>

namespace attest::workflow {

namespace fs = std::filesystem;

std::vector<fs::path> filesBelow(
    const fs::path& folder, const std::stop_token& stop,
    const std::function<void(const fs::path& folder, const std::string& reason)>& unreadable) {
  std::vector<fs::path> files;
  std::vector<fs::path> folders{folder};
  while (!folders.empty()) {
    const fs::path next = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    for (fs::directory_iterator at(next, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
      if (stop.stop_requested()) return files;
      std::error_code ignored;
      if (at->is_regular_file(ignored)) files.push_back(at->path());
      if (at->is_directory(ignored) && !at->is_symlink(ignored)) folders.push_back(at->path());
    }
    if (error) unreadable(next, error.message());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace attest::workflow
