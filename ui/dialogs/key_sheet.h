#pragma once

#include <QDialog>
#include <vector>

#include "ui/shortcuts.h"

namespace attest::ui {

/// The keys of the screen one is in, made from the table of shortcuts.
class KeySheet final : public QDialog {
  Q_OBJECT
 public:
  explicit KeySheet(const std::vector<Context>& contexts, QWidget* parent = nullptr);
};

}  // namespace attest::ui
