// The codecs whose encoder is DCMTK's, on colours and grey of every depth that they have.

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <dcmtk/dcmjpls/djrparam.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/core/dicom/decoded.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

constexpr int rows = 21;
constexpr int columns = 35;

// How an image is encoded, and how far its values may then be from what they were.
struct Coding {
  const char* name;
  E_TransferSyntax syntax;
  int samples;
  int allocated;
  int stored;
  double tolerance;
};

// A smooth image over the whole range of its bits: what loses little of it, loses little of anatomy.
std::vector<int> gradient(const Coding& coding) {
  std::vector<int> values;
  const double most = (1 << coding.stored) - 1;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      for (int s = 0; s < coding.samples; ++s)
        values.push_back(static_cast<int>(most * (r + c + 4 * s) / (rows + columns + 8)));
  return values;
}

void putImage(DcmDataset& data, const Coding& coding, const std::vector<int>& values) {
  data.putAndInsertString(DCM_SOPClassUID, UID_SecondaryCaptureImageStorage);
  data.putAndInsertString(DCM_SOPInstanceUID, "1.2.3");
  data.putAndInsertString(DCM_PhotometricInterpretation, coding.samples == 3 ? "RGB" : "MONOCHROME2");
  const std::pair<DcmTagKey, int> words[] = {{DCM_SamplesPerPixel, coding.samples},
                                             {DCM_Rows, rows},
                                             {DCM_Columns, columns},
                                             {DCM_BitsAllocated, coding.allocated},
                                             {DCM_BitsStored, coding.stored},
                                             {DCM_HighBit, coding.stored - 1},
                                             {DCM_PixelRepresentation, 0}};
  for (const auto& [tag, value] : words) data.putAndInsertUint16(tag, static_cast<Uint16>(value));
  if (coding.samples == 3) data.putAndInsertUint16(DCM_PlanarConfiguration, 0);
  if (coding.allocated == 8) {
    const std::vector<Uint8> bytes(values.begin(), values.end());
    data.putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size());
  } else {
    const std::vector<Uint16> pixels(values.begin(), values.end());
    data.putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size());
  }
}

void encode(DcmDataset& data, E_TransferSyntax syntax) {
  DJEncoderRegistration::registerCodecs();
  DJLSEncoderRegistration::registerCodecs();
  DcmRLEEncoderRegistration::registerCodecs();
  const DJ_RPLossy lossy(95);
  const DJ_RPLossless lossless;
  const DJLSRepresentationParameter near(2, OFFalse);
  const DcmRepresentationParameter* how = nullptr;
  if (syntax == EXS_JPEGProcess1 || syntax == EXS_JPEGProcess2_4) how = &lossy;
  if (syntax == EXS_JPEGProcess14SV1) how = &lossless;
  if (syntax == EXS_JPEGLSLossy) how = &near;
  ASSERT_TRUE(data.chooseRepresentation(syntax, how).good());
}

class Encodings : public testing::TestWithParam<Coding> {};

TEST_P(Encodings, ComesBackWithinItsTolerance) {
  const Coding& coding = GetParam();
  const test::TempDir folder;
  const auto values = gradient(coding);
  DcmFileFormat file;
  putImage(*file.getDataset(), coding, values);
  encode(*file.getDataset(), coding.syntax);
  const auto path = folder / "image.dcm";
  ASSERT_TRUE(file.saveFile(path.c_str(), coding.syntax).good());
  const auto read = decodeFile(path);
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->values.size(), values.size());
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    largest = std::max(largest, std::abs(read->values[i] - values[i]));
  EXPECT_LE(largest, coding.tolerance);
}

INSTANTIATE_TEST_SUITE_P(Codings, Encodings,
                         testing::Values(Coding{"baseline", EXS_JPEGProcess1, 1, 8, 8, 3},
                                         Coding{"baseline_rgb", EXS_JPEGProcess1, 3, 8, 8, 8},
                                         Coding{"extended_8", EXS_JPEGProcess2_4, 1, 8, 8, 3},
                                         Coding{"extended_12", EXS_JPEGProcess2_4, 1, 16, 12, 40},
                                         Coding{"lossless_rgb", EXS_JPEGProcess14SV1, 3, 8, 8, 0},
                                         Coding{"lossless_12", EXS_JPEGProcess14SV1, 1, 16, 12, 0},
                                         Coding{"lossless_16", EXS_JPEGProcess14SV1, 1, 16, 16, 0},
                                         Coding{"ls_rgb", EXS_JPEGLSLossless, 3, 8, 8, 0},
                                         Coding{"ls_12", EXS_JPEGLSLossless, 1, 16, 12, 0},
                                         Coding{"ls_near", EXS_JPEGLSLossy, 1, 8, 8, 2},
                                         Coding{"rle_rgb", EXS_RLELossless, 3, 8, 8, 0},
                                         Coding{"rle_16", EXS_RLELossless, 1, 16, 16, 0},
                                         Coding{"big_endian_rgb", EXS_BigEndianExplicit, 3, 8, 8, 0},
                                         Coding{"big_endian_16", EXS_BigEndianExplicit, 1, 16, 16, 0},
                                         Coding{"deflated_rgb", EXS_DeflatedLittleEndianExplicit, 3, 8, 8,
                                                0}),
                         [](const auto& coding) { return coding.param.name; });

}  // namespace
}  // namespace attest::dicom
