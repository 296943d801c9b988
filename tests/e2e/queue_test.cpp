// The demonstration as a newcomer meets it: current beside prior, the checklist of earlier lesions, sign and
// next.
#include <gtest/gtest.h>

#include <QPlainTextEdit>
#include <algorithm>
#include <cmath>

#include "core/workflow/demo.h"
#include "tests/e2e/reading_room.h"

namespace attest::test {
namespace {

using session::Screen;

class Queue : public ReadingRoom {
 protected:
  void makeTheDemonstration();
  void signIn();
  void openTheCurrentStudy();
  void lookAtThePrior();
  void judgeTheLesions();
  void reviewTheRest();
  void writeAndSignOn();

  std::size_t openLesions() {
    const auto& lesions = record().comparison->lesions;
    return static_cast<std::size_t>(std::ranges::count_if(lesions, [&](const CarriedLesion& one) {
      return review::outcomeOf(record(), one) == LesionOutcome::open;
    }));
  }
  std::ptrdiff_t unreviewed() { return std::ranges::count_if(record().items, isUnreviewed); }

  workflow::Demo demo;
};

/// Coarse voxels: the same anatomy in a few seconds.
void Queue::makeTheDemonstration() {
  constexpr double coarser = 2.5;
  auto services = workflow::Services::open(folder / "home");
  ASSERT_TRUE(services);
  auto made = workflow::makeDemo(**services, coarser, {});
  ASSERT_TRUE(made) << name(made.error().code) << " " << made.error().detail;
  demo = *made;
  ASSERT_GE(demo.cases.size(), 2U);
}

void Queue::signIn() {
  ASSERT_TRUE(until([&] { return widget("secret").hasFocus(); }));
  person->look("30-demonstration-sign-in");
  person->type(QLatin1String(workflow::demoSecret));
  person->press(Qt::Key_Return);
  ASSERT_TRUE(
      until([&] { return session::screen(state()) == Screen::worklist && state().worklist->complete; }));
  ASSERT_TRUE(until([&] { return state().worklist->preview != nullptr; }));
  person->look("31-demonstration-worklist");
}

void Queue::openTheCurrentStudy() {
  station->store().dispatch(session::ReadingAction{session::action::OpenCase{demo.cases.front()}});
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::reading && state().reading->record; }));
  ASSERT_TRUE(record().comparison.has_value());
  ASSERT_FALSE(record().comparison->lesions.empty());
  ASSERT_TRUE(until(
      [&] { return shownVolume(*state().reading, state().reading->layout.viewports.front()) != nullptr; }));
  person->look("32-ai-waits");
  EXPECT_TRUE(widget("readDone").isVisible());
}

void Queue::lookAtThePrior() {
  person->press(Qt::Key_Tab, Qt::ControlModifier);
  ASSERT_TRUE(until([&] {
    const auto& reading = *state().reading;
    return isComparing(reading) && std::ranges::all_of(reading.layout.viewports, [&](const auto& one) {
             return shownVolume(reading, one) != nullptr;
           });
  }));
  const auto focus = [&](std::size_t at) { return state().reading->layout.viewports.at(at).focusMm; };
  const Vec3 before[2] = {focus(0), focus(1)};
  person->wheel(widget("slices0"), 6);
  ASSERT_TRUE(until([&] { return length(focus(0) - before[0]) > 1; }));
  EXPECT_NEAR(length(focus(1) - before[1]), length(focus(0) - before[0]), 8);
  person->press(Qt::Key_N);
  ASSERT_TRUE(until([&] { return state().review->lesion.has_value(); }));
  person->look("33-current-and-prior");
  person->press(Qt::Key_D);
  ASSERT_TRUE(until([&] { return !hidesProposals(state()); }));
  person->look("34-revealed");
}

/// Each lesion by its keys: the finding that it is, or that it has gone.
void Queue::judgeTheLesions() {
  for (std::size_t left = openLesions(); left > 0; left = openLesions()) {
    const std::optional<ItemId> before = state().review->lesion;
    person->press(Qt::Key_N);
    ASSERT_TRUE(
        until([&] { return state().review->lesion && (left == 1 || state().review->lesion != before); }));
    const CarriedLesion* lesion = review::findLesion(record(), *state().review->lesion);
    ASSERT_NE(lesion, nullptr);
    ASSERT_TRUE(until([&] { return !state().review->selected || state().review->painted; }));
    person->press(shownMatch(state(), *lesion) != nullptr ? Qt::Key_Return : Qt::Key_R);
    ASSERT_TRUE(until([&] { return openLesions() < left; })) << left << " lesions left";
  }
  person->look("35-lesions-checked");
}

void Queue::reviewTheRest() {
  person->press(Qt::Key_X, Qt::ShiftModifier);
  for (int i = 0; i < 40 && unreviewed() > 0; ++i) {
    const auto before = unreviewed();
    person->press(Qt::Key_Space);
    ASSERT_TRUE(until([&] { return state().review->selected && state().review->painted; }));
    person->press(Qt::Key_Return);
    until([&] { return unreviewed() < before; }, 2000);
  }
  EXPECT_EQ(unreviewed(), 0);
  person->press(Qt::Key_Return, Qt::ShiftModifier);
}

void Queue::writeAndSignOn() {
  station->store().dispatch(session::action::SetTab{session::Tab::report});
  ASSERT_TRUE(until([&] { return widget("section_impression").isVisible(); }));
  person->click(widget<QPlainTextEdit>("section_impression"));
  person->type(QStringLiteral(" Progress of the known nodules."));
  ASSERT_TRUE(until([&] { return maySign(*state().signing); }));
  person->look("36-report-with-comparison");
  person->press(Qt::Key_Escape);
  person->press(Qt::Key_Return, Qt::ControlModifier);
  auto& dialog = widget("signDialog");
  ASSERT_TRUE(until([&] { return dialog.isVisible(); }));
  ASSERT_TRUE(person->turnTo(dialog));
  ASSERT_TRUE(until([&] { return widget("signSecret").hasFocus(); }));
  person->look("37-sign-and-next");
  person->type(QLatin1String(workflow::demoSecret));
  ASSERT_TRUE(until([&] { return widget("signAndNext").isEnabled(); }));  // what was typed is on disk
  person->press(Qt::Key_Return, Qt::ShiftModifier);
  ASSERT_TRUE(until([&] {
    return state().reading->caseId && *state().reading->caseId != demo.cases.front();
  })) << (state().signing->error ? state().signing->error->detail : "it was not asked to sign");
  ASSERT_TRUE(until([&] { return state().reading->record != nullptr && !dialog.isVisible(); }));
  person->look("38-the-next-case");
  const auto signedCase = station->services().db().record(demo.cases.front());
  ASSERT_TRUE(signedCase);
  EXPECT_EQ(signedCase->versions.size(), 1U);
}

TEST_F(Queue, ReadsTheDemonstrationBesideItsPriorAndGoesOn) {
  ASSERT_NO_FATAL_FAILURE(makeTheDemonstration());
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_NO_FATAL_FAILURE(signIn());
  ASSERT_NO_FATAL_FAILURE(openTheCurrentStudy());
  ASSERT_NO_FATAL_FAILURE(lookAtThePrior());
  ASSERT_NO_FATAL_FAILURE(judgeTheLesions());
  ASSERT_NO_FATAL_FAILURE(reviewTheRest());
  ASSERT_NO_FATAL_FAILURE(writeAndSignOn());
  close();
}

}  // namespace
}  // namespace attest::test
