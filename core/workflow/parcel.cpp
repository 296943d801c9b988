#include "core/workflow/parcel.h"

#include <chrono>

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

constexpr auto leftoverAge = std::chrono::hours(24);

fs::path outgoing(Services& services) {
  return services.home() / "outgoing";
}

}  // namespace

Result<std::unique_ptr<Parcel>> Parcel::pack(Services& services, const CaseId& id,
                                             const std::set<std::string>& formats) {
  std::unique_ptr<Parcel> parcel(new Parcel(outgoing(services) / newUuid()));
  ATTEST_TRY(auto report, exportSigned(services, {id, parcel->folder_, formats}));
  for (const ExportedFile& file : report.files) {
    if (file.sopInstanceUid.empty()) continue;  // no DICOM
    parcel->objects_.push_back({file.format, file.version, file.sopInstanceUid, parcel->folder_ / file.path});
  }
  parcel->refused_ = std::move(report.refused);
  return parcel;
}

Parcel::~Parcel() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void sweepParcels(Services& services) {
  std::error_code error;
  for (const auto& left : fs::directory_iterator(outgoing(services), error)) {
    const auto written = fs::last_write_time(left.path(), error);
    if (!error && fs::file_time_type::clock::now() - written > leftoverAge)
      fs::remove_all(left.path(), error);
  }
}

}  // namespace attest::workflow
