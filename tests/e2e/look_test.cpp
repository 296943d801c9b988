// What a reader chose for the look of the window is there at once, and on the sign-in page of the next start.
#include <gtest/gtest.h>

#include "tests/e2e/reading_room.h"
#include "ui/parts/button.h"
#include "ui/theme/palette.h"

namespace attest::test {
namespace {

namespace act = session::action;

class Look : public ReadingRoom {
 protected:
  QString words(const char* button) { return widget<ui::Button>(button).text(); }
  bool isLight() { return ui::palette().panel == ui::lightPalette().panel; }
};

TEST_F(Look, ChangesAtOnceAndIsKept) {
  ASSERT_NO_FATAL_FAILURE(open({}));
  ASSERT_NO_FATAL_FAILURE(setUpFirstReader());
  station->store().dispatch(act::SetTheme{session::Theme::light});
  ASSERT_TRUE(until([&] { return isLight(); }));
  station->store().dispatch(act::SetLanguage{"de"});
  ASSERT_TRUE(until([&] { return words("goWorklist") == QStringLiteral("Arbeitsliste"); }));
  EXPECT_TRUE(station->window().isVisible());
  person.emplace(station->window());
  person->look("90-light-and-german");
  ASSERT_NO_FATAL_FAILURE(close());
  ASSERT_NO_FATAL_FAILURE(open({}));
  EXPECT_EQ(words("signIn"), QStringLiteral("Anmelden"));
  EXPECT_TRUE(isLight());
  ASSERT_NO_FATAL_FAILURE(close());
  ASSERT_NO_FATAL_FAILURE(open());  // the command line wins
  EXPECT_EQ(words("signIn"), QStringLiteral("Sign in"));
}

}  // namespace
}  // namespace attest::test
