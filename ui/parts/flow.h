#pragma once

#include <QLayout>
#include <vector>

namespace attest::ui {

/// Left to right, then the next row: for chips and buttons.
class Flow final : public QLayout {
 public:
  explicit Flow(int spacing = 8);
  ~Flow() override;
  void addItem(QLayoutItem* item) override;
  int count() const override { return static_cast<int>(items_.size()); }
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  bool hasHeightForWidth() const override { return true; }
  /// As tall as its rows and no taller (what QLayout says of itself is "as large as you like").
  Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
  int heightForWidth(int width) const override { return arrange({0, 0, width, 0}, false); }
  QSize sizeHint() const override;
  QSize minimumSize() const override;
  void setGeometry(const QRect& box) override;

 private:
  int arrange(const QRect& box, bool move) const;
  std::vector<QLayoutItem*> items_;
};

}  // namespace attest::ui
