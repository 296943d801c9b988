#include "core/dicom/jpeg2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include "core/dicom/stream_size.h"

namespace attest::dicom {
namespace {

tl::unexpected<Error> damaged(const char* why) {
  return fail(ErrorCode::bad_file, std::string("the compressed pixels can not be decoded: ") + why);
}

struct Source {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

constexpr auto atEnd = static_cast<OPJ_SIZE_T>(-1);

OPJ_SIZE_T readSome(void* to, OPJ_SIZE_T wanted, void* user) {
  auto& source = *static_cast<Source*>(user);
  const std::size_t count = std::min<std::size_t>(wanted, source.bytes.size() - source.at);
  if (count == 0) return atEnd;
  std::memcpy(to, source.bytes.data() + source.at, count);
  source.at += count;
  return count;
}

OPJ_OFF_T skip(OPJ_OFF_T count, void* user) {
  auto& source = *static_cast<Source*>(user);
  if (count < 0) return -1;
  const std::size_t left = source.bytes.size() - source.at;
  const auto skipped = std::min(left, static_cast<std::size_t>(count));
  source.at += skipped;
  return skipped == 0 && count > 0 ? -1 : static_cast<OPJ_OFF_T>(skipped);
}

OPJ_BOOL seek(OPJ_OFF_T at, void* user) {
  auto& source = *static_cast<Source*>(user);
  if (at < 0 || static_cast<std::size_t>(at) > source.bytes.size()) return OPJ_FALSE;
  source.at = static_cast<std::size_t>(at);
  return OPJ_TRUE;
}

using Stream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using Decoder = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using Image = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

Stream streamOf(Source& source) {
  constexpr OPJ_SIZE_T window = 64 * 1024;
  Stream stream(opj_stream_create(window, OPJ_TRUE), opj_stream_destroy);
  if (!stream) return stream;
  opj_stream_set_read_function(stream.get(), readSome);
  opj_stream_set_skip_function(stream.get(), skip);
  opj_stream_set_seek_function(stream.get(), seek);
  opj_stream_set_user_data(stream.get(), &source, nullptr);
  opj_stream_set_user_data_length(stream.get(), source.bytes.size());
  return stream;
}

template <class Stored>
void copySamples(const opj_image_t& image, std::span<std::byte> out) {
  auto* to = reinterpret_cast<Stored*>(out.data());
  const std::size_t samples = image.numcomps;
  const std::size_t pixels = out.size() / sizeof(Stored) / samples;
  for (std::size_t c = 0; c < samples; ++c) {
    const OPJ_INT32* from = image.comps[c].data;
    for (std::size_t i = 0; i < pixels; ++i) to[i * samples + c] = static_cast<Stored>(from[i]);
  }
}

bool isWhole(const opj_image_t& image, const PixelFormat& format) {
  const auto same = [&](const opj_image_comp_t& c) {
    return c.data != nullptr && c.w == static_cast<OPJ_UINT32>(format.columns) &&
           c.h == static_cast<OPJ_UINT32>(format.rows);
  };
  return image.numcomps == static_cast<OPJ_UINT32>(format.samples) &&
         std::all_of(image.comps, image.comps + image.numcomps, same);
}

}  // namespace

Result<> decodeJpeg2000(std::span<const std::byte> stream, PixelFormat& format, std::span<std::byte> out) {
  const auto size = streamSize(stream);
  if (!size) return damaged("no JPEG 2000 header");
  ATTEST_CHECK(checkStream(*size, format));
  Source source{stream.subspan(size->codestream)};
  const Stream from = streamOf(source);
  const Decoder decoder(opj_create_decompress(OPJ_CODEC_J2K), opj_destroy_codec);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!from || !decoder || opj_setup_decoder(decoder.get(), &parameters) == OPJ_FALSE) {
    return fail(ErrorCode::internal, "no JPEG 2000 decoder");
  }
  opj_image_t* made = nullptr;
  const bool header = opj_read_header(from.get(), decoder.get(), &made) != OPJ_FALSE;
  const Image image(made, opj_image_destroy);
  if (!header || !image) return damaged("the JPEG 2000 header is damaged");
  if (opj_decode(decoder.get(), from.get(), image.get()) == OPJ_FALSE || !isWhole(*image, format)) {
    return damaged("the JPEG 2000 stream is damaged or ends early");
  }
  switch (format.sampleBytes()) {
    case 1:
      copySamples<std::uint8_t>(*image, out);
      break;
    case 2:
      copySamples<std::uint16_t>(*image, out);
      break;
    default:
      copySamples<std::uint32_t>(*image, out);
  }
  if (format.photometric == "YBR_RCT" || format.photometric == "YBR_ICT") format.photometric = "RGB";
  return {};
}

}  // namespace attest::dicom
