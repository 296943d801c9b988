#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <map>

#include "ui/store.h"

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace attest::ui {

class Button;
class EditBar;
class FindingCard;
class LesionsCard;
class RevealCard;
class StructuresCard;

/// What agents proposed and people drew, one card a finding, and what still stands before a signature.
class FindingsPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit FindingsPanel(Store& store, QWidget* parent = nullptr);

 private:
  QWidget* makeBelow();
  QWidget* makeFoot();
  void draw(const session::State& now);
  void drawCards(const session::State& now);
  void drawFoot(const session::State& now);
  void follow(QWidget* chosen);
  void bringIntoView();
  bool eventFilter(QObject* watched, QEvent* event) override;
  void startDrawing(const char* name, const char* code);
  Store& store_;
  QScrollArea* area_;
  QVBoxLayout* list_;
  RevealCard* reveal_;
  StructuresCard* structures_;
  LesionsCard* lesions_;
  EditBar* edit_;
  QVBoxLayout* cards_;
  std::map<ItemId, FindingCard*> findings_;
  std::vector<ItemId> order_;
  QPointer<QWidget> chosen_;  ///< the card, or the row of an earlier lesion, that stays in view
  QTimer view_;               ///< brings it there once the layouts are settled
  QLabel* none_;
  QWidget* below_;
  QLabel* belowWords_;
  Button* add_;
  Button* undo_;
  Button* addendum_;
  QLabel* missing_;
  QLabel* missingTitle_;
};

}  // namespace attest::ui
