#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QMenu;
class QVBoxLayout;

namespace attest::ui {

class Button;
class Chip;
class Flow;

/// At the right of the worklist: the chosen case, what is in it, and what the agents have done.
class PreviewPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit PreviewPanel(Store& store, QWidget* parent = nullptr);

 private:
  void draw(const session::Worklist& worklist);
  void drawRecord(const CaseRecord& record);
  void drawRow(const CaseRow& row);
  void drawPictures(const CaseRecord& record);
  void fillPriority();
  Store& store_;
  QLabel* empty_;
  QWidget* content_;
  QLabel* name_;
  QLabel* facts_;
  QLabel* study_;
  Chip* status_;
  QWidget* pictures_;
  Flow* pictureFlow_;
  Button* priority_;
  QMenu* priorities_;
  QVBoxLayout* details_;
  Button* read_;
};

/// One line of a run: a mark in the step's tone, its name, and how it went. Also used by the agents panel.
QWidget* stepLine(const Step& step, const QString& title);

}  // namespace attest::ui
