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
  Parallel& useParallel(Parallel& parallel) { return *(parallel_ = &parallel); }
  void stop() { stop_.request_stop(); }

  /// The agent's result; made at the first call, by its needs first (whose errors are handed on).
  Result<Output> run(const std::string& id) {
    if (const auto known = outputs_.find(id); known != outputs_.end()) return known->second;
    const Agent* agent = find(id);
    if (agent == nullptr) return fail(ErrorCode::not_found, id);
    for (const std::string& need : agent->card().needs)
      if (auto needed = run(need); !needed) return needed;
    Context context{*this, agent->card().needs};
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
    Context(RosterRun& owner, std::vector<std::string> allowed) : run(owner), needs(std::move(allowed)) {}
    const CaseRecord& record() const override { return run.record_; }
    const CaseRecord* prior() const override { return nullptr; }
    std::vector<Item> items() const override {
      std::vector<Item> items;
      for (const Item& item : run.items_)
        if (std::ranges::count(needs, item.madeBy.agent) > 0) items.push_back(item);
      return items;
    }
    Result<imaging::MaskPtr> mask(const ItemId& item) const override { return run.masks_.at(item); }
    Result<imaging::VolumePtr> volume(const BlockRef&) override { return run.volume_; }
    std::string facts(const std::string& agent) const override {
      const auto known = run.outputs_.find(agent);
      return known == run.outputs_.end() || !known->second ? "" : known->second->facts;
    }
    Parallel& parallel() override { return *run.parallel_; }
    std::stop_token stop() const override { return run.stop_.get_token(); }
    void progress(double fraction) override { lastProgress = fraction; }

    RosterRun& run;
    std::vector<std::string> needs;
    double lastProgress = 0;
  };

  const Agent* find(const std::string& id) const {
    for (const auto& agent : roster_)
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
  std::vector<std::unique_ptr<Agent>> roster_ = makeRoster();
  std::map<std::string, Result<Output>> outputs_;
  std::vector<Item> items_;
  std::map<ItemId, imaging::MaskPtr> masks_;
  std::stop_source stop_;
  Serial serial_;
  Parallel* parallel_ = &serial_;
};

}  // namespace attest::agents::test
