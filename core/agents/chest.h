#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/agents/agent.h"
#include "core/agents/working_volume.h"

namespace attest::agents {

// What the agents of the chest share: the codes of what they propose (checked against DCMTK 3.6.7 and
// pydicom's dictionaries) and the ways to each other's results.

namespace codes {
inline const Code anatomy{"SCT", "123037004", "Anatomical Structure"};
inline const Code abnormal{"SCT", "49755003", "Morphologically Abnormal Structure"};
inline const Code lung{"SCT", "39607008", "Lung"};
inline const Code airways{"SCT", "110726009", "Trachea and bronchus"};
inline const Code bone{"SCT", "272673000", "Bone"};
inline const Code nodule{"SCT", "27925004", "Nodule"};
inline const Code opacity{"DCM", "112001", "Opacity"};
inline const Code right{"SCT", "24028007", "Right"};
inline const Code left{"SCT", "7771000", "Left"};
}  // namespace codes

/// The block that study_context chose for reading. Errors: unsupported where it chose none, or none that
/// looks like a chest CT.
Result<BlockRef> chestBlock(const AgentContext& context);

/// What an agent of the chest reads: that block, whole and with voxels of about `workingMm`. Errors: those of
/// chestBlock(), of reading, cancelled.
struct ChestImages {
  BlockRef block;
  imaging::VolumePtr full;
  WorkingVolume working;
};
Result<ChestImages> chestImages(AgentContext& context, double workingMm);

/// The lungs of this run, right before left; at most two.
std::vector<Item> lungItems(const AgentContext& context);
/// The nodules, or the opacities, of this run in the order in which they were proposed.
std::vector<Item> noduleItems(const AgentContext& context);
std::vector<Item> opacityItems(const AgentContext& context);

/// A structure as an agent proposes it.
Proposal structure(const BlockRef& source, std::string label, const Code& code,
                   const std::optional<Code>& side, std::array<std::uint8_t, 3> color, imaging::Mask mask);

/// "{ITEM:FIELD}", a live measurement of a sentence.
std::string live(const Item& item, const std::string& field);

}  // namespace attest::agents
