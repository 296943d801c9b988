#include "core/workflow/send.h"

#include <algorithm>
#include <filesystem>

#include "core/network/peer.h"
#include "core/workflow/parcel.h"
#include "core/workflow/users.h"

namespace attest::workflow {

Result<SentCase> sendCase(Services& services, const CaseId& id, const Node& node,
                          const std::set<std::string>& formats, const Reader& reader, std::stop_token stop,
                          const Progress& progress) {
  ATTEST_CHECK(require(reader, identity::Act::export_results));
  ATTEST_CHECK(services.db().write({reader.id.value, "send", id.value, "to " + node.name},
                                   [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
                                     ATTEST_CHECK(stillMay(tx, reader, identity::Act::export_results));
                                     return {};
                                   }));
  ATTEST_TRY(const auto parcel, Parcel::pack(services, id, formats));
  SentCase sent{{}, parcel->refused()};
  std::vector<std::filesystem::path> files;
  for (const Parcel::Object& object : parcel->objects()) {
    files.push_back(object.path);
    sent.objects.push_back({object.format, object.sopInstanceUid, {}});
  }
  ATTEST_TRY(const auto done, network::Peer::make(node)->send(files, std::move(stop), progress));
  for (const auto& one : done.unsent) {
    const auto at = std::ranges::find(files, one.path);
    sent.objects[static_cast<std::size_t>(at - files.begin())].reason = one.reason;
  }
  return sent;
}

}  // namespace attest::workflow
