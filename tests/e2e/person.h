#pragma once

#include <QImage>
#include <QPoint>
#include <QString>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace attest::test {

/// Waits, with the event loop running, until `condition` holds; says whether it did.
bool until(const std::function<bool()>& condition, int timeoutMs = 60'000);

/// Whoever sits before the real window: keys go to what has the keyboard, the mouse to the window's pixels,
/// and pictures are taken of the whole screen.
class Person {
 public:
  explicit Person(QWidget& window) : window_(window) {}

  /// Gives the keyboard to a window, as a window manager does when it opens.
  bool turnTo(QWidget& window);
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void type(const QString& words);
  void click(QWidget& on);
  void click(QWidget& on, QPoint at);
  void drag(QWidget& on, QPoint from, QPoint to);
  void wheel(QWidget& on, int notches);
  /// Drops files and folders in the middle of the window.
  void drop(const std::vector<std::filesystem::path>& paths);
  /// The screen as it is now, kept as NAME.png among the shots; fails where it shows nothing.
  QImage look(const std::string& name);

 private:
  QWidget& window_;
};

/// A part of the screen that a widget covers.
QImage part(const QImage& screen, const QWidget& widget);

}  // namespace attest::test
