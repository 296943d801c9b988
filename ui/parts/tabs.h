#pragma once

#include <QWidget>
#include <vector>

#include "ui/theme/palette.h"

namespace attest::ui {

/// A strip of tabs: words, a small number beside them, a line under the chosen one. Left and right move when
/// it has the keyboard.
class Tabs final : public QWidget {
  Q_OBJECT
 public:
  explicit Tabs(QWidget* parent = nullptr);
  int add(const QString& text);
  /// The number, or any short words, beside the tab; empty for none.
  void setBadge(int index, const QString& badge, Tone tone = Tone::neutral);
  void setCurrent(int index);
  int current() const noexcept { return current_; }
  int count() const noexcept { return static_cast<int>(tabs_.size()); }
  const QString& badge(int index) const { return tabs_[static_cast<std::size_t>(index)].badge; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 Q_SIGNALS:
  void chosen(int index);  ///< by the person

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Tab {
    QString text;
    QString badge;
    Tone tone = Tone::neutral;
  };
  QRect place(int index) const;
  int width(const Tab& tab) const;
  int at(const QPoint& point) const;
  void choose(int index);
  std::vector<Tab> tabs_;
  int current_ = 0;
  int hovered_ = -1;
};

}  // namespace attest::ui
