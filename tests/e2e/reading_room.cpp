#include "tests/e2e/reading_room.h"

#include <QApplication>
#include <algorithm>
#include <cmath>

#include "core/view/plane.h"
#include "viewers/volume_view.h"

namespace attest::test {

using session::Screen;
using session::SignInPhase;

void ReadingRoom::open(const QString& language) {
  auto opened = app::Workstation::open(folder / "home", language);
  ASSERT_TRUE(opened);
  station = std::move(*opened);
  person.emplace(station->window());
  station->begin();
  ASSERT_TRUE(person->turnTo(station->window()));
  ASSERT_TRUE(until([&] { return state().signIn->phase != SignInPhase::loading; }));
}

void ReadingRoom::close() {
  station->window().close();
  ASSERT_TRUE(until([&] { return !station->window().isVisible(); }));
  station.reset();
}

void ReadingRoom::setUpFirstReader() {
  ASSERT_TRUE(until([&] { return widget("setUpName").hasFocus(); }));
  person->type(QLatin1String(readerName));
  for (int i = 0; i < 2; ++i) {
    person->press(Qt::Key_Tab);
    person->type(QLatin1String(secret));
  }
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::worklist; }));
}

std::filesystem::path ReadingRoom::writeChest(Index3 dims, Vec3 spacingMm) {
  const ChestPhantom phantom = makeChestPhantom(dims, spacingMm);
  imaging::Volume chest(phantom.grid, imaging::PixelType::int16, Unit::hu);
  std::ranges::copy(phantom.volume->values<std::int16_t>(), chest.writable<std::int16_t>().begin());
  const Vec3 third = phantom.nodulesMm.front() - Vec3{0, 0, 70};
  std::size_t n = 0;
  for (int k = 0; k < dims.k; ++k)
    for (int j = 0; j < dims.j; ++j)
      for (int i = 0; i < dims.i; ++i, ++n) {
        const double away = length(phantom.grid.toPatient(Index3{i, j, k}) - third);
        if (away <= phantom.noduleRadiusMm) chest.writable<std::int16_t>()[n] = 60;
      }
  writeCt(folder / "ct", chest);
  return folder / "ct";
}

void ReadingRoom::importAndAnalyze(const std::filesystem::path& images, int timeoutMs) {
  person->drop({images});
  ASSERT_TRUE(
      until([&] { return firstRow() != nullptr && firstRow()->status == CaseStatus::ready; }, timeoutMs));
}

void ReadingRoom::openFirstCase() {
  person->press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return session::screen(state()) == Screen::reading && state().reading->record; }));
  const auto isShown = [&] {
    const auto& reading = *state().reading;
    const bool masks =
        std::ranges::all_of(reading.masks, [](const auto& mask) { return mask.second != nullptr; });
    const auto views = station->window().findChildren<viewers::VolumeView*>();
    return masks && shownVolume(reading, reading.layout.viewports.front()) != nullptr && !views.empty() &&
           std::ranges::none_of(views, [](const auto* view) { return view->frame().isNull(); });
  };
  ASSERT_TRUE(until(isShown));
  ASSERT_TRUE(widget("images").isAncestorOf(QApplication::focusWidget())) << "the keys are not the images'";
}

void ReadingRoom::sayMyReadIsDone() {
  ASSERT_TRUE(hidesProposals(state()));
  EXPECT_TRUE(shownFindings(state()).empty());
  EXPECT_TRUE(widget("readDone").isVisible()) << "a newcomer could not find it";
  person->press(Qt::Key_D);
  ASSERT_TRUE(until([&] { return !hidesProposals(state()); }));
  EXPECT_TRUE(until([&] { return !widget("readDone").isVisible(); }));
}

const view::ViewportState& ReadingRoom::viewport(view::Orientation orientation) {
  const auto& viewports = state().reading->layout.viewports;
  return *std::ranges::find(viewports, orientation, &view::ViewportState::orientation);
}

viewers::SliceView& ReadingRoom::slices(view::Orientation orientation) {
  const auto index = &viewport(orientation) - state().reading->layout.viewports.data();
  return widget<viewers::SliceView>(("slices" + std::to_string(index)).c_str());
}

QPoint ReadingRoom::placeOf(Vec3 pointMm, view::Orientation orientation) {
  const viewers::SliceView& on = slices(orientation);
  const auto grid = shownGrid(*state().reading, viewport(orientation));
  const auto plane = view::planeFor(viewport(orientation), *grid, on.width(), on.height());
  const view::ScreenPoint at = view::patientToScreen(plane, pointMm);
  return {static_cast<int>(std::lround(at.x)), static_cast<int>(std::lround(at.y))};
}

}  // namespace attest::test
