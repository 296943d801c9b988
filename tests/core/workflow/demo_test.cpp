#include "core/workflow/demo.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "core/workflow/users.h"
#include "tests/core/workflow/desk.h"

namespace attest::workflow {
namespace {

constexpr double coarser = 6;  // voxels of 4.2 x 4.2 x 6 mm

class DemoTest : public test::HomeTest {
 protected:
  Result<Demo> make(std::stop_token stop = {}) {
    steps_.clear();
    return makeDemo(*services_, coarser, std::move(stop), [this](DemoStep step, const std::string& study) {
      steps_.push_back({step, study});
      if (afterStep_) afterStep_(step);
    });
  }

  std::vector<std::pair<DemoStep, std::string>> steps_;
  std::function<void(DemoStep)> afterStep_;
};

TEST_F(DemoTest, ANewHomeIsReadyToBeShownAndASecondCallDoesNothing) {
  const auto demo = make();
  ASSERT_TRUE(demo) << demo.error().detail;
  ASSERT_EQ(demo->cases.size(), 3U);
  const CaseRecord current = record(demo->cases[0]);
  EXPECT_TRUE(current.versions.empty());
  ASSERT_FALSE(current.runs.empty());
  EXPECT_EQ(current.runs.back().state, RunState::done);
  EXPECT_FALSE(current.items.empty());
  ASSERT_EQ(current.priors.size(), 1U);
  EXPECT_EQ(current.priors[0].id, demo->cases[1]);
  const CaseRecord prior = record(demo->cases[1]);
  ASSERT_EQ(prior.versions.size(), 1U);
  EXPECT_EQ(prior.versions[0].signedBy.value, demoReader);
  EXPECT_TRUE(std::ranges::none_of(prior.items, isUnreviewed));
  EXPECT_EQ(*services_->db().setting(demoHintKey), demoSecret);
  EXPECT_TRUE(authenticate(*services_, ReaderId{demoReader}, demoSecret));
  const auto truth = nlohmann::json::parse(test::bytesOf(services_->home() / "demo" / "prior.truth.json"));
  EXPECT_EQ(truth["study_uid"], prior.study.uid.value);
  EXPECT_EQ(truth["nodules"].size(), 8U);

  const auto again = make();
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->cases, demo->cases);
  EXPECT_TRUE(steps_.empty());
  EXPECT_EQ(record(demo->cases[0]).runs.size(), 1U);
}

TEST_F(DemoTest, WhatWasStoppedIsFinishedByTheNextCall) {
  for (const DemoStep at : {DemoStep::images, DemoStep::import, DemoStep::analysis, DemoStep::signature}) {
    std::stop_source stop;
    afterStep_ = [&](DemoStep step) {
      if (step == at) stop.request_stop();
    };
    const auto stopped = make(stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::cancelled) << stopped.error().detail;
  }
  afterStep_ = {};
  const auto demo = make();
  ASSERT_TRUE(demo) << demo.error().detail;
  for (const CaseId& id : demo->cases) EXPECT_EQ(record(id).runs.size(), 1U);
  EXPECT_EQ(record(demo->cases[1]).versions.size(), 1U);
}

TEST_F(DemoTest, AHomeWithReadersOfItsOwnIsLeftAlone) {
  ASSERT_TRUE(createReader(*services_, "anna", {}, test::secret, nullptr));
  const auto demo = make();
  ASSERT_FALSE(demo);
  EXPECT_EQ(demo.error().code, ErrorCode::not_allowed);
  EXPECT_FALSE(test::fs::exists(services_->home() / "demo"));
  EXPECT_EQ(services_->db().readers()->size(), 1U);
  EXPECT_FALSE(*services_->db().setting(demoHintKey));
}

/// The choice in the window: into a home in which people work.
class LoadDemoTest : public test::EffectsTest {
 protected:
  const session::effect::LoadDemo load_{7, anna_, coarser};
};

TEST_F(LoadDemoTest, BringsPhantomsAsOrdinaryCasesAndNobodySigns) {
  const auto done = answer<session::action::ImportFinished>(load_);
  EXPECT_EQ(done.ticket, 7);
  ASSERT_EQ(done.cases.size(), 3U);
  for (const CaseId& id : done.cases) {
    const CaseRecord made = record(id);
    EXPECT_TRUE(made.row.patient.name.reveal().starts_with("Phantom^"));
    EXPECT_TRUE(made.versions.empty());
    EXPECT_EQ(made.row.status, CaseStatus::received);
  }
  EXPECT_EQ(record(done.cases[0]).priors.size(), 1U) << "the first is the one to read";
  EXPECT_EQ(answers_.all<session::action::ImportProgressed>().back().total, 3);
  EXPECT_EQ(services_->db().readers()->size(), 1U);
  EXPECT_FALSE(*services_->db().setting(demoHintKey));

  const auto again = answer<session::action::ImportFinished>(load_);
  EXPECT_EQ(again.cases, done.cases) << "no agents ran on them yet";
  EXPECT_EQ(services_->db().worklist({})->total, 4);
}

TEST_F(LoadDemoTest, CancelledBeforeItBeginsItAnswersAndLeavesNothing) {
  answers_.clear();
  test::BusyLane busy(services_->pool(), jobs::Lane::cpu,
                      static_cast<int>(std::thread::hardware_concurrency()));
  effects_->perform(load_);
  effects_->perform(session::effect::CancelImport{load_.ticket});
  busy.free();
  EXPECT_EQ(answers_.await<session::action::ImportFailed>().error.code, ErrorCode::cancelled);
  EXPECT_EQ(services_->db().worklist({})->total, 1);
}

}  // namespace
}  // namespace attest::workflow
