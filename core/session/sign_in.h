#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/reader.h"

namespace attest::session {

/// `locked` keeps the case open behind the sign-in screen.
enum class SignInPhase { loading, first_reader, signed_out, checking, signed_in, locked };

struct SignIn {
  SignInPhase phase = SignInPhase::loading;
  std::vector<ReaderId> readers;  ///< those who may sign in
  /// Who is signed in, also while locked. It holds no secret: workflow leaves secretHash and sealedKey empty.
  std::optional<Reader> reader;
  std::optional<Error> error;  ///< of the last try
  std::optional<CaseId> wish;  ///< to be opened as soon as somebody is signed in
  std::string demonstration;   ///< the secret of the demonstration's reader, in a home that is one
};

namespace action {
/// The program started, or who may sign in changed.
struct ReadersLoaded {
  std::vector<ReaderId> readers;
  std::string demonstration{};
};
struct ReadersFailed {
  Error error;
};
/// The set-up of an empty home: its first reader, who gets every role.
struct CreateFirstReader {
  std::string name;
  std::string secret;
};
/// Signs in, or unlocks. Somebody else than who locked the screen closes their case first.
struct EnterSecret {
  ReaderId reader;
  std::string secret;
};
/// The answer to both.
struct SignedIn {
  Reader reader;
};
struct SignInFailed {
  Error error;
};
/// Closes the case and goes back to the sign-in screen.
struct SignOut {};
/// Hides everything behind the sign-in screen (by hand, or because nobody moved); nothing is closed.
struct Lock {};
}  // namespace action

using SignInAction =
    std::variant<action::ReadersLoaded, action::ReadersFailed, action::CreateFirstReader, action::EnterSecret,
                 action::SignedIn, action::SignInFailed, action::SignOut, action::Lock>;

namespace effect {
/// Answered by ReadersLoaded / ReadersFailed.
struct LoadReaders {};
/// Answered by SignedIn / SignInFailed, both.
struct CreateFirstReader {
  std::string name;
  std::string secret;
};
struct SignIn {
  ReaderId reader;
  std::string secret;
};
}  // namespace effect

}  // namespace attest::session
