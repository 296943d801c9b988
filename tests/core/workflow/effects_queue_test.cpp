// Priors, the queue, images that are there before the reader, settings.
#include "core/workflow/preferences.h"
#include "core/workflow/prefetch.h"
#include "core/workflow/thumbnail.h"
#include "tests/core/workflow/desk.h"

namespace attest::workflow::test {
namespace {

namespace action = session::action;
namespace effect = session::effect;

class QueueEffects : public EffectsTest {
 protected:
  /// Another study of the phantom's patient, or of somebody else.
  CaseId another(const std::string& name, const std::string& patient, const std::string& date = "20260801") {
    attest::test::CtOptions options;
    options.patientId = patient;
    options.studyDate = date;
    attest::test::writeCt(folder_ / name, *chest().volume, options);
    const auto report = import({folder_ / name}, true);
    if (!report || report->cases.size() != 1) throw std::runtime_error("not imported");
    return report->cases.front();
  }
  bool isInMemory(const CaseId& id) {
    const BlockRef ref = blockRef(id);
    return services_->volumes().holds(ref, *findBlock(record(id), ref));
  }
};

TEST_F(QueueEffects, APriorIsReadAndItsTrailKnows) {
  const auto loaded = answer<action::PriorLoaded>(effect::LoadPrior{id_, anna_});
  EXPECT_EQ(loaded.record->row.id, id_);
  EXPECT_EQ(loaded.record->row.status, CaseStatus::received) << "looking back begins no reading";
  EXPECT_EQ(events("open"), 1);
  EXPECT_EQ(answer<action::PriorFailed>(effect::LoadPrior{nowhere_, anna_}).error.code, ErrorCode::not_found);
  enroll("root", {Role::admin});
  EXPECT_EQ(answer<action::PriorFailed>(effect::LoadPrior{id_, {"root"}}).error.code, ErrorCode::not_allowed);
}

TEST_F(QueueEffects, ThatMyReadIsDoneIsKept) {
  const auto changed = answer<action::RecordChanged>(effect::MarkReadDone{id_, anna_});
  EXPECT_EQ(changed.record->readDone, std::vector{anna_});
  EXPECT_EQ(answer<action::ReadDoneFailed>(effect::MarkReadDone{nowhere_, anna_}).error.code,
            ErrorCode::not_found);
}

TEST_F(QueueEffects, TheQueueIsWithoutWhatIsSkipped) {
  const CaseId other = another("other", "ATT-2");
  const auto all = answer<action::QueueLoaded>(effect::LoadQueue{3, anna_, {}, 2});
  EXPECT_EQ(all.ticket, 3);
  EXPECT_EQ(all.rows.size(), 2U);
  const auto rest = answer<action::QueueLoaded>(effect::LoadQueue{4, anna_, {id_}, 2});
  ASSERT_EQ(rest.rows.size(), 1U);
  EXPECT_EQ(rest.rows[0].id, other);
}

TEST_F(QueueEffects, AnOpenedCaseIsTheReadersOwn) {
  enroll("bert", {Role::attending});
  perform(effect::OpenCase{id_, anna_});
  EXPECT_EQ(record(id_).row.reader, anna_);
  EXPECT_TRUE(answer<action::QueueLoaded>(effect::LoadQueue{1, {"bert"}, {}, 2}).rows.empty());
}

TEST_F(QueueEffects, APrefetchedCaseOpensWithoutReadingAFile) {
  const CaseId next = another("next", "ATT-2");
  const CaseId prior = another("prior", "ATT-2", "20260501");
  perform(effect::Prefetch{{next}});
  EXPECT_EQ(answers_.all<action::CasePrefetched>().at(0).id, next);
  EXPECT_TRUE(isInMemory(next)) << "the case and the study that it is compared with";
  EXPECT_TRUE(isInMemory(prior));
  fs::remove_all(folder_ / "next");
  fs::remove_all(folder_ / "prior");
  for (const CaseId& id : {next, prior}) {
    const auto loaded = answer<action::VolumeLoaded>(effect::LoadVolume{id, blockRef(id)});
    ASSERT_NE(loaded.volume, nullptr);
    EXPECT_EQ(loaded.valueRange, (std::array<double, 2>{-1000, 700}));
  }
}

TEST_F(QueueEffects, WhatIsPrefetchedWaitsForWhatIsVisible) {
  const CaseId next = another("next", "ATT-2");
  const auto prefetcher = std::make_shared<Prefetcher>(*services_, [](const CaseId&) {});
  auto hold = prefetcher->hold();
  prefetcher->start({next});
  services_->pool().drain();
  EXPECT_FALSE(isInMemory(next));
  hold.reset();
  services_->pool().drain();
  EXPECT_TRUE(isInMemory(next)) << "it goes on by itself";
}

TEST_F(QueueEffects, ANewListTakesThePlaceOfTheOneBefore) {
  const CaseId a = another("a", "ATT-2");
  const CaseId b = another("b", "ATT-3");
  {
    BusyLane busy(services_->pool(), jobs::Lane::cpu, 1);
    effects_->perform(effect::Prefetch{{a}});
    effects_->perform(effect::Prefetch{{b}});
  }
  services_->pool().drain();
  EXPECT_EQ(answers_.all<action::CasePrefetched>().back().id, b);
  EXPECT_TRUE(isInMemory(b));
}

TEST_F(QueueEffects, CasesThatAreGoneHoldUpNothing) {
  perform(effect::Prefetch{{nowhere_, id_}});
  EXPECT_EQ(answers_.all<action::CasePrefetched>().size(), 1U);
}

TEST_F(QueueEffects, AThumbnailShowsTheMiddleImage) {
  const auto loaded = answer<action::ThumbnailLoaded>(effect::LoadThumbnails{{blockRef(id_)}});
  EXPECT_EQ(loaded.series, blockRef(id_).series);
  ASSERT_NE(loaded.picture, nullptr);
  EXPECT_EQ(loaded.picture->width, session::thumbnailPixels);
  EXPECT_EQ(static_cast<int>(loaded.picture->gray.size()), loaded.picture->width * loaded.picture->height);
  const auto [low, high] = std::ranges::minmax(loaded.picture->gray);
  EXPECT_LT(low, 50) << "air";
  EXPECT_GT(high, 100) << "tissue";
  EXPECT_EQ(answer<action::ThumbnailLoaded>(effect::LoadThumbnails{{{{"2.25.1"}, 0}}}).picture, nullptr);
}

TEST_F(QueueEffects, AThumbnailKeepsTheShapeOfTheBody) {
  imaging::Volume image({.dims = {400, 100, 1}, .originMm = {}, .spacingMm = {0.5, 1, 1}},
                        imaging::PixelType::uint8, Unit::none);
  for (auto& value : image.writable<std::uint8_t>()) value = 200;
  image.setLowIsBright(true);
  const auto picture = shrunk(image, {128, 256}, 50);
  EXPECT_EQ(picture.width, 50);
  EXPECT_EQ(picture.height, 25) << "200 mm by 100 mm";
  EXPECT_NEAR(picture.gray.at(0), 55, 1) << "low values are the bright ones";
}

TEST_F(QueueEffects, APriorityStaysAndIsSaid) {
  perform(effect::SetPriority{id_, anna_, Priority::stat});
  EXPECT_EQ(record(id_).row.priority, Priority::stat);
  EXPECT_FALSE(answers_.all<action::WorklistChanged>().empty());
  EXPECT_EQ(answer<action::CasesCounted>(effect::CountCases{session::Filter::stat, "priority:stat"}).count,
            1);
  EXPECT_EQ(answer<action::PriorityFailed>(effect::SetPriority{nowhere_, anna_, Priority::stat}).error.code,
            ErrorCode::not_found);
}

TEST_F(QueueEffects, AParkedCaseIsKeptAsItWasShownForItsReader) {
  session::Reading reading;
  reading.layout = view::mprLayout(blockRef(id_), chest().grid, {40, 400});
  reading.layout.viewports[1].zoom = 2.5;
  reading.layout.viewports[1].pan = {3, -4};
  reading.layout.viewports[2].slab = {imaging::Projection::mip, 12};
  reading.layout.viewports[3].camera = {30, -10};
  reading.layout.active = 2;
  reading.layoutBefore = view::stackLayout(blockRef(id_), {-500, 1500});
  reading.tool = session::Tool::crosshair;
  reading.tab = session::Tab::report;
  reading.overlays = false;
  reading.hidden = {finding_};
  reading.painted[blockRef(id_)] = {true, false, true};
  reading.priors.records[nowhere_] = nullptr;
  reading.priors.linked = false;
  reading.priors.offsetsMm[nowhere_] = {1, 2, 3.5};
  session::Review review;
  review.selected = finding_;
  review.brushRadiusMm = 7;
  const session::ParkedCase parked{record(id_).row, std::make_shared<session::Reading>(reading),
                                   std::make_shared<session::Review>(review), nullptr};
  perform(effect::KeepParked{anna_, parked});
  EXPECT_EQ(events("park"), 1);
  effects_.reset();
  services_.reset();
  services_ = *Services::open(folder_ / "home", clock_);  // the next day
  start();
  const auto loaded = answer<action::ParkedLoaded>(effect::LoadParked{anna_});
  ASSERT_EQ(loaded.cases.size(), 1U);
  const session::Reading& back = *loaded.cases[0].reading;
  EXPECT_EQ(loaded.cases[0].row.id, id_);
  EXPECT_EQ(back.caseId, id_);
  EXPECT_EQ(back.layout, reading.layout);
  EXPECT_EQ(back.layoutBefore, reading.layoutBefore);
  EXPECT_EQ(back.tool, reading.tool);
  EXPECT_EQ(back.tab, reading.tab);
  EXPECT_FALSE(back.overlays);
  EXPECT_EQ(back.hidden, reading.hidden);
  EXPECT_EQ(back.painted, reading.painted);
  EXPECT_TRUE(back.priors.records.contains(nowhere_));
  EXPECT_FALSE(back.priors.linked);
  EXPECT_EQ(back.priors.offsetsMm, reading.priors.offsetsMm);
  EXPECT_EQ(loaded.cases[0].review->selected, finding_);
  EXPECT_EQ(loaded.cases[0].review->brushRadiusMm, 7);

  EXPECT_TRUE(answer<action::ParkedLoaded>(effect::LoadParked{{"bert"}}).cases.empty());
  perform(effect::ForgetParked{anna_, id_});
  EXPECT_TRUE(answer<action::ParkedLoaded>(effect::LoadParked{anna_}).cases.empty());
  session::ParkedCase lost = parked;
  lost.row.id = nowhere_;
  EXPECT_EQ(answer<action::ParkedFailed>(effect::KeepParked{anna_, lost}).error.code, ErrorCode::not_found);
}

TEST_F(QueueEffects, AParkedViewThatDoesNotReadOpensAsAnyCase) {
  change([&](casedb::WriteTx& tx) { return tx.park(id_, anna_, R"({"layout": {"rows": 2}})"); });
  const auto loaded = answer<action::ParkedLoaded>(effect::LoadParked{anna_});
  ASSERT_EQ(loaded.cases.size(), 1U);
  EXPECT_EQ(loaded.cases[0].reading->caseId, id_);
  EXPECT_TRUE(loaded.cases[0].reading->layout.viewports.empty());
}

TEST_F(QueueEffects, SettingsAreOfOneReader) {
  EXPECT_TRUE(answer<action::PreferencesLoaded>(effect::LoadPreferences{anna_}).preferences.modes.empty());
  const session::Preferences mine{
      .modes = {{"lung_nodules", ReadingMode::first}, {"prior", ReadingMode::with}}, .lockMinutes = 3};
  EXPECT_EQ(answer<action::PreferencesLoaded>(effect::SavePreferences{anna_, mine}).preferences.lockMinutes,
            3);
  EXPECT_EQ(answer<action::PreferencesLoaded>(effect::LoadPreferences{anna_}).preferences.modes, mine.modes);
  EXPECT_TRUE(answer<action::PreferencesLoaded>(effect::LoadPreferences{{"bert"}}).preferences.modes.empty());
}

TEST_F(QueueEffects, TheSignInPageLooksAsItDidForWhoWasThereLast) {
  EXPECT_EQ(lastLook(*services_)->theme, session::Theme::dark);
  session::Preferences mine;
  mine.modes = {{"lung_nodules", ReadingMode::first}};
  mine.language = "de";
  mine.theme = session::Theme::light;
  perform(effect::SavePreferences{anna_, mine});
  perform(effect::LoadPreferences{anna_});
  const auto look = lastLook(*services_);
  ASSERT_TRUE(look);
  EXPECT_EQ(look->language, "de");
  EXPECT_EQ(look->theme, session::Theme::light);
  EXPECT_TRUE(look->modes.empty()) << "how one reads is nobody else's";
  perform(effect::LoadPreferences{{"bert"}});
  EXPECT_EQ(lastLook(*services_)->language, "");
}

}  // namespace
}  // namespace attest::workflow::test
