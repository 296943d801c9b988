#pragma once

#include <QColor>

namespace attest::ui {

/// Every colour of the program, once. Widgets paint with these; the style sheet is generated from them.
struct Palette {
  QColor background{0x10, 0x13, 0x16};
  QColor panel{0x17, 0x1b, 0x20};
  QColor raised{0x20, 0x26, 0x2d};
  QColor hover{0x29, 0x30, 0x38};
  QColor line{0x2b, 0x32, 0x3a};
  QColor text{0xe7, 0xea, 0xee};
  QColor quiet{0x98, 0xa2, 0xad};
  QColor accent{0x4a, 0xa3, 0xff};
  QColor primary{0x1f, 0x6f,
                 0xc9};  ///< face of the one main button of a screen; white text on it reads at 4.9:1
  QColor good{0x3f, 0xb6, 0x8b};
  QColor caution{0xe3, 0xa9, 0x3c};
  QColor danger{0xe5, 0x53, 0x4b};
  QColor image{0x00, 0x00, 0x00};
};

const Palette& palette();

/// `over` laid on `under` with that share, as an opaque colour.
QColor blend(const QColor& under, const QColor& over, double share);

/// What a colour says; never alone, always beside words.
enum class Tone { neutral, accent, good, caution, danger };
QColor toneColor(Tone tone);

}  // namespace attest::ui
