#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "core/session/preferences.h"
#include "core/session/worklist.h"
#include "ui/theme/palette.h"

namespace attest::ui {

/// The worklist as a table. It knows the rows whose pages have been listed and asks for nothing itself: the
/// view says which rows are on screen (ShowRows) and the session loads their pages.
class WorklistModel final : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    priority,
    status,
    patient,
    id,
    age_sex,
    modality,
    region,
    description,
    study,
    images,
    agents,
    reader,
    delivery
  };
  static constexpr int columns = delivery + 1;

  explicit WorklistModel(QObject* parent = nullptr);
  /// While agents come after the reader (`readsFirst`), no row tells how many findings they have.
  void show(std::shared_ptr<const session::Worklist> worklist, bool readsFirst = false);
  /// Null while its page is not in memory.
  const CaseRow* row(int index) const;
  /// The row of a case among those in memory, or -1.
  int find(const CaseId& wanted) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::shared_ptr<const session::Worklist> worklist_;
  bool readsFirst_ = false;
  int rows_ = 0;
};

/// "today 09:38", "yesterday", "2026-08-14" of a DICOM date and time.
QString studyMoment(const std::string& date, const std::string& time);
/// What the agents have done for a case, in a few words: "3 findings · 1 low confidence".
QString agentSummary(const CaseRow& row, bool readsFirst);
/// Where the signed version is on its way to its destinations; empty where there are none.
QString deliveryWords(const std::string& delivery);
Tone deliveryTone(const std::string& delivery);

}  // namespace attest::ui
