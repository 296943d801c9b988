#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QtTest/QTest>

#include "tests/ui/desk.h"
#include "ui/dialogs/sign_dialog.h"
#include "ui/panels/finding_card.h"
#include "ui/parts/button.h"
#include "ui/parts/tabs.h"
#include "ui/reading/viewer_grid.h"

namespace attest::ui {
namespace {

namespace act = session::action;
namespace effect = session::effect;
using test::Desk;

class ReadingRoom : public testing::Test {
 protected:
  void SetUp() override {
    window.resize(1600, 900);
    window.show();
    desk.signIn();
    desk.openCase();
    window.activateWindow();
    Desk::settle();
  }
  template <class W = QWidget>
  W* child(const QString& name) {
    W* found = window.findChild<W*>(name);
    EXPECT_NE(found, nullptr) << name.toStdString();
    return found;
  }
  QString words(const char* name) { return child<QLabel>(QString::fromLatin1(name))->text(); }
  QString cardWords(const char* item, const char* label) {
    auto* card = child<FindingCard>(QStringLiteral("finding_%1").arg(QLatin1String(item)));
    return card == nullptr ? QString() : card->findChild<QLabel*>(QString::fromLatin1(label))->text();
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    child<ViewerGrid>(QStringLiteral("images"))->takeFocus();
    Desk::settle();
    QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window, key,
                    modifiers);
    Desk::settle();
  }
  /// Nothing stands between the case and a signature.
  void reviewAll() {
    auto ready = desk.copy();
    for (Item& item : ready->items) {
      if (isUnreviewed(item)) item.state = ItemState::accepted;
    }
    ready->report.section(SectionKind::impression) = {{"s9", "Two nodules.", "", true}};
    desk.change(ready);
  }
  const session::State& state() const { return desk.store.state(); }

  Desk desk;
  MainWindow window{desk.store, desk.withoutVolumes()};
};

TEST_F(ReadingRoom, ShowsThePatientTheSeriesAndACardAFinding) {
  EXPECT_EQ(words("patientName"), QStringLiteral("PHANTOM, Chest A"));
  EXPECT_TRUE(
      words("patientFacts")
          .contains(QStringLiteral("ATT-1001 · M 63 y · CT chest follow-up · 2026-08-14 · acc 4711")));
  EXPECT_EQ(window.findChildren<FindingCard*>().size(), 3);  // the one below threshold is only counted
  EXPECT_EQ(cardWords("nodule-b", "findingName"), QStringLiteral("Nodule, left upper lobe"));
  EXPECT_TRUE(cardWords("nodule-b", "findingMore").contains(QStringLiteral(" mL · ")));
  EXPECT_TRUE(cardWords("nodule-b", "findingMadeBy")
                  .contains(QStringLiteral("Lung nodules 1.0 · rank 2 of 4 · touches the edge")));
  EXPECT_TRUE(child(QStringLiteral("belowThreshold"))->isVisible());
  EXPECT_EQ(child<Tabs>(QStringLiteral("panelTabs"))->badge(0).left(5), QStringLiteral("1 of "));
  EXPECT_TRUE(words("missing").contains(QStringLiteral("findings to review")));
  EXPECT_TRUE(words("missing").contains(QStringLiteral("impression is empty")));
}

TEST_F(ReadingRoom, ShowsTheImagesInTwoByTwo) {
  const auto& cells = child<ViewerGrid>(QStringLiteral("images"))->cells();
  ASSERT_EQ(cells.size(), 4U);
  for (const ViewerCell* cell : cells) EXPECT_TRUE(cell->isVisible());
  desk.store.dispatch(act::ToggleMaximized{});
  Desk::settle();
  EXPECT_EQ(std::ranges::count_if(cells, [](const ViewerCell* cell) { return cell->isVisible(); }), 1);
}

TEST_F(ReadingRoom, SpaceChoosesAndEnterAcceptsWhatWasSeen) {
  press(Qt::Key_Space);
  ASSERT_TRUE(state().review->selected);
  const ItemId chosen = *state().review->selected;
  press(Qt::Key_Return);
  const auto sent = desk.last<effect::SubmitVerdicts>();
  ASSERT_TRUE(sent) << "refusal " << static_cast<int>(state().review->refusal);
  ASSERT_EQ(sent->verdicts.size(), 1U);
  EXPECT_EQ(std::get<review::Accept>(sent->verdicts[0]).item, chosen);
}

TEST_F(ReadingRoom, RejectingAsksForAReasonByNumber) {
  desk.store.dispatch(act::SelectItem{ItemId{"ggo"}});
  press(Qt::Key_X);
  EXPECT_TRUE(state().review->rejecting);
  const Window before = state().reading->layout.viewports[0].window;
  press(Qt::Key_6);
  const auto sent = desk.last<effect::SubmitVerdicts>();
  ASSERT_TRUE(sent);
  EXPECT_EQ(std::get<review::Reject>(sent->verdicts[0]).reason.code, "artefact");
  EXPECT_EQ(state().reading->layout.viewports[0].window, before);  // 6 was no window preset there
}

TEST_F(ReadingRoom, NumbersAreWindowPresetsElsewhere) {
  press(Qt::Key_4);
  EXPECT_EQ(state().reading->layout.viewports[0].window, (Window{500, 2000}));
  press(Qt::Key_0);
  EXPECT_EQ(state().reading->layout.viewports[0].window, (Window{-600, 1500}));
}

TEST_F(ReadingRoom, ToolsAndPanesFollowTheKeys) {
  press(Qt::Key_Z);
  EXPECT_EQ(state().reading->tool, session::Tool::zoom);
  press(Qt::Key_Escape);
  EXPECT_EQ(state().reading->tool, session::Tool::window);
  press(Qt::Key_Tab);
  EXPECT_EQ(state().reading->layout.active, 1);
  const int before = shownSliceIndex(*state().reading, state().reading->layout.viewports[1]);
  press(Qt::Key_Up);
  EXPECT_EQ(shownSliceIndex(*state().reading, state().reading->layout.viewports[1]), before + 1);
  press(Qt::Key_F6);
  EXPECT_EQ(QApplication::focusWidget(), child(QStringLiteral("panelTabs")));
}

TEST_F(ReadingRoom, TypingIsTypingAndNoCommand) {
  desk.store.dispatch(act::SetTab{session::Tab::report});
  Desk::settle();
  auto* field = child<QPlainTextEdit>(QStringLiteral("section_impression"));
  field->setFocus();
  Desk::settle();
  QTest::keyClicks(field, QStringLiteral("x we 4"));
  QTest::keyClick(field, Qt::Key_Return);
  Desk::settle();
  EXPECT_EQ(state().report->typed.at(SectionKind::impression), "x we 4\n");
  EXPECT_FALSE(state().review->rejecting);
  EXPECT_EQ(state().reading->tool, session::Tool::window);
  QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
  Desk::settle();
  EXPECT_TRUE(state().signing->open);
}

TEST_F(ReadingRoom, EditingHasItsOwnKeysAndBar) {
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
  press(Qt::Key_E);
  ASSERT_TRUE(state().review->edit);
  EXPECT_TRUE(child(QStringLiteral("editBar"))->isVisible());
  press(Qt::Key_E);
  EXPECT_EQ(state().reading->tool, session::Tool::eraser);
  EXPECT_EQ(child<QLabel>(QStringLiteral("brushSizeWords"))->text(), QStringLiteral("Ø 10.0 mm"));
  const double before = state().review->brushRadiusMm;
  press(Qt::Key_BracketRight);
  EXPECT_GT(state().review->brushRadiusMm, before);
  press(Qt::Key_X);
  EXPECT_FALSE(state().review->rejecting);
  press(Qt::Key_Escape);
  EXPECT_FALSE(state().review->edit);
}

TEST_F(ReadingRoom, AgentsTextIsMarkedUntilConfirmed) {
  desk.store.dispatch(act::SetTab{session::Tab::report});
  Desk::settle();
  auto* findings = child<QPlainTextEdit>(QStringLiteral("section_findings"));
  EXPECT_TRUE(findings->toPlainText().startsWith(QStringLiteral("Nodule in the right lower lobe, ")));
  EXPECT_FALSE(findings->toPlainText().contains(QLatin1Char('{')));  // the numbers are in
  EXPECT_EQ(findings->extraSelections().size(), 1);
  child<Button>(QStringLiteral("confirm_findings"))->click();
  Desk::settle();
  const auto saved = desk.last<effect::SaveReport>();
  ASSERT_TRUE(saved);
  EXPECT_TRUE(saved->report.section(SectionKind::findings).at(0).confirmed);
}

TEST_F(ReadingRoom, TheSignDialogNamesWhatIsMissingAndCtrlEnterNeverSigns) {
  press(Qt::Key_Return, Qt::ControlModifier);
  auto* dialog = window.findChild<SignDialog*>();
  ASSERT_TRUE(dialog->isVisible());
  QStringList said;
  for (const QLabel* one : dialog->findChildren<QLabel*>()) said << one->text();
  EXPECT_TRUE(said.contains(QStringLiteral("Review “Nodule, left upper lobe”")));
  EXPECT_TRUE(said.contains(QStringLiteral("Review “Ground-glass, lingula”")));
  EXPECT_TRUE(said.contains(QStringLiteral("Write the section “Impression”")));
  EXPECT_TRUE(said.contains(QStringLiteral("Not all images seen: Lung 1.0")));
  EXPECT_FALSE(child<Button>(QStringLiteral("signNow"))->isEnabled());
  QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
  EXPECT_FALSE(desk.last<effect::Sign>());
}

TEST_F(ReadingRoom, SignsWithTheSecretAndShowsTheHash) {
  reviewAll();
  desk.store.dispatch(act::OpenSignDialog{});
  Desk::settle();
  auto* secret = child<QLineEdit>(QStringLiteral("signSecret"));
  ASSERT_TRUE(secret->isEnabled());
  secret->setText(QStringLiteral("correct horse"));
  QTest::keyClick(secret, Qt::Key_Return, Qt::ControlModifier);
  EXPECT_FALSE(desk.last<effect::Sign>());
  QTest::keyClick(secret, Qt::Key_Return);
  const auto sent = desk.last<effect::Sign>();
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->secret, "correct horse");
  EXPECT_EQ(sent->revision, desk.record->revision);
  EXPECT_TRUE(secret->text().isEmpty());
  auto done = desk.copy();
  done->revision += 1;
  done->row.status = CaseStatus::approved;
  done->versions.push_back({1, std::string(64, 'a'), ReaderId{"A. Reader"}, desk.clock.now(), "{}", "", ""});
  desk.store.dispatch(act::Signed{done, 1});
  Desk::settle();
  EXPECT_TRUE(child(QStringLiteral("signDone"))->isVisible());
  EXPECT_TRUE(words("signHash").startsWith(QStringLiteral("aaaaaaaa aaaaaaaa")));
  test::keepPicture(*window.findChild<SignDialog*>(), "signed");
  desk.store.dispatch(act::CloseSignDialog{});
  auto late = std::make_shared<CaseRecord>(*done);
  late->row.changed = true;
  desk.change(late);
  Desk::settle();
  auto* addendum = child<Button>(QStringLiteral("openAddendum"));
  ASSERT_TRUE(addendum->isVisible()) << "what came since is taken up";
  addendum->click();
  EXPECT_TRUE(desk.last<effect::OpenAddendum>());
}

TEST_F(ReadingRoom, TheSignDialogSaysThatItSavesAndOpensUpWhenThatIsDone) {
  reviewAll();
  desk.store.dispatch(act::TypeSection{SectionKind::impression, "Three nodules."});
  press(Qt::Key_Return, Qt::ControlModifier);
  auto* secret = child<QLineEdit>(QStringLiteral("signSecret"));
  secret->setText(QStringLiteral("correct horse"));
  QTest::keyClick(secret, Qt::Key_Return);
  EXPECT_FALSE(desk.last<effect::Sign>());
  EXPECT_FALSE(child<Button>(QStringLiteral("signNow"))->isEnabled());
  EXPECT_EQ(words("signSaving"), QStringLiteral("Saving what you typed…"));
  const auto sent = desk.last<effect::SaveReport>();
  ASSERT_TRUE(sent);
  auto saved = desk.copy();
  saved->report = sent->report;
  ++saved->revision;
  desk.store.dispatch(act::ReportSaved{sent->ticket, saved});
  Desk::settle();
  EXPECT_EQ(words("signSaving"), QString());
  EXPECT_TRUE(child<Button>(QStringLiteral("signNow"))->isEnabled());
  EXPECT_EQ(secret->text(), QStringLiteral("correct horse"));
  QTest::keyClick(secret, Qt::Key_Return);
  EXPECT_TRUE(desk.last<effect::Sign>());
}

TEST_F(ReadingRoom, TheSignDialogSaysWhyWhatWasTypedIsNotSaved) {
  reviewAll();
  desk.store.dispatch(act::TypeSection{SectionKind::impression, "Three nodules."});
  desk.store.dispatch(act::OpenSignDialog{});
  desk.store.dispatch(
      act::ReportSaveFailed{desk.last<effect::SaveReport>()->ticket, {ErrorCode::disk_full, ""}});
  Desk::settle();
  EXPECT_EQ(words("signSaving"), QString());
  EXPECT_TRUE(child(QStringLiteral("signError"))->isVisible());
  EXPECT_TRUE(words("signError").contains(QStringLiteral("The disk is full.")));
}

TEST_F(ReadingRoom, AnErrorIsAToastWithAdviceAndTakesNoFocus) {
  child<ViewerGrid>(QStringLiteral("images"))->takeFocus();
  const QWidget* focus = QApplication::focusWidget();
  desk.store.dispatch(act::SelectItem{ItemId{"ggo"}});
  press(Qt::Key_U);
  const auto sent = desk.last<effect::SubmitVerdicts>();
  ASSERT_TRUE(sent);
  desk.store.dispatch(act::VerdictsFailed{sent->ticket, {ErrorCode::disk_full, ""}});
  Desk::settle();
  EXPECT_TRUE(child(QStringLiteral("toast"))->isVisible());
  EXPECT_EQ(words("toastHappened"), QStringLiteral("Your decision could not be saved. The disk is full."));
  EXPECT_TRUE(words("toastAdvice").startsWith(QStringLiteral("Make room")));
  EXPECT_EQ(QApplication::focusWidget(), focus);
}

TEST_F(ReadingRoom, LosesNoCardWhenTheCaseChangesAndMarksWhatIsBeingSaved) {
  auto* kept = child<FindingCard>(QStringLiteral("finding_nodule-b"));
  desk.store.dispatch(act::SelectItem{ItemId{"nodule-b"}});
  press(Qt::Key_U);
  EXPECT_EQ(words("savedState"), QStringLiteral("saving…"));
  auto changed = desk.copy();
  changed->items.push_back(changed->items.back());
  changed->items.back().id = ItemId{"late"};
  changed->items.back().flags.clear();
  desk.change(changed);
  EXPECT_EQ(window.findChildren<FindingCard*>().size(), 4);
  EXPECT_EQ(child<FindingCard>(QStringLiteral("finding_nodule-b")), kept);
}

TEST_F(ReadingRoom, EverythingToClickHasANameAndAnAccessibleName) {
  for (const auto* one : window.findChildren<QAbstractButton*>()) {
    if (one->inherits("QToolButton") || one->metaObject()->className() == QByteArray("QTableCornerButton"))
      continue;
    EXPECT_FALSE(one->objectName().isEmpty()) << one->text().toStdString();
    EXPECT_FALSE(one->accessibleName().isEmpty()) << one->objectName().toStdString();
  }
}

}  // namespace
}  // namespace attest::ui
