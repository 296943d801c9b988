#include "ui/parts/thumb.h"

#include <QImage>
#include <QPainter>

#include "ui/theme/palette.h"

namespace attest::ui {

QPixmap thumbPicture(const session::Thumbnail& thumbnail, QSize box, double ratio) {
  const QSize size = (QSizeF(box) * ratio).toSize();
  QPixmap picture(size);
  picture.fill(palette().image);
  if (thumbnail.width > 0 && thumbnail.height > 0) {
    const QImage gray(thumbnail.gray.data(), thumbnail.width, thumbnail.height, thumbnail.width,
                      QImage::Format_Grayscale8);
    const QImage fitted = gray.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QPainter painter(&picture);
    painter.drawImage((size.width() - fitted.width()) / 2, (size.height() - fitted.height()) / 2, fitted);
  }
  picture.setDevicePixelRatio(ratio);
  return picture;
}

}  // namespace attest::ui
