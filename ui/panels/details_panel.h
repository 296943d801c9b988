#pragma once

#include <QWidget>

#include "ui/store.h"

class QVBoxLayout;

namespace attest::ui {

class DeliveriesCard;

/// Where the signed version went, and what the files say: patient, study, the series in the active viewport
/// and the geometry of its block.
class DetailsPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit DetailsPanel(Store& store, QWidget* parent = nullptr);

 private:
  void draw(const session::Reading& reading);
  void group(const QString& title, const std::vector<std::pair<QString, QString>>& facts);
  Store& store_;
  DeliveriesCard* deliveries_;
  QVBoxLayout* column_;
};

}  // namespace attest::ui
