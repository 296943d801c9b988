#include "ui/theme/palette.h"

namespace attest::ui {

namespace {

Palette& current() {
  static Palette palette = darkPalette();
  return palette;
}

}  // namespace

Palette darkPalette() {
  return {.background = {0x10, 0x13, 0x16},
          .panel = {0x17, 0x1b, 0x20},
          .raised = {0x20, 0x26, 0x2d},
          .hover = {0x29, 0x30, 0x38},
          .line = {0x2b, 0x32, 0x3a},
          .text = {0xe7, 0xea, 0xee},
          .quiet = {0x98, 0xa2, 0xad},
          .accent = {0x4a, 0xa3, 0xff},
          .primary = {0x1f, 0x6f, 0xc9},
          .onPrimary = {0xff, 0xff, 0xff},
          .good = {0x3f, 0xb6, 0x8b},
          .caution = {0xe3, 0xa9, 0x3c},
          .danger = {0xe5, 0x53, 0x4b},
          .dangerText = {0xf2, 0x7a, 0x72}};
}

Palette lightPalette() {
  return {.background = {0xf1, 0xf3, 0xf6},
          .panel = {0xff, 0xff, 0xff},
          .raised = {0xf4, 0xf6, 0xf8},
          .hover = {0xe6, 0xea, 0xef},
          .line = {0xd2, 0xd8, 0xdf},
          .text = {0x16, 0x1b, 0x21},
          .quiet = {0x52, 0x5d, 0x69},
          .accent = {0x0a, 0x5c, 0xb8},
          .primary = {0x1f, 0x6f, 0xc9},
          .onPrimary = {0xff, 0xff, 0xff},
          .good = {0x0b, 0x6b, 0x4d},
          .caution = {0x82, 0x52, 0x00},
          .danger = {0xb8, 0x2a, 0x23},
          .dangerText = {0xb8, 0x2a, 0x23}};
}

const Palette& palette() {
  return current();
}

void setPalette(const Palette& palette) {
  current() = palette;
}

QColor blend(const QColor& under, const QColor& over, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
  return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

QColor toneColor(Tone tone) {
  switch (tone) {
    case Tone::neutral:
      return palette().quiet;
    case Tone::accent:
      return palette().accent;
    case Tone::good:
      return palette().good;
    case Tone::caution:
      return palette().caution;
    case Tone::danger:
      return palette().danger;
  }
  return palette().quiet;
}

}  // namespace attest::ui
