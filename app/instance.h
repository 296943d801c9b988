#pragma once

#include <QLocalServer>
#include <QObject>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace attest::app {

/// The one window of a home, as other programs of the same user reach it: a local socket whose name follows
/// from the home.
class Instance final : public QObject {
 public:
  /// What is asked of the window: to come to the front, and, where there is one, to open this case.
  using Asked = std::function<void(const std::optional<CaseId>& id)>;

  /// Asks the window that is there; its process id, or none where there is no window. Waits 5 s at most.
  /// Needs no event loop.
  static std::optional<std::int64_t> ask(const std::filesystem::path& home, const std::optional<CaseId>& id);

  /// This program has the window of the home from now on. `asked` is called on the thread that made this,
  /// within its event loop. Errors: io.
  static Result<std::unique_ptr<Instance>> claim(const std::filesystem::path& home, Asked asked);

 private:
  explicit Instance(Asked asked) : asked_(std::move(asked)) {}
  void greet();

  Asked asked_;
  QLocalServer server_;
};

}  // namespace attest::app
