#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/review/review.h"
#include "core/session/update.h"
#include "core/view/plane.h"

namespace attest::session {

inline Time at(int ms) {
  return Time{std::chrono::milliseconds(1000000 + ms)};
}

/// Plays the person and the hands: dispatches actions, keeps what was asked for.
class Driver {
 public:
  State state;
  Effects effects;  ///< of the last action

  void dispatch(const Action& action) {
    auto [next, asked] = update(state, action);
    state = std::move(next);
    effects = std::move(asked);
  }
  /// The last action's only effect of that kind, or null.
  template <class E>
  const E* asked() const {
    const E* found = nullptr;
    for (const Effect& effect : effects) {
      if (const E* one = std::get_if<E>(&effect)) {
        EXPECT_EQ(found, nullptr) << "asked twice";
        found = one;
      }
    }
    return found;
  }
  template <class E>
  std::size_t count() const {
    std::size_t n = 0;
    for (const Effect& effect : effects) n += std::holds_alternative<E>(effect) ? 1U : 0U;
    return n;
  }

  void signIn(const std::string& name = "ada") {
    dispatch(action::ReadersLoaded{{{name}}});
    dispatch(action::EnterSecret{{name}, "secret words"});
    Reader reader;
    reader.id = {name};
    reader.roles = {Role::attending};
    dispatch(action::SignedIn{reader});
    AgentCard nodules;
    nodules.id = "nodules";
    nodules.readingMode = ReadingMode::after;
    AgentCard lungs;
    lungs.id = "lungs";
    dispatch(action::CardsLoaded{{nodules, lungs}});
    dispatch(action::PreferencesLoaded{{name}, {.modes = {{"nodules", mode}}}});
  }

  void open(const CaseRecord& record) {
    db = record;
    dispatch(action::OpenCase{record.row.id});
    dispatch(action::CaseOpened{std::make_shared<CaseRecord>(db)});
    for (const Effect& effect : Effects(effects)) answerLoad(effect);
  }

  void answerLoad(const Effect& effect) {
    if (const auto* load = std::get_if<effect::LoadVolume>(&effect)) {
      const Grid grid = *findBlock(*recordOf(*state.reading, load->block), load->block)->grid;
      dispatch(
          action::VolumeLoaded{load->block,
                               std::make_shared<imaging::Volume>(grid, imaging::PixelType::int16, Unit::hu),
                               {40, 400},
                               {-1000, 1000}});
    } else if (const auto* mask = std::get_if<effect::LoadMask>(&effect)) {
      auto value = std::make_shared<imaging::Mask>(*db.series[1].blocks[0].grid);
      value->set({1, 1, 1}, true);
      dispatch(action::MaskLoaded{db.row.id, mask->hash, value});
    }
  }

  /// The hands commit the verdicts or the mask of the last action, as workflow would, and answer.
  void commit() {
    for (const Effect& effect : Effects(effects)) {
      if (const auto* verdicts = std::get_if<effect::SubmitVerdicts>(&effect)) {
        for (const auto& verdict : verdicts->verdicts) change(verdict);
        answer(verdicts->ticket);
      } else if (const auto* save = std::get_if<effect::SaveMask>(&effect)) {
        Measurement measurement;
        measurement.voxels = save->mask->count();
        const std::string hash = "mask" + std::to_string(++masks);
        if (save->isNew) {
          Item item = save->item;
          item.maskHash = hash;
          item.measurement = measurement;
          change(attest::review::Draw{item});
        } else {
          change(attest::review::Correct{save->item.id, hash, measurement});
        }
        answer(save->ticket);
      } else if (const auto* report = std::get_if<effect::SaveReport>(&effect)) {
        db.report = report->report;
        ++db.revision;
        dispatch(action::ReportSaved{report->ticket, std::make_shared<CaseRecord>(db)});
      }
    }
  }

  /// Paints every flat viewport as it is now.
  void paint() {
    const auto viewports = state.reading->layout.viewports;
    for (std::size_t i = 0; i < viewports.size(); ++i) {
      dispatch(action::SlicePainted{static_cast<int>(i), viewports[i]});
    }
  }

  const Item& item(const std::string& id) const { return *findItem(*state.reading->record, {id}); }

  ReadingMode mode = ReadingMode::with;  ///< what this reader set
  CaseRecord db;
  int masks = 0;

 private:
  void change(const attest::review::Verdict& verdict) {
    const auto changed = attest::review::apply(db, verdict, *state.signIn->reader, at(0));
    ASSERT_TRUE(changed.has_value()) << changed.error().detail;
    db.items = attest::review::merged(db.items, *changed);
    if (changed->comparison) db.comparison = changed->comparison;
    ++db.revision;
  }
  void answer(Ticket ticket) {
    dispatch(action::VerdictsCommitted{ticket, std::make_shared<CaseRecord>(db)});
  }
};

inline Item agentItem(const std::string& id, Vec3 centre, ItemKind kind = ItemKind::finding) {
  Item item;
  item.id = {id};
  item.kind = kind;
  item.label = "Nodule";
  item.source = {{"1.2"}, 0};
  item.maskHash = "hash-" + id;
  item.maskVersion = 1;
  item.measurement.voxels = 1;
  item.measurement.centroidMm = centre;
  item.trackingUid = "2.25.1";
  item.madeBy = {"nodules", "1.0.0", "", ""};
  return item;
}

/// A CT of 8 x 6 x 4 voxels with three findings and a structure, and a scout that is no volume.
inline CaseRecord makeRecord() {
  CaseRecord record;
  record.row.id = {"case"};
  record.row.status = CaseStatus::in_review;
  Series ct;
  ct.info.uid = {"1.2"};
  ct.info.modality = "CT";
  ct.info.frameOfReference = {"9"};
  Block block;
  block.dims = {8, 6, 4};
  block.grid = Grid{.dims = {8, 6, 4}, .originMm = {}, .spacingMm = {1, 1, 2}};
  block.frameOfReference = {"9"};
  ct.blocks = {block};
  Series scout;
  scout.info.uid = {"1.1"};
  scout.info.modality = "CT";
  Block pictures;
  pictures.dims = {100, 100, 3};
  pictures.geometry = {Geometry::not_3d};
  scout.blocks = {pictures};
  record.series = {scout, ct};
  record.items = {agentItem("a", {2, 2, 2}), agentItem("s", {4, 3, 4}, ItemKind::structure),
                  agentItem("b", {5, 4, 6}), agentItem("c", {1, 1, 0})};
  record.report.section(SectionKind::findings) = {{"s1", "Clear.", "report", false}};
  record.report.section(SectionKind::impression) = {{"s2", "Normal.", "report", false}};
  return record;
}

/// An earlier study of the same patient: its CT lies 10 mm to the left (LPS x), with a lesion that was
/// signed.
inline CaseRecord makePrior() {
  CaseRecord prior = makeRecord();
  prior.row.id = {"prior"};
  prior.row.modality = "CT";
  prior.row.status = CaseStatus::approved;
  Series ct = prior.series[1];
  ct.info.uid = {"2.2"};
  ct.info.frameOfReference = {"8"};
  ct.blocks[0].frameOfReference = {"8"};
  ct.blocks[0].grid->originMm = {10, 0, 0};
  prior.series = {ct};
  Item lesion = agentItem("then", {12, 2, 2});
  lesion.source = {{"2.2"}, 0};
  lesion.state = ItemState::accepted;
  prior.items = {lesion};
  return prior;
}

/// The study of makeRecord() with that one as its prior, registered, its lesion being item "a" here.
inline CaseRecord makeFollowUp() {
  CaseRecord record = makeRecord();
  record.row.modality = "CT";
  record.priors = {makePrior().row};
  Comparison comparison;
  comparison.prior = {"prior"};
  comparison.from = {{"2.2"}, 0};
  comparison.to = {{"1.2"}, 0};
  comparison.toCurrent.translationMm = {-10, 0, 0};
  CarriedLesion lesion;
  lesion.earlier.caseId = {"prior"};
  lesion.earlier.item = {"then"};
  lesion.earlier.measurement.centroidMm = {12, 2, 2};
  lesion.label = "Nodule";
  lesion.expectedMm = {2, 2, 2};
  lesion.uncertaintyMm = 4;
  lesion.match = ItemId{"a"};
  comparison.lesions = {lesion};
  record.comparison = comparison;
  record.items[0].earlier = lesion.earlier;
  return record;
}

}  // namespace attest::session
