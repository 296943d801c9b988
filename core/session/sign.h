#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/review/review.h"

namespace attest::session {

/// The dialog. The secret is never here: it passes from the action into the effect.
struct Signing {
  bool open = false;
  bool busy = false;
  bool goesOn = false;  ///< the next case of the queue opens once this one is signed
  std::vector<attest::review::Missing>
      missing;                 ///< what stands between the draft and a signature, always current
  bool unsaved = false;        ///< something is on its way to the disk
  std::optional<Error> error;  ///< of the last try

  std::optional<int> signedVersion;  ///< number of the version that was just signed
};

/// Nothing that blocks is missing, and nothing is on its way to the disk.
bool maySign(const Signing& signing);

namespace action {
/// ctrl+Enter opens the dialog and never signs. What is unsaved is written, an open mask closes.
struct OpenSignDialog {};
struct CloseSignDialog {};
struct Sign {
  std::string secret;
};
/// Signs, and opens the next case of the queue; the worklist where there is none.
struct SignAndNext {
  std::string secret;
};
struct Signed {
  std::shared_ptr<const CaseRecord> record;
  int version = 0;
};
/// `missing` as the transaction found it, where that was the reason.
struct SignFailed {
  Error error;
  std::vector<attest::review::Missing> missing;
};
}  // namespace action

using SignAction = std::variant<action::OpenSignDialog, action::CloseSignDialog, action::Sign,
                                action::SignAndNext, action::Signed, action::SignFailed>;

namespace effect {
/// One transaction that checks again: the revision and the hash are those the signer saw. Answered by Signed
/// / SignFailed.
struct Sign {
  CaseId id;
  ReaderId reader;
  std::string secret;
  std::int64_t revision = 0;
  std::string contentHash;
};
}  // namespace effect

}  // namespace attest::session
