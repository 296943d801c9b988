#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QTableWidget>
#include <QtTest/QTest>

#include "tests/ui/desk.h"
#include "ui/dialogs/node_dialog.h"
#include "ui/nodes/problem_words.h"
#include "ui/nodes/query_panel.h"
#include "ui/panels/finding_card.h"
#include "ui/parts/button.h"
#include "ui/parts/chip.h"
#include "ui/reading/viewer_grid.h"

namespace attest::ui {
namespace {

namespace act = session::action;
namespace effect = session::effect;
using test::Desk;

class Comparing : public testing::Test {
 protected:
  void openWith(ReadingMode mode) {
    window.resize(1600, 900);
    window.show();
    desk.addPrior();
    desk.signIn(mode);
    desk.openCase();
    window.activateWindow();
    Desk::settle();
  }
  std::vector<Item>& items() {
    auto own = desk.copy();
    desk.record = own;
    return own->items;
  }
  template <class W = QWidget>
  W* child(const QString& name) {
    W* found = window.findChild<W*>(name);
    EXPECT_NE(found, nullptr) << name.toStdString();
    return found;
  }
  template <class W = QWidget>
  W* child(const char* name) {
    return child<W>(QString::fromLatin1(name));
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    child<ViewerGrid>("images")->takeFocus();
    Desk::settle();
    QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window, key,
                    modifiers);
    Desk::settle();
  }
  const session::State& state() const { return desk.store.state(); }

  Desk desk;
  MainWindow window{desk.store, desk.withoutVolumes()};
};

TEST_F(Comparing, AKeyPutsThePriorBesideTheCurrentStudyAndTakesItAway) {
  openWith(ReadingMode::with);
  EXPECT_TRUE(child("prior_case-5")->isVisible());
  EXPECT_TRUE(child("series_1.2.2.4_0")->isVisible());
  EXPECT_FALSE(child("link")->isVisible());
  press(Qt::Key_Tab, Qt::ControlModifier);
  EXPECT_TRUE(isComparing(*state().reading));
  EXPECT_TRUE(child<Button>("link")->isVisible());
  EXPECT_TRUE(child<Button>("link")->isChecked());
  press(Qt::Key_L, Qt::ShiftModifier);
  EXPECT_FALSE(state().reading->priors.linked);
  EXPECT_FALSE(child<Button>("link")->isChecked());
  press(Qt::Key_Tab, Qt::ControlModifier);
  EXPECT_FALSE(isComparing(*state().reading));
}

TEST_F(Comparing, ACardSaysWhatChangedOnlyBeyondError) {
  openWith(ReadingMode::with);
  auto* grown = child<FindingCard>(
      QStringLiteral("finding_%1").arg(QString::fromStdString(desk.record->items.at(3).id.value)));
  const QString words = grown->findChild<QLabel*>(QStringLiteral("findingEarlier"))->text();
  EXPECT_TRUE(words.contains(QStringLiteral("2026-05-12"))) << words.toStdString();
  EXPECT_TRUE(words.contains(QStringLiteral("×2"))) << words.toStdString();
  auto* fresh = child<FindingCard>(QStringLiteral("finding_nodule-b"));
  const auto chips = fresh->findChildren<Chip*>();
  EXPECT_TRUE(
      std::ranges::any_of(chips, [](const Chip* chip) { return chip->text() == QStringLiteral("new"); }));
}

TEST_F(Comparing, AKeyGoesToTheEarlierLesionThatNobodyJudged) {
  openWith(ReadingMode::with);
  EXPECT_TRUE(child("lesions")->isVisible());
  press(Qt::Key_N);
  EXPECT_EQ(state().review->lesion, ItemId{"earlier-nodule-b"});  // the other one is measured by its finding
  const auto* resolved =
      child("lesion_earlier-nodule-b")->findChild<Button*>(QStringLiteral("lesionResolved"));
  EXPECT_TRUE(resolved->isVisible());
}

TEST_F(Comparing, APairedFindingKeepsItsKeysAndItsLesionHasThemOnlyWhenChosen) {
  for (Item& item : items()) item.state = ItemState::proposed;
  openWith(ReadingMode::with);
  const auto expectPrimary = [&](bool ofLesion) {
    QStringList shown;
    for (const auto* one : window.findChildren<Button*>()) {
      const bool isIt = one->objectName() == QStringLiteral("accept") ||
                        one->objectName() == QStringLiteral("lesionMeasured");
      if (isIt && one->isVisible()) shown << one->objectName();
    }
    EXPECT_EQ(shown, QStringList{ofLesion ? QStringLiteral("lesionMeasured") : QStringLiteral("accept")});
  };
  const ItemId paired = desk.record->comparison->lesions.at(0).match.value();
  desk.store.dispatch(act::SelectItem{paired});
  Desk::settle();
  expectPrimary(false);
  press(Qt::Key_X);
  EXPECT_TRUE(state().review->rejecting);
  press(Qt::Key_Escape);
  press(Qt::Key_U);
  const auto said = desk.last<effect::SubmitVerdicts>();
  ASSERT_TRUE(said);
  EXPECT_TRUE(std::holds_alternative<review::Unsure>(said->verdicts.front()));
  desk.store.dispatch(act::SelectLesion{desk.record->comparison->lesions.at(0).earlier.item});
  Desk::settle();
  expectPrimary(true);
  press(Qt::Key_U);
  const auto asked = desk.last<effect::SubmitVerdicts>();
  ASSERT_TRUE(asked);
  const auto* judged = std::get_if<review::JudgeLesion>(&asked->verdicts.front());
  ASSERT_NE(judged, nullptr);
  EXPECT_EQ(judged->outcome, LesionOutcome::not_evaluable);
}

TEST_F(Comparing, TheChosenCardIsWholeAboveTheFoot) {
  for (Item& item : items()) item.state = ItemState::proposed;
  openWith(ReadingMode::with);
  window.resize(1600, 620);
  for (const std::size_t at : {4U, 3U, 5U}) {
    const std::string name = desk.record->items.at(at).id.value;
    desk.store.dispatch(act::SelectItem{ItemId{name}});
    desk.store.dispatch(act::OpenReject{});
    Desk::settle();
    const auto* card = child<FindingCard>(QStringLiteral("finding_%1").arg(QString::fromStdString(name)));
    EXPECT_FALSE(card->visibleRegion().isEmpty()) << name;
    EXPECT_EQ(card->visibleRegion().boundingRect(), card->rect()) << name;
    EXPECT_EQ(card->height(), card->heightForWidth(card->width())) << name;
    desk.store.dispatch(act::CloseReject{});
  }
}

TEST_F(Comparing, NothingOfTheAgentsShowsBeforeTheReaderIsDone) {
  for (Item& item : items()) {  // nobody has looked yet
    item.state = ItemState::proposed;
    item.reviewedBy = {};
  }
  openWith(ReadingMode::after);
  EXPECT_TRUE(child("readDone")->isVisible());
  EXPECT_TRUE(window.findChildren<FindingCard*>().empty());
  for (const auto* words : child("lesions")->findChildren<QLabel*>()) {
    EXPECT_FALSE(words->text().contains(QStringLiteral("nothing paired"))) << "not even that";
    EXPECT_FALSE(words->text().contains(QStringLiteral("→"))) << words->text().toStdString();
  }
  EXPECT_FALSE(child<QLabel>("missing")->text().contains(QStringLiteral("2 findings")));
  press(Qt::Key_D);
  EXPECT_TRUE(desk.last<effect::MarkReadDone>());
  auto told = desk.copy();
  told->readDone = {ReaderId{"A. Reader"}};
  desk.change(told);
  EXPECT_FALSE(child("readDone")->isVisible());
  EXPECT_EQ(window.findChildren<FindingCard*>().size(), 3);
}

TEST_F(Comparing, AParkedCaseWaitsInTheTopBar) {
  openWith(ReadingMode::with);
  press(Qt::Key_P, Qt::ControlModifier);
  ASSERT_EQ(state().queue->parked.size(), 1U);
  const auto menus = window.findChildren<Button*>(QStringLiteral("parkedMenu"));
  EXPECT_TRUE(std::ranges::any_of(menus, [](const Button* one) { return one->isVisible(); }));
  QTest::keyClick(&window, Qt::Key_R, Qt::ControlModifier);
  Desk::settle();
  EXPECT_EQ(session::screen(state()), session::Screen::reading);
}

TEST(Nodes, ATestSaysWhatIsWrong) {
  Desk desk;
  MainWindow window(desk.store, desk.withoutVolumes());
  window.show();
  desk.signIn();
  Node pacs;
  pacs.name = "Archive";
  pacs.host = "127.0.0.1";
  desk.store.dispatch(act::OpenNodes{});
  desk.store.dispatch(act::NodesLoaded{{pacs}});
  Desk::settle();
  auto* test = window.findChild<Button*>(QStringLiteral("testNode"));
  ASSERT_NE(test, nullptr);
  test->click();
  EXPECT_EQ(desk.last<effect::TestNode>()->name, "Archive");
  desk.store.dispatch(act::NodeTested{"Archive", Desk::failedTest(NodeProblem::connection_refused)});
  Desk::settle();
  const auto* said = window.findChild<QLabel*>(QStringLiteral("nodeSaid"));
  EXPECT_TRUE(said->isVisible());
  EXPECT_EQ(said->text(), QStringLiteral("127.0.0.1 is there, but nothing listens on port 104."));
}

TEST(Nodes, EnterSavesWhereverTheKeyboardIs) {
  Desk desk;
  Reader admin;
  admin.id = ReaderId{"Admin"};
  admin.roles = {Role::admin};
  desk.store.dispatch(act::ReadersLoaded{{admin.id}});
  desk.store.dispatch(act::EnterSecret{admin.id, "correct horse"});
  desk.store.dispatch(act::SignedIn{admin});
  Node pacs;
  pacs.name = "Archive";
  pacs.aeTitle = "PACS";
  pacs.host = "127.0.0.1";
  NodeDialog dialog(desk.store, pacs);
  dialog.show();
  QTest::keyClick(dialog.findChild<QWidget*>(QStringLiteral("nodeDeliver")), Qt::Key_Return);
  Desk::settle();
  ASSERT_TRUE(desk.last<effect::PutNode>());
  EXPECT_EQ(desk.last<effect::PutNode>()->node.name, "Archive");
  EXPECT_FALSE(dialog.isVisible());
}

TEST(Nodes, EveryProblemHasWordsAndAdvice) {
  for (int i = 1; i <= static_cast<int>(NodeProblem::here); ++i) {
    const ErrorWords said = words(static_cast<NodeProblem>(i), Node{});
    EXPECT_FALSE(said.happened.isEmpty() || said.advice.isEmpty()) << i;
    EXPECT_FALSE(said.happened.contains(QLatin1Char('%'))) << said.happened.toStdString();
  }
}

TEST(Nodes, AQueryIsAskedInDicomAndAnAnswerIsFetched) {
  Desk desk;
  MainWindow window(desk.store, desk.withoutVolumes());
  window.show();
  desk.signIn();
  Node pacs;
  pacs.name = "Archive";
  desk.store.dispatch(act::OpenNodes{});
  desk.store.dispatch(act::NodesLoaded{{pacs}});
  Desk::settle();
  window.findChild<QLineEdit*>(QStringLiteral("queryPatient"))->setText(QStringLiteral("PHANTOM"));
  window.findChild<QLineEdit*>(QStringLiteral("queryDates"))->setText(QStringLiteral("2026-08-14"));
  window.findChild<Button*>(QStringLiteral("findStudies"))->click();
  const auto asked = desk.last<effect::FindStudies>();
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->query.patientName, "PHANTOM*");
  EXPECT_EQ(asked->query.dates, "20260814");
  session::FoundStudy found;
  found.study.uid = StudyUid{"1.2.3"};
  found.patient.name = Phi<std::string>("PHANTOM^Chest A");
  desk.store.dispatch(act::StudiesFound{asked->ticket, {found}});
  Desk::settle();
  EXPECT_EQ(window.findChild<QTableWidget*>(QStringLiteral("foundStudies"))->rowCount(), 1);
  window.findChild<Button*>(QStringLiteral("fetchStudy"))->click();
  ASSERT_TRUE(desk.last<effect::FetchStudy>());
  EXPECT_EQ(desk.last<effect::FetchStudy>()->study, StudyUid{"1.2.3"});
}

TEST(Nodes, DaysAreUnderstoodAsPeopleTypeThem) {
  const QDate today(2026, 8, 14);
  EXPECT_EQ(datesOf(QStringLiteral("today"), today), "20260814");
  EXPECT_EQ(datesOf(QStringLiteral("7 days"), today), "20260807-");
  EXPECT_EQ(datesOf(QStringLiteral("14.8.2026"), today), "20260814");
  EXPECT_EQ(datesOf(QStringLiteral("20260101-20260331"), today), "20260101-20260331");
  EXPECT_EQ(datesOf(QString(), today), "");
  EXPECT_EQ(datesOf(QStringLiteral("soon"), today), std::nullopt);
}

/// Everything that takes the keyboard says what it is, and what has no words has a tip.
TEST_F(Comparing, EveryControlIsNamedAndReachable) {
  openWith(ReadingMode::with);
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
  Desk::settle();
  const auto expectNamed = [&] {
    for (const auto* control : window.findChildren<QWidget*>()) {
      const bool takesKeys = control->focusPolicy() != Qt::NoFocus && control->isVisible();
      if (!takesKeys || qobject_cast<const QLabel*>(control) != nullptr) continue;
      const auto* button = qobject_cast<const Button*>(control);
      const bool isOurs = button != nullptr || qobject_cast<const QLineEdit*>(control) != nullptr;
      if (!isOurs) continue;
      EXPECT_FALSE(control->accessibleName().isEmpty()) << control->objectName().toStdString();
      const bool hasWords = button != nullptr && button->text().size() > 2;
      EXPECT_TRUE(hasWords || !control->toolTip().isEmpty() || button == nullptr)
          << control->objectName().toStdString();
    }
  };
  expectNamed();
  desk.store.dispatch(act::CloseCase{});
  desk.store.dispatch(act::OpenNodes{});
  Desk::settle();
  expectNamed();
}

}  // namespace
}  // namespace attest::ui
