#pragma once

#include <compare>
#include <iosfwd>
#include <utility>

namespace attest {

/// A value that tells who a patient is. It has no way into a log or a stream; whoever needs it says so by
/// `reveal`.
template <class T>
class Phi {
 public:
  Phi() = default;
  explicit Phi(T value) : value_(std::move(value)) {}
  const T& reveal() const noexcept { return value_; }
  auto operator<=>(const Phi&) const = default;

 private:
  T value_;
};

template <class T>
std::ostream& operator<<(std::ostream&, const Phi<T>&) = delete;

}  // namespace attest
