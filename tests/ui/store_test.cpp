#include "ui/store.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <thread>

#include "tests/ui/desk.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using test::Desk;

TEST(Store, TellsOfManyActionsOnceATurn) {
  Desk desk;
  desk.signIn();
  QSignalSpy told(&desk.store, &Store::changed);
  desk.store.dispatch(act::Search{"a"});
  desk.store.dispatch(act::Search{"ab"});
  desk.store.dispatch(act::Search{"abc"});
  EXPECT_EQ(desk.store.state().worklist->query, "abc");  // at once
  EXPECT_EQ(told.count(), 0);
  Desk::settle();
  EXPECT_EQ(told.count(), 1);
}

TEST(Store, HandsEffectsOnInTheirOrder) {
  Desk desk;
  desk.store.dispatch(act::ReadersLoaded{{ReaderId{"A"}}});
  desk.store.dispatch(act::EnterSecret{ReaderId{"A"}, "a secret"});
  const auto asked = desk.last<session::effect::SignIn>();
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->reader.value, "A");
  EXPECT_EQ(asked->secret, "a secret");
}

TEST(Store, TakesActionsFromOtherThreads) {
  Desk desk;
  std::thread job([&] { desk.store.post(act::ReadersLoaded{{ReaderId{"A"}, ReaderId{"B"}}}); });
  job.join();
  EXPECT_TRUE(desk.store.state().signIn->readers.empty());  // not on the job's thread
  Desk::settle();
  EXPECT_EQ(desk.store.state().signIn->readers.size(), 2U);
}

TEST(Store, MergesProgressAndNeverTellsItAfterTheEnd) {
  Desk desk;
  desk.signIn();
  desk.store.dispatch(act::ImportPaths{{"/cd"}, false});
  const session::Ticket ticket = desk.store.state().worklist->imports.at(0).ticket;
  QSignalSpy told(&desk.store, &Store::changed);
  Desk::settle();
  told.clear();
  for (int i = 1; i <= 1000; ++i) desk.store.post(act::ImportProgressed{ticket, i, 1000});
  Desk::settle();
  EXPECT_EQ(told.count(), 0);  // the newest waits for its tenth of a second
  desk.store.post(act::ImportFinished{ticket, {}, {}});
  Desk::settle();
  EXPECT_EQ(told.count(), 1);
  EXPECT_EQ(desk.store.state().worklist->imports.at(0).done, 1000);
  EXPECT_TRUE(desk.store.state().worklist->imports.at(0).finished);
}

}  // namespace
}  // namespace attest::ui
