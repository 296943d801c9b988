#include "viewers/volume_view.h"

#include <gmock/gmock.h>

#include <QCoreApplication>
#include <QTest>
#include <deque>
#include <optional>
#include <thread>

#include "tests/support/phantom.h"
#include "tests/viewers/scene.h"

namespace attest::viewers {
namespace {

using testing::SizeIs;

/// Jobs wait until the test runs them.
struct VolumeViewTest : testing::Test {
  VolumeViewTest() : phantom(test::makeChestPhantom({40, 40, 20}, {8, 8, 12})) { make(); }

  void make() {
    view.emplace([this](std::function<void()> job) { jobs.push_back(std::move(job)); }, serial);
    view->resize(100, 100);
    view->setState(test::middleState(phantom.grid, view::Orientation::volume3d));
    view->setVolume(phantom.volume);
    nodule = test::boxOverlay(phantom.grid, {{24, 16, 8}, {32, 22, 12}});
    view->setOverlays({nodule});
    QObject::connect(&*view, &VolumeView::cameraMoved, [this](const auto& s) { moves.push_back(s); });
    view->show();
    QCoreApplication::processEvents();
  }
  void runJob() {
    ASSERT_FALSE(jobs.empty());
    auto job = std::move(jobs.front());
    jobs.pop_front();
    std::jthread(job).join();  // as on the render lane
    QCoreApplication::processEvents();
  }
  void move(QPoint to, Qt::MouseButton button) {
    QMouseEvent event(QEvent::MouseMove, to, view->mapToGlobal(to), Qt::NoButton, button, {});
    QCoreApplication::sendEvent(&*view, &event);
  }

  Serial serial;
  test::ChestPhantom phantom;
  view::OverlayItem nodule;
  std::deque<std::function<void()>> jobs;
  std::optional<VolumeView> view;
  std::vector<view::ViewportState> moves;
};

TEST_F(VolumeViewTest, AsksForOneFrameAndShowsIt) {
  EXPECT_THAT(jobs, SizeIs(1));
  EXPECT_TRUE(view->frame().isNull());
  runJob();
  EXPECT_EQ(view->frame().size(), QSize(100, 100));
}

TEST_F(VolumeViewTest, OnlyTheNewestOfManyRequestsFollows) {
  QTest::mousePress(&*view, Qt::LeftButton, {}, {50, 50});
  for (int x = 51; x < 80; ++x) move({x, 50}, Qt::LeftButton);
  EXPECT_THAT(jobs, SizeIs(1));
  runJob();
  EXPECT_THAT(jobs, SizeIs(1));
  const QImage first = view->frame();
  runJob();
  EXPECT_NE(view->frame(), first);
  EXPECT_THAT(jobs, SizeIs(0));
}

TEST_F(VolumeViewTest, LeftDragTurnsAndEndsInOneIntent) {
  QTest::mousePress(&*view, Qt::LeftButton, {}, {50, 50});
  move({60, 50}, Qt::LeftButton);
  move({40, 55}, Qt::LeftButton);
  QTest::mouseRelease(&*view, Qt::LeftButton, {}, {40, 55});
  ASSERT_THAT(moves, SizeIs(1));
  EXPECT_GT(moves[0].camera.azimuthDegrees,
            0);  // dragged to the left: the camera walks to the patient's left
  EXPECT_GT(moves[0].camera.elevationDegrees, 0);
  QTest::mouseClick(&*view, Qt::LeftButton, {}, {50, 50});
  EXPECT_THAT(moves, SizeIs(1));
}

TEST_F(VolumeViewTest, MiddlePansRightZooms) {
  QTest::mousePress(&*view, Qt::MiddleButton, {}, {50, 50});
  move({70, 50}, Qt::MiddleButton);
  QTest::mouseRelease(&*view, Qt::MiddleButton, {}, {70, 50});
  QTest::mousePress(&*view, Qt::RightButton, {}, {50, 50});
  move({50, 20}, Qt::RightButton);
  QTest::mouseRelease(&*view, Qt::RightButton, {}, {50, 20});
  ASSERT_THAT(moves, SizeIs(2));
  EXPECT_GT(moves[0].pan.rightMm, 0);
  EXPECT_GT(moves[1].zoom, 1);
}

TEST_F(VolumeViewTest, BecomesFineWhenNothingMovesAnyMore) {
  runJob();
  const QImage coarse = view->frame();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.empty(); }));
  runJob();
  EXPECT_NE(view->frame(), coarse);
  EXPECT_EQ(view->frame().size(), coarse.size());
}

TEST_F(VolumeViewTest, AFineFrameGivesWayToANewDrag) {
  runJob();
  const QImage coarse = view->frame();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.empty(); }));
  QTest::mousePress(&*view, Qt::LeftButton, {}, {50, 50});
  move({70, 50}, Qt::LeftButton);
  runJob();  // the fine one, which was asked to stop
  EXPECT_EQ(view->frame(), coarse);
  runJob();  // the drag's
  EXPECT_NE(view->frame(), coarse);
}

TEST_F(VolumeViewTest, MayGoWhileItsJobRuns) {
  view.reset();
  runJob();
  EXPECT_TRUE(jobs.empty());
}

}  // namespace
}  // namespace attest::viewers
