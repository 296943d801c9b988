#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/workflow/export.h"
#include "core/workflow/services.h"

namespace attest::workflow {

/// What goes to another system of a case: the DICOM objects of its last signed version, as files in
/// HOME/outgoing that go with the parcel.
class Parcel {
 public:
  struct Object {
    std::string format;
    int version = 0;
    std::string sopInstanceUid;
    std::filesystem::path path;
  };
  /// Errors: those of exportSigned.
  static Result<std::unique_ptr<Parcel>> pack(Services& services, const CaseId& id,
                                              const std::set<std::string>& formats);
  ~Parcel();
  Parcel(const Parcel&) = delete;
  Parcel& operator=(const Parcel&) = delete;

  const std::vector<Object>& objects() const noexcept { return objects_; }
  const std::vector<RefusedFormat>& refused() const noexcept { return refused_; }

 private:
  explicit Parcel(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path folder_;
  std::vector<Object> objects_;
  std::vector<RefusedFormat> refused_;
};

/// Removes what a program left there that was killed.
void sweepParcels(Services& services);

}  // namespace attest::workflow
