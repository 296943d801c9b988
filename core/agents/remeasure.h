#pragma once

#include <vector>

#include "core/agents/agent.h"

namespace attest::agents {

/// Looks at the place of each lesion that has no match for what it may have become: as lung_nodules looks,
/// but only there, and content with less. One proposal at most a lesion, none for what a nodule agent can not
/// see. `findings` are known already, and not found again. Errors: of the context; cancelled.
Result<std::vector<Proposal>> remeasure(AgentContext& context, const Comparison& comparison,
                                        const std::vector<Item>& findings);

}  // namespace attest::agents
