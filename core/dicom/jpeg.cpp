#include "core/dicom/jpeg.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/dicom/jpeg_ls.h"
#include "core/dicom/spread.h"
#include "core/dicom/stream_size.h"

namespace attest::dicom {
namespace {

tl::unexpected<Error> damaged(const char* why) {
  return fail(ErrorCode::bad_file, std::string("the compressed pixels can not be decoded: ") + why);
}

// A dataset with nothing but one compressed frame: no structure of the file ever reaches DCMTK's parser.
Result<std::unique_ptr<DcmDataset>> frameDataset(std::span<const std::byte> stream, const std::string& syntax,
                                                 const PixelFormat& format, int bits, DcmPixelData*& pixels) {
  auto dataset = std::make_unique<DcmDataset>();
  dataset->putAndInsertString(DCM_PhotometricInterpretation, format.photometric.c_str());
  const std::pair<DcmTagKey, int> words[] = {{DCM_SamplesPerPixel, format.samples},
                                             {DCM_Rows, format.rows},
                                             {DCM_Columns, format.columns},
                                             {DCM_BitsAllocated, bits <= 8 ? 8 : 16},
                                             {DCM_BitsStored, bits},
                                             {DCM_HighBit, bits - 1},
                                             {DCM_PixelRepresentation, format.isSigned ? 1 : 0}};
  for (const auto& [tag, value] : words) dataset->putAndInsertUint16(tag, static_cast<Uint16>(value));
  if (format.samples > 1) dataset->putAndInsertUint16(DCM_PlanarConfiguration, 0);
  auto sequence = std::make_unique<DcmPixelSequence>(DcmTag(DCM_PixelSequenceTag));
  sequence->insert(new DcmPixelItem(DcmTag(DCM_PixelItemTag)));  // an empty offset table
  auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_PixelItemTag));
  Uint8* bytes = nullptr;
  const std::size_t length = stream.size() + stream.size() % 2;
  if (length > 0xFFFFFFFE) return fail(ErrorCode::too_large, "a compressed frame beyond 4 GiB");
  if (item->createUint8Array(static_cast<Uint32>(length), bytes).bad() || bytes == nullptr) {
    return fail(ErrorCode::too_large, "not enough memory for a compressed frame");
  }
  bytes[length - 1] = 0;
  std::ranges::copy(stream, reinterpret_cast<std::byte*>(bytes));
  sequence->insert(item.release());
  auto data = std::make_unique<DcmPixelData>(DCM_PixelData);
  pixels = data.get();
  data->putOriginalRepresentation(DcmXfer(syntax.c_str()).getXfer(), nullptr, sequence.release());
  if (dataset->insert(data.release(), true).bad()) return fail(ErrorCode::internal, "no frame dataset");
  return dataset;
}

}  // namespace

Result<> decodeJpeg(std::span<const std::byte> stream, const std::string& syntax, PixelFormat& format,
                    std::span<std::byte> out) {
  const auto size = streamSize(stream);
  if (!size) return damaged("no frame header");
  ATTEST_CHECK(checkStream(*size, format));
  const auto prepared = withPresets(stream, *size);
  DcmPixelData* pixels = nullptr;
  ATTEST_TRY(const auto dataset, frameDataset(prepared, syntax, format, size->bits, pixels));
  OFString colours;
  ATTEST_CHECK(
      decodeAndSpread(size->bits, format.sampleBytes(), out, [&](std::span<std::byte> to) -> Result<> {
        Uint32 startFragment = 0;
        const OFCondition done = pixels->getUncompressedFrame(dataset.get(), 0, startFragment, to.data(),
                                                              static_cast<Uint32>(to.size()), colours);
        return done.good() ? Result<>{} : damaged(done.text());
      }));
  if (format.samples > 1) format.photometric = colours.c_str();
  return {};
}

}  // namespace attest::dicom
