#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/domain/case_record.h"

namespace attest::app {

// The JSON of the command line, as it stands in the public interface: names and fields stay as they are, more
// may come.

nlohmann::json toJson(const Code& code);
nlohmann::json toJson(const Block& block);
nlohmann::json toJson(const Series& series);
nlohmann::json toJson(const Item& item);
nlohmann::json toJson(const Run& run);
nlohmann::json toJson(const CaseRow& row);
nlohmann::json toJson(const Version& version);
nlohmann::json toJson(const Delivery& delivery);
nlohmann::json toJson(const CaseRecord& record);
nlohmann::json toJson(Vec3 v);

/// A case in a few lines for people.
std::string toText(const CaseRecord& record);
std::string toText(const Run& run);

}  // namespace attest::app
