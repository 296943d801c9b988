#include "core/dicom/header.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <array>
#include <fstream>
#include <functional>
#include <utility>
#include <vector>

#include "core/dicom/scan.h"
#include "tests/core/dicom/series.h"
#include "tests/support/phantom.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

namespace attest::dicom {
namespace {

using test::CtOptions;
using test::TempDir;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;

imaging::Volume small() {
  return imaging::Volume(Grid{{4, 3, 1}, {1, 2, 3}, {0.5, 0.6, 2}}, imaging::PixelType::int16, Unit::hu);
}

std::filesystem::path writeOne(const TempDir& folder, std::function<void(DcmDataset&)> change = {},
                               const std::string& syntax = "1.2.840.10008.1.2.1") {
  CtOptions options;
  options.transferSyntax = syntax;
  options.change = [&](void* data, int) {
    if (change) change(*static_cast<DcmDataset*>(data));
  };
  return writeCt(folder.path(), small(), options).front();
}

Error refusal(const std::filesystem::path& path) {
  const auto header = readHeader(path);
  return header ? Error{ErrorCode::internal, "it was read"} : header.error();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void save(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(ReadHeader, TellsAllThatAFileSays) {
  TempDir folder;
  const auto path = writeOne(folder);
  const auto header = readHeader(path);
  ASSERT_TRUE(header) << header.error().detail;
  EXPECT_EQ(header->patient.name.reveal(), "TEST^Chest");
  EXPECT_EQ(header->patient.id.reveal(), "ATT-TEST-1");
  EXPECT_EQ(header->study.date, "20260801");
  EXPECT_EQ(header->series.modality, "CT");
  EXPECT_EQ(header->series.bodyPart, "CHEST");
  EXPECT_EQ(header->fileBytes, static_cast<std::int64_t>(std::filesystem::file_size(path)));
  const InstanceHeader& image = header->instance;
  EXPECT_EQ(image.rows, 3);
  EXPECT_EQ(image.columns, 4);
  EXPECT_EQ(image.bitsStored, 16);
  EXPECT_TRUE(image.isSigned);
  EXPECT_EQ(image.groups.positionMm, (Vec3{1, 2, 3}));
  EXPECT_EQ(image.groups.pixelSpacingMm, (std::array{0.6, 0.5}));
  EXPECT_EQ(image.groups.rescaleIntercept, -1024);
  EXPECT_EQ(image.groups.windows, (std::vector{Window{40, 400}}));
  EXPECT_EQ(image.groups.kernel, "STANDARD");
  EXPECT_EQ(image.kvp, 120);
}

TEST(ReadHeader, ReadsFilesWithoutPreamble) {
  TempDir folder;
  const auto path = writeOne(folder);
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(path.c_str()).good());
  for (const auto syntax : {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit}) {
    const auto bare = folder / "bare.dcm";
    ASSERT_TRUE(file.getDataset()->saveFile(bare.c_str(), syntax).good());
    const auto header = readHeader(bare);
    ASSERT_TRUE(header) << header.error().detail;
    EXPECT_EQ(header->instance.rows, 3);
  }
}

TEST(ReadHeader, RefusesWhatIsNoDicom) {
  TempDir folder;
  save(folder / "empty", "");
  save(folder / "text", std::string(1000, 'x'));
  save(folder / "short", "abc");
  EXPECT_EQ(refusal(folder / "empty").detail, "empty file");
  EXPECT_EQ(refusal(folder / "text").detail, "not DICOM");
  EXPECT_EQ(refusal(folder / "short").detail, "not DICOM");
  EXPECT_EQ(refusal(folder / "absent").code, ErrorCode::not_found);
  EXPECT_EQ(refusal(folder.path()).detail, "not a file");
}

TEST(ReadHeader, NamesEveryUidThatIsMissing) {
  TempDir folder;
  const auto path = writeOne(folder, [](DcmDataset& d) {
    d.putAndInsertString(DCM_SeriesInstanceUID, "");
    delete d.remove(DCM_StudyInstanceUID);
  });
  EXPECT_EQ(refusal(path).code, ErrorCode::bad_file);
  EXPECT_EQ(refusal(path).detail, "no Study Instance UID (0020,000D), no Series Instance UID (0020,000E)");
}

TEST(ReadHeader, RefusesObjectsThatAreNoImage) {
  TempDir folder;
  for (const auto& [uid, name] :
       {std::pair{UID_SegmentationStorage, "not an image: Segmentation Storage"},
        {UID_EncapsulatedPDFStorage, "not an image: Encapsulated PDF Storage"},
        {UID_Comprehensive3DSRStorage, "not an image: Comprehensive 3DSR Storage"}}) {
    const auto path = writeOne(folder, [&](DcmDataset& d) { d.putAndInsertString(DCM_SOPClassUID, uid); });
    EXPECT_EQ(refusal(path).code, ErrorCode::unsupported);
    EXPECT_EQ(refusal(path).detail, name);
  }
}

TEST(ReadHeader, RefusesSizesThatContradictOrExceed) {
  TempDir folder;
  const auto refused = [&](std::function<void(DcmDataset&)> change) {
    return refusal(writeOne(folder, change));
  };
  EXPECT_THAT(refused([](DcmDataset& d) { d.putAndInsertUint16(DCM_Rows, 0); }).detail, HasSubstr("no Rows"));
  EXPECT_THAT(refused([](DcmDataset& d) { d.putAndInsertUint16(DCM_Rows, 60000); }).detail,
              HasSubstr("truncated: Pixel Data (7FE0,0010) has 24 of 480000 bytes"));
  EXPECT_EQ(refused([](DcmDataset& d) { d.putAndInsertString(DCM_NumberOfFrames, "2000000000"); }).code,
            ErrorCode::too_large);
  EXPECT_EQ(refused([](DcmDataset& d) { d.putAndInsertString(DCM_NumberOfFrames, "-1"); }).code,
            ErrorCode::bad_file);
  EXPECT_THAT(refused([](DcmDataset& d) { delete d.remove(DCM_PixelData); }).detail,
              HasSubstr("no Pixel Data"));
  EXPECT_EQ(refused([](DcmDataset& d) { d.putAndInsertUint16(DCM_BitsAllocated, 24); }).code,
            ErrorCode::unsupported);
  EXPECT_EQ(refused([](DcmDataset& d) {
              d.putAndInsertString(DCM_PhotometricInterpretation, "PALETTE COLOR");
            }).detail,
            "the palette (0028,1101) is missing or damaged");
}

TEST(ReadHeader, RefusesValuesBehindAModalityLut) {
  TempDir folder;
  const auto refused = refusal(writeOne(folder, [](DcmDataset& d) {
    DcmItem* lut = nullptr;
    d.findOrCreateSequenceItem(DCM_ModalityLUTSequence, lut);
    lut->putAndInsertString(DCM_ModalityLUTType, "HU");
  }));
  EXPECT_EQ(refused.code, ErrorCode::unsupported);
  EXPECT_THAT(refused.detail, HasSubstr("Modality LUT Sequence (0028,3000)"));
}

void put16(std::string& bytes, unsigned group, unsigned element, int value) {
  const char header[] = {static_cast<char>(group),
                         static_cast<char>(group >> 8),
                         static_cast<char>(element),
                         static_cast<char>(element >> 8),
                         'U',
                         'S',
                         2,
                         0};
  const auto at = bytes.find(std::string(header, 8));
  ASSERT_NE(at, std::string::npos);
  bytes[at + 8] = static_cast<char>(value);
  bytes[at + 9] = static_cast<char>(value >> 8);
}

TEST(ReadHeader, RefusesMoreThanCompressedPixelsCanHold) {
  for (const auto& [syntax, reason] : {std::pair{"1.2.840.10008.1.2.5", "too short"},
                                       {"1.2.840.10008.1.2.4.70", "contradict"},
                                       {"1.2.840.10008.1.2.4.80", "contradict"}}) {
    TempDir folder;
    const Grid grid{{16, 16, 1}, {}, {1, 1, 1}};
    test::CtOptions options;
    options.transferSyntax = syntax;
    const auto path = writeCt(folder.path(), {grid, imaging::PixelType::int16, Unit::hu}, options).front();
    ASSERT_TRUE(readHeader(path)) << syntax;
    std::string bytes = content(path);
    put16(bytes, 0x28, 0x10, 4000);
    put16(bytes, 0x28, 0x11, 4000);
    save(path, bytes);
    EXPECT_EQ(refusal(path).code, ErrorCode::bad_file);
    EXPECT_THAT(refusal(path).detail, HasSubstr(reason)) << syntax;
    put16(bytes, 0x28, 0x10, 65535);
    put16(bytes, 0x28, 0x11, 65535);
    save(path, bytes);
    EXPECT_EQ(refusal(path).code, ErrorCode::too_large) << syntax;
  }
}

TEST(ReadHeader, InflatesNoFurtherThanItsPixels) {
  TempDir folder;
  // 64 MB of zeroes in the pixels deflate to 64 KB; their header costs a quarter of a megabyte.
  test::CtOptions options;
  options.transferSyntax = "1.2.840.10008.1.2.1.99";
  const Grid grid{{8, 8, 1}, {}, {1, 1, 1}};
  options.change = [](void* data, int) {
    auto& dataset = *static_cast<DcmDataset*>(data);
    dataset.putAndInsertUint8Array(DcmTag(0x0009, 0x1010, EVR_OB), std::vector<Uint8>(20'000'000).data(),
                                   20'000'000);
  };
  const auto path = writeCt(folder.path(), {grid, imaging::PixelType::int16, Unit::hu}, options).front();
  EXPECT_EQ(refusal(path).code, ErrorCode::too_large);
  options.change = [](void* data, int) {
    static_cast<DcmDataset*>(data)->putAndInsertUint16Array(
        DCM_PixelData, std::vector<Uint16>(32'000'000).data(), 32'000'000);
  };
  TempDir other;
  const auto large = writeCt(other.path(), {grid, imaging::PixelType::int16, Unit::hu}, options).front();
  const auto header = Scan::file(large, Scan::Part::header);
  ASSERT_TRUE(header) << header.error().detail;
  const auto whole = Scan::file(large);
  ASSERT_TRUE(whole) << whole.error().detail;
  ASSERT_TRUE(readHeader(large));
  auto scan = Scan::file(large).value();
  std::array<std::byte, 2> pixel{};
  EXPECT_TRUE(scan.read(scan.pixels()->offset + 126, pixel)) << "the 64 that Rows and Columns tell";
  EXPECT_FALSE(scan.read(scan.pixels()->offset + 2'000'000, pixel)) << "nothing beyond";
}

TEST(ReadHeader, RefusesSequencesNestedTooDeep) {
  TempDir folder;
  for (const bool open : {false, true}) {
    const auto path = writeOne(folder);
    std::string bytes = content(path);
    std::string nested;
    for (int depth = 0; depth < 20000; ++depth) {
      // (0008,1140) SQ of undefined length with an item of undefined length, never closed or far from its end
      nested += std::string("\x08\x00\x40\x11SQ\0\0\xFF\xFF\xFF\xFF\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF", 20);
    }
    if (!open) {
      for (int depth = 0; depth < 20000; ++depth) {
        nested += std::string("\xFE\xFF\x0D\xE0\0\0\0\0\xFE\xFF\xDD\xE0\0\0\0\0", 16);
      }
    }
    const std::size_t before = bytes.find(std::string("\x08\x00\x16\x00UI", 6));
    ASSERT_NE(before, std::string::npos);
    save(path, bytes.insert(before, nested));
    EXPECT_EQ(refusal(path).code, ErrorCode::too_large);
    EXPECT_EQ(refusal(path).detail, "sequences nested more than 64 deep");
  }
}

TEST(ReadHeader, ReadsPastSequencesOfEveryKind) {
  TempDir folder;
  for (const char* syntax : {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"}) {
    const auto path = writeOne(
        folder,
        [](DcmDataset& d) {
          DcmItem* item = nullptr;
          ASSERT_TRUE(d.findOrCreateSequenceItem(DCM_ReferencedImageSequence, item, -2).good());
          item->putAndInsertString(DCM_ReferencedSOPInstanceUID, "1.2.3");
          DcmItem* inner = nullptr;
          ASSERT_TRUE(item->findOrCreateSequenceItem(DCM_PurposeOfReferenceCodeSequence, inner, -2).good());
          inner->putAndInsertString(DCM_SOPInstanceUID, "9.9.9");
        },
        syntax);
    const auto header = readHeader(path);
    ASSERT_TRUE(header) << header.error().detail;
    EXPECT_NE(header->instance.sopUid.value, "9.9.9");
    EXPECT_EQ(header->instance.columns, 4);
  }
}

TEST(ReadHeader, GivesTextAsUtf8WhateverTheFileClaims) {
  const auto named = [](const char* characterSet, const char* bytes) {
    TempDir folder;
    const auto path = writeOne(folder, [&](DcmDataset& d) {
      d.putAndInsertString(DCM_SpecificCharacterSet, characterSet);
      d.putAndInsertString(DCM_PatientName, bytes);
    });
    const auto header = readHeader(path);
    return header ? header->patient.name.reveal() : header.error().detail;
  };
  EXPECT_EQ(named("ISO_IR 192", "M\xC3\xBCller^J\xC3\xB6rg"), "Müller^Jörg");
  EXPECT_EQ(named("ISO_IR 100", "M\xFCller^J\xF6rg"), "Müller^Jörg");
  EXPECT_EQ(named("ISO_IR 144", "\xBB\xEE\xDA\x63\xDC\x65\xDD"), "Люкcмeн");
  EXPECT_EQ(named("\\ISO 2022 IR 87", "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B"),
            "Yamada^Tarou=山田^太郎");
  EXPECT_EQ(named("", "M\xFCller"), "Müller");            // undeclared Latin-1
  EXPECT_EQ(named("", "M\xC3\xBCller"), "Müller");        // undeclared UTF-8
  EXPECT_EQ(named("ISO_IR 192", "M\xFCller"), "Müller");  // declared UTF-8, but it is not
  EXPECT_EQ(named("NO SUCH SET", "M\xFCller"), "Müller");
}

TEST(ReadHeader, RefusesEverySyntaxWithoutADecoderByName) {
  const auto folder = test::realData("syntaxes-one-ct-slice");
  if (!folder) GTEST_SKIP() << "syntaxes-one-ct-slice is not on this machine";
  int refused = 0;
  for (const auto& file : filesBelow(*folder)) {
    const auto header = readHeader(file);
    if (header) continue;
    ++refused;
    EXPECT_EQ(header.error().code, ErrorCode::unsupported) << file << header.error().detail;
    if (file.string().find("1.2.4.53") != std::string::npos) {
      EXPECT_THAT(header.error().detail,
                  AllOf(HasSubstr("transfer syntax"), HasSubstr("1.2.840.10008.1.2.4.53")));
    }
  }
  EXPECT_GT(refused, 0);
}

TEST(ReadHeader, NamesTheEmptyUidsOfARealSeries) {
  const auto folder = test::realData("ct-body-small-labels");
  if (!folder) GTEST_SKIP() << "ct-body-small-labels is not on this machine";
  const auto series =
      readFolder(*folder / "wasserth+TotalSegmentator/tests/reference_files/example_ct_dicom");
  EXPECT_THAT(series.refused, SizeIs(20));
  EXPECT_THAT(series.refused,
              Each(AllOf(HasSubstr("(0008,0016)"), HasSubstr("(0008,0018)"), HasSubstr("(0020,000E)"))));
}

}  // namespace
}  // namespace attest::dicom
