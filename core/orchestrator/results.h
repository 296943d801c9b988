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

/// What a step starts from.
struct StepInput {
  CaseRecord record;                          ///< as one transaction saw it
  std::optional<CaseRecord> prior;            ///< see AgentContext::prior()
  std::map<std::string, StepOutput> outputs;  ///< of the agents that the step needs and wants, by id
};
std::vector<ItemId> itemsOfRun(const StepInput& input);

/// What an agent proposed, checked and ready to be written.
struct Findings {
  std::vector<Item> items;
  std::map<ItemId, std::vector<std::string>> flags;
  std::vector<std::pair<SectionKind, Sentence>> sentences;
  std::optional<Comparison> comparison;
  std::string facts;
  std::vector<Note> notes;
};

/// The wall between an agent and the case: every mask must lie on the grid of the block it names and hold a
/// voxel, numbers must be finite. Measures, stores the masks' bytes, and gives ids that depend only on case,
/// agent and mask: the same result proposed again is the same item. A comparison must be with the earlier
/// study that the agent saw, carry every lesion of it, and leave to a person what became of them. Errors:
/// bad_argument, bad_geometry; of load and the blob store.
Result<Findings> admit(const StepInput& input, const AgentCard& card, const agents::Output& output,
                       const std::function<Result<imaging::VolumePtr>(const BlockRef&)>& load,
                       casedb::BlobStore& blobs);

/// Brings a step's findings into the case: what the agent proposed before and nobody reviewed goes, what a
/// person touched or said of an earlier lesion stays as it is. Returns the items of the step, those that
/// stayed included.
Result<std::vector<ItemId>> store(casedb::WriteTx& tx, const CaseId& id, const AgentCard& card,
                                  const Findings& findings, const std::vector<ItemId>& itemsOfRun);

}  // namespace attest::orchestrator
