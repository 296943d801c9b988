#include "tests/e2e/person.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QPixmap>
#include <QScreen>
#include <QUrl>
#include <QWheelEvent>
#include <QWindow>
#include <QtTest/QTest>
#include <cstdlib>
#include <set>

namespace attest::test {
namespace {

QString shotsFolder() {
  const char* chosen = std::getenv("ATTEST_SHOTS");
  const QString folder = QString::fromLocal8Bit(chosen != nullptr ? chosen : ATTEST_SHOTS_DIR);
  QDir().mkpath(folder);
  return folder;
}

/// How many colours a picture has, sampled.
std::size_t colours(const QImage& picture) {
  std::set<QRgb> found;
  for (int y = 0; y < picture.height(); y += 7) {
    for (int x = 0; x < picture.width(); x += 7) found.insert(picture.pixel(x, y));
  }
  return found.size();
}

void settle() {
  constexpr int turns = 8;
  for (int i = 0; i < turns; ++i) QCoreApplication::processEvents();
}

}  // namespace

bool until(const std::function<bool()>& condition, int timeoutMs) {
  return QTest::qWaitFor(condition, timeoutMs);
}

bool Person::turnTo(QWidget& window) {
  window.activateWindow();
  return QTest::qWaitForWindowActive(&window);
}

void Person::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
  ASSERT_NE(QGuiApplication::focusWindow(), nullptr) << "nothing has the keyboard";
  QTest::keyClick(QGuiApplication::focusWindow(), key, modifiers);
  settle();
}

void Person::type(const QString& words) {
  ASSERT_NE(QGuiApplication::focusWindow(), nullptr) << "nothing has the keyboard";
  for (const QChar letter : words) QTest::keyClick(QGuiApplication::focusWindow(), letter.toLatin1());
  settle();
}

void Person::click(QWidget& on) {
  click(on, on.rect().center());
}

void Person::click(QWidget& on, QPoint at) {
  QWidget* window = on.window();
  QTest::mouseClick(window->windowHandle(), Qt::LeftButton, {}, on.mapTo(window, at));
  settle();
}

void Person::drag(QWidget& on, QPoint from, QPoint to) {
  QWindow* window = on.window()->windowHandle();
  const auto place = [&](double part) {
    return on.mapTo(on.window(),
                    from + QPoint(qRound(part * (to - from).x()), qRound(part * (to - from).y())));
  };
  QTest::mousePress(window, Qt::LeftButton, {}, place(0));
  for (int i = 1; i <= 5; ++i) QTest::mouseMove(window, place(i / 5.0));
  QTest::mouseRelease(window, Qt::LeftButton, {}, place(1));
  settle();
}

void Person::wheel(QWidget& on, int notches) {
  const QPoint at = on.rect().center();
  QWheelEvent event(at, on.mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&on, &event);
  settle();
}

void Person::drop(const std::vector<std::filesystem::path>& paths) {
  QMimeData files;
  QList<QUrl> urls;
  for (const auto& path : paths) urls << QUrl::fromLocalFile(QString::fromStdString(path.string()));
  files.setUrls(urls);
  QWindow* window = window_.windowHandle();
  const QPoint middle = window_.rect().center();
  QDragEnterEvent enter(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window, &enter);
  EXPECT_TRUE(enter.isAccepted()) << "the window takes no files";
  QDropEvent drop(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window, &drop);
  settle();
}

QImage Person::look(const std::string& name) {
  settle();
  const QImage picture = window_.screen()->grabWindow(0).toImage();
  EXPECT_TRUE(
      picture.save(QDir(shotsFolder()).filePath(QString::fromStdString(name) + QStringLiteral(".png"))));
  EXPECT_GT(colours(picture), 8U) << name << " shows nothing";
  return picture;
}

QImage part(const QImage& screen, const QWidget& widget) {
  return screen.copy(QRect(widget.mapToGlobal(QPoint()), widget.size()));
}

}  // namespace attest::test
