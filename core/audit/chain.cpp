#include "core/audit/chain.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/base/hash.h"

namespace attest::audit {
namespace {

using Json = nlohmann::json;

/// The hash of a link. None where a text is not UTF-8: such a link was never made here.
std::optional<std::string> hashOf(const AuditRecord& record) {
  const Json canonical{{"seq", record.seq},
                       {"time", toIso8601(record.time)},
                       {"actor", record.event.actor},
                       {"action", record.event.action},
                       {"subject", record.event.subject},
                       {"detail", record.event.detail},
                       {"previous", record.previousHash}};
  try {
    return sha256(canonical.dump());
  } catch (const Json::type_error&) {
    return std::nullopt;
  }
}

/// The text with what is no UTF-8 replaced, so that what is stored is what was hashed.
std::string asUtf8(const std::string& text) {
  const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  return Json::parse(quoted).get<std::string>();
}

}  // namespace

std::string genesis() {
  return std::string(64, '0');
}

AuditRecord append(const std::string& previousHash, std::int64_t seq, Time time, AuditEvent event) {
  AuditRecord record{seq, time, std::move(event), previousHash, {}};
  for (std::string* text :
       {&record.event.actor, &record.event.action, &record.event.subject, &record.event.detail}) {
    *text = asUtf8(*text);
  }
  record.hash = hashOf(record).value();
  return record;
}

void Verifier::add(const AuditRecord& record) {
  if (record.seq != lastSeq_ + 1) {
    broken_.push_back({record.seq, "gap before"});
  } else if (record.previousHash != head_) {
    broken_.push_back({record.seq, "does not follow its predecessor"});
  }
  if (hashOf(record) != record.hash) broken_.push_back({record.seq, "hash does not match"});
  ++events_;
  lastSeq_ = record.seq;
  head_ = record.hash;
}

}  // namespace attest::audit
