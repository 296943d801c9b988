#pragma once

#include <QColor>

namespace attest::ui {

/// Every colour of the window around the images, once. Widgets paint with these; the style sheet is generated
/// from them. Words in `text`, `quiet`, `accent`, `good`, `caution` and `dangerText` read at 4.5:1 and better
/// on the faces `background`, `panel`, `raised` and `hover`.
struct Palette {
  QColor background;
  QColor panel;
  QColor raised;
  QColor hover;
  QColor line;
  QColor text;
  QColor quiet;
  QColor accent;
  QColor primary;    ///< face of the one main button of a screen
  QColor onPrimary;  ///< words on it
  QColor good;
  QColor caution;
  QColor danger;
  QColor dangerText;
  QColor image{0x00, 0x00, 0x00};  ///< behind pixels it is black in every theme
  QColor gap{0x2b, 0x32, 0x3a};    ///< between images
  QColor quietOnImage{0x98, 0xa2, 0xad};
  QColor cautionOnImage{0xe3, 0xa9, 0x3c};
};
Palette darkPalette();
Palette lightPalette();

/// That of the theme that is on.
const Palette& palette();
/// Window's thread only; applyTheme() makes it seen.
void setPalette(const Palette& palette);

/// `over` laid on `under` with that share, as an opaque colour.
QColor blend(const QColor& under, const QColor& over, double share);

/// What a colour says; never alone, always beside words.
enum class Tone { neutral, accent, good, caution, danger };
QColor toneColor(Tone tone);

}  // namespace attest::ui
