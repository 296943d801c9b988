#include "core/orchestrator/step_context.h"

#include <algorithm>

namespace attest::orchestrator {
namespace {

/// Of an item of the case or the earlier study, or of a lesion that one had carried; empty where there is
/// none.
std::string maskHash(const StepInput& input, const ItemId& id) {
  if (const Item* item = findItem(input.record, id)) return item->maskHash;
  if (!input.prior) return {};
  if (const Item* item = findItem(*input.prior, id)) return item->maskHash;
  if (!input.prior->comparison) return {};
  for (const CarriedLesion& lesion : input.prior->comparison->lesions)
    if (lesion.earlier.item == id) return lesion.maskHash;
  return {};
}

}  // namespace

std::vector<Item> StepContext::items() const {
  std::vector<Item> items;
  for (const auto& [agent, output] : input_.outputs) {
    for (const ItemId& id : output.items) {
      const Item* item = findItem(input_.record, id);
      const bool stands =
          item != nullptr && item->state != ItemState::rejected && item->state != ItemState::dismissed;
      if (stands) items.push_back(*item);
    }
  }
  return items;
}

Result<imaging::MaskPtr> StepContext::mask(const ItemId& id) const {
  const std::string hash = maskHash(input_, id);
  if (hash.empty()) return fail(ErrorCode::not_found, "no such item, or it has no mask");
  ATTEST_TRY(const std::string bytes, setup_.db.blobs().get(hash));
  ATTEST_TRY(imaging::Mask mask, imaging::decodeMask(std::as_bytes(std::span(bytes))));
  return std::make_shared<const imaging::Mask>(std::move(mask));
}

std::string StepContext::facts(const std::string& agent) const {
  const auto output = input_.outputs.find(agent);
  return output == input_.outputs.end() ? "" : output->second.facts;
}

void StepContext::progress(double fraction) {
  const double bounded = std::clamp(fraction, 0.0, 1.0);
  watch_.setProgress(bounded);
  report_(bounded);
}

}  // namespace attest::orchestrator
