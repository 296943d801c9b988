// make_phantom FOLDER: a small chest CT in FOLDER/ct, and in FOLDER/truth the masks that it was made from
// (NIfTI).
#include <cstdio>
#include <filesystem>

#include "core/files/nifti.h"
#include "tests/support/phantom.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_phantom FOLDER\n");
    return 2;
  }
  using namespace attest;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder / "ct");
  std::filesystem::create_directories(folder / "truth");
  const test::ChestPhantom phantom = test::makeChestPhantom();
  test::writeCt(folder / "ct", *phantom.volume);
  const bool written = files::writeNifti(folder / "truth/right_lung.nii.gz", phantom.rightLung).has_value() &&
                       files::writeNifti(folder / "truth/left_lung.nii.gz", phantom.leftLung).has_value() &&
                       files::writeNifti(folder / "truth/volume.nii.gz", *phantom.volume).has_value();
  for (const Vec3& nodule : phantom.nodulesMm) std::printf("%.3f %.3f %.3f\n", nodule.x, nodule.y, nodule.z);
  return written ? 0 : 1;
}
