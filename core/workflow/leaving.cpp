#include "core/workflow/leaving.h"

#include <set>

#include "core/identity/identity.h"
#include "core/review/review.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

Result<> thawInto(Leaving& leaving, const Version& version) {
  if (!identity::verify(version.certificatePem, version.document, version.signature)) {
    return fail(ErrorCode::corrupt, "the signed document does not fit its signature");
  }
  ATTEST_TRY(auto frozen, review::thaw(version.document));
  leaving.record = std::move(frozen.record);
  for (auto& [sopUid, file] : leaving.files) {
    const auto at = frozen.files.find(sopUid);
    if (at != frozen.files.end()) file.sha256 = at->second;
  }
  return {};
}

}  // namespace

Result<Leaving> leavingOf(Services& services, const CaseId& id) {
  Leaving leaving;
  ATTEST_TRY(leaving.record, services.db().record(id));
  ATTEST_TRY(leaving.files, services.db().files(id));
  if (leaving.record.versions.empty()) return leaving;
  leaving.version = leaving.record.versions.back();
  ATTEST_CHECK(thawInto(leaving, *leaving.version));
  return leaving;
}

Result<std::vector<casedb::StoredSlice>> slicesOf(const ImageFiles& files, const Block& block) {
  std::vector<casedb::StoredSlice> slices;
  for (const SliceRef& slice : block.slices) {
    const auto at = files.find(slice.sopUid);
    std::error_code gone;
    if (at == files.end() || !fs::exists(at->second.path, gone)) continue;
    slices.push_back({at->second.path, slice.frame, slice.sopUid, at->second.sopClass, 0});
  }
  if (const auto missing = block.slices.size() - slices.size(); missing > 0) {
    return fail(ErrorCode::not_found, std::to_string(missing) + " of " + std::to_string(block.slices.size()) +
                                          " files of the block are missing");
  }
  return slices;
}

Result<> expectUnchanged(Services& services, const ImageFiles& files, const Block& block, Checked which) {
  ATTEST_TRY(const auto slices, slicesOf(files, block));
  std::set<SopUid> images;
  std::vector<fs::path> paths;
  std::vector<std::string> wanted;
  for (const auto& slice : slices) {
    const auto& file = files.at(slice.sopUid);
    if (!images.insert(slice.sopUid).second || (which == Checked::inPlace && !file.isInPlace)) continue;
    paths.push_back(file.path);
    wanted.push_back(file.sha256);
  }
  const auto hashes = services.db().blobs().hashFiles(paths, services.pool().parallel());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < hashes.size(); ++i) changed += hashes[i] != wanted[i] ? 1 : 0;
  if (changed == 0) return {};
  return fail(ErrorCode::corrupt, std::to_string(changed) + " of " + std::to_string(images.size()) +
                                      " images are not the bytes that came in");
}

}  // namespace attest::workflow
