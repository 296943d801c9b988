// The way from an empty home to a signed report in the real window, by mouse and keys, with a picture of
// every screen; and what happens when the window is closed on the way.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "core/audit/chain.h"
#include "core/workflow/review.h"
#include "tests/e2e/reading_room.h"
#include "ui/parts/button.h"
#include "ui/parts/toast.h"
#include "ui/theme/theme.h"

namespace attest::test {
namespace {

using session::Screen;
using view::Orientation;

constexpr const char* impression = "Three nodules, one of them new.";

void expectWholeChain(casedb::CaseDb& db) {
  audit::Verifier verifier;
  ASSERT_TRUE(db.auditTrail([&](const AuditRecord& event) { verifier.add(event); }));
  EXPECT_TRUE(verifier.broken().empty());
  EXPECT_GT(verifier.events(), 0);
  const auto complaints = db.integrity();
  ASSERT_TRUE(complaints);
  EXPECT_TRUE(complaints->empty()) << complaints->front();
}

std::multiset<std::string> auditWords(casedb::CaseDb& db) {
  std::multiset<std::string> words;
  EXPECT_TRUE(db.auditTrail([&](const AuditRecord& event) { words.insert(event.event.action); }));
  return words;
}

class Journey : public ReadingRoom {
 protected:
  void meetTheEmptyHome();
  void importAFolderWithJunk();
  void openTheCase();
  void lookAround();
  void revealTheProposals();
  void parkAndReturn();
  void acceptTheFirst();
  void correctTheSecond();
  void rejectTheThird();
  void drawOne();
  void confirmStructures();
  void writeTheReport();
  void sign();
  void lockAndUnlock();
  void expectTheDatabaseToKnow();
  void leave();

  /// Moves on to a finding by Space, and waits until its slice was painted.
  void chooseNext() {
    person->press(Qt::Key_Space);
    ASSERT_TRUE(until([&] { return state().review->selected && state().review->painted; }));
  }
  /// A stroke around a point of the patient, in the axial view.
  void stroke(Vec3 aroundMm, QPoint from, QPoint to) {
    const QPoint middle = placeOf(aroundMm, Orientation::axial);
    person->drag(slices(Orientation::axial), middle + from, middle + to);
  }
  bool strokesAre(std::size_t done, std::size_t undone) {
    const auto& edit = state().review->edit;
    return edit && edit->undo.size() == done && edit->redo.size() == undone && edit->mask == edit->saved;
  }

  ItemId accepted, corrected, rejected, drawn;
  imaging::MaskPtr correctedMask;
};

void Journey::meetTheEmptyHome() {
  EXPECT_EQ(state().signIn->phase, session::SignInPhase::first_reader);
  EXPECT_TRUE(until([&] { return widget("setUpName").hasFocus(); }));
  const QImage before = person->look("01-set-up");
  ASSERT_NO_FATAL_FAILURE(setUpFirstReader());
  ASSERT_TRUE(until([&] { return widget("folderChoice").isVisible(); }));
  const QImage after = person->look("02-empty-worklist");
  EXPECT_NE(before, after);
}

void Journey::importAFolderWithJunk() {
  const auto junk = folder / "shopping list.txt";
  std::ofstream(junk) << "milk, bread, no DICOM";
  std::vector<QString> told;
  auto& told_by = widget<QLabel>("importState");
  const auto listening = QObject::connect(&station->store(), &ui::Store::changed, &told_by, [&] {
    if (told_by.isVisible()) told.push_back(told_by.text());
  });
  person->drop({writeChest(), junk});
  ASSERT_TRUE(
      until([&] { return !state().worklist->imports.empty() && state().worklist->imports.back().finished; }));
  ASSERT_TRUE(until([&] { return station->window().findChild<ui::Toast*>()->isVisible(); }));
  QObject::disconnect(listening);
  EXPECT_FALSE(told.empty());
  const auto& job = state().worklist->imports.back();
  EXPECT_FALSE(job.error);
  ASSERT_EQ(job.skipped.size(), 1U);
  const QString advice = station->window().findChild<ui::Toast*>()->advice();
  EXPECT_TRUE(advice.contains(QStringLiteral("shopping list.txt"))) << advice.toStdString();
  EXPECT_TRUE(advice.contains(QString::fromStdString(job.skipped.front().reason))) << advice.toStdString();
  person->look("03-imported");
}

void Journey::openTheCase() {
  ASSERT_TRUE(until([&] { return firstRow() != nullptr && firstRow()->status == CaseStatus::ready; }));
  EXPECT_EQ(firstRow()->images, 64);
  EXPECT_EQ(firstRow()->unreviewed, 3);
  auto& table = widget<QTableView>("worklistTable");
  EXPECT_TRUE(until([&] { return table.hasFocus(); }));
  EXPECT_EQ(table.currentIndex().row(), 0);
  ASSERT_TRUE(until([&] {
    const auto& preview = state().worklist->preview;
    return preview != nullptr && preview->row.status == CaseStatus::ready;
  }));
  const QImage list = person->look("04-worklist");
  ASSERT_NO_FATAL_FAILURE(openFirstCase());
  const QImage room = person->look("05-reading-room");
  EXPECT_NE(list, room);
  for (const auto plane : {Orientation::axial, Orientation::coronal, Orientation::sagittal}) {
    const QImage picture = part(room, slices(plane));
    EXPECT_GT(qGray(picture.pixel(placeOf(viewport(plane).focusMm, plane) + QPoint(9, 9))), 0);
  }
}

void Journey::lookAround() {
  const auto& axial = slices(Orientation::axial);
  QImage before = part(person->look("05-reading-room"), axial);
  const auto expectNewPicture = [&](const char* name) {
    const QImage now = part(person->look(name), axial);
    EXPECT_NE(now, before) << name;
    before = now;
  };
  const Vec3 focus = viewport(Orientation::axial).focusMm;
  person->wheel(slices(Orientation::axial), 5);
  ASSERT_TRUE(until([&] { return viewport(Orientation::axial).focusMm.z > focus.z + 19; }));
  expectNewPicture("06-scrolled");
  const Window window = viewport(Orientation::axial).window;
  const QPoint middle = slices(Orientation::axial).rect().center();
  person->drag(slices(Orientation::axial), middle, middle + QPoint(60, -40));
  ASSERT_TRUE(until([&] { return viewport(Orientation::axial).window.width > window.width; }));
  expectNewPicture("07-window-dragged");
  person->press(Qt::Key_1);
  ASSERT_TRUE(
      until([&] { return viewport(Orientation::coronal).window == viewport(Orientation::axial).window; }));
  expectNewPicture("08-preset");
  const Vec3 target = viewport(Orientation::axial).focusMm + Vec3{-60, 10, 0};
  person->press(Qt::Key_H);
  person->click(slices(Orientation::axial), placeOf(target, Orientation::axial));
  ASSERT_TRUE(until([&] { return length(viewport(Orientation::sagittal).focusMm - target) < 3; }));
  expectNewPicture("09-crosshair");
  person->press(Qt::Key_W);
}

void Journey::revealTheProposals() {
  EXPECT_TRUE(widget("reveal").isVisible());
  person->look("09-ai-after-me");
  ASSERT_NO_FATAL_FAILURE(sayMyReadIsDone());
  EXPECT_EQ(shownFindings(state()).size(), 3U);
}

/// The case comes back to the same pixel.
void Journey::parkAndReturn() {
  const view::Layout layout = state().reading->layout;
  person->press(Qt::Key_P, Qt::ControlModifier);
  ASSERT_TRUE(
      until([&] { return session::screen(state()) == Screen::worklist && !state().queue->parked.empty(); }));
  const auto menus = station->window().findChildren<QWidget*>(QStringLiteral("parkedMenu"));  // one a page
  EXPECT_TRUE(until([&] { return std::ranges::any_of(menus, &QWidget::isVisible); }));
  person->look("10-parked");
  person->press(Qt::Key_R, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::reading; }));
  EXPECT_EQ(state().reading->layout, layout);
  EXPECT_TRUE(state().queue->parked.empty());
  ASSERT_TRUE(until([&] { return widget("images").isAncestorOf(QApplication::focusWidget()); }));
}

void Journey::acceptTheFirst() {
  ASSERT_NO_FATAL_FAILURE(chooseNext());
  accepted = *state().review->selected;
  person->look("10-finding-chosen");
  person->click(widget(("finding_" + accepted.value).c_str()), {60, 18});  // its name: chosen once more
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return item(accepted).state == ItemState::accepted; }));
  EXPECT_NE(*state().review->selected, accepted);  // on to the next by itself
}

void Journey::correctTheSecond() {
  corrected = *state().review->selected;
  ASSERT_TRUE(until([&] { return state().review->painted; }));
  const auto before = state().reading->masks.at(item(corrected).maskHash);
  const Vec3 centre = session::targetMm(item(corrected));
  person->press(Qt::Key_E);
  ASSERT_TRUE(until([&] { return strokesAre(0, 0); }));
  const QImage start = part(person->look("11-editing"), slices(Orientation::axial));
  stroke(centre, {0, 0}, {30, 12});
  ASSERT_TRUE(until([&] { return strokesAre(1, 0); }));
  EXPECT_GT(state().review->edit->mask->count(), before->count());
  EXPECT_NE(part(person->look("12-stroke"), slices(Orientation::axial)), start);
  person->press(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return strokesAre(0, 1); }));
  EXPECT_EQ(*state().review->edit->mask, *before);
  person->press(Qt::Key_Y, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return strokesAre(1, 0); }));
  const auto drawnSoFar = state().review->edit->mask->count();
  person->press(Qt::Key_E);  // while editing: the eraser
  stroke(centre, {-4, -14}, {4, -14});
  ASSERT_TRUE(until([&] { return strokesAre(2, 0); }));
  EXPECT_LT(state().review->edit->mask->count(), drawnSoFar);
  correctedMask = state().review->edit->mask;
  person->look("13-erased");
  person->press(Qt::Key_Return);  // done
  ASSERT_TRUE(until([&] { return !state().review->edit; }));
  EXPECT_EQ(item(corrected).state, ItemState::corrected);
}

void Journey::rejectTheThird() {
  ASSERT_NO_FATAL_FAILURE(chooseNext());
  rejected = *state().review->selected;
  person->press(Qt::Key_X);
  ASSERT_TRUE(until([&] { return state().review->rejecting; }));
  person->look("14-rejecting");
  person->press(Qt::Key_1);
  ASSERT_TRUE(until([&] { return item(rejected).state == ItemState::rejected; }));
  EXPECT_EQ(item(rejected).rejectReason->code, review::rejectChips().front().code);
}

void Journey::drawOne() {
  const auto earlier = record().items.size();
  person->click(widget<ui::Button>("drawFinding"));
  ASSERT_TRUE(until([] { return QApplication::activePopupWidget() != nullptr; }));
  person->look("15-draw-menu");
  person->press(Qt::Key_Down);
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return strokesAre(0, 0); }));
  drawn = state().review->edit->before.id;
  stroke(viewport(Orientation::axial).focusMm, {40, 30}, {55, 30});
  ASSERT_TRUE(until([&] { return strokesAre(1, 0); }));
  person->look("16-drawn");
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return !state().review->edit; }));
  ASSERT_EQ(record().items.size(), earlier + 1);
  EXPECT_EQ(item(drawn).state, ItemState::manual);
}

void Journey::confirmStructures() {
  person->press(Qt::Key_Return, Qt::ShiftModifier);
  ASSERT_TRUE(until([&] {
    return std::ranges::all_of(record().items, [](const Item& one) {
      return one.kind != ItemKind::structure || one.state == ItemState::confirmed;
    });
  }));
  person->look("17-reviewed");
}

void Journey::writeTheReport() {
  person->press(Qt::Key_F6);
  person->press(Qt::Key_Right);
  ASSERT_EQ(state().reading->tab, session::Tab::report);
  person->click(widget<QPlainTextEdit>("section_impression"));
  person->type(QLatin1Char(' ') + QLatin1String(impression));
  person->look("18-report");
  ASSERT_TRUE(until([&] { return maySign(*state().signing); }));  // saved by the pause
  person->press(Qt::Key_Escape);
}

void Journey::sign() {
  auto& dialog = widget("signDialog");
  person->press(Qt::Key_Return, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return dialog.isVisible(); }));
  ASSERT_TRUE(person->turnTo(dialog));
  EXPECT_TRUE(until([&] { return widget("signSecret").hasFocus(); }));
  person->look("19-sign");
  person->type(QStringLiteral("not the secret"));
  person->press(Qt::Key_Return);
  auto& refusal = widget<QLabel>("signError");
  ASSERT_TRUE(until([&] { return refusal.isVisible(); }));
  EXPECT_TRUE(refusal.text().contains(QStringLiteral("not right"))) << refusal.text().toStdString();
  EXPECT_TRUE(record().versions.empty());
  person->look("20-wrong-secret");
  person->type(QLatin1String(secret));
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return widget("signDone").isVisible(); }));
  ASSERT_EQ(record().versions.size(), 1U);
  QString shown = widget<QLabel>("signHash").text();
  EXPECT_EQ(shown.remove(QLatin1Char(' ')).toStdString(), record().versions.front().hash);
  person->look("21-signed");
  person->press(Qt::Key_Escape);
  ASSERT_TRUE(until([&] { return !dialog.isVisible(); }));
  ASSERT_TRUE(person->turnTo(station->window()));
}

void Journey::lockAndUnlock() {
  const auto id = state().reading->caseId;
  person->press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::sign_in; }));
  ASSERT_TRUE(until([&] { return widget("secret").hasFocus(); }));
  person->look("22-locked");
  person->type(QLatin1String(secret));
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::reading; }));
  EXPECT_EQ(state().reading->caseId, id);
}

void Journey::expectTheDatabaseToKnow() {
  auto& db = station->services().db();
  const auto stored = db.record(*state().reading->caseId);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->row.status, CaseStatus::approved);
  const std::map<ItemId, ItemState> done{{accepted, ItemState::accepted},
                                         {corrected, ItemState::corrected},
                                         {rejected, ItemState::rejected},
                                         {drawn, ItemState::manual}};
  std::size_t findings = 0;
  for (const Item& one : stored->items) {
    if (one.kind == ItemKind::structure) {
      EXPECT_EQ(one.state, ItemState::confirmed) << one.label;
    } else {
      ++findings;
      ASSERT_TRUE(done.contains(one.id)) << one.label;
      EXPECT_EQ(one.state, done.at(one.id)) << one.label;
    }
    EXPECT_EQ(one.reviewedBy.value, readerName) << one.label;
  }
  EXPECT_EQ(findings, done.size());
  const auto mask = workflow::loadMask(station->services(), *findItem(*stored, corrected));
  ASSERT_TRUE(mask);
  EXPECT_EQ(**mask, *correctedMask);
  EXPECT_GT(findItem(*stored, corrected)->maskVersion, 1);
  const auto& written = stored->report.section(SectionKind::impression);
  EXPECT_TRUE(std::ranges::any_of(
      written, [](const Sentence& one) { return one.text.find(impression) != std::string::npos; }));
  ASSERT_EQ(stored->versions.size(), 1U);
  EXPECT_EQ(stored->versions.front().signedBy.value, readerName);
  EXPECT_NE(stored->versions.front().document.find(impression), std::string::npos);
  expectWholeChain(db);
  const auto words = auditWords(db);
  for (const char* once : {"import", "review.accept", "review.reject", "review.draw", "sign"}) {
    EXPECT_TRUE(words.contains(once)) << once;
  }
}

void Journey::leave() {
  person->press(Qt::Key_L, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return widget("clearSearch").isVisible(); })) << "nothing is unread";
  person->look("23-nothing-unread");
  person->click(widget("clearSearch"));
  ASSERT_TRUE(until([&] { return firstRow() != nullptr && firstRow()->status == CaseStatus::approved; }));
  person->press(Qt::Key_Q, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::sign_in; }));
  EXPECT_FALSE(state().signIn->reader);
  person->look("24-signed-out");
  close();
}

TEST_F(Journey, FromAnEmptyHomeToASignedReport) {
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_NO_FATAL_FAILURE(meetTheEmptyHome());
  ASSERT_NO_FATAL_FAILURE(importAFolderWithJunk());
  ASSERT_NO_FATAL_FAILURE(openTheCase());
  ASSERT_NO_FATAL_FAILURE(lookAround());
  ASSERT_NO_FATAL_FAILURE(revealTheProposals());
  ASSERT_NO_FATAL_FAILURE(parkAndReturn());
  ASSERT_NO_FATAL_FAILURE(acceptTheFirst());
  ASSERT_NO_FATAL_FAILURE(correctTheSecond());
  ASSERT_NO_FATAL_FAILURE(rejectTheThird());
  ASSERT_NO_FATAL_FAILURE(drawOne());
  ASSERT_NO_FATAL_FAILURE(confirmStructures());
  ASSERT_NO_FATAL_FAILURE(writeTheReport());
  ASSERT_NO_FATAL_FAILURE(sign());
  ASSERT_NO_FATAL_FAILURE(lockAndUnlock());
  ASSERT_NO_FATAL_FAILURE(expectTheDatabaseToKnow());
  ASSERT_NO_FATAL_FAILURE(leave());
}

}  // namespace
}  // namespace attest::test
