#include "ui/worklist/worklist_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QTableView>

#include "tests/ui/desk.h"
#include "ui/pages/worklist_page.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using test::Desk;
using test::phantomRow;

std::vector<CaseRow> rows(int page) {
  std::vector<CaseRow> made;
  for (int i = 0; i < session::worklistPageSize; ++i) {
    made.push_back(phantomRow(page * session::worklistPageSize + i + 1));
  }
  return made;
}

/// Answers every page that was asked for and not yet answered; returns how many.
int answer(Desk& desk, std::size_t& from) {
  int pages = 0;
  for (; from < desk.effects.size(); ++from) {
    if (const auto* ask = std::get_if<session::effect::LoadWorklistPage>(&desk.effects[from])) {
      desk.store.dispatch(act::WorklistPageLoaded{ask->generation, ask->page, 1000000, rows(ask->page)});
      ++pages;
    }
  }
  Desk::settle();
  return pages;
}

TEST(WorklistModel, AMillionCasesAreListedWithoutLoadingThem) {
  Desk desk;
  desk.signIn();
  WorklistPage page(desk.store);
  page.resize(1200, 700);
  page.show();
  auto* table = page.findChild<QTableView*>();
  std::size_t from = desk.effects.size();
  desk.store.dispatch(act::Search{"chest"});
  int loaded = 0;
  for (int i = 0; i < 3; ++i) loaded += answer(desk, from);
  EXPECT_EQ(desk.store.state().worklist->total, 1000000);
  EXPECT_GE(table->model()->rowCount(), session::worklistPageSize);
  EXPECT_LE(loaded, 3);  // what is on screen and the next, not a million
}

TEST(WorklistModel, ScrollingToTheEndLoadsTheNextPageAndFarPagesAreLetGo) {
  Desk desk;
  desk.signIn();
  WorklistPage page(desk.store);
  page.resize(1200, 700);
  page.show();
  auto* table = page.findChild<QTableView*>();
  std::size_t from = desk.effects.size();
  desk.store.dispatch(act::Search{"chest"});
  for (int i = 0; i < 40; ++i) {
    answer(desk, from);
    table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
    Desk::settle();
  }
  const session::Worklist& list = *desk.store.state().worklist;
  EXPECT_GT(list.pages.size(), 20U);
  const auto inMemory =
      std::ranges::count_if(list.pages, [](const auto& one) { return one.rows != nullptr; });
  EXPECT_LT(inMemory, 20);
  EXPECT_EQ(session::rowAt(list, 0), nullptr);
  EXPECT_EQ(table->model()->index(0, WorklistModel::patient).data().toString(), QStringLiteral("Loading…"));
}

TEST(WorklistModel, SaysWhatARowIs) {
  Desk desk;
  desk.signIn();
  WorklistModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.show(desk.store.state().worklist);
  const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
  EXPECT_EQ(cell(0, WorklistModel::patient), QStringLiteral("PHANTOM, Chest A"));
  EXPECT_EQ(cell(0, WorklistModel::status), QStringLiteral("ready"));
  EXPECT_EQ(cell(0, WorklistModel::priority), QString());
  EXPECT_EQ(cell(0, WorklistModel::age_sex), QStringLiteral("M 63 y"));
  EXPECT_EQ(cell(0, WorklistModel::agents), QStringLiteral("3 findings · 2 to review"));
  EXPECT_EQ(cell(1, WorklistModel::priority), QStringLiteral("STAT"));
  EXPECT_EQ(cell(1, WorklistModel::agents), QStringLiteral("3 of 6"));
  model.show(desk.store.state().worklist, true);  // no number before their own read
  EXPECT_FALSE(cell(0, WorklistModel::agents).contains(QLatin1Char('3')));
  EXPECT_TRUE(cell(4, WorklistModel::agents).contains(QLatin1Char('3')));  // signed
  EXPECT_EQ(cell(3, WorklistModel::status), QStringLiteral("agents failed"));
  EXPECT_EQ(model.find(CaseId{"case-5"}), 4);
  EXPECT_EQ(model.find(CaseId{"nobody"}), -1);
}

TEST(WorklistModel, AnotherSearchStartsAnew) {
  Desk desk;
  desk.signIn();
  WorklistModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.show(desk.store.state().worklist);
  EXPECT_EQ(model.rowCount(), 12);
  desk.store.dispatch(act::Search{"nobody"});
  const auto ask = desk.last<session::effect::LoadWorklistPage>();
  ASSERT_TRUE(ask);
  EXPECT_EQ(ask->query, "is:unread nobody");
  desk.store.dispatch(act::WorklistPageLoaded{ask->generation, ask->page, 0, {}});
  model.show(desk.store.state().worklist);
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace attest::ui
