#pragma once

#include <optional>
#include <vector>

#include "core/domain/item.h"
#include "core/domain/prior.h"

namespace attest::agents {

/// How little a finding looks like a lesion come back: 0 in its place and of its size, up to 2 at the border
/// of its uncertainty and of what sizes may become (a third or three times the diameter). None beyond that,
/// on the other side of the body, or where the lesion has no place.
std::optional<double> mismatch(const CarriedLesion& lesion, const Measurement& finding,
                               const std::optional<Code>& laterality);

/// For each lesion the finding that it is, by number: one to one, as many as can be, of all such pairings the
/// one with the least mismatch (Kuhn 1955, in the form of Jonker and Volgenant).
std::vector<std::optional<std::size_t>> pairLesions(const std::vector<CarriedLesion>& lesions,
                                                    const std::vector<Item>& findings);

}  // namespace attest::agents
