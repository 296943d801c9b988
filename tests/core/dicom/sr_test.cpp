#include "core/dicom/sr.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmsr/codes/dcm.h>
#include <dcmtk/dcmsr/codes/sct.h>
#include <dcmtk/dcmsr/codes/umls.h>
#include <gmock/gmock.h>

#include <random>

#include "core/dicom/sr_codes.h"
#include "tests/core/dicom/derived_support.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

using dicom::MeasuredGroup;
using dicom::MeasuredNumber;
using testing::ElementsAre;
using testing::HasSubstr;
namespace codes = dicom::codes;
namespace fs = std::filesystem;

/// A report of a structure, a finding with a segment, and a finding without.
struct Draft {
  explicit Draft(const CtOptions& options = {}) {
    report.context = contextOf(writeCt(folder / "ct", obliqueCt(), options));
    report.segSopInstanceUid = newUid();
    report.segSeriesUid = newUid();
    lung.measurement.voxels = 1000;
    lung.measurement.volumeMm3 = 1650.75 / 3;  // no decimal string of 16 characters holds it
    lung.measurement.longestMm = 90;
    lung.measurement.values = ValueStatistics{-850.1 / 3, 12.5, -1000, 77, -860};
    nodule.measurement.voxels = 80;
    nodule.measurement.volumeMm3 = 310;
    nodule.measurement.longestMm = 9.25;
    nodule.measurement.perpendicularMm = 7.5;
    drawn.label = "Scar";
    drawn.state = ItemState::manual;
    drawn.madeBy = {};
    report.items = {{&lung, 1}, {&nodule, 2}, {&drawn, 0}};
    report.impression = {"Nodule of 9.3 mm in the left lung.", "No effusion \\ none."};
  }
  fs::path path() const { return folder / "sr.dcm"; }
  Result<> write() const { return dicom::writeSr(path(), report); }
  dicom::SrIn read() const { return dicom::readSr(path()).value(); }

  TempDir folder;
  Item lung = lungItem();
  Item nodule = noduleItem();
  Item drawn = noduleItem();
  dicom::SrOut report;
};

std::vector<double> valuesOf(const MeasuredGroup& group) {
  std::vector<double> out;
  for (const MeasuredNumber& number : group.numbers) out.push_back(number.value);
  return out;
}

TEST(Sr, ReadsBackExactlyWhatItWrote) {
  const Draft draft;
  const auto written = draft.write();
  ASSERT_TRUE(written) << written.error().detail;
  const auto in = draft.read();
  EXPECT_FALSE(in.verified);
  EXPECT_FALSE(in.complete);
  EXPECT_EQ(in.person, "Reader^Anna");
  EXPECT_EQ(in.texts, draft.report.impression);
  ASSERT_EQ(in.groups.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& [item, segment] = draft.report.items[i];
    EXPECT_EQ(in.groups[i].trackingId, item->label);
    EXPECT_EQ(in.groups[i].trackingUid, item->trackingUid);
    EXPECT_EQ(in.groups[i].category, item->category);
    EXPECT_EQ(in.groups[i].finding, item->code);
    EXPECT_EQ(in.groups[i].laterality, item->laterality);
    EXPECT_EQ(in.groups[i].segmentNumber, segment);
    EXPECT_EQ(in.groups[i].segSopInstanceUid, segment > 0 ? draft.report.segSopInstanceUid : "");
    EXPECT_EQ(in.groups[i].algorithmName, item->madeBy.agent);
    EXPECT_EQ(in.groups[i].verdict, name(item->state));
  }
}

TEST(Sr, SaysEachNumberExactlyWithItsUnitAndDerivation) {
  const Draft draft;
  ASSERT_TRUE(draft.write());
  const auto in = draft.read();
  const MeasuredGroup& lung = in.groups[0];  // of a structure no diameters
  EXPECT_THAT(valuesOf(lung), ElementsAre(1650.75 / 3, -850.1 / 3, 12.5, -1000.0, 77.0));
  EXPECT_EQ(lung.numbers[0].concept_, codes::volume);
  EXPECT_EQ(lung.numbers[0].unit, "mm3");
  const Code derivations[]{codes::mean, codes::standardDeviation, codes::minimum, codes::maximum};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(lung.numbers[i + 1].concept_, codes::attenuation);
    EXPECT_EQ(lung.numbers[i + 1].derivation, derivations[i]);
    EXPECT_EQ(lung.numbers[i + 1].unit, "[hnsf'U]");
  }
  EXPECT_THAT(valuesOf(in.groups[1]), ElementsAre(310.0, 9.25, 7.5));
  EXPECT_EQ(in.groups[1].numbers[1].concept_, codes::longAxis);
  EXPECT_EQ(in.groups[1].numbers[1].unit, "mm");
  EXPECT_EQ(in.groups[1].numbers[2].concept_, codes::shortAxis);
  EXPECT_TRUE(in.groups[2].numbers.empty());
}

TEST(Sr, LeavesStatisticsOutWhereTheirUnitIsNotKnown) {
  Draft draft;
  draft.report.context.unit = Unit::none;
  ASSERT_TRUE(draft.write());
  EXPECT_THAT(valuesOf(draft.read().groups[0]), ElementsAre(1650.75 / 3));
  draft.report.context.unit = Unit::suv_bw;
  ASSERT_TRUE(draft.write());
  EXPECT_EQ(draft.read().groups[0].numbers[1].concept_, codes::uptake);
}

TEST(Sr, DciodvfyFindsNoError) {
  if (!hasProgram("dciodvfy")) GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  Draft draft;
  ASSERT_TRUE(draft.write());
  EXPECT_EQ(dicomErrors(draft.path(), "Comprehensive3DSR"), "");
  draft.report.context.isSigned = true;
  draft.report.context.verifiedAt = draft.report.context.time;
  ASSERT_TRUE(draft.write());
  EXPECT_EQ(dicomErrors(draft.path(), "Comprehensive3DSR"), "");
}

TEST(Sr, HoldsOnOnARealChestCt) {
  const auto data = realData("ct-chest-248");
  if (!data) GTEST_SKIP() << "ct-chest-248 is not on this machine";
  Draft draft;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(*data)) {
    if (entry.is_regular_file() && dicom::readHeader(entry.path())) paths.push_back(entry.path());
  }
  draft.report.context = contextOf(paths);
  ASSERT_TRUE(draft.write());
  if (hasProgram("dciodvfy")) {
    EXPECT_EQ(dicomErrors(draft.path(), "Comprehensive3DSR"), "");
  }
  EXPECT_EQ(draft.read().groups.size(), 3U);
}

TEST(Sr, DsrdumpReadsTheWholeTree) {
  if (!hasProgram("dsrdump")) GTEST_SKIP() << "dsrdump (dcmtk) is not installed";
  Draft draft;
  draft.report.context.isSigned = true;
  draft.report.context.verifiedAt = draft.report.context.time;
  ASSERT_TRUE(draft.write());
  const Outcome dump = run("dsrdump +Pc +Pt +Pl '" + draft.path().string() + "'");
  EXPECT_EQ(dump.status, 0);
  std::istringstream lines(dump.output);
  for (std::string line; std::getline(lines, line);) {
    // DCMTK 3.6.7 warns of every object in UTF-8.
    if (line == "W: The VR checker does not support this Specific Character Set: ISO_IR 192") continue;
    EXPECT_FALSE(line.starts_with("E:") || line.starts_with("W:")) << line;
  }
  for (const char* part :
       {"COMPLETE", "VERIFIED", "Reader^Anna, Not stated", "TID 1500 (DCMR)", "TID 1600 (DCMR)",
        "TID 1411 (DCMR)", "TID 1501 (DCMR)", "(121191,DCM,\"Referenced Segment\")=(SG image,,2)",
        "(121232,DCM,", "has concept mod CODE:(363698007,SCT,\"Finding Site\")=(39607008,SCT,\"Lung\")",
        "99ATTEST,\"Corrected by the reader\"",
        "(121058,DCM,\"Procedure reported\")=(25045-6,LN,\"CT unspecified body region\")",
        "(111001,DCM,\"Algorithm Name\")=\"nodules\"", "model net-7; prompt find nodules"}) {
    EXPECT_THAT(dump.output, HasSubstr(part));
  }
}

TEST(Sr, IsCompleteAndVerifiedOnlyWhenSigned) {
  Draft draft;
  draft.report.context.isSigned = true;
  draft.report.context.verifiedAt = draft.report.context.time;
  ASSERT_TRUE(draft.write());
  EXPECT_TRUE(draft.read().verified);
  EXPECT_TRUE(draft.read().complete);
  draft.report.context.person.clear();
  EXPECT_EQ(draft.write().error().code, ErrorCode::bad_argument);
  draft.report.context.isSigned = false;
  ASSERT_TRUE(draft.write());
  EXPECT_EQ(draft.read().person, "");
}

TEST(Sr, ListsTheImagesAndTheSegmentationAsEvidence) {
  const Draft draft;
  ASSERT_TRUE(draft.write());
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(draft.path().c_str()).good());
  DcmItem* evidence = nullptr;
  ASSERT_TRUE(file.getDataset()
                  ->findAndGetSequenceItem(DCM_CurrentRequestedProcedureEvidenceSequence, evidence)
                  .good());
  for (const auto& [series, instances] : {std::pair{draft.report.context.sourceSeries.uid.value, 11UL},
                                          std::pair{draft.report.segSeriesUid, 1UL}}) {
    bool found = false;
    for (long i = 0; i < 2; ++i) {
      DcmItem* item = nullptr;
      DcmSequenceOfItems* listed = nullptr;
      OFString uid;
      ASSERT_TRUE(evidence->findAndGetSequenceItem(DCM_ReferencedSeriesSequence, item, i).good());
      ASSERT_TRUE(item->findAndGetOFString(DCM_SeriesInstanceUID, uid).good());
      if (series != uid.c_str()) continue;
      ASSERT_TRUE(item->findAndGetSequence(DCM_ReferencedSOPSequence, listed).good());
      EXPECT_EQ(listed->card(), instances);
      found = true;
    }
    EXPECT_TRUE(found) << series;
  }
}

TEST(Sr, WritesForeignNamesAsUtf8) {
  CtOptions options;
  options.change = [](void* dataset, int) {
    auto& d = *static_cast<DcmDataset*>(dataset);
    d.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 100");
    d.putAndInsertString(DCM_PatientName, "M\xFCller^J\xF6rg");
  };
  Draft draft(options);
  draft.report.context.person = "\u674E^\u660E";
  draft.report.impression = {"Gr\u00F6\u00DFe \u2265 8 mm"};
  ASSERT_TRUE(draft.write());
  EXPECT_EQ(draft.read().person, draft.report.context.person);
  EXPECT_EQ(draft.read().texts, draft.report.impression);
  DcmFileFormat file;
  OFString name;
  ASSERT_TRUE(file.loadFile(draft.path().c_str()).good());
  ASSERT_TRUE(file.getDataset()->findAndGetOFString(DCM_PatientName, name).good());
  EXPECT_EQ(std::string(name.c_str()), "M\u00FCller^J\u00F6rg");
}

TEST(Sr, RefusesAReferenceToASegmentationThatIsNotNamed) {
  Draft draft;
  draft.report.segSeriesUid.clear();
  EXPECT_EQ(draft.write().error().code, ErrorCode::bad_argument);
  draft.report.segSopInstanceUid.clear();
  EXPECT_EQ(draft.write().error().code, ErrorCode::bad_argument);
  draft.report.items = {{&draft.lung, 0}};
  EXPECT_TRUE(draft.write());
}

TEST(Sr, SaysSoWhereNothingWasFound) {
  Draft draft;
  draft.report.items.clear();
  draft.report.impression = {"No finding."};
  ASSERT_TRUE(draft.write());
  EXPECT_TRUE(draft.read().groups.empty());
  if (hasProgram("dciodvfy")) {
    EXPECT_EQ(dicomErrors(draft.path(), "Comprehensive3DSR"), "");
  }
}

TEST(Sr, ReadsThoseOfOthers) {
  const auto dcmqi = realData("seg-sr-dcmqi");
  const auto highdicom = realData("seg-sr-highdicom");
  if (!dcmqi || !highdicom) GTEST_SKIP() << "seg-sr-dcmqi or seg-sr-highdicom is not on this machine";
  const auto tumour = dicom::readSr(*dcmqi / "QIICR+dcmqi/data/sr-example/sr.dcm");
  ASSERT_TRUE(tumour) << tumour.error().detail;
  EXPECT_EQ(tumour->person, "User2");
  ASSERT_FALSE(tumour->groups.empty());
  EXPECT_GT(tumour->groups.front().segmentNumber, 0);
  EXPECT_FALSE(tumour->groups.front().numbers.empty());
  const auto spine =
      dicom::readSr(*highdicom / "ImagingDataCommons+highdicom/data/test_files/sr_document.dcm");
  ASSERT_TRUE(spine) << spine.error().detail;
  EXPECT_EQ(spine->person, "Foo");
  ASSERT_EQ(spine->groups.size(), 1U);
  EXPECT_EQ(spine->groups[0].numbers.at(0).value, 1.7);
  EXPECT_EQ(
      dicom::readSr(*highdicom / "ImagingDataCommons+highdicom/data/test_files/ct_image.dcm").error().code,
      ErrorCode::unsupported);
}

TEST(Sr, PlanarRegionsOfOthersKeepTheirImages) {
  const auto highdicom = realData("seg-sr-highdicom");
  const auto dwv = realData("ko-sr-minimal");
  if (!highdicom || !dwv) GTEST_SKIP() << "seg-sr-highdicom or ko-sr-minimal is not on this machine";
  const auto read = dicom::readSr(
      *highdicom / "ImagingDataCommons+highdicom/data/test_files/sr_document_with_multiple_groups.dcm");
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->groups.size(), 4U);
  const MeasuredGroup& nodule = read->groups[1];
  EXPECT_EQ(nodule.trackingId, "LungNodule0001");
  EXPECT_EQ(nodule.site.value().meaning, "Lung");
  ASSERT_EQ(nodule.regions.size(), 1U);
  EXPECT_EQ(nodule.regions[0].shape, "CIRCLE");
  EXPECT_EQ(nodule.regions[0].purpose, "Image Region");
  EXPECT_EQ(nodule.regions[0].points.size(), 2U);
  EXPECT_FALSE(nodule.regions[0].image.sopUid.empty());
  ASSERT_EQ(nodule.qualities.size(), 1U);
  EXPECT_EQ(nodule.qualities[0].value.meaning, "Not significant");
  EXPECT_EQ(read->groups[2].regions.at(0).shape, "POLYLINE");
  EXPECT_FALSE(read->groups[3].regions.at(0).frameOfReference.empty());
  EXPECT_THAT(read->groups[0].rest, ElementsAre(testing::StartsWith("Measurement Group > Source: 1.")));
  const auto ellipse = dicom::readSr(*dwv / "ivmartel+dwv/tests/annotation/tid1500-0/sr-ellipse.dcm");
  ASSERT_TRUE(ellipse) << ellipse.error().detail;
  ASSERT_EQ(ellipse->groups.size(), 3U);
  EXPECT_EQ(ellipse->groups[0].regions.at(0).points.size(), 4U);
  EXPECT_EQ(ellipse->groups[0].numbers.size(), 6U);
  EXPECT_THAT(ellipse->groups[2].rest,
              testing::Contains(HasSubstr("Measurement Group > Short label > Reference Points: POINT ")));
  const auto bare = dicom::readSr(*dwv /
                                  "ThalesMMS+DICOM-Swift/Tests/DicomCoreTests/Fixtures/StructuredReports/"
                                  "sr_tid1500_measurement_report.dcm");
  ASSERT_TRUE(bare) << bare.error().detail;
  EXPECT_EQ(bare->groups.at(0).numbers.at(0).value, 12.5);
}

TEST(Sr, DiametersWithoutASegmentAreLinesInPatientSpace) {
  Draft draft;
  draft.drawn.measurement.longestMm = 9.25;
  draft.drawn.measurement.longestEndsMm = {Vec3{1.5, -2, 30}, Vec3{10.75, -2, 30}};
  draft.drawn.measurement.perpendicularMm = 4;
  draft.drawn.measurement.perpendicularEndsMm = {Vec3{6, -4, 30}, Vec3{6, 0, 30}};
  ASSERT_TRUE(draft.write());
  const auto read = draft.read();
  EXPECT_TRUE(read.groups[1].regions.empty());  // its segment shows it
  const MeasuredGroup& drawn = read.groups[2];
  ASSERT_EQ(drawn.regions.size(), 2U);
  EXPECT_EQ(drawn.regions[0].shape, "POLYLINE");
  EXPECT_EQ(drawn.regions[0].measuredAs, codes::longAxis);
  EXPECT_EQ(drawn.regions[0].points, (std::vector{Vec3{1.5, -2, 30}, Vec3{10.75, -2, 30}}));
  EXPECT_EQ(drawn.regions[1].measuredAs, codes::shortAxis);
  EXPECT_EQ(drawn.regions[1].frameOfReference, draft.report.context.sourceSeries.frameOfReference);
  EXPECT_THAT(drawn.rest, testing::IsEmpty());
  if (hasProgram("dciodvfy")) {
    EXPECT_EQ(dicomErrors(draft.path(), "Comprehensive3DSR"), "");
  }
  if (hasProgram("dsrdump")) {
    const Outcome dumped = run("dsrdump '" + draft.path().string() + "'");
    EXPECT_EQ(dumped.status, 0);
    EXPECT_THAT(dumped.output, HasSubstr("SCOORD3D"));
  }
}

TEST(Sr, SurvivesDamagedBytes) {
  const Draft draft;
  ASSERT_TRUE(draft.write());
  std::ifstream in(draft.path(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const fs::path damaged = draft.folder / "damaged.dcm";
  const auto readOf = [&](const std::string& content) {
    std::ofstream(damaged, std::ios::binary) << content;
    return dicom::readSr(damaged);
  };
  for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 60) {
    EXPECT_FALSE(readOf(bytes.substr(0, length))) << length;
  }
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::string changed = bytes;
    for (int i = 0; i < 4; ++i) changed[random() % changed.size()] = static_cast<char>(random());
    if (const auto read = readOf(changed)) {
      EXPECT_LE(read->groups.size(), 3U);
    }
  }
}

TEST(SrCodes, AreThoseOfTheStandardsTables) {
  const std::pair<Code, DSRBasicCodedEntry> pairs[]{
      {codes::report, CODE_DCM_ImagingMeasurementReport},
      {codes::language, CODE_DCM_LanguageOfContentItemAndDescendants},
      {codes::observerType, CODE_DCM_ObserverType},
      {codes::person, CODE_DCM_Person},
      {codes::device, CODE_DCM_Device},
      {codes::personName, CODE_DCM_PersonObserverName},
      {codes::deviceUid, CODE_DCM_DeviceObserverUID},
      {codes::deviceName, CODE_DCM_DeviceObserverName},
      {codes::deviceManufacturer, CODE_DCM_DeviceObserverManufacturer},
      {codes::deviceModel, CODE_DCM_DeviceObserverModelName},
      {codes::procedure, CODE_DCM_ProcedureReported},
      {codes::imageLibrary, CODE_DCM_ImageLibrary},
      {codes::imageGroup, CODE_DCM_ImageLibraryGroup},
      {codes::modality, CODE_DCM_Modality},
      {codes::frameOfReference, CODE_DCM_FrameOfReferenceUID},
      {codes::measurements, CODE_DCM_ImagingMeasurements},
      {codes::measurementGroup, CODE_DCM_MeasurementGroup},
      {codes::trackingId, CODE_DCM_TrackingIdentifier},
      {codes::trackingUid, CODE_DCM_TrackingUniqueIdentifier},
      {codes::finding, CODE_DCM_Finding},
      {codes::findingSite, CODE_SCT_FindingSite},
      {codes::laterality, CODE_SCT_Laterality},
      {codes::referencedSegment, CODE_DCM_ReferencedSegment},
      {codes::sourceSeries, CODE_DCM_SourceSeriesForSegmentation},
      {codes::algorithmName, CODE_DCM_AlgorithmName},
      {codes::algorithmParameters, CODE_DCM_AlgorithmParameters},
      {codes::algorithmVersion, CODE_DCM_AlgorithmVersion},
      {codes::derivation, CODE_DCM_Derivation},
      {codes::qualitative, CODE_UMLS_QualitativeEvaluations},
      {codes::path, CODE_DCM_Path},
      {codes::impression, CODE_DCM_Impression},
      {codes::attenuation, CODE_DCM_AttenuationCoefficient},
      {codes::uptake, CODE_DCM_SUVbw}};
  for (const auto& [ours, standard] : pairs) {
    EXPECT_EQ(ours, (Code{standard.CodingSchemeDesignator.c_str(), standard.CodeValue.c_str(),
                          standard.CodeMeaning.c_str()}));
  }
}

}  // namespace
}  // namespace attest::test
