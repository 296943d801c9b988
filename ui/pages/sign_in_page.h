#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QLineEdit;
class QMenu;

namespace attest::ui {

class Button;

/// Before anything else: who are you. Also the lock screen.
class SignInPage final : public QWidget {
  Q_OBJECT
 public:
  explicit SignInPage(Store& store, QWidget* parent = nullptr);

 private:
  void draw(const session::SignIn& signIn);
  void enter();
  void choose(const QString& name);
  Store& store_;
  QLabel* title_;
  QLabel* lead_;
  Button* reader_;
  QMenu* readers_;
  QLineEdit* secret_;
  QLabel* error_;
  Button* enter_;
};

/// The first start of an empty home: its first reader.
class SetUpPage final : public QWidget {
  Q_OBJECT
 public:
  explicit SetUpPage(Store& store, QWidget* parent = nullptr);

 private:
  void draw(const session::SignIn& signIn);
  void check();
  void create();
  Store& store_;
  QLineEdit* name_;
  QLineEdit* secret_;
  QLineEdit* again_;
  QLabel* rule_;
  QLabel* error_;
  Button* create_;
};

/// What is missing for a secret, in words; empty when it will do: at least 8 characters, or a PIN of at least
/// 6 digits.
QString secretComplaint(const QString& secret);

}  // namespace attest::ui
