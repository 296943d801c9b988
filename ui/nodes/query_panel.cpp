#include "ui/nodes/query_panel.h"

#include <QDate>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/view/corner_texts.h"
#include "ui/error_words.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

enum Column { patientColumn, idColumn, dateColumn, modalityColumn, descriptionColumn, imagesColumn, columns };
constexpr std::array widths{220, 120, 150, 70, 0, 70};

QString dicomDay(const QDate& day) {
  return day.toString(QStringLiteral("yyyyMMdd"));
}

QStringList cells(const session::FoundStudy& found) {
  return {text(view::personName(found.patient.name.reveal())),
          text(found.patient.id.reveal()),
          momentWords(found.study.date, found.study.time),
          text(found.modalities),
          text(found.study.description),
          found.images > 0 ? QLocale().toString(found.images) : QString()};
}

QLineEdit* entry(const char* name, const QString& caption, const QString& hint) {
  auto* made = named(new QLineEdit, QLatin1String(name), caption);
  made->setPlaceholderText(caption);
  made->setToolTip(hint);
  return made;
}

}  // namespace

std::optional<std::string> datesOf(const QString& typed, const QDate& today) {
  const QString said = typed.trimmed().toLower();
  static const QRegularExpression dicom(QStringLiteral("^(\\d{8})?-?(\\d{8})?$"));
  static const QRegularExpression lately(QStringLiteral("^(\\d{1,4})\\s*\\p{L}*$"));
  if (said.isEmpty() || dicom.match(said).hasMatch()) return utf8(said);
  if (said == QueryPanel::tr("today")) return utf8(dicomDay(today));
  if (const auto days = lately.match(said); days.hasMatch())
    return utf8(dicomDay(today.addDays(-days.captured(1).toInt())) + QLatin1Char('-'));
  for (const QString& format : {QStringLiteral("yyyy-MM-dd"), QStringLiteral("d.M.yyyy")}) {
    if (const QDate day = QDate::fromString(said, format); day.isValid()) return utf8(dicomDay(day));
  }
  return std::nullopt;
}

QueryPanel::QueryPanel(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      find_(named(new Button(tr("Find"), Button::Look::primary), QStringLiteral("findStudies"))),
      said_(paragraph({}, "quiet", QStringLiteral("querySaid"))),
      table_(named(new QTableWidget, QStringLiteral("foundStudies"), tr("Studies found"))),
      fetch_(named(new Button(tr("Fetch")), QStringLiteral("fetchStudy"))),
      fetching_(label({}, "quiet", QStringLiteral("fetchState"))) {
  named(this, QStringLiteral("queryPanel"), tr("Query and fetch"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  outer->addWidget(makeQuestion());
  makeTable();
  outer->addWidget(table_, 100);
  said_->setContentsMargins(16, 12, 16, 12);
  outer->addWidget(said_);
  outer->addStretch();  // takes the room while there is no table
  outer->addWidget(makeFoot());
}

QWidget* QueryPanel::makeQuestion() {
  auto* bar = surface("panel", "bottom");
  bar->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(16, 12, 16, 12);
  row->setSpacing(8);
  patient_ = entry("queryPatient", tr("Patient"),
                   tr("Family name, or the beginning of it; * and ? stand for letters"));
  id_ = entry("queryId", tr("Patient ID"), tr("The whole ID, or with * and ?"));
  dates_ = entry("queryDates", tr("Date"), tr("A day, “today”, “7 days”, or a range as 20260101-20260331"));
  modality_ = entry("queryModality", tr("Modality"), tr("CT, MR, PT …"));
  row->addWidget(patient_, 3);
  row->addWidget(id_, 2);
  row->addWidget(dates_, 2);
  row->addWidget(modality_, 1);
  row->addWidget(find_);
  find_->setKey(QStringLiteral("⏎"));
  connect(find_, &Button::clicked, this, &QueryPanel::find);
  for (QLineEdit* one : {patient_, id_, dates_, modality_})
    connect(one, &QLineEdit::returnPressed, this, &QueryPanel::find);
  return bar;
}

void QueryPanel::makeTable() {
  table_->setColumnCount(columns);
  table_->setHorizontalHeaderLabels(
      {tr("Patient"), tr("ID"), tr("Study"), tr("Mod"), tr("Description"), tr("Images")});
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setShowGrid(false);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(36);
  table_->horizontalHeader()->setHighlightSections(false);
  for (int i = 0; i < columns; ++i) table_->setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
  table_->horizontalHeader()->setSectionResizeMode(descriptionColumn, QHeaderView::Stretch);
  connect(table_, &QTableWidget::cellActivated, this, &QueryPanel::fetch);
  connect(table_, &QTableWidget::itemSelectionChanged, this, [this] { drawFetch(store_.state()); });
}

QWidget* QueryPanel::makeFoot() {
  auto* foot = surface("panel", "top");
  foot->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(16, 8, 16, 8);
  row->setSpacing(12);
  fetch_->setToolTip(tr("Brings the chosen study into the worklist (C-GET, C-MOVE or WADO)"));
  connect(fetch_, &Button::clicked, this, &QueryPanel::fetch);
  row->addWidget(fetch_);
  row->addWidget(fetching_, 1);
  return foot;
}

void QueryPanel::setNode(const std::string& name) {
  node_ = name;
  setEnabled(!name.empty());
}

void QueryPanel::find() {
  const auto dates = datesOf(dates_->text(), QDate::currentDate());
  if (!dates) {
    said_->setText(tr("The date was not understood. Try 2026-08-14, “today” or “7 days”."));
    return;
  }
  QString name = patient_->text().trimmed();
  if (!name.isEmpty() && !name.contains(QLatin1Char('*'))) name += QLatin1Char('*');
  store_.dispatch(act::FindStudies{
      node_,
      {utf8(name), utf8(id_->text().trimmed()), *dates, utf8(modality_->text().trimmed().toUpper()), {}}});
}

void QueryPanel::fetch() {
  const int row = table_->currentRow();
  if (row < 0 || row >= static_cast<int>(shown_.size())) return;
  store_.dispatch(
      act::FetchStudy{store_.state().nodes->search.node, shown_[static_cast<std::size_t>(row)].study.uid});
}

void QueryPanel::draw(const session::State& now) {
  const session::StudySearch& search = now.nodes->search;
  find_->setEnabled(!search.ticket);
  find_->setText(search.ticket ? tr("Asking…") : tr("Find"));
  find_->updateGeometry();
  drawFound(search);
  drawFetch(now);
}

void QueryPanel::drawFound(const session::StudySearch& search) {
  const bool same = std::ranges::equal(
      shown_, search.found, {}, [](const auto& one) { return one.study.uid; },
      [](const auto& one) { return one.study.uid; });
  if (!same) {
    shown_ = search.found;
    table_->setRowCount(static_cast<int>(shown_.size()));
    for (int row = 0; row < table_->rowCount(); ++row) {
      const QStringList words = cells(shown_[static_cast<std::size_t>(row)]);
      for (int i = 0; i < columns; ++i) table_->setItem(row, i, new QTableWidgetItem(words[i]));
    }
    if (table_->rowCount() > 0) table_->selectRow(0);
  }
  table_->setVisible(!shown_.empty());
  setRole(said_, search.error ? "danger" : "quiet");
  if (search.error) {
    const ErrorWords words = ui::words(*search.error);
    said_->setText(QStringLiteral("%1 %2 %3").arg(words.happened, text(search.error->detail), words.advice));
  } else if (search.ticket) {
    said_->setText(tr("Asking %1…").arg(text(search.node)));
  } else if (search.node.empty()) {
    said_->setText(tr("Ask for a patient, a day or a modality. Empty fields match all."));
  } else {
    said_->setText(shown_.empty()       ? tr("%1 has no such study.").arg(text(search.node))
                   : shown_.size() == 1 ? tr("1 study at %1").arg(text(search.node))
                                        : tr("%1 studies at %2").arg(shown_.size()).arg(text(search.node)));
  }
}

void QueryPanel::drawFetch(const session::State& now) {
  fetch_->setEnabled(table_->currentRow() >= 0 && !shown_.empty());
  const auto& jobs = now.worklist->imports;
  const auto job = std::ranges::find_if(jobs.rbegin(), jobs.rend(),
                                        [](const session::ImportJob& one) { return !one.node.empty(); });
  if (job == jobs.rend()) {
    fetching_->clear();
  } else if (!job->finished) {
    fetching_->setText(
        job->total > 0 ? tr("fetching from %1: %2 of %3").arg(text(job->node)).arg(job->done).arg(job->total)
                       : tr("fetching from %1…").arg(text(job->node)));
  } else {
    fetching_->setText(job->error ? ui::words(*job->error).happened
                                  : tr("✓ fetched from %1; it is in the worklist").arg(text(job->node)));
  }
}

}  // namespace attest::ui
