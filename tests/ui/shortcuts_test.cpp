#include "ui/shortcuts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/ui/desk.h"
#include "ui/commands.h"

namespace attest::ui {
namespace {

using session::action::Accept;

TEST(Shortcuts, NoKeyMeansTwoThingsWhereBothAreOn) {
  for (const auto& set : activeSets()) {
    std::map<QString, const Shortcut*> seen;
    for (const Shortcut& row : shortcuts()) {
      if (std::ranges::find(set, row.context) == set.end()) continue;
      for (const QKeySequence& key : {row.key, row.also}) {
        if (key.isEmpty()) continue;
        const auto [at, fresh] = seen.emplace(key.toString(), &row);
        EXPECT_TRUE(fresh) << key.toString().toStdString() << ": " << row.words << " and "
                           << at->second->words;
      }
    }
  }
}

TEST(Shortcuts, EveryRowHasAKeyThatQtUnderstandsAndWords) {
  for (const Shortcut& row : shortcuts()) {
    EXPECT_FALSE(row.key.isEmpty()) << row.words;
    EXPECT_NE(row.key[0].key(), Qt::Key_unknown) << row.words;
    EXPECT_FALSE(words(row.command).isEmpty());
    EXPECT_FALSE(keyHint(row.command).isEmpty());
  }
}

TEST(Shortcuts, EveryContextIsInASetThatTheWindowCanBeIn) {
  test::Desk desk;
  EXPECT_TRUE(activeContexts(desk.store.state()).empty());
  desk.signIn();
  const auto expectSet = [&](std::vector<Context> wanted) {
    EXPECT_EQ(activeContexts(desk.store.state()), wanted);
    EXPECT_NE(std::ranges::find(activeSets(), wanted), activeSets().end());
  };
  expectSet({Context::everywhere, Context::worklist});
  desk.store.dispatch(session::action::OpenNodes{});
  expectSet({Context::everywhere, Context::nodes});
  desk.store.dispatch(session::action::CloseNodes{});
  desk.addPrior();
  desk.openCase();
  expectSet({Context::everywhere, Context::viewer, Context::review, Context::finding});
  desk.store.dispatch(session::action::SelectLesion{ItemId{"earlier-nodule-b"}});
  expectSet({Context::everywhere, Context::viewer, Context::review, Context::lesion});
  desk.store.dispatch(session::action::SelectItem{ItemId{"nodule-b"}});
  desk.store.dispatch(session::action::OpenReject{});
  expectSet({Context::everywhere, Context::rejecting});
  desk.store.dispatch(session::action::CloseReject{});
  desk.store.dispatch(session::action::StartEdit{});
  expectSet({Context::everywhere, Context::viewer, Context::editing});
}

TEST(Shortcuts, AcceptingNeverRepeatsWhileTheKeyIsHeld) {
  const auto at = std::ranges::find(shortcuts(), Command::accept, &Shortcut::command);
  ASSERT_NE(at, shortcuts().end());
  EXPECT_FALSE(at->repeats);
}

TEST(Shortcuts, HintsAreShortAndReadable) {
  EXPECT_EQ(keyHint(Command::accept), QStringLiteral("⏎"));
  EXPECT_EQ(keyHint(Command::sign), QStringLiteral("Ctrl ⏎"));
  EXPECT_EQ(keyHint(Command::slice_up), QStringLiteral("↑"));
  EXPECT_EQ(keyHint(Command::next_series), QStringLiteral("PgDn"));
}

TEST(Shortcuts, PlainKeysAreThoseThatWouldBeTyped) {
  EXPECT_TRUE(isPlainKey(QKeySequence(Qt::Key_X)));
  EXPECT_TRUE(isPlainKey(QKeySequence(Qt::SHIFT | Qt::Key_X)));
  EXPECT_TRUE(isPlainKey(QKeySequence(Qt::Key_Return)));
  EXPECT_FALSE(isPlainKey(QKeySequence(Qt::CTRL | Qt::Key_Return)));
  EXPECT_FALSE(isPlainKey(QKeySequence(Qt::Key_F1)));
}

}  // namespace
}  // namespace attest::ui
