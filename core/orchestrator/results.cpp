#include "core/orchestrator/results.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/domain/palette.h"
#include "core/imaging/measure.h"
#include "core/orchestrator/comparison.h"

namespace attest::orchestrator {
namespace {

/// An id in the form of a UUID (version 8, RFC 9562) that is the same for the same seed, always.
std::string stableUuid(const std::string& seed) {
  std::string hex = sha256(seed).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  for (const std::size_t at : {8U, 13U, 18U, 23U}) hex.insert(at, 1, '-');
  return hex;
}

bool isFinite(const Measurement& m) {
  std::vector<double> numbers{m.volumeMm3,    m.centroidMm.x,          m.centroidMm.y,
                              m.centroidMm.z, m.longestMm.value_or(0), m.perpendicularMm.value_or(0)};
  if (m.values) numbers.insert(numbers.end(), {m.values->mean, m.values->sd, m.values->min, m.values->max});
  return std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); });
}

Result<Item> admitOne(const CaseRecord& record, const AgentCard& card, const agents::Proposal& proposal,
                      const imaging::Volume& volume, casedb::BlobStore& blobs) {
  const Block* block = findBlock(record, proposal.source);
  if (block == nullptr || !block->grid || !sameGrid(proposal.mask->grid(), *block->grid)) {
    return fail(ErrorCode::bad_geometry, card.id + ": a mask does not lie on the block it names");
  }
  Item item;
  item.kind = proposal.kind;
  item.label = proposal.label;
  item.category = proposal.category;
  item.code = proposal.code;
  item.laterality = proposal.laterality;
  item.confidence = proposal.confidence;
  item.flags = proposal.flags;
  item.color = proposal.color;
  item.source = proposal.source;
  item.maskVersion = 1;
  item.measurement = imaging::measure(*proposal.mask, &volume);
  item.madeBy = {card.id, card.version, {}, {}};
  const double confidence = proposal.confidence.value_or(0);
  if (item.measurement.voxels == 0) return fail(ErrorCode::bad_argument, card.id + ": an empty mask");
  if (!isFinite(item.measurement))
    return fail(ErrorCode::bad_argument, card.id + ": a measurement is not finite");
  if (!(confidence >= 0 && confidence <= 1))
    return fail(ErrorCode::bad_argument, card.id + ": confidence beyond 0 to 1");
  if (item.label.empty() || item.code.value.empty())
    return fail(ErrorCode::bad_argument, card.id + ": a result without a name");
  ATTEST_TRY(item.maskHash, blobs.put(imaging::encode(*proposal.mask)));
  const std::string seed = record.row.id.value + "|" + card.id + "|" + item.source.series.value + "|" +
                           std::to_string(item.source.block) + "|" + item.label + "|" + item.maskHash;
  item.id = {stableUuid(seed)};
  item.trackingUid = stableUid(seed);
  return item;
}

/// A person has said something about it.
bool isTouched(const Item& item) {
  return item.state != ItemState::proposed || !item.reviewedBy.empty();
}

Result<> storeSentences(casedb::WriteTx& tx, const CaseRecord& record, const AgentCard& card,
                        const Findings& findings) {
  Report report = record.report;
  for (auto& section : report.sections) {
    std::erase_if(section, [&](const Sentence& old) { return old.madeBy == card.id && !old.confirmed; });
  }
  for (const auto& [kind, sentence] : findings.sentences) {
    auto& section = report.section(kind);
    if (std::ranges::none_of(section, [&](const Sentence& old) { return old.id == sentence.id; }))
      section.push_back(sentence);
  }
  return report == record.report ? Result<>{} : tx.setReport(record.row.id, report);
}

}  // namespace

std::string toJson(const StepOutput& output) {
  nlohmann::json items = nlohmann::json::array();
  for (const ItemId& item : output.items) items.push_back(item.value);
  return nlohmann::json{{"items", std::move(items)}, {"facts", output.facts}}.dump();
}

StepOutput stepOutputFrom(const std::string& json) {
  StepOutput output;
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return output;
  for (const auto& item : parsed.value("items", nlohmann::json::array()))
    output.items.push_back({item.get<std::string>()});
  output.facts = parsed.value("facts", "");
  return output;
}

std::vector<ItemId> itemsOfRun(const StepInput& input) {
  std::vector<ItemId> items;
  for (const auto& [agent, output] : input.outputs)
    items.insert(items.end(), output.items.begin(), output.items.end());
  return items;
}

Result<Findings> admit(const StepInput& input, const AgentCard& card, const agents::Output& output,
                       const std::function<Result<imaging::VolumePtr>(const BlockRef&)>& load,
                       casedb::BlobStore& blobs) {
  const CaseRecord& record = input.record;
  Findings findings{{}, output.flags, {}, output.comparison, output.facts, output.notes};
  std::vector<Item> seen = record.items;
  for (const agents::Proposal& proposal : output.proposals) {
    if (!card.proposes) return fail(ErrorCode::bad_argument, card.id + ": proposes against its card");
    if (!proposal.mask) return fail(ErrorCode::bad_argument, card.id + ": a result without a mask");
    ATTEST_TRY(const imaging::VolumePtr volume, load(proposal.source));
    ATTEST_TRY(Item item, admitOne(record, card, proposal, *volume, blobs));
    if (item.kind == ItemKind::finding) {  // each its own colour, and the same in every run
      const Item* known = findItem(record, item.id);
      item.color = known != nullptr ? known->color : freeColor(seen);
      seen.push_back(item);
    }
    if (proposal.earlier) ATTEST_CHECK(pairLesion(findings.comparison, *proposal.earlier, item.id));
    findings.items.push_back(std::move(item));
  }
  if (findings.comparison) {
    std::vector<ItemId> known = itemsOfRun(input);
    for (const Item& item : findings.items) known.push_back(item.id);
    ATTEST_CHECK(admitComparison(*findings.comparison, input, known));
  }
  for (const auto& proposed : output.sentences) {
    const std::string id =
        stableUuid(record.row.id.value + "|" + card.id + "|" + name(proposed.section) + "|" + proposed.text);
    findings.sentences.push_back({proposed.section, {id, proposed.text, card.id, false}});
  }
  return findings;
}

Result<std::vector<ItemId>> store(casedb::WriteTx& tx, const CaseId& id, const AgentCard& card,
                                  const Findings& findings, const std::vector<ItemId>& itemsOfRun) {
  ATTEST_TRY(const CaseRecord record, tx.record(id));
  std::vector<ItemId> stored;
  for (const Item& item : findings.items) {
    const Item* known = findItem(record, item.id);
    if (known == nullptr || !isTouched(*known)) {
      ATTEST_CHECK(tx.putItem(id, item));
    }
    stored.push_back(item.id);
  }
  for (const Item& old : record.items) {
    if (old.madeBy.agent != card.id || isTouched(old) || std::ranges::count(stored, old.id) > 0) continue;
    ATTEST_CHECK(tx.removeItem(id, old.id));
  }
  for (const auto& [itemId, words] : findings.flags) {
    const Item* item = findItem(record, itemId);
    if (item == nullptr || isTouched(*item) || std::ranges::count(itemsOfRun, itemId) == 0) continue;
    Item flagged = *item;
    for (const std::string& word : words) {
      if (std::ranges::count(flagged.flags, word) == 0) flagged.flags.push_back(word);
    }
    ATTEST_CHECK(tx.putItem(id, flagged));
  }
  ATTEST_CHECK(storeComparison(tx, id, findings.comparison));
  ATTEST_CHECK(storeSentences(tx, record, card, findings));
  return stored;
}

}  // namespace attest::orchestrator
