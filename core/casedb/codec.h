#pragma once

// Inside the room only: values as the JSON of their columns. decode throws Failure (corrupt).

#include <set>
#include <string>
#include <vector>

#include "core/domain/item.h"
#include "core/domain/note.h"
#include "core/domain/prior.h"
#include "core/domain/reader.h"
#include "core/domain/report.h"
#include "core/domain/study.h"

namespace attest::casedb {

std::string encode(const InstanceHeader& header);
std::string encode(const Block& block);
/// Without id, kind and state, which have columns.
std::string encode(const Item& item);
std::string encode(const Report& report);
std::string encode(const Comparison& comparison);
std::string encode(const std::vector<int>& numbers);
std::string encode(const std::set<Role>& roles);
std::string encode(const std::vector<Note>& notes);

void decode(const std::string& json, InstanceHeader& header);
void decode(const std::string& json, Block& block);
void decode(const std::string& json, Item& item);
void decode(const std::string& json, Report& report);
void decode(const std::string& json, Comparison& comparison);
void decode(const std::string& json, std::vector<int>& numbers);
void decode(const std::string& json, std::set<Role>& roles);
/// Also the line of plain words, or none, that versions before stored there.
void decode(const std::string& json, std::vector<Note>& notes);

}  // namespace attest::casedb
