#include "core/domain/palette.h"

#include <algorithm>

namespace attest {
namespace {

constexpr std::array<std::array<std::uint8_t, 3>, 12> wheel{{{255, 181, 71},
                                                             {108, 190, 255},
                                                             {183, 143, 255},
                                                             {104, 211, 157},
                                                             {255, 138, 128},
                                                             {236, 219, 98},
                                                             {84, 205, 205},
                                                             {255, 143, 199},
                                                             {176, 214, 92},
                                                             {140, 160, 255},
                                                             {229, 170, 127},
                                                             {200, 180, 190}}};

}  // namespace

std::array<std::uint8_t, 3> freeColor(const std::vector<Item>& items) {
  const auto uses = [&items](const auto& color) { return std::ranges::count(items, color, &Item::color); };
  return *std::ranges::min_element(wheel, {}, uses);
}

}  // namespace attest
