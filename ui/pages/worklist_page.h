#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace attest::ui {

class Button;
class Tabs;
class TopBar;
class WorklistModel;
class EmptyList;

/// All cases: search, saved filters, the table, a preview.
class WorklistPage final : public QWidget {
  Q_OBJECT
 public:
  explicit WorklistPage(Store& store, QWidget* parent = nullptr);

  void focusSearch();
  void stepTab(int by);
  void readSelected();

 Q_SIGNALS:
  void folderWanted();
  void filesWanted();
  void helpWanted();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fillTopBar(TopBar& bar);
  void shareWidth();
  void makeTable();
  void search();
  void draw(const session::State& old, const session::State& now);
  void drawList(const session::Worklist& list);
  void drawSelected(const session::Worklist& list);
  void showRows();
  void select(int row);
  Store& store_;
  QLineEdit* search_;
  Tabs* tabs_;
  QTableView* table_;
  WorklistModel* model_;
  EmptyList* empty_;
  QStackedWidget* stack_;
};

/// What stands where the table has no rows: three large choices, no match, or an error.
class EmptyList final : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyList(QWidget* parent = nullptr);
  /// No case is in the database.
  void showWelcome(bool isMakingDemo);
  /// There are cases, and none of them is in this list.
  void showNone(bool unread);
  void showNoMatch();
  void showLoading();
  void showError(const Error& error);

 Q_SIGNALS:
  void folderWanted();
  void pacsWanted();
  void demoWanted();
  void retry();
  void clearSearch();

 private:
  void show(const QString& title, const QString& words, bool choices);
  QLabel* title_;
  QLabel* words_;
  QWidget* choices_;
  Button* demo_;
  Button* again_;
  Button* clear_;
};

}  // namespace attest::ui
