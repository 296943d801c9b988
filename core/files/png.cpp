#include "core/files/png.h"

#include <png.h>

#include <vector>

#include "core/files/atomic_write.h"

namespace attest::files {

Result<> writePng(const std::filesystem::path& path, int width, int height, int channels,
                  std::span<const std::uint8_t> pixels) {
  constexpr int most = 1 << 16;
  const bool known =
      width > 0 && height > 0 && width <= most && height <= most && (channels == 1 || channels == 3);
  if (!known || pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                     static_cast<std::size_t>(channels))
    return fail(ErrorCode::bad_argument, "size of a picture");
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  image.flags = PNG_IMAGE_FLAG_FAST;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::byte> bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0)
    return fail(ErrorCode::internal, image.message);
  return atomicWrite(path, std::span(bytes).first(size));
}

}  // namespace attest::files
