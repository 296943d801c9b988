#pragma once

#include "core/agents/star.h"
#include "core/imaging/mask.h"

namespace attest::agents {

/// The nodule that a star saw, on the full grid: what is denser than the level of its true edge, as far as
/// the rays saw it; where it touches something as dense, as far as its ellipsoid reaches; and inside
/// `pleura`, where that is not null.
imaging::Mask outlineOf(const Star& star, const imaging::Volume& full, const imaging::Mask* pleura);

/// Near the star, the lung with what bites into it from the side: closed with a ball of 20 mm. Errors:
/// cancelled.
Result<imaging::Mask> pleuraNear(const Star& star, const imaging::Mask& lung, std::stop_token stop);

}  // namespace attest::agents
