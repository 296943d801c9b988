#pragma once

#include <QWidget>

#include "ui/store.h"

class QLabel;
class QLineEdit;
class QTableWidget;

namespace attest::ui {

class Button;

/// What a node has: a question by patient, date and modality, the studies that answer it, and fetching them.
class QueryPanel final : public QWidget {
  Q_OBJECT
 public:
  explicit QueryPanel(Store& store, QWidget* parent = nullptr);
  /// Of which node; empty where there is none.
  void setNode(const std::string& name);
  void draw(const session::State& now);

 private:
  QWidget* makeQuestion();
  QWidget* makeFoot();
  void makeTable();
  void find();
  void fetch();
  void drawFound(const session::StudySearch& search);
  void drawFetch(const session::State& now);
  Store& store_;
  std::string node_;
  QLineEdit* patient_ = nullptr;
  QLineEdit* id_ = nullptr;
  QLineEdit* dates_ = nullptr;
  QLineEdit* modality_ = nullptr;
  Button* find_;
  QLabel* said_;
  QTableWidget* table_;
  Button* fetch_;
  QLabel* fetching_;
  std::vector<session::FoundStudy> shown_;
};

/// A range of days as DICOM wants it, from what a person types: "2026-08-14", "today", "7 days", a DICOM
/// range. Nothing where it is none of these.
std::optional<std::string> datesOf(const QString& typed, const QDate& today);

}  // namespace attest::ui
