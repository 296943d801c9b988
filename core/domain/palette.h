#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/domain/item.h"

namespace attest {

/// Colours in which findings lie over grey images: calm, and far enough apart to tell neighbours in a list.
/// The first one that none of the items has; the next round where all are taken.
std::array<std::uint8_t, 3> freeColor(const std::vector<Item>& items);

}  // namespace attest
