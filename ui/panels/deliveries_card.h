#pragma once

#include <QWidget>

#include "ui/store.h"

class QVBoxLayout;

namespace attest::ui {

class Button;

/// Where the signed version is on its way: one line a destination and format, and another try for what did
/// not arrive.
class DeliveriesCard final : public QWidget {
  Q_OBJECT
 public:
  explicit DeliveriesCard(Store& store, QWidget* parent = nullptr);
  void draw(const CaseRecord& record);

 private:
  Store& store_;
  QVBoxLayout* rows_;
  Button* retry_;
};

}  // namespace attest::ui
