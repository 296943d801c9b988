#pragma once

// Inside the room only.

#include <filesystem>
#include <memory>
#include <string>

#include "core/casedb/sqlite.h"

namespace attest::casedb {

/// The write connection of a database of this program's version, made or migrated; one process of a home at a
/// time does so. Throws Failure: unsupported (of a newer version), corrupt (damaged, or not a case database),
/// io.
std::unique_ptr<Connection> openAndMigrate(const std::filesystem::path& home,
                                           const std::filesystem::path& file, const std::string& vfs);

}  // namespace attest::casedb
