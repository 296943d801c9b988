#pragma once

#include <openjpeg.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace attest::dicom {

/// An image for OpenJPEG's encoder; `values` pixel by pixel.
struct J2kImage {
  int rows = 0;
  int columns = 0;
  int samples = 1;
  int bits = 8;
  bool isSigned = false;
  std::vector<int> values;
  bool reversible = true;
  int bitsOfSecond = 0;  ///< of the second component, where they shall differ
  int stepOfSecond = 1;  ///< its subsampling
};

inline OPJ_SIZE_T appendToString(void* from, OPJ_SIZE_T bytes, void* user) {
  static_cast<std::string*>(user)->append(static_cast<const char*>(from), bytes);
  return bytes;
}

/// A reversible (or not) JPEG 2000 code stream.
inline std::string encodeJ2k(const J2kImage& from) {
  std::vector<opj_image_cmptparm_t> components(static_cast<std::size_t>(from.samples));
  for (auto& c : components) {
    c = {};
    c.dx = c.dy = 1;
    c.w = static_cast<OPJ_UINT32>(from.columns);
    c.h = static_cast<OPJ_UINT32>(from.rows);
    c.prec = static_cast<OPJ_UINT32>(from.bits);
    c.sgnd = from.isSigned ? 1 : 0;
  }
  if (from.bitsOfSecond > 0) components.at(1).prec = static_cast<OPJ_UINT32>(from.bitsOfSecond);
  if (from.stepOfSecond > 1) {
    components.at(1).dx = static_cast<OPJ_UINT32>(from.stepOfSecond);
    components.at(1).w = (components.at(1).w + components.at(1).dx - 1) / components.at(1).dx;
  }
  const std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)> image(
      opj_image_create(static_cast<OPJ_UINT32>(from.samples), components.data(),
                       from.samples == 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY),
      opj_image_destroy);
  image->x1 = static_cast<OPJ_UINT32>(from.columns);
  image->y1 = static_cast<OPJ_UINT32>(from.rows);
  const auto samples = static_cast<std::size_t>(from.samples);
  for (std::size_t c = 0; c < samples; ++c) {
    const std::size_t pixels = std::size_t{image->comps[c].w} * image->comps[c].h;
    for (std::size_t i = 0; i < pixels; ++i) image->comps[c].data[i] = from.values[i * samples + c];
  }
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 2;
  parameters.irreversible = from.reversible ? 0 : 1;
  parameters.tcp_mct = from.samples == 3 && from.bitsOfSecond == 0 && from.stepOfSecond == 1 ? 1 : 0;
  const std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)> encoder(opj_create_compress(OPJ_CODEC_J2K),
                                                                           opj_destroy_codec);
  const std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)> stream(
      opj_stream_create(1 << 16, OPJ_FALSE), opj_stream_destroy);
  std::string made;
  opj_stream_set_user_data(stream.get(), &made, nullptr);
  opj_stream_set_write_function(stream.get(), appendToString);
  opj_stream_set_skip_function(stream.get(), [](OPJ_OFF_T, void*) -> OPJ_OFF_T { return -1; });
  opj_stream_set_seek_function(stream.get(), [](OPJ_OFF_T, void*) -> OPJ_BOOL { return OPJ_FALSE; });
  const bool done = opj_setup_encoder(encoder.get(), &parameters, image.get()) != OPJ_FALSE &&
                    opj_start_compress(encoder.get(), image.get(), stream.get()) != OPJ_FALSE &&
                    opj_encode(encoder.get(), stream.get()) != OPJ_FALSE &&
                    opj_end_compress(encoder.get(), stream.get()) != OPJ_FALSE;
  if (!done) throw std::runtime_error("OpenJPEG does not encode the image");
  return made;
}

}  // namespace attest::dicom
