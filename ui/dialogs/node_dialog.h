#pragma once

#include <QDialog>

#include "core/domain/node.h"
#include "ui/store.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace attest::ui {

class Button;

/// A new node, or another address or other rights of one.
class NodeDialog final : public QDialog {
  Q_OBJECT
 public:
  /// `before` without a name: a new node.
  NodeDialog(Store& store, Node before, QWidget* parent = nullptr);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QLineEdit* field(QVBoxLayout* column, const char* name, const QString& caption, const std::string& value);
  void makeDimse(QVBoxLayout* column);
  void makeWeb(QVBoxLayout* column);
  void setKind(NodeKind kind);
  void check();
  void save();
  Node entered() const;
  Store& store_;
  Node before_;
  NodeKind kind_;
  Button* dimse_;
  Button* web_;
  QWidget* dimseFields_;
  QWidget* webFields_;
  QLineEdit* name_ = nullptr;
  QLineEdit* aeTitle_ = nullptr;
  QLineEdit* host_ = nullptr;
  QLineEdit* port_ = nullptr;
  QLineEdit* callingAe_ = nullptr;
  QLineEdit* url_ = nullptr;
  QLineEdit* user_ = nullptr;
  QLineEdit* password_ = nullptr;
  QCheckBox* deliver_;
  QCheckBox* accept_;
  QLabel* hint_;
  Button* save_;
};

}  // namespace attest::ui
