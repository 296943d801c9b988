#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/session/ticket.h"

namespace attest::session {

/// What a toast is about; ui has the words.
enum class NoticeKind {
  open_failed,
  load_failed,
  mask_failed,
  addendum_failed,
  verdict_refused,
  verdict_failed,
  report_failed,
  analyze_failed,
  export_failed,
  export_done,
  signed_version,
  import_done,
  import_failed,
  prior_failed,
  read_done_failed,
  queue_empty,
  queue_failed,
  park_failed,
  priority_failed,
  preferences_failed,
  nodes_failed,
  delivery_failed
};

struct Notice {
  Ticket id = 0;
  NoticeKind kind{};
  std::optional<Error> error;
};

/// Toasts: the newest last; they stay until dismissed and never take the focus.
struct Notices {
  std::vector<Notice> list;
};

namespace action {
struct DismissNotice {
  Ticket id = 0;
};
}  // namespace action

using NoticeAction = std::variant<action::DismissNotice>;

}  // namespace attest::session
