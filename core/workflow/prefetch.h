#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/domain/case_record.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// Brings the images that cases open with, and those of the studies they are compared with, into the cache of
/// volumes, before somebody asks. It never stands in the way of who waits: while a Hold lives, nothing is
/// read, and what was being read is given up and begun anew after it. Safe from every thread.
class Prefetcher : public std::enable_shared_from_this<Prefetcher> {
 public:
  /// `done` is told each case whose images are there, on a thread of the pool.
  Prefetcher(Services& services, std::function<void(const CaseId&)> done)
      : services_(services), done_(std::move(done)) {}

  /// In this order, in place of an earlier list.
  void start(std::vector<CaseId> cases);
  /// Nothing more, for good.
  void stop();

  using Hold = std::shared_ptr<const void>;
  Hold hold();

 private:
  void begin();  ///< with the mutex held
  void release();
  void work(const std::vector<CaseId>& cases, std::stop_token stop);

  Services& services_;
  std::function<void(const CaseId&)> done_;
  std::mutex mutex_;
  std::vector<CaseId> cases_;  ///< those that are not there yet
  int holds_ = 0;
  jobs::Job job_;
};

/// The volumes that are on screen when the case opens, those of its prior behind them. Errors: not_found.
Result<std::vector<BlockRef>> firstBlocks(Services& services, const CaseId& id);

}  // namespace attest::workflow
