// What comes back from disk or from other programs: stored masks and NIfTI files.
#include <fstream>

#include "core/files/nifti.h"
#include "core/imaging/mask.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

int main() {
  using namespace attest;
  const auto phantom = test::makeChestPhantom({40, 36, 20}, {9, 9, 12});
  const test::TempDir folder;
  static_cast<void>(files::writeNifti(folder / "volume.nii", *phantom.volume));
  static_cast<void>(files::writeNifti(folder / "mask.nii.gz", phantom.leftLung));
  const std::vector<std::string> corpus{imaging::encode(phantom.rightLung), imaging::encode(phantom.trachea),
                                        test::bytesOf(folder / "volume.nii"),
                                        test::bytesOf(folder / "mask.nii.gz")};
  const auto path = folder / "input.nii";
  return test::fuzz("stored", corpus, [&](const std::string& bytes) {
    static_cast<void>(imaging::decodeMask(std::as_bytes(std::span(bytes))));
    std::ofstream(path, std::ios::binary) << bytes;
    static_cast<void>(files::readNiftiMask(path));
    static_cast<void>(files::readNiftiVolume(path));
  });
}
