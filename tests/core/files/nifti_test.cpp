#include "core/files/nifti.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/support/temp_dir.h"

namespace attest::files {
namespace {

using imaging::Mask;
using imaging::PixelType;
using imaging::Rgb24;
using imaging::Volume;

Grid obliqueGrid(double handedness = 1) {
  const double c = std::cos(0.4);
  const double s = std::sin(0.4);
  return {{7, 5, 4},
          {-31.25, 47.5, 1012.125},
          {0.6, 0.8, 1.3},
          {Vec3{c, s, 0}, Vec3{-s * c, c * c, s}, handedness * Vec3{s * s, -s * c, c}}};
}

Volume rampVolume(const Grid& grid) {
  Volume volume(grid, PixelType::int16, Unit::hu);
  const auto values = volume.writable<std::int16_t>();
  for (std::size_t n = 0; n < values.size(); ++n)
    values[n] = static_cast<std::int16_t>(static_cast<int>(n) * 31 - 1024);
  return volume;
}

/// Runs a script of nibabel with `folder` and numpy at hand; false where an assertion of it fails.
bool python(const test::TempDir& folder, const std::string& script) {
  std::ofstream(folder / "script.py")
      << "import os, nibabel as nib, numpy as np\nos.chdir('" << folder.path().string() << "')\n"
      << script;
  return std::system((std::string(ATTEST_PYTHON) + " " + (folder / "script.py").string()).c_str()) == 0;
}

std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
void writeBytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string text(const Vec3& v) {
  return "np.array([" + std::to_string(v.x) + "," + std::to_string(v.y) + "," + std::to_string(v.z) + "])";
}

TEST(Nifti, NibabelSeesTheSameVoxelsAtTheSamePlaces) {
  const test::TempDir folder;
  for (const double handedness : {1.0, -1.0}) {
    const Grid grid = obliqueGrid(handedness);
    ASSERT_TRUE(writeNifti(folder / "ct.nii.gz", rampVolume(grid)));
    EXPECT_TRUE(python(folder,
                       "im = nib.load('ct.nii.gz')\n"
                       "assert im.shape == (7, 5, 4) and im.get_data_dtype() == np.int16\n"
                       "v = np.asanyarray(im.dataobj)\n"
                       "assert (v.ravel(order='F') == np.arange(140) * 31 - 1024).all()\n"
                       "lps = np.diag([-1, -1, 1, 1]) @ im.affine @ [6, 4, 3, 1]\n"
                       "assert np.allclose(lps[:3], " +
                           text(grid.toPatient(Index3{6, 4, 3})) +
                           ", atol=1e-3), lps\n"
                           "assert np.allclose(im.get_qform(), im.get_sform(), atol=1e-3)\n"
                           "assert im.header['qform_code'] == 1 and im.header['sform_code'] == 1\n"
                           "assert im.header.get_xyzt_units()[0] == 'mm'\n"))
        << handedness;
  }
}

TEST(Nifti, OwnFilesComeBackPlainAndCompressedInAllTypes) {
  const test::TempDir folder;
  const Grid grid = obliqueGrid();
  std::mt19937 random(1);
  for (const char* file : {"a.nii", "a.nii.gz"})
    for (const auto type :
         {PixelType::uint8, PixelType::int16, PixelType::uint16, PixelType::float32, PixelType::rgb24}) {
      Volume volume(grid, type, Unit::hu);
      for (std::size_t n = 0; n < volume.bytes(); ++n)
        volume.rawData()[n] = static_cast<std::byte>(random() % 64);
      ASSERT_TRUE(writeNifti(folder / file, volume));
      const auto back = readNiftiVolume(folder / file);
      ASSERT_TRUE(back) << back.error().detail;
      EXPECT_EQ((*back)->type(), type);
      EXPECT_EQ((*back)->unit(), Unit::hu);
      EXPECT_TRUE(sameGrid((*back)->grid(), grid));
      EXPECT_EQ(std::memcmp((*back)->rawData(), volume.rawData(), volume.bytes()), 0);
    }
}

TEST(Nifti, MasksComeBackAndEqualMasksGiveEqualFiles) {
  const test::TempDir folder;
  Mask mask(obliqueGrid());
  mask.paint({{1, 2, 0}, {5, 4, 2}}, true, [](Index3 at) { return (at.i + at.j) % 2 == 0; });
  ASSERT_TRUE(writeNifti(folder / "a.nii.gz", mask));
  ASSERT_TRUE(writeNifti(folder / "b.nii.gz", mask));
  EXPECT_EQ(bytesOf(folder / "a.nii.gz"), bytesOf(folder / "b.nii.gz"));
  const auto back = readNiftiMask(folder / "a.nii.gz");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->toDense(), mask.toDense());
  EXPECT_TRUE(sameGrid(back->grid(), mask.grid()));
}

TEST(Nifti, ShearedGridsSurviveByTheirSform) {
  const test::TempDir folder;
  Grid grid = obliqueGrid();
  grid.axes = {Vec3{1, 0, 0}, Vec3{0, 1, 0}, normalized({0, 0.3, 1})};
  ASSERT_TRUE(writeNifti(folder / "a.nii", rampVolume(grid)));
  EXPECT_TRUE(sameGrid((*readNiftiVolume(folder / "a.nii"))->grid(), grid));
}

TEST(Nifti, FilesOfNibabelInEveryTypeAndByteOrder) {
  const test::TempDir folder;
  ASSERT_TRUE(python(folder,
                     "v = np.arange(60).reshape((5, 4, 3), order='F')\n"
                     "aff = np.array([[0, -2, 0, 10], [-1.5, 0, 0, 20], [0, 0, 3, -30], [0, 0, 0, 1.]])\n"
                     "for t in 'i1 u1 i2 u2 i4 u4 i8 u8 f4 f8'.split():\n"
                     "  for end in '<>':\n"
                     "    h = nib.Nifti1Header(endianness=end); h.set_data_dtype(np.dtype(t))\n"
                     "    im = nib.Nifti1Image(v.astype(t), aff, h)\n"
                     "    nib.save(im, t + ('le' if end == '<' else 'be') + '.nii.gz')\n"));
  for (const char* type : {"i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"})
    for (const char* order : {"le", "be"}) {
      const auto volume = readNiftiVolume(folder / (std::string(type) + order + ".nii.gz"));
      ASSERT_TRUE(volume) << type << order << volume.error().detail;
      const Grid& grid = (*volume)->grid();
      EXPECT_EQ(grid.dims, (Index3{5, 4, 3}));
      for (const Index3 at : {Index3{0, 0, 0}, Index3{4, 0, 0}, Index3{1, 3, 2}})
        EXPECT_EQ((*volume)->at(at), static_cast<double>(grid.offset(at))) << type << order;
      // RAS (10 - 2j, 20 - 1.5i, -30 + 3k) is LPS with x and y negated.
      EXPECT_LT(length(grid.toPatient(Index3{4, 3, 2}) - Vec3{-4, -14, -24}), 1e-4);
    }
}

TEST(Nifti, ScaledFilesGiveWhatTheirNumbersMean) {
  const test::TempDir folder;
  ASSERT_TRUE(python(folder,
                     "im = nib.Nifti1Image(np.array([[[0, 1], [2, 300]]], 'i2'), np.eye(4))\n"
                     "im.header.set_slope_inter(0.5, -10)\n"
                     "nib.save(im, 's.nii')\n"));
  const auto volume = readNiftiVolume(folder / "s.nii");
  ASSERT_TRUE(volume);
  EXPECT_EQ((*volume)->type(), PixelType::float32);
  const auto seen = [&] { return python(folder, "assert nib.load('s.nii').get_fdata()[0, 1, 1] == 140\n"); };
  if (seen()) {
    EXPECT_EQ((*volume)->at({0, 1, 1}), 140);
  } else {
    FAIL() << "nibabel reads its own file otherwise";
  }
}

TEST(Nifti, QformAloneAndUnitsOfMetres) {
  const test::TempDir folder;
  ASSERT_TRUE(python(
      folder,
      "c, s = np.cos(0.3), np.sin(0.3)\n"
      "aff = np.array([[c, -s, 0, 1], [s, c, 0, 2], [0, 0, -1, 3], [0, 0, 0, 1.]]) @ np.diag([2, 3, 4, 1])\n"
      "im = nib.Nifti1Image(np.ones((3, 4, 5), 'u1'), None)\n"
      "im.set_qform(aff, 1); im.set_sform(None, 0); nib.save(im, 'q.nii')\n"
      "im = nib.Nifti1Image(np.ones((3, 4, 5), 'u1'), np.diag([.001, .002, .003, 1]))\n"
      "im.header.set_xyzt_units('meter'); nib.save(im, 'm.nii')\n"));
  const auto rotated = readNiftiVolume(folder / "q.nii");
  ASSERT_TRUE(rotated) << rotated.error().detail;
  const Vec3 corner = (*rotated)->grid().toPatient(Index3{2, 3, 4});
  const double c = std::cos(0.3);
  const double s = std::sin(0.3);
  EXPECT_LT(length(corner - Vec3{-(4 * c - 9 * s + 1), -(4 * s + 9 * c + 2), 3 - 16.0}), 1e-3);
  const auto metres = readNiftiVolume(folder / "m.nii");
  ASSERT_TRUE(metres);
  EXPECT_LT(length((*metres)->grid().spacingMm - Vec3{1, 2, 3}), 1e-5);
}

TEST(Nifti, NeitherSformNorQformIsRefused) {
  const test::TempDir folder;
  ASSERT_TRUE(writeNifti(folder / "a.nii", rampVolume(obliqueGrid())));
  std::string bytes = bytesOf(folder / "a.nii");
  bytes.replace(252, 4, std::string(4, '\0'));
  writeBytes(folder / "a.nii", bytes);
  EXPECT_EQ(readNiftiVolume(folder / "a.nii").error().code, ErrorCode::bad_geometry);
}

TEST(Nifti, MaskIsWhatIsNotZeroAndNanIsNothing) {
  const test::TempDir folder;
  ASSERT_TRUE(python(
      folder, "nib.save(nib.Nifti1Image(np.array([[[0, 0.5, -3, np.nan]]], 'f4'), np.eye(4)), 'f.nii')\n"));
  EXPECT_EQ(readNiftiMask(folder / "f.nii")->toDense(), (std::vector<std::uint8_t>{0, 1, 1, 0}));
}

TEST(Nifti, FourDimensionsAndOtherFormatsAreNamed) {
  const test::TempDir folder;
  ASSERT_TRUE(python(folder,
                     "nib.save(nib.Nifti1Image(np.zeros((2, 2, 2, 3), 'u1'), np.eye(4)), '4d.nii')\n"
                     "nib.save(nib.Nifti1Image(np.zeros((2, 2, 2, 1), 'u1'), np.eye(4)), '4d1.nii')\n"
                     "nib.save(nib.Nifti2Image(np.zeros((2, 2, 2), 'u1'), np.eye(4)), 'n2.nii')\n"
                     "nib.save(nib.Nifti1Image(np.zeros((2, 2, 2), 'c8'), np.eye(4)), 'complex.nii')\n"));
  EXPECT_EQ(readNiftiVolume(folder / "4d.nii").error().code, ErrorCode::unsupported);
  EXPECT_TRUE(readNiftiVolume(folder / "4d1.nii"));
  EXPECT_EQ(readNiftiVolume(folder / "n2.nii").error().code, ErrorCode::unsupported);
  EXPECT_EQ(readNiftiVolume(folder / "complex.nii").error().code, ErrorCode::unsupported);
  writeBytes(folder / "text.nii", std::string(1000, 'x'));
  EXPECT_EQ(readNiftiVolume(folder / "text.nii").error().code, ErrorCode::bad_file);
  writeBytes(folder / "empty.nii", "");
  EXPECT_EQ(readNiftiVolume(folder / "empty.nii").error().code, ErrorCode::bad_file);
  EXPECT_EQ(readNiftiVolume(folder / "absent.nii").error().code, ErrorCode::io);
}

TEST(Nifti, TruncatedAndFlippedFilesNeverCrashAndTruncationIsSeen) {
  const test::TempDir folder;
  for (const char* file : {"a.nii", "a.nii.gz"}) {
    ASSERT_TRUE(writeNifti(folder / file, rampVolume(obliqueGrid())));
    const std::string bytes = bytesOf(folder / file);
    for (std::size_t length = 0; length < bytes.size(); length += 5) {
      writeBytes(folder / file, bytes.substr(0, length));
      EXPECT_FALSE(readNiftiVolume(folder / file)) << file << length;
    }
    std::mt19937 random(2);
    for (int n = 0; n < 400; ++n) {
      std::string bad = bytes;
      bad[random() % bad.size()] ^= static_cast<char>(1 + random() % 255);
      writeBytes(folder / file, bad);
      const auto volume = readNiftiVolume(folder / file);
      if (volume) {
        EXPECT_GT((*volume)->grid().voxels(), 0);
      }
    }
  }
}

TEST(Nifti, AClaimOfHugeSizeTakesNoMemory) {
  const test::TempDir folder;
  ASSERT_TRUE(writeNifti(folder / "a.nii", rampVolume(obliqueGrid())));
  std::string bytes = bytesOf(folder / "a.nii");
  for (const std::size_t at : {42U, 44U, 46U}) bytes.replace(at, 2, "\xff\x7f");
  writeBytes(folder / "a.nii", bytes);
  EXPECT_EQ(readNiftiVolume(folder / "a.nii").error().code, ErrorCode::bad_file);
}

TEST(Nifti, WritingWhereThereIsNoFolderSaysIo) {
  const test::TempDir folder;
  EXPECT_EQ(writeNifti(folder / "no" / "a.nii", rampVolume(obliqueGrid())).error().code, ErrorCode::io);
}

}  // namespace
}  // namespace attest::files
