// Pictures of the screens over a real chest CT, for the eye; only where this machine has it.
#include <gtest/gtest.h>

#include <QLabel>

#include "tests/e2e/reading_room.h"
#include "tests/support/real_data.h"

namespace attest::test {
namespace {

class RealChest : public ReadingRoom {
 protected:
  void show(session::Tab tab, const char* panel, const char* name) {
    station->store().dispatch(session::action::SetTab{tab});
    ASSERT_TRUE(until([&] { return widget(panel).isVisible(); }));
    person->look(name);
  }
};

TEST_F(RealChest, EveryScreenShowsIt) {
  const auto data = realData("ct-chest-248");
  if (!data) GTEST_SKIP() << "ct-chest-248 is not on this machine";
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_NO_FATAL_FAILURE(setUpFirstReader());
  constexpr int timeoutMs = 600'000;
  ASSERT_NO_FATAL_FAILURE(importAndAnalyze(*data, timeoutMs));
  ASSERT_TRUE(until([&] { return state().worklist->preview != nullptr; }));
  person->look("real-1-worklist");
  ASSERT_NO_FATAL_FAILURE(openFirstCase());
  person->press(Qt::Key_2);
  ASSERT_NO_FATAL_FAILURE(sayMyReadIsDone());
  person->press(Qt::Key_Space);
  ASSERT_TRUE(until([&] { return state().review->painted; }));
  person->look("real-2-reading-room");
  ASSERT_NO_FATAL_FAILURE(show(session::Tab::report, "reportPanel", "real-3-report"));
  ASSERT_NO_FATAL_FAILURE(show(session::Tab::agents, "agentsPanel", "real-4-agents"));
  ASSERT_NO_FATAL_FAILURE(show(session::Tab::details, "detailsPanel", "real-5-details"));
  person->press(Qt::Key_F1);
  ASSERT_TRUE(
      until([&] { return station->window().findChild<QWidget*>(QStringLiteral("keySheet")) != nullptr; }));
  person->look("real-6-keys");
  ASSERT_TRUE(person->turnTo(widget("keySheet")));
  person->press(Qt::Key_Escape);
  ASSERT_TRUE(person->turnTo(station->window()));
  person->press(Qt::Key_Return, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return widget("signDialog").isVisible(); }));
  EXPECT_TRUE(widget("signMissingTitle").isVisible());
  person->look("real-7-sign");
  ASSERT_TRUE(person->turnTo(widget("signDialog")));
  person->press(Qt::Key_Escape);
  close();
}

}  // namespace
}  // namespace attest::test
