#include "core/dicom/convert.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcostrmb.h>

#include "core/dicom/header.h"

namespace attest::dicom {
namespace {

constexpr std::size_t slack = 1024;  ///< beyond the computed length, for the stream

tl::unexpected<Error> unreadable(const OFCondition& condition) {
  return fail(ErrorCode::bad_file, std::string("the data set cannot be converted: ") + condition.text());
}

}  // namespace

Result<std::vector<std::byte>> dataSetAs(const std::filesystem::path& path,
                                         const std::string& transferSyntax) {
  initialize();
  DcmFileFormat file;
  if (const auto read = file.loadFile(path.c_str()); read.bad()) return unreadable(read);
  const E_TransferSyntax target = DcmXfer(transferSyntax.c_str()).getXfer();
  DcmDataset& data = *file.getDataset();
  if (const auto can = data.chooseRepresentation(target, nullptr); can.bad()) return unreadable(can);
  std::vector<std::byte> bytes(data.calcElementLength(target, EET_UndefinedLength) + slack);
  DcmOutputBufferStream out(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  data.transferInit();
  const auto written = data.write(out, target, EET_UndefinedLength, nullptr);
  data.transferEnd();
  if (written.bad()) return unreadable(written);
  void* start = nullptr;
  offile_off_t length = 0;
  out.flushBuffer(start, length);
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

}  // namespace attest::dicom
