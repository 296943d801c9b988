#pragma once

#include <QCoreApplication>
#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/parallel.h"
#include "tests/support/phantom.h"
#include "ui/main_window.h"
#include "ui/store.h"

namespace attest::test {

/// A clock that stands still until it is set.
class StillClock final : public Clock {
 public:
  Time now() const override { return at; }
  Time at = fromIso8601("2026-08-14T09:41:07.000Z");
};

/// A reader at the window: a store with a signed-in attending and one chest case, and the effects that were
/// asked for.
class Desk {
 public:
  Desk();
  /// Signs in, lists the case, and with `reading` opens it with its volume and masks.
  void signIn(ReadingMode mode = ReadingMode::with);
  void openCase();
  /// Gives the case a signed prior three months older, whose two lesions are expected here: one is paired,
  /// one has no match.
  void addPrior();
  /// The worklist's tabs have their numbers, the case's series their pictures.
  void showPicturesAndCounts();
  /// Its images arrive; they are asked for when they are shown.
  void loadPriorImages();
  /// The record with other items or report, as if the database had answered.
  void change(const std::shared_ptr<CaseRecord>& record);
  /// What the test of a node says that does not work.
  static session::NodeTest failedTest(NodeProblem problem) {
    session::NodeTest test;
    test.error = Error{ErrorCode::network, "in its own words"};
    test.problem = problem;
    return test;
  }
  std::shared_ptr<CaseRecord> copy() const { return std::make_shared<CaseRecord>(*record); }
  static void settle() {
    for (int i = 0; i < 4; ++i) QCoreApplication::processEvents();
  }
  ui::ViewerServices services() {
    return {[](const std::function<void()>& job) { job(); }, serial};
  }
  /// The same without 3D pictures, which take most of a test's time.
  ui::ViewerServices withoutVolumes() {
    return {[](const std::function<void()>&) {}, serial};
  }
  /// The last effect of that kind, or none.
  template <class E>
  std::optional<E> last() const {
    for (auto at = effects.rbegin(); at != effects.rend(); ++at) {
      if (const auto* found = std::get_if<E>(&*at)) return *found;
    }
    return std::nullopt;
  }

  Serial serial;
  StillClock clock;
  std::vector<session::Effect> effects;
  ui::Store store;
  ChestPhantom phantom;
  std::shared_ptr<const CaseRecord> record;
  std::shared_ptr<const CaseRecord> prior;
  std::vector<std::pair<std::string, imaging::MaskPtr>> masks;
};

/// The one phantom case: 3 structures, 4 findings (2 to review, 1 accepted, 1 below threshold), a done run, a
/// report.
CaseRecord phantomCase(const ChestPhantom& phantom,
                       std::vector<std::pair<std::string, imaging::MaskPtr>>& masks);
/// A row of the worklist with that number.
CaseRow phantomRow(int number);
/// Writes a picture of the widget to $ATTEST_PICTURES/NAME.png where that is set.
void keepPicture(QWidget& widget, const std::string& name);

}  // namespace attest::test
