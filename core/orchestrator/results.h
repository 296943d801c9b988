#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/agents/agent.h"
#include "core/casedb/casedb.h"
#include "core/domain/case_record.h"

namespace attest::orchestrator {

/// What a step leaves for the steps after it, as it is stored with the run.
struct StepOutput {
  std::vector<ItemId> items;
  std::string facts;
};
std::string toJson(const StepOutput& output);
StepOutput stepOutputFrom(const std::string& json);

/// What an agent proposed, checked and ready to be written.
struct Findings {
  std::vector<Item> items;
  std::map<ItemId, std::vector<std::string>> flags;
  std::vector<std::pair<SectionKind, Sentence>> sentences;
  std::string facts;
  std::string note;
};

/// The wall between an agent and the case: every mask must lie on the grid of the block it names and hold a
/// voxel, numbers must be finite. Measures, stores the masks' bytes, and gives ids that depend only on case,
/// agent and mask: the same result proposed again is the same item. Errors: bad_argument, bad_geometry; of
/// load and the blob store.
Result<Findings> admit(const CaseRecord& record, const AgentCard& card, const agents::Output& output,
                       const std::function<Result<imaging::VolumePtr>(const BlockRef&)>& load,
                       casedb::BlobStore& blobs);

/// Brings a step's findings into the case: what the agent proposed before and nobody reviewed goes, what a
/// person touched stays as it is. Returns the items of the step, those that stayed included.
Result<std::vector<ItemId>> store(casedb::WriteTx& tx, const CaseId& id, const AgentCard& card,
                                  const Findings& findings, const std::vector<ItemId>& itemsOfRun);

}  // namespace attest::orchestrator
