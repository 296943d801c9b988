#include "core/casedb/sqlite.h"

#include <sqlite3.h>

#include "core/casedb/fold.h"

namespace attest::casedb {
namespace {

constexpr int busyTimeoutMs = 30'000;

ErrorCode codeOf(int sqliteCode) {
  switch (sqliteCode & 0xFF) {
    case SQLITE_FULL:
      return ErrorCode::disk_full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return ErrorCode::io;
    default:
      return ErrorCode::database;
  }
}

/// The function `searchable` of SQL: fold.h's, for what a statement puts into the index.
void searchableOf(sqlite3_context* context, int, sqlite3_value** values) {
  const void* bytes = sqlite3_value_blob(values[0]);
  const auto length = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  try {
    const std::string text =
        searchable(bytes == nullptr ? "" : std::string_view(static_cast<const char*>(bytes), length));
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

void Connection::CloseDatabase::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}
void Connection::CloseStatement::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Connection::Connection(const std::filesystem::path& file, Access access, const std::string& vfs) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (access == Access::write ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &database, flags, vfs.empty() ? nullptr : vfs.c_str());
  database_.reset(database);
  if (database == nullptr) throw Failure(ErrorCode::database, "out of memory");
  check(code);
  check(sqlite3_busy_timeout(database, busyTimeoutMs));
  check(sqlite3_create_function_v2(database, "searchable", 1,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                   searchableOf, nullptr, nullptr, nullptr));
  // What is put aside while sorting may be patients' data: it stays in memory, not in a folder of temporary
  // files.
  execute(
      "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA "
      "cache_size=-32768; PRAGMA temp_store=MEMORY;");
  if (access == Access::read) execute("PRAGMA query_only=ON;");
}

Connection::~Connection() = default;

void Connection::raise(int code) const {
  // SQLite's own message can hold a word of a query; that of a constraint is ours or names a column.
  const bool ours = (code & 0xFF) == SQLITE_CONSTRAINT;
  const char* text = ours ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
  throw Failure(codeOf(code), "SQLite " + std::to_string(code) + ": " + text);
}

void Connection::check(int code) const {
  if (code != SQLITE_OK) raise(code);
}

void Connection::execute(std::string_view sql) {
  check(sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Connection::changes() const {
  return sqlite3_changes64(database_.get());
}
std::int64_t Connection::lastInsertId() const {
  return sqlite3_last_insert_rowid(database_.get());
}

Connection::Prepared Connection::prepare(std::string_view sql) {
  auto& idle = idle_[sql];
  if (!idle.empty()) {
    Prepared ready = std::move(idle.back());
    idle.pop_back();
    return ready;
  }
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  return Prepared(statement);
}

Statement::Statement(Connection& connection, std::string_view literal, Unbound)
    : connection_(connection), key_(literal), statement_(connection.prepare(literal)) {}

Statement::~Statement() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  connection_.idle_[key_].push_back(std::move(statement_));
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) connection_.raise(code);
  return code == SQLITE_ROW;
}

void Statement::run() {
  while (step()) {
  }
}

// SQLite makes its own copy: a temporary that is bound is gone before the statement runs.
void Statement::bind(std::string_view text) {
  connection_.check(sqlite3_bind_text64(statement_.get(), ++bound_, text.data() == nullptr ? "" : text.data(),
                                        text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(double value) {
  connection_.check(sqlite3_bind_double(statement_.get(), ++bound_, value));
}
void Statement::bind(std::int64_t value) {
  connection_.check(sqlite3_bind_int64(statement_.get(), ++bound_, value));
}
void Statement::bind(std::nullopt_t) {
  connection_.check(sqlite3_bind_null(statement_.get(), ++bound_));
}

bool Statement::isNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int length = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

Transaction::Transaction(Connection& connection, Access access) : connection_(connection) {
  connection_.execute(access == Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (sqlite3_get_autocommit(connection_.database_.get()) == 0) {
    sqlite3_exec(connection_.database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::commit() {
  connection_.execute("COMMIT");
}

}  // namespace attest::casedb
