#pragma once

// Inside the room only: SQLite as values that clean up after themselves.

#include <cstdint>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/phi.h"
#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace attest::casedb {

/// An Error on its way to the room's wall, where `guarded` makes a Result of it.
struct Failure : std::exception {
  explicit Failure(ErrorCode code, std::string detail = {}) : error{code, std::move(detail)} {}
  const char* what() const noexcept override { return error.detail.c_str(); }
  Error error;
};

/// The room's wall: what `body` throws becomes an Error.
template <class F>
std::invoke_result_t<F> guarded(F&& body) {
  try {
    return std::forward<F>(body)();
  } catch (const Failure& failure) {
    return fail(failure.error);
  } catch (const std::exception&) {  // its text may hold what a patient's file says
    return fail(ErrorCode::internal, "unexpected exception in the case database");
  }
}

enum class Access { write, read };

/// One connection, for one thread at a time; keeps the statements that it has prepared.
class Connection {
 public:
  /// `vfs` names the SQLite VFS, empty for the machine's own. Throws Failure.
  Connection(const std::filesystem::path& file, Access access, const std::string& vfs);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Statements without parameters and rows. Throws Failure.
  void execute(std::string_view sql);
  /// Rows changed by the last statement.
  std::int64_t changes() const;
  std::int64_t lastInsertId() const;

 private:
  friend class Statement;
  friend class Transaction;
  struct CloseDatabase {
    void operator()(sqlite3* database) const;
  };
  struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, CloseStatement>;
  [[noreturn]] void raise(int code) const;
  void check(int code) const;
  Prepared prepare(std::string_view sql);

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::map<std::string_view, std::vector<Prepared>> idle_;  ///< by the address-stable text of the literal
};

/// One use of a prepared statement. The text must be a literal: it is kept as the key of the prepared ones.
/// All members throw Failure.
class Statement {
 public:
  template <class... Values>
  Statement(Connection& connection, std::string_view literal, const Values&... values)
      : Statement(connection, literal, Unbound{}) {
    (bind(values), ...);
  }
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Goes to the next row; false when there is none.
  bool step();
  /// For statements without rows of interest.
  void run();

  bool isNull(int column) const;
  std::string text(int column) const;
  std::int64_t integer(int column) const;
  int small(int column) const { return static_cast<int>(integer(column)); }
  double real(int column) const;
  Time time(int column) const { return Time(std::chrono::milliseconds(integer(column))); }
  std::optional<Time> maybeTime(int column) const {
    return isNull(column) ? std::nullopt : std::optional(time(column));
  }

 private:
  struct Unbound {};
  Statement(Connection& connection, std::string_view literal, Unbound);

  void bind(std::string_view text);
  void bind(double value);
  void bind(std::int64_t value);
  void bind(const char* text) { bind(std::string_view(text)); }
  void bind(const std::string& text) { bind(std::string_view(text)); }
  void bind(int value) { bind(std::int64_t{value}); }
  void bind(bool value) { bind(std::int64_t{value}); }
  void bind(Time time) { bind(static_cast<std::int64_t>(time.time_since_epoch().count())); }
  void bind(std::nullopt_t);
  void bind(const Phi<std::string>& text) { bind(text.reveal()); }
  template <class Tag>
  void bind(const Id<Tag>& id) {
    bind(id.value);
  }
  template <class T>
  void bind(const std::optional<T>& value) {
    value ? bind(*value) : bind(std::nullopt);
  }

  Connection& connection_;
  std::string_view key_;
  Connection::Prepared statement_;
  int bound_ = 0;
};

/// From here to commit(), else rolled back. A write transaction waits its turn at its beginning and never
/// later.
class Transaction {
 public:
  Transaction(Connection& connection, Access access);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection& connection_;
};

}  // namespace attest::casedb
