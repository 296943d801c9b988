#pragma once

#include <QDialog>

#include "ui/store.h"

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace attest::ui {

class Button;

/// What will be frozen, what is missing, and the secret that signs. Opens and closes with the state.
class SignDialog final : public QDialog {
  Q_OBJECT
 public:
  explicit SignDialog(Store& store, QWidget* parent = nullptr);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void reject() override;

 private:
  QWidget* makeForm();
  QWidget* makeDone();
  void draw(const session::State& now);
  void drawForm(const session::State& now);
  void drawButton();
  void drawDone(const session::State& now);
  void sign(bool goOn);
  Store& store_;
  QWidget* form_;
  QLabel* who_;
  QVBoxLayout* frozen_;
  QVBoxLayout* missing_;
  QLineEdit* secret_;
  QLabel* saving_;
  QLabel* error_;
  Button* sign_;
  Button* signNext_;
  bool justSigned_ = false;  ///< the result is on screen until the person closes it
  QWidget* done_;
  QLabel* doneWords_;
  QLabel* hash_;
};

}  // namespace attest::ui
