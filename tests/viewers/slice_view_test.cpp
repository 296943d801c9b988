#include "viewers/slice_view.h"

#include <gmock/gmock.h>

#include <QCoreApplication>
#include <QImage>
#include <QTest>
#include <algorithm>

#include "core/imaging/brush.h"
#include "core/view/presets.h"
#include "tests/viewers/scene.h"
#include "viewers/decorations.h"

namespace attest::viewers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// A view of 210 x 170 over the ramp, which remembers all intents.
struct SliceViewTest : testing::Test {
  SliceViewTest() : volume(test::rampVolume()), view(serial) {
    view.resize(210, 170);
    start = test::middleState(volume->grid(), view::Orientation::axial);
    view.setState(start);
    view.setImages(volume);
    QObject::connect(&view, &SliceView::scrolled, [this](const auto& s) { scrolls.push_back(s); });
    QObject::connect(&view, &SliceView::framed, [this](const auto& s) { frames.push_back(s); });
    QObject::connect(&view, &SliceView::windowChanged, [this](Window w) { windows.push_back(w); });
    QObject::connect(&view, &SliceView::crosshairMoved, [this](Vec3 p) { crosshairs.push_back(p); });
    QObject::connect(
        &view, &SliceView::strokeFinished,
        [this](const ItemId& item, const imaging::MaskPtr& mask) { strokes.emplace_back(item, mask); });
    QObject::connect(&view, &SliceView::sliceShown,
                     [this](const view::ViewportState&, int index) { shown.push_back(index); });
    QObject::connect(&view, &SliceView::viewportActivated, [this] { ++activations; });
    QObject::connect(&view, &SliceView::maximizeToggled, [this] { ++maximized; });
    QObject::connect(&view, &SliceView::menuRequested, [this] { ++menus; });
    view.show();
    (void)QTest::qWaitFor([this] { return !shown.empty(); });
  }

  void drag(Qt::MouseButton button, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(&view, button, modifiers, from);
    for (int step = 1; step <= 4; ++step) move(from + step * (to - from) / 4, button, modifiers);
    QTest::mouseRelease(&view, button, modifiers, to);
  }
  /// QTest::mouseMove carries neither buttons nor modifiers on every platform.
  void move(QPoint to, Qt::MouseButtons buttons = {}, Qt::KeyboardModifiers modifiers = {}) {
    QMouseEvent event(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, buttons, modifiers);
    QCoreApplication::sendEvent(&view, &event);
  }
  void wheel(int delta, Qt::KeyboardModifiers modifiers = {}, QPointF at = {100, 80}) {
    QWheelEvent event(at, view.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&view, &event);
  }
  int indexOf(const view::ViewportState& s) const {
    return view::sliceIndex(s.orientation, volume->grid(), s.focusMm);
  }
  std::size_t intents() const {
    return scrolls.size() + frames.size() + windows.size() + crosshairs.size() + strokes.size();
  }

  Serial serial;
  imaging::VolumePtr volume;
  SliceView view;
  view::ViewportState start;
  std::vector<view::ViewportState> scrolls, frames;
  std::vector<Window> windows;
  std::vector<Vec3> crosshairs;
  std::vector<std::pair<ItemId, imaging::MaskPtr>> strokes;
  std::vector<int> shown;
  int activations = 0;
  int maximized = 0;
  int menus = 0;
};

TEST_F(SliceViewTest, LeftDragEndsInOneWindow) {
  QTest::mousePress(&view, Qt::LeftButton, {}, {100, 80});
  move({130, 60}, Qt::LeftButton);
  EXPECT_EQ(intents(), 0U);
  EXPECT_NE(view.state().window, start.window);  // but it shows at once
  move({140, 70}, Qt::LeftButton);
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {140, 70});
  ASSERT_THAT(windows, SizeIs(1));
  EXPECT_EQ(windows[0], view::draggedWindow(start.window, 40, -10, 7 * 20 + 13 * 16 + 29 * 8, false));
  EXPECT_EQ(intents(), 1U);
  EXPECT_EQ(activations, 1);
}

TEST_F(SliceViewTest, ClickAloneWantsNothing) {
  QTest::mouseClick(&view, Qt::LeftButton, {}, {100, 80});
  EXPECT_EQ(intents(), 0U);
  EXPECT_EQ(view.state(), start);
}

TEST_F(SliceViewTest, MiddleAndControlLeftDragPanByTheHandsWay) {
  for (const auto& [button, modifiers] :
       {std::pair{Qt::MiddleButton, Qt::KeyboardModifiers{}}, {Qt::LeftButton, Qt::ControlModifier}}) {
    view.setState(start);
    frames.clear();
    const Vec3 under = view::screenToPatient(view::planeFor(start, volume->grid(), 210, 170), 100, 80);
    drag(button, {100, 80}, {120, 72}, modifiers);
    ASSERT_THAT(frames, SizeIs(1));
    const auto now = view::patientToScreen(view::planeFor(frames[0], volume->grid(), 210, 170), under);
    EXPECT_NEAR(now.x, 120, 1e-6);
    EXPECT_NEAR(now.y, 72, 1e-6);
  }
  EXPECT_THAT(windows, IsEmpty());
}

TEST_F(SliceViewTest, RightDragUpZoomsAboutThePressedPoint) {
  const Vec3 under =
      view::screenToPatient(view::planeFor(start, volume->grid(), 210, 170), 60 - 0.5, 50 - 0.5);
  drag(Qt::RightButton, {60, 50}, {60, 10});
  ASSERT_THAT(frames, SizeIs(1));
  EXPECT_GT(frames[0].zoom, 1.2);
  const auto now = view::patientToScreen(view::planeFor(frames[0], volume->grid(), 210, 170), under);
  EXPECT_NEAR(now.x, 60 - 0.5, 1e-6);
  EXPECT_NEAR(now.y, 50 - 0.5, 1e-6);
  EXPECT_EQ(menus, 0);
}

TEST_F(SliceViewTest, RightClickAsksForAMenu) {
  drag(Qt::RightButton, {60, 50}, {62, 52});
  EXPECT_EQ(menus, 1);
  EXPECT_EQ(intents(), 0U);
  EXPECT_EQ(view.state(), start);
}

TEST_F(SliceViewTest, WheelScrollsTowardsTheHeadOnceAFrame) {
  wheel(120);
  wheel(120);
  EXPECT_EQ(indexOf(view.state()), 6);
  EXPECT_THAT(scrolls, IsEmpty());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !scrolls.empty(); }));
  ASSERT_THAT(scrolls, SizeIs(1));
  EXPECT_EQ(indexOf(scrolls[0]), 6);
}

TEST_F(SliceViewTest, WheelStopsAtTheEndsAndAddsUpSmallTurns) {
  wheel(-120 * 20);
  EXPECT_EQ(indexOf(view.state()), 0);
  for (int turn = 0; turn < 4; ++turn) wheel(30);
  EXPECT_EQ(indexOf(view.state()), 1);
  wheel(120, Qt::ShiftModifier);
  EXPECT_EQ(indexOf(view.state()), 8);
}

TEST_F(SliceViewTest, ControlWheelZooms) {
  wheel(120, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !frames.empty(); }));
  EXPECT_GT(frames[0].zoom, 1.0);
  EXPECT_THAT(scrolls, IsEmpty());
}

TEST_F(SliceViewTest, CrosshairToolMovesTheFocusWithinThePlane) {
  view.setTool(ToolKind::crosshair);
  drag(Qt::LeftButton, {100, 80}, {120, 90});
  ASSERT_FALSE(crosshairs.empty());
  const Vec3 expected =
      view::screenToPatient(view::planeFor(start, volume->grid(), 210, 170), 120 - 0.5, 90 - 0.5);
  EXPECT_NEAR(length(crosshairs.back() - expected), 0, 1e-9);
  EXPECT_THAT(crosshairs, SizeIs(1));  // no frame passed in between
}

TEST_F(SliceViewTest, CrosshairToolIgnoresWhatLiesOutside) {
  view.setTool(ToolKind::crosshair);
  QTest::mouseClick(&view, Qt::LeftButton, {}, {3, 80});
  EXPECT_THAT(crosshairs, IsEmpty());
}

TEST_F(SliceViewTest, DoubleClickMaximises) {
  QTest::mouseDClick(&view, Qt::LeftButton, {}, {100, 80});
  EXPECT_EQ(maximized, 1);
  EXPECT_EQ(intents(), 0U);
}

TEST_F(SliceViewTest, EscapeEndsAGestureWithoutAnIntent) {
  QTest::mousePress(&view, Qt::LeftButton, {}, {100, 80});
  move({150, 20}, Qt::LeftButton);
  QTest::keyClick(&view, Qt::Key_Escape);
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {150, 20});
  EXPECT_EQ(intents(), 0U);
  EXPECT_EQ(view.state(), start);
}

TEST_F(SliceViewTest, BrushStrokeEqualsTheImagingStroke) {
  const auto overlay = test::boxOverlay(volume->grid(), {{5, 5, 4}, {7, 7, 4}});
  view.setOverlays({overlay});
  view.setTool(ToolKind::brush);
  view.setBrushRadius(2);
  const imaging::Plane plane = view::planeFor(start, volume->grid(), 210, 170);
  const auto at = [&](QPoint p) { return view::screenToPatient(plane, p.x() - 0.5, p.y() - 0.5); };
  QTest::mousePress(&view, Qt::LeftButton, {}, {90, 80});
  move({130, 100}, Qt::LeftButton);
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {130, 100});
  ASSERT_THAT(strokes, SizeIs(1));
  const Vec3 normal{0, 0, 1};
  imaging::Mask expected = imaging::stroke(*overlay.mask, at({90, 80}), at({90, 80}), normal, 2, true);
  expected = imaging::stroke(expected, at({90, 80}), at({130, 100}), normal, 2, true);
  EXPECT_EQ(*strokes[0].second, expected);
  EXPECT_EQ(strokes[0].first, overlay.item);
  EXPECT_GT(strokes[0].second->count(), overlay.mask->count());
  EXPECT_EQ(overlay.mask->count(), 9);  // the mask before the stroke is untouched
}

TEST_F(SliceViewTest, StrokeShowsAtOnceAndEscapeTakesItBack) {
  const auto overlay = test::boxOverlay(volume->grid(), {{5, 5, 4}, {7, 7, 4}});
  view.setOverlays({overlay});
  const QImage before = view.grab().toImage();
  view.setTool(ToolKind::brush);
  QTest::mousePress(&view, Qt::LeftButton, {}, {120, 100});
  EXPECT_NE(view.grab().toImage(), before);
  QTest::keyClick(&view, Qt::Key_Escape);
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {120, 100});
  view.setTool(ToolKind::window_level);
  EXPECT_EQ(view.grab().toImage(), before);
  EXPECT_THAT(strokes, IsEmpty());
}

TEST_F(SliceViewTest, EraserTakesAwayAndWithoutASelectedMaskNothingHappens) {
  auto overlay = test::boxOverlay(volume->grid(), {{0, 0, 0}, {20, 16, 8}});
  view.setTool(ToolKind::eraser);
  view.setOverlays({overlay});
  QTest::mouseClick(&view, Qt::LeftButton, {}, {105, 85});
  ASSERT_THAT(strokes, SizeIs(1));
  EXPECT_LT(strokes[0].second->count(), overlay.mask->count());
  overlay.selected = false;
  view.setOverlays({overlay});
  QTest::mouseClick(&view, Qt::LeftButton, {}, {105, 85});
  EXPECT_THAT(strokes, SizeIs(1));
}

TEST_F(SliceViewTest, SaysWhichSliceWasPaintedOnceEach) {
  EXPECT_THAT(shown, ElementsAre(4));
  view.repaint();
  wheel(120);
  view.repaint();
  QCoreApplication::processEvents();
  EXPECT_THAT(shown, ElementsAre(4, 5));
}

TEST_F(SliceViewTest, SaysAgainThatASliceWasPaintedWhenAFindingIsChosenOnIt) {
  auto overlay = test::boxOverlay(volume->grid(), {{0, 0, 0}, {20, 16, 8}});
  overlay.selected = false;
  view.setOverlays({overlay});
  view.repaint();
  QCoreApplication::processEvents();
  shown.clear();
  overlay.selected = true;
  view.setOverlays({overlay});
  view.repaint();
  QCoreApplication::processEvents();
  EXPECT_THAT(shown, ElementsAre(4));
}

TEST_F(SliceViewTest, ScrollsSingleImagesByNumberAndReportsOnlyTheLoadedOne) {
  auto state = test::middleState(volume->grid(), view::Orientation::stack);
  state.slice = 3;
  shown.clear();
  view.setState(state);
  view.setImages(volume, SingleImage{3, 10});
  view.repaint();
  wheel(-120);
  view.repaint();
  QCoreApplication::processEvents();
  EXPECT_EQ(view.state().slice, 4);
  EXPECT_THAT(shown, ElementsAre(3));
}

TEST_F(SliceViewTest, TellsTheValueUnderTheCursor) {
  std::optional<double> value;
  QObject::connect(&view, &SliceView::valueUnderCursor, [&](Vec3, std::optional<double> v) { value = v; });
  move({105, 85});
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, 7 * 10 + 13 * 8 + 29 * 4 - 300);
  move({1, 85});
  EXPECT_FALSE(value);
}

TEST_F(SliceViewTest, GivenStateWaitsForTheEndOfAGesture) {
  QTest::mousePress(&view, Qt::LeftButton, {}, {100, 80});
  auto other = start;
  other.zoom = 3;
  view.setState(other);
  EXPECT_EQ(view.state(), start);
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {100, 80});
  EXPECT_EQ(view.state(), other);
}

// What the view paints is compared with the same view without it: only pixels of that place may differ.
QRect difference(const QImage& a, const QImage& b) {
  QRect box;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x)
      if (a.pixel(x, y) != b.pixel(x, y)) box |= QRect(x, y, 1, 1);
  return box;
}

TEST_F(SliceViewTest, PaintsTheOrientationLettersOfItsPlane) {
  const QImage axial = view.grab().toImage();
  auto state = start;
  QImage blank(axial.size(), axial.format());
  blank.setDevicePixelRatio(axial.devicePixelRatio());
  const auto letters = [&](const view::EdgeLetters& edge) {
    blank.fill(Qt::black);
    QPainter painter(&blank);
    painter.setFont(view.font());
    useOverlayFont(painter);
    paintEdgeLetters(painter, QRectF(0, 0, 210, 170), edge);
    painter.end();
    return blank;
  };
  // The black borders left and right of the picture hold nothing but the letters.
  const QImage expected = letters({"R", "L", "A", "P"});
  const QRect leftBorder(0, 70, 14, 30), rightBorder(196, 70, 14, 30);
  EXPECT_EQ(axial.copy(leftBorder), expected.copy(leftBorder));
  EXPECT_EQ(axial.copy(rightBorder), expected.copy(rightBorder));
  EXPECT_NE(axial.copy(leftBorder), letters({"L", "R", "A", "P"}).copy(leftBorder));
}

TEST_F(SliceViewTest, PaintsTextsInTheirCornersAndAMark) {
  const QImage bare = view.grab().toImage();
  view.setTexts([](const auto&, const auto&) { return view::CornerTexts{{}, {"CT"}, {}, {}}; });
  EXPECT_TRUE(QRect(105, 0, 105, 40).contains(difference(bare, view.grab().toImage())));
  view.setTexts([](const auto&, const auto&) { return view::CornerTexts{{}, {}, {"W 400"}, {}}; });
  EXPECT_TRUE(QRect(0, 130, 105, 40).contains(difference(bare, view.grab().toImage())));
  view.setTexts({});
  view.setMark(QStringLiteral("unsaved"));
  const QRect mark = difference(bare, view.grab().toImage());
  EXPECT_TRUE(QRect(0, 0, 105, 60).contains(mark));
  EXPECT_FALSE(mark.isEmpty());
}

TEST_F(SliceViewTest, CrosshairLinesHaveThePlanesColours) {
  view.setCrosshairVisible(true);
  const QImage image = view.grab().toImage();
  const auto at = view::patientToScreen(view::planeFor(start, volume->grid(), 210, 170), start.focusMm);
  const int x = static_cast<int>(std::lround(at.x)), y = static_cast<int>(std::lround(at.y));
  const auto has = [&](QRect where, view::Orientation o) {
    const auto c = view::planeColor(o);
    for (int py = where.top(); py <= where.bottom(); ++py)
      for (int px = where.left(); px <= where.right(); ++px)
        if (image.pixel(px, py) == qRgb(c[0], c[1], c[2])) return true;
    return false;
  };
  EXPECT_TRUE(has({x - 1, y + 40, 3, 1}, view::Orientation::sagittal));
  EXPECT_TRUE(has({x - 40, y - 1, 1, 3}, view::Orientation::coronal));
  EXPECT_FALSE(has({x - 5, y - 5, 11, 11}, view::Orientation::coronal));  // open around the focus
}

TEST_F(SliceViewTest, MessagesStandInPlaceOfImages) {
  view.setMessage(QStringLiteral("Loading"));
  const QImage loading = view.grab().toImage();
  EXPECT_EQ(loading.pixel(60, 60), qRgb(0, 0, 0));
  EXPECT_FALSE(difference(loading, QImage(loading).copy()).isValid());
  view.setMessage(QStringLiteral("Loading"), true);
  EXPECT_NE(view.grab().toImage(), loading);
  QTest::mouseClick(&view, Qt::LeftButton, {}, {100, 80});
  wheel(120);
  EXPECT_EQ(intents(), 0U);
}

TEST_F(SliceViewTest, AViewWithoutImagesTakesTheMouseCalmly) {
  view.setImages(nullptr);
  drag(Qt::LeftButton, {10, 10}, {50, 50});
  wheel(120);
  view.repaint();
  EXPECT_EQ(intents(), 0U);
}

TEST(ScaleBar, HasARoundLengthOfAtMostAQuarter) {
  EXPECT_DOUBLE_EQ(scaleBarMm(0.7, 800), 100);
  EXPECT_DOUBLE_EQ(scaleBarMm(0.3, 800), 50);
  EXPECT_DOUBLE_EQ(scaleBarMm(0.01, 400), 1);
  EXPECT_DOUBLE_EQ(scaleBarMm(0, 400), 0);
}

}  // namespace
}  // namespace attest::viewers
