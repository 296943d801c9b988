#include "viewers/print/pictures.h"

#include <QBuffer>
#include <QImage>

#include "viewers/slice_image.h"
#include "viewers/volume_image.h"

namespace attest::viewers {
namespace {

Result<std::string> toPng(const QImage& image) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
    return fail(ErrorCode::internal, "the picture could not be written as PNG");
  return bytes.toStdString();
}

}  // namespace

Result<std::string> pngPicture(const view::ViewportState& state, const imaging::VolumePtr& volume,
                               std::span<const view::OverlayItem> overlays, int width, int height,
                               Parallel& parallel, std::stop_token stop) {
  if (width < 1 || height < 1 || width > largestPicture || height > largestPicture)
    return fail(ErrorCode::bad_argument,
                "a picture has 1 to " + std::to_string(largestPicture) + " pixels an edge");
  if (volume == nullptr || volume->grid().voxels() == 0)
    return fail(ErrorCode::bad_argument, "nothing to show");
  const Pixels pixels{width, height, 1};
  if (state.orientation == view::Orientation::volume3d) {
    const auto frame = VolumeImage().render(state, volume, overlays, pixels, Quality::still, parallel, stop);
    return frame ? toPng(*frame) : fail(ErrorCode::cancelled);
  }
  const QImage image = sliceImage(state, *volume, overlays, pixels, parallel);
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return toPng(image.isGrayscale() ? image.convertToFormat(QImage::Format_Grayscale8) : image);
}

}  // namespace attest::viewers
