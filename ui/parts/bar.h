#pragma once

#include <QWidget>

namespace attest::ui {

/// How far something is, 0 to 1.
class Bar final : public QWidget {
  Q_OBJECT
 public:
  explicit Bar(double share = 0, QWidget* parent = nullptr);
  void set(double share);
  double share() const noexcept { return share_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double share_;
};

}  // namespace attest::ui
