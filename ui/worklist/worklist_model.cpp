#include "ui/worklist/worklist_model.h"

#include <QDate>
#include <QLocale>

#include "core/view/corner_texts.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

QString cell(const CaseRow& row, int column, bool readsFirst) {
  switch (column) {
    case WorklistModel::priority:
      return row.priority == Priority::routine ? QString() : words(row.priority);
    case WorklistModel::status:
      return row.changed ? WorklistModel::tr("%1, changed").arg(words(row.status)) : words(row.status);
    case WorklistModel::patient:
      return text(view::personName(row.patient.name.reveal()));
    case WorklistModel::id:
      return text(row.patient.id.reveal());
    case WorklistModel::age_sex:
      return sexAndAge(row.patient, row.studyDate);
    case WorklistModel::modality:
      return text(row.modality);
    case WorklistModel::region: {
      const QString lower = text(row.bodyPart).toLower();
      return term(utf8(lower.left(1).toUpper() + lower.mid(1)));
    }
    case WorklistModel::description:
      return text(row.description);
    case WorklistModel::study:
      return studyMoment(row.studyDate, row.studyTime);
    case WorklistModel::images:
      return QLocale().toString(row.images);
    case WorklistModel::agents:
      return agentSummary(row, readsFirst);
    case WorklistModel::reader:
      return row.reader.empty() ? QStringLiteral("—") : text(row.reader.value);
    case WorklistModel::delivery:
      return deliveryWords(row.delivery);
    default:
      return {};
  }
}

/// Does the row's count of findings wait until the reader's own read is done.
bool isHidden(const CaseRow& row, bool readsFirst) {
  return readsFirst && !isSigned(row);
}

/// What a cell cannot say in its few words.
QString hint(const CaseRow& row, int column, bool readsFirst) {
  if (column == WorklistModel::status && row.changed)
    return WorklistModel::tr("Something came or changed since it was signed: look again, sign an addendum.");
  if (column == WorklistModel::agents && row.unreviewed > 0 && !isHidden(row, readsFirst))
    return WorklistModel::tr("%1 of %2 findings wait for a person").arg(row.unreviewed).arg(row.findings);
  return cell(row, column, readsFirst);
}

}  // namespace

QString studyMoment(const std::string& date, const std::string& time) {
  const QDate day = QDate::fromString(text(date), QStringLiteral("yyyyMMdd"));
  const QDate today = QDate::currentDate();
  const QString clock = text(view::readableTime(time));
  if (day == today) return WorklistModel::tr("today %1").arg(clock);
  if (day.isValid() && day == today.addDays(-1)) return WorklistModel::tr("yesterday %1").arg(clock);
  return dayWords(date);
}

QString agentSummary(const CaseRow& row, bool readsFirst) {
  if (row.status == CaseStatus::failed) return WorklistModel::tr("did not finish");
  if (row.stepsTotal == 0) return QStringLiteral("—");
  if (row.stepsDone < row.stepsTotal)
    return WorklistModel::tr("%1 of %2").arg(row.stepsDone).arg(row.stepsTotal);
  if (isHidden(row, readsFirst)) return WorklistModel::tr("done · after your read");
  if (row.findings == 0) return WorklistModel::tr("no findings");
  const QString found =
      row.findings == 1 ? WorklistModel::tr("1 finding") : WorklistModel::tr("%1 findings").arg(row.findings);
  if (row.lowConfidence > 0)
    return WorklistModel::tr("%1 · %2 low confidence").arg(found).arg(row.lowConfidence);
  return row.unreviewed == 0 ? found : WorklistModel::tr("%1 · %2 to review").arg(found).arg(row.unreviewed);
}

QString deliveryWords(const std::string& delivery) {
  if (delivery == "due") return WorklistModel::tr("sending");
  if (delivery == "failed") return WorklistModel::tr("not delivered");
  return delivery == "delivered" ? WorklistModel::tr("✓ delivered") : QString();
}

Tone deliveryTone(const std::string& delivery) {
  return delivery == "failed" ? Tone::danger : delivery == "delivered" ? Tone::good : Tone::accent;
}

WorklistModel::WorklistModel(QObject* parent)
    : QAbstractTableModel(parent), worklist_(std::make_shared<const session::Worklist>()) {}

void WorklistModel::show(std::shared_ptr<const session::Worklist> worklist, bool readsFirst) {
  if (worklist == worklist_ && readsFirst == readsFirst_) return;
  readsFirst_ = readsFirst;
  const int rows = session::rowCount(*worklist);
  const bool other = worklist->generation != worklist_->generation || rows < rows_;
  if (other) {
    beginResetModel();
    worklist_ = std::move(worklist);
    rows_ = rows;
    endResetModel();
    return;
  }
  worklist_ = std::move(worklist);
  if (rows > rows_) {
    beginInsertRows({}, rows_, rows - 1);
    rows_ = rows;
    endInsertRows();
  }
  if (rows_ > 0) {
    const int last = std::min(worklist_->lastVisible, rows_ - 1);
    Q_EMIT dataChanged(index(std::min(worklist_->firstVisible, last), 0), index(last, columns - 1));
  }
}

const CaseRow* WorklistModel::row(int index) const {
  return session::rowAt(*worklist_, index);
}

int WorklistModel::find(const CaseId& wanted) const {
  int start = 0;
  for (const session::WorklistPage& page : worklist_->pages) {
    if (page.rows != nullptr) {
      for (std::size_t i = 0; i < page.rows->size(); ++i) {
        if ((*page.rows)[i].id == wanted) return start + static_cast<int>(i);
      }
    }
    start += page.count;
  }
  return -1;
}

int WorklistModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : rows_;
}

QVariant WorklistModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const CaseRow* shown = row(index.row());
  if (shown == nullptr)
    return role == Qt::DisplayRole && index.column() == patient ? QVariant(tr("Loading…")) : QVariant();
  if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
    return cell(*shown, index.column(), readsFirst_);
  if (role == Qt::ToolTipRole) return hint(*shown, index.column(), readsFirst_);
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(Qt::Alignment(index.column() == images ? Qt::AlignRight : Qt::AlignLeft) |
                               Qt::AlignVCenter);
  }
  return {};
}

QVariant WorklistModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(Qt::Alignment(section == images ? Qt::AlignRight : Qt::AlignLeft) |
                               Qt::AlignVCenter);
  }
  if (section == priority && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole))
    return tr("Priority");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case status:
      return tr("Status");
    case patient:
      return tr("Patient");
    case id:
      return tr("ID");
    case age_sex:
      return tr("Sex, age");
    case modality:
      return tr("Mod");
    case region:
      return tr("Region");
    case description:
      return tr("Description");
    case study:
      return tr("Study");
    case images:
      return tr("Images");
    case agents:
      return tr("Agents");
    case reader:
      return tr("Reader");
    case delivery:
      return tr("Delivery");
    default:
      return QString();
  }
}

}  // namespace attest::ui
