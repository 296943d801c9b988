#pragma once

#include <QPixmap>

#include "core/session/thumbnails.h"

namespace attest::ui {

/// A thumbnail on black, fitted into a box of that many logical pixels.
QPixmap thumbPicture(const session::Thumbnail& thumbnail, QSize box, double ratio);

}  // namespace attest::ui
