#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QtTest/QTest>
#include <algorithm>
#include <cstdlib>

#include "tests/ui/desk.h"
#include "ui/dialogs/key_sheet.h"
#include "ui/dialogs/sign_dialog.h"
#include "ui/parts/button.h"

namespace attest {
namespace {

namespace act = session::action;
using test::Desk;
using test::keepPicture;

/// Every screen is made, laid out and painted once; ATTEST_PICTURES=DIR keeps what it looks like.
class Pictures : public testing::Test {
 protected:
  void make() {
    window =
        std::make_unique<ui::MainWindow>(desk.store, (pictures ? desk.services() : desk.withoutVolumes()));
    window->resize(1600, 900);
    window->show();
    Desk::settle();
  }
  QWidget* child(const char* name) { return window->findChild<QWidget*>(QString::fromLatin1(name)); }

  const bool pictures = std::getenv("ATTEST_PICTURES") != nullptr;
  Desk desk;
  std::unique_ptr<ui::MainWindow> window;
};

TEST_F(Pictures, SetUpAsksForTheFirstReader) {
  desk.store.dispatch(act::ReadersLoaded{{}});
  make();
  window->findChild<QLineEdit*>(QStringLiteral("setUpName"))->setText(QStringLiteral("A. Reader"));
  window->findChild<QLineEdit*>(QStringLiteral("setUpSecret"))->setText(QStringLiteral("1234"));
  keepPicture(*window, "set_up");
  EXPECT_TRUE(child("setUpPage")->isVisible());
  EXPECT_FALSE(child("statusLine")->isVisible());
}

TEST_F(Pictures, SignInTellsHowLongToWait) {
  desk.store.dispatch(act::ReadersLoaded{{ReaderId{"A. Reader"}, ReaderId{"B. Resident"}}});
  desk.store.dispatch(act::EnterSecret{ReaderId{"A. Reader"}, "wrong"});
  desk.store.dispatch(act::SignInFailed{{ErrorCode::rate_limited, "30"}});
  make();
  keepPicture(*window, "sign_in");
  EXPECT_TRUE(child("signInPage")->isVisible());
  const auto* error = window->findChild<QLabel*>(QStringLiteral("signInError"));
  EXPECT_TRUE(error->isVisible());
  EXPECT_TRUE(error->text().contains(QStringLiteral("30")));
}

TEST_F(Pictures, WorklistWithPreview) {
  make();
  desk.signIn();
  desk.store.dispatch(act::SelectCase{CaseId{"case-1"}});
  desk.store.dispatch(act::PreviewLoaded{desk.record});
  desk.store.dispatch(act::ImportPaths{{"/cd"}, false});
  desk.store.dispatch(act::ImportProgressed{desk.store.state().worklist->imports.at(0).ticket, 412, 2000});
  Desk::settle();
  keepPicture(*window, "worklist");
  EXPECT_TRUE(child("worklistTable")->isVisible());
  EXPECT_TRUE(child("cancelImport")->isVisible());
}

TEST_F(Pictures, AnotherTabPreviewsTheRowItStandsOn) {
  make();
  desk.signIn();
  const auto& list = desk.store.state().worklist;
  CaseRow row = *session::rowAt(*list, 1);
  desk.store.dispatch(act::SelectCase{row.id});
  desk.store.dispatch(act::SetFilter{session::Filter::signed_off});
  row.id = CaseId{"signed"};
  desk.store.dispatch(act::WorklistPageLoaded{list->generation, 0, 1, {row}});
  Desk::settle();
  EXPECT_EQ(list->selected, row.id);
}

TEST_F(Pictures, AnEmptyWorklistOffersWhatToDo) {
  make();
  desk.signIn();
  desk.store.dispatch(act::SetFilter{session::Filter::unread});
  desk.store.dispatch(act::WorklistPageLoaded{desk.store.state().worklist->generation, 0, 0, {}});
  desk.store.dispatch(act::CasesCounted{session::Filter::all, 3});
  Desk::settle();
  keepPicture(*window, "nothing_unread");
  EXPECT_FALSE(child("folderChoice")->isVisible()) << "there are cases, only not here";
  EXPECT_EQ(window->findChild<QLabel*>(QStringLiteral("emptyTitle"))->text(),
            QStringLiteral("Nothing unread"));
  window->findChild<ui::Button*>(QStringLiteral("clearSearch"))->click();
  EXPECT_EQ(desk.store.state().worklist->filter, session::Filter::all);
  desk.store.dispatch(act::WorklistPageLoaded{desk.store.state().worklist->generation, 0, 0, {}});
  desk.store.dispatch(act::CasesCounted{session::Filter::all, 0});
  Desk::settle();
  keepPicture(*window, "empty");
  EXPECT_TRUE(child("folderChoice")->isVisible());
  child("chooseDemo")->setFocus();
  QTest::keyClick(child("chooseDemo"), Qt::Key_Return);
  Desk::settle();
  ASSERT_TRUE(desk.last<session::effect::LoadDemo>());
  EXPECT_FALSE(child("chooseDemo")->isEnabled());
  EXPECT_TRUE(child("cancelImport")->isVisible());
}

TEST_F(Pictures, ReadingRoom) {
  make();
  desk.signIn();
  desk.openCase();
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
  Desk::settle();
  keepPicture(*window, "reading");
  EXPECT_TRUE(child("readingPage")->isVisible());
  desk.store.dispatch(act::OpenReject{});
  keepPicture(*window, "rejecting");
  const auto strips = window->findChildren<QWidget*>(QStringLiteral("rejectStrip"));
  EXPECT_EQ(std::ranges::count_if(strips, [](const QWidget* one) { return one->isVisible(); }), 1);
  desk.store.dispatch(act::CloseReject{});
  desk.store.dispatch(act::StartEdit{});
  keepPicture(*window, "editing");
  EXPECT_TRUE(child("editBar")->isVisible());
}

TEST_F(Pictures, PanelsAndDialogs) {
  make();
  desk.signIn();
  desk.openCase();
  for (const auto& [tab, name] :
       {std::pair{session::Tab::report, "report"}, std::pair{session::Tab::agents, "agents"},
        std::pair{session::Tab::details, "details"}}) {
    desk.store.dispatch(act::SetTab{tab});
    keepPicture(*window, name);
  }
  EXPECT_TRUE(child("detailsPanel")->isVisible());
  ui::KeySheet sheet({ui::Context::everywhere, ui::Context::viewer, ui::Context::review}, window.get());
  sheet.show();
  keepPicture(sheet, "keys");
  sheet.close();
  desk.store.dispatch(act::OpenSignDialog{});
  Desk::settle();
  auto* dialog = window->findChild<ui::SignDialog*>();
  ASSERT_TRUE(dialog->isVisible());
  keepPicture(*dialog, "sign");
}

}  // namespace
}  // namespace attest
