#include "ui/theme/palette.h"

namespace attest::ui {

const Palette& palette() {
  static const Palette dark;
  return dark;
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
