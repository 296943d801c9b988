#pragma once

#include <QAbstractButton>

namespace attest::ui {

/// The one push button of the program: words, and beside them, quietly, the key that does the same. A key
/// press on it (Enter, Space) wins over the window's shortcuts while it has the keyboard; a click does not
/// take the keyboard away.
class Button final : public QAbstractButton {
  Q_OBJECT
 public:
  enum class Look { plain, primary, quiet, tool, link };

  explicit Button(const QString& text, Look look = Look::plain, QWidget* parent = nullptr);

  /// Shown beside the words and in the tooltip: "⏎", "Ctrl ⏎".
  void setKey(const QString& key);
  const QString& key() const noexcept { return key_; }
  /// Leaves the key away where there is little room; the tooltip still tells it.
  void setKeyShown(bool shown);
  /// A menu opens below the button; a small arrow says so.
  void setMenu(class QMenu* menu);
  /// Takes the whole width and puts the words left.
  void setWide(bool wide);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void nextCheckState() override {}  ///< whether it is on follows the state, never the click
  void paintEvent(QPaintEvent* event) override;

 private:
  QColor face() const;
  QColor ink() const;
  int pad() const;
  QString key_;
  Look look_;
  bool hasMenu_ = false;
  bool wide_ = false;
  bool keyShown_ = true;
};

}  // namespace attest::ui
