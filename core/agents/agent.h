#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/domain/agent_card.h"
#include "core/domain/case_record.h"
#include "core/domain/item.h"
#include "core/domain/note.h"
#include "core/domain/prior.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"

namespace attest::agents {

/// A structure or finding as an agent proposes it. The orchestrator checks it at the wall (geometry, range,
/// finite numbers), stores the mask and fills in id, state, provenance and measurement.
struct Proposal {
  ItemKind kind = ItemKind::finding;
  std::string label;
  Code category;
  Code code;
  std::optional<Code> laterality;
  std::optional<double> confidence;
  std::vector<std::string> flags;
  std::array<std::uint8_t, 3> color{255, 255, 255};
  BlockRef source;
  imaging::MaskPtr mask;
  std::optional<ItemId> earlier{};  ///< it is this lesion of the comparison that comes with it
};

/// A sentence for the report draft (see Sentence for live measurements).
struct ProposedSentence {
  SectionKind section = SectionKind::findings;
  std::string text;
};

/// What an agent leaves behind.
struct Output {
  std::vector<Proposal> proposals;
  std::vector<ProposedSentence> sentences;
  std::map<ItemId, std::vector<std::string>> flags;  ///< quality flags to add to items of this run
  /// With the study that prior() gave: every lesion of it, paired with items of this run. What became of them
  /// is for a person to say.
  std::optional<Comparison> comparison;
  std::string facts;        ///< JSON for the agents after it; empty: none
  std::vector<Note> notes;  ///< what it did, for the timeline
  int belowThreshold = 0;   ///< candidates that it did not show
};

/// All that an agent gets to see; it opens no file, socket or database itself.
class AgentContext {
 public:
  virtual ~AgentContext() = default;
  virtual const CaseRecord& record() const = 0;
  /// Items of this run, of the agents named in the card's `needs` and `wants`, with their measurements.
  virtual std::vector<Item> items() const = 0;
  virtual Result<imaging::MaskPtr> mask(const ItemId& item) const = 0;
  /// The newest earlier study of the patient that this one can be compared with, a signed one before others;
  /// its items and its comparison are those of its last signed version (none where it is not signed), and
  /// mask() knows its items and lesions too. Null where there is none, and where the card does not read it.
  virtual const CaseRecord* prior() const = 0;
  /// The voxels of a block, of this study or of the earlier one. Kept for the agents after this one.
  virtual Result<imaging::VolumePtr> volume(const BlockRef& block) = 0;
  /// The facts of an agent named in `needs` or `wants`; empty where it left none.
  virtual std::string facts(const std::string& agent) const = 0;
  virtual Parallel& parallel() = 0;
  virtual std::stop_token stop() const = 0;
  virtual void progress(double fraction) = 0;
};

/// One agent; stateless, so one object serves many runs.
class Agent {
 public:
  virtual ~Agent() = default;
  virtual const AgentCard& card() const noexcept = 0;
  /// Errors: unsupported means "nothing for me here" and skips the step with that reason; others fail it.
  virtual Result<Output> run(AgentContext& context) const = 0;
};

/// Every agent of roster/, in the order of their file names.
std::vector<std::unique_ptr<Agent>> makeRoster();

}  // namespace attest::agents
