#include "core/files/nifti.h"
#include "core/workflow/export_job.h"

namespace attest::workflow {
namespace {

namespace fs = std::filesystem;

Result<> writeVolume(Export& out, const BlockRef& ref, const Block& block) {
  ATTEST_TRY(const auto volume, loadVolume(out, ref, block));
  const std::string name = blockName(out, ref) + ".nii.gz";
  ATTEST_CHECK(files::writeNifti(out.request.folder / name, *volume));
  return addFile(out, name, "nifti", "");
}

Result<> copyWhole(const fs::path& from, const fs::path& to) {
  const fs::path part = to.string() + ".part";
  std::error_code error;
  fs::copy_file(from, part, fs::copy_options::overwrite_existing, error);
  if (!error) fs::rename(part, to, error);
  if (!error) return {};
  std::error_code none;
  fs::remove(part, none);
  if (error == std::errc::no_space_on_device) return fail(ErrorCode::disk_full, "copying an image");
  return fail(ErrorCode::io, "cannot copy an image: " + error.message());
}

}  // namespace

Result<> writeNiftis(Export& out) {
  for (const auto& series : out.leaving.record.series) {
    for (const auto& block : series.blocks) {
      if (block.isVolume()) ATTEST_CHECK(writeVolume(out, {series.info.uid, block.index}, block));
    }
  }
  for (auto& block : out.blocks) {
    ATTEST_CHECK(loadMasks(out, block));
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      const std::string name = blockName(out, block.ref) + "_" + std::to_string(i + 1) + "_" +
                               fileWord(block.items[i]->label) + ".nii.gz";
      ATTEST_CHECK(files::writeNifti(out.request.folder / name, *block.masks[i]));
      ATTEST_CHECK(addFile(out, name, "nifti", ""));
    }
  }
  return {};
}

Result<> copyImages(Export& out) {
  for (const auto& series : out.leaving.record.series) {
    const std::string folder = blockName(out, {series.info.uid, 0});
    for (const auto& block : series.blocks) {
      ATTEST_TRY(const auto slices, sourceOf(out, {series.info.uid, block.index}, block));
      std::error_code error;
      fs::create_directories(out.request.folder / folder, error);  // where it fails, the copy says why
      fs::path last;
      for (const auto& slice : slices) {
        if (slice.path == last) continue;  // the next frame of the same file
        last = slice.path;
        const std::string name = folder + "/" + slice.sopUid.value + ".dcm";
        ATTEST_CHECK(copyWhole(slice.path, out.request.folder / name));
        ATTEST_CHECK(addFile(out, name, "dicom", slice.sopUid.value));
      }
    }
  }
  return {};
}

}  // namespace attest::workflow
