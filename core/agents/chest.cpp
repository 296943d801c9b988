#include "core/agents/chest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace attest::agents {
namespace {

std::vector<Item> itemsOf(const AgentContext& context, const Code& code) {
  std::vector<Item> items = context.items();
  std::erase_if(items, [&](const Item& item) {
    return item.code.value != code.value || item.code.scheme != code.scheme;
  });
  return items;
}

}  // namespace

Result<BlockRef> chestBlock(const AgentContext& context) {
  const auto facts = nlohmann::json::parse(context.facts("study_context"), nullptr, false);
  if (facts.is_discarded() || !facts.contains("main")) {
    return fail(ErrorCode::unsupported, "the study has no block to read");
  }
  if (!facts.value("chest_ct", false))
    return fail(ErrorCode::unsupported, facts.value("why_not", "not a CT of the chest"));
  const auto& main = facts["main"];
  return BlockRef{{main.value("series", "")}, main.value("block", 0)};
}

Result<ChestImages> chestImages(AgentContext& context, double workingMm) {
  ATTEST_TRY(BlockRef block, chestBlock(context));
  ATTEST_TRY(imaging::VolumePtr full, context.volume(block));
  ATTEST_TRY(WorkingVolume working,
             WorkingVolume::make(*full, workingMm, context.parallel(), context.stop()));
  return ChestImages{std::move(block), std::move(full), std::move(working)};
}

std::vector<Item> lungItems(const AgentContext& context) {
  std::vector<Item> items = itemsOf(context, codes::lung);
  std::ranges::stable_sort(items, {}, [](const Item& item) { return item.laterality != codes::right; });
  return items;
}

std::vector<Item> noduleItems(const AgentContext& context) {
  return itemsOf(context, codes::nodule);
}

std::vector<Item> opacityItems(const AgentContext& context) {
  return itemsOf(context, codes::opacity);
}

Proposal structure(const BlockRef& source, std::string label, const Code& code,
                   const std::optional<Code>& side, std::array<std::uint8_t, 3> color, imaging::Mask mask) {
  return {.kind = ItemKind::structure,
          .label = std::move(label),
          .category = codes::anatomy,
          .code = code,
          .laterality = side,
          .confidence = {},
          .flags = {},
          .color = color,
          .source = source,
          .mask = std::make_shared<const imaging::Mask>(std::move(mask))};
}

std::string live(const Item& item, const std::string& field) {
  return "{" + item.id.value + ":" + field + "}";
}

}  // namespace attest::agents
