#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "app/workstation.h"
#include "tests/e2e/person.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"
#include "viewers/slice_view.h"

namespace attest::test {

/// A person at the program over a home of its own, and the short ways that every journey goes.
class ReadingRoom : public testing::Test {
 protected:
  /// Opens the program and waits until it says who may sign in. `language`: of the command line; empty: none.
  void open(const QString& language = QStringLiteral("en"));
  /// Closes the window, waits until it has gone, and ends the program.
  void close();
  void setUpFirstReader();
  /// A chest with three nodules as a folder of DICOM files.
  std::filesystem::path writeChest(Index3 dims = {128, 128, 64}, Vec3 spacingMm = {2.7, 2.7, 4.0});
  /// Drops it, and waits until the agents are done with it.
  void importAndAnalyze(const std::filesystem::path& folder, int timeoutMs = 60'000);
  /// Opens the first case by keyboard, and waits until its voxels and masks are on screen.
  void openFirstCase();

  /// AI after me: nothing of the agents' is on screen; D shows it.
  void sayMyReadIsDone();

  const session::State& state() { return station->store().state(); }
  const CaseRecord& record() { return *state().reading->record; }
  const Item& item(const ItemId& id) { return *findItem(record(), id); }
  const CaseRow* firstRow() { return session::rowAt(*state().worklist, 0); }
  const view::ViewportState& viewport(view::Orientation orientation);
  viewers::SliceView& slices(view::Orientation orientation);
  /// Where a point of the patient is on that widget.
  QPoint placeOf(Vec3 pointMm, view::Orientation orientation);
  template <class W = QWidget>
  W& widget(const char* name) {
    auto* found = station->window().findChild<W*>(QString::fromLatin1(name));
    if (found == nullptr) throw std::runtime_error(std::string("there is no widget ") + name);
    return *found;
  }

  static constexpr const char* readerName = "A. Reader";
  static constexpr const char* secret = "correct horse";
  TempDir folder;
  std::unique_ptr<app::Workstation> station;
  std::optional<Person> person;
};

}  // namespace attest::test
