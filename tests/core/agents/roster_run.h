#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/agents/agent.h"
#include "core/imaging/measure.h"

namespace attest::agents::test {

/// A case of one block, and the roster run on it without a database: each agent after those it needs.
class RosterRun {
 public:
  /// A copy goes on from what is known, by itself.
  explicit RosterRun(imaging::VolumePtr volume, const std::string& modality = "CT",
                     std::vector<Geometry> geometry = {Geometry::regular})
      : volume_(std::move(volume)) {
    Block block;
    block.grid = volume_->grid();
    block.dims = volume_->grid().dims;
    block.unit = volume_->unit();
    block.geometry = std::move(geometry);
    for (int k = 0; k < block.dims.k; ++k) block.slices.push_back({SopUid{"1.2." + std::to_string(k)}, 0});
    Series series;
    series.info.uid = {"1.2.3"};
    series.info.modality = modality;
    series.instances = block.dims.k;
    series.blocks = {std::move(block)};
    record_.series = {std::move(series)};
  }

  CaseRecord& record() { return record_; }
  /// The study of another run as the earlier one of the same patient; its findings were accepted and signed.
  void compareWith(const RosterRun& earlier, int days) {
    CaseRecord prior = earlier.record_;
    prior.row.id = {"earlier"};
    prior.study.date = "20260101";
    record_.study.date =
        toDicomDate(Time(std::chrono::sys_days(std::chrono::January / 1 / 2026)) + std::chrono::days(days));
    prior.versions.resize(1);
    prior.versions[0].number = 1;
    prior.series[0].info.uid = {"1.2.9"};
    for (Item item : earlier.items_) {
      if (item.kind != ItemKind::finding) continue;
      earlierMasks_["then-" + item.id.value] = earlier.masks_.at(item.id);
      item.id.value.insert(0, "then-");
      item.state = ItemState::accepted;
      item.source = {{"1.2.9"}, item.source.block};
      prior.items.push_back(std::move(item));
    }
    prior_ = std::move(prior);
    earlierVolume_ = earlier.volume_;
  }
  CaseRecord& prior() { return *prior_; }
  /// Runs an agent that ran already, as if these had found nothing.
  Result<Output> runAgain(const std::string& id, const std::vector<std::string>& without) {
    std::erase_if(items_,
                  [&](const Item& item) { return std::ranges::count(without, item.madeBy.agent) > 0; });
    outputs_.erase(id);
    return run(id);
  }
  void useParallel(Parallel& parallel) { parallel_ = &parallel; }
  void stop() { stop_.request_stop(); }

  /// The agent's result; made at the first call, by its needs first (whose errors are handed on) and by
  /// what it wants.
  Result<Output> run(const std::string& id) {
    if (const auto known = outputs_.find(id); known != outputs_.end()) return known->second;
    const Agent* agent = find(id);
    if (agent == nullptr) return fail(ErrorCode::not_found, id);
    for (const std::string& need : agent->card().needs)
      if (auto needed = run(need); !needed) return needed;
    std::vector<std::string> allowed = agent->card().needs;
    for (const std::string& want : agent->card().wants)
      if (run(want)) allowed.push_back(want);
    Context context{*this, std::move(allowed), agent->card().readsPrior};
    Result<Output> output = agent->run(context);
    if (output) keep(id, *output);
    outputs_.emplace(id, output);
    return output;
  }

  const std::vector<Item>& items() const { return items_; }
  const imaging::Mask& mask(const Item& item) const { return *masks_.at(item.id); }
  /// The item with that label, which must be there.
  const Item& item(const std::string& label) const {
    for (const Item& item : items_)
      if (item.label == label) return item;
    throw std::runtime_error("no item " + label);
  }

 private:
  struct Context final : AgentContext {
    Context(RosterRun& owner, std::vector<std::string> allowed, bool withPrior)
        : run(owner), needs(std::move(allowed)), readsPrior(withPrior) {}
    const CaseRecord& record() const override { return run.record_; }
    const CaseRecord* prior() const override { return readsPrior && run.prior_ ? &*run.prior_ : nullptr; }
    std::vector<Item> items() const override {
      std::vector<Item> items;
      for (const Item& item : run.items_)
        if (std::ranges::count(needs, item.madeBy.agent) > 0) items.push_back(item);
      return items;
    }
    Result<imaging::MaskPtr> mask(const ItemId& item) const override {
      const auto then = run.earlierMasks_.find(item.value);
      return then == run.earlierMasks_.end() ? run.masks_.at(item) : then->second;
    }
    Result<imaging::VolumePtr> volume(const BlockRef& block) override {
      return block.series.value == "1.2.9" ? run.earlierVolume_ : run.volume_;
    }
    std::string facts(const std::string& agent) const override {
      const auto known = run.outputs_.find(agent);
      return known == run.outputs_.end() || !known->second ? "" : known->second->facts;
    }
    Parallel& parallel() override {
      return run.parallel_ == nullptr ? static_cast<Parallel&>(run.serial_) : *run.parallel_;
    }
    std::stop_token stop() const override { return run.stop_.get_token(); }
    void progress(double fraction) override { lastProgress = fraction; }

    RosterRun& run;
    std::vector<std::string> needs;
    bool readsPrior;
    double lastProgress = 0;
  };

  static const Agent* find(const std::string& id) {
    static const auto roster = makeRoster();
    for (const auto& agent : roster)
      if (agent->card().id == id) return agent.get();
    return nullptr;
  }

  void keep(const std::string& agent, const Output& output) {
    for (const Proposal& proposal : output.proposals) {
      Item item;
      item.id = {agent + "-" + std::to_string(items_.size())};
      item.kind = proposal.kind;
      item.label = proposal.label;
      item.category = proposal.category;
      item.code = proposal.code;
      item.laterality = proposal.laterality;
      item.confidence = proposal.confidence;
      item.flags = proposal.flags;
      item.source = proposal.source;
      item.measurement = imaging::measure(*proposal.mask, volume_.get());
      item.madeBy.agent = agent;
      masks_[item.id] = proposal.mask;
      items_.push_back(std::move(item));
    }
    for (const auto& [id, words] : output.flags)
      for (Item& item : items_)
        if (item.id == id) item.flags.insert(item.flags.end(), words.begin(), words.end());
  }

  imaging::VolumePtr volume_;
  CaseRecord record_;
  std::optional<CaseRecord> prior_;
  imaging::VolumePtr earlierVolume_;
  std::map<std::string, imaging::MaskPtr> earlierMasks_;
  std::map<std::string, Result<Output>> outputs_;
  std::vector<Item> items_;
  std::map<ItemId, imaging::MaskPtr> masks_;
  std::stop_source stop_;
  Serial serial_;
  Parallel* parallel_ = nullptr;  ///< none: serial_
};

}  // namespace attest::agents::test
