#include "core/dicom/each.h"

#include <mutex>
#include <new>
#include <optional>

namespace attest::dicom {

Result<> forEachIndex(std::size_t count, std::size_t grain, Parallel& parallel, std::stop_token stop,
                      const std::function<Result<>(std::size_t)>& body) {
  std::stop_source end;  // by an error of ours, or from outside
  const std::stop_callback outside(stop, [&end] { end.request_stop(); });
  std::mutex mutex;
  std::optional<Error> first;
  const auto run = [&](std::size_t index) -> Result<> {
    try {
      return body(index);
    } catch (const std::bad_alloc&) {
      return fail(ErrorCode::too_large, "not enough memory");
    } catch (const std::exception& error) {
      return fail(ErrorCode::internal, error.what());
    }
  };
  parallel.forEach(count, grain, end.get_token(), [&](std::size_t begin, std::size_t finish) {
    for (std::size_t i = begin; i < finish && !end.stop_requested(); ++i) {
      if (auto result = run(i); !result) {
        const std::scoped_lock lock(mutex);
        if (!first) first = std::move(result).error();
        end.request_stop();
      }
    }
  });
  if (first) return fail(*std::move(first));
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return {};
}

}  // namespace attest::dicom
