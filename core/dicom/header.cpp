#include "core/dicom/header.h"

#include <algorithm>

#include "core/dicom/instance.h"
#include "core/dicom/scan.h"
#include "core/dicom/text.h"

namespace attest::dicom {
namespace {

// Text of a file, in its character set.
class Texts {
 public:
  explicit Texts(Scan& scan) : scan_(scan), characterSet_(scan.text(0x00080005)) {}
  std::string operator()(Tag tag, TextKind kind = TextKind::values) {
    Decoded read = readText(scan_.text(tag), characterSet_, kind);
    fault_ = std::max(fault_, read.fault);
    return oneLine(std::move(read.utf8));
  }
  std::string note() const { return faultNote(fault_, characterSet_); }

 private:
  Scan& scan_;
  std::string characterSet_;
  TextFault fault_ = TextFault::none;
};

Patient readPatient(Texts& text) {
  Patient patient;
  patient.id = Phi(text(0x00100020));
  patient.name = Phi(text(0x00100010, TextKind::name));
  patient.birthDate = Phi(text(0x00100030));
  patient.sex = text(0x00100040);
  return patient;
}

StudyInfo readStudy(Texts& text) {
  StudyInfo study;
  study.uid.value = text(0x0020000D);
  study.description = text(0x00081030);
  study.date = text(0x00080020);
  study.time = text(0x00080030);
  study.accession = Phi(text(0x00080050));
  study.referringPhysician = Phi(text(0x00080090, TextKind::name));
  study.studyId = text(0x00200010);
  return study;
}

SeriesInfo readSeries(Texts& text, Scan& scan) {
  SeriesInfo series;
  series.uid.value = text(0x0020000E);
  series.frameOfReference.value = text(0x00200052);
  series.modality = text(0x00080060);
  series.description = text(0x0008103E);
  const double number = scan.number(0x00200011).value_or(0);
  series.number = number >= 0 && number <= 2147483647.0 ? static_cast<int>(number) : 0;
  series.bodyPart = text(0x00180015);
  series.manufacturer = text(0x00080070);
  series.model = text(0x00081090);
  series.protocol = text(0x00181030);
  return series;
}

}  // namespace

Result<FileHeader> readHeader(const std::filesystem::path& path) {
  initialize();
  ATTEST_TRY(Scan scan, Scan::file(path, Scan::Part::header));
  ATTEST_CHECK(checkImage(scan));
  ATTEST_TRY(const PixelFormat format, readPixelFormat(scan));
  Texts text(scan);
  FileHeader header;
  header.path = path.string();
  header.fileBytes = static_cast<std::int64_t>(scan.fileBytes());
  header.patient = readPatient(text);
  header.study = readStudy(text);
  header.series = readSeries(text, scan);
  ATTEST_TRY(header.instance, readInstance(scan, format));
  header.instance.textNote = text.note();
  return header;
}

}  // namespace attest::dicom
