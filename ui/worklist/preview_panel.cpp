#include "ui/worklist/preview_panel.h"

#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/view/corner_texts.h"
#include "ui/parts/button.h"
#include "ui/parts/chip.h"
#include "ui/parts/flow.h"
#include "ui/parts/mark.h"
#include "ui/parts/text.h"
#include "ui/parts/thumb.h"
#include "ui/shortcuts.h"
#include "ui/words.h"
#include "ui/worklist/worklist_model.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr QSize pictureSize(140, 105);
constexpr int mostPictures = 4;

QString seriesWords(const Series& series) {
  const QString named = text(series.info.description);
  return named.isEmpty() ? PreviewPanel::tr("Series %1").arg(series.info.number) : named;
}

QWidget* seriesLine(const Series& series) {
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  auto* words = new ElidedLabel;
  words->setText(seriesWords(series));
  row->addWidget(words, 1);
  row->addWidget(label(
      PreviewPanel::tr("%1 · %2 images").arg(text(series.info.modality)).arg(series.instances), "quiet"));
  return line;
}

QWidget* priorLine(const CaseRow& prior) {
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  auto* words = new ElidedLabel;
  words->setText(text(prior.description));
  row->addWidget(words, 1);
  row->addWidget(
      label(QStringLiteral("%1 · %2").arg(dayWords(prior.studyDate), ui::words(prior.status)), "quiet"));
  return line;
}

QLayout* besideEachOther(QWidget* first, QWidget* second) {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(first);
  row->addWidget(second);
  row->addStretch();
  return row;
}

}  // namespace

QWidget* stepLine(const Step& step, const QString& title) {
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(new Mark(step.state));
  auto* words = new ElidedLabel;
  words->setText(title);
  row->addWidget(words, 1);
  const bool done = step.state == StepState::done;
  row->addWidget(label(done ? secondsWords(step.seconds) : ui::words(step.state), "quiet"));
  if (!step.error.empty()) line->setToolTip(reasonWords(step));
  return line;
}

PreviewPanel::PreviewPanel(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      empty_(paragraph(tr("Choose a case to see what is in it and what the agents have done."), "quiet",
                       QStringLiteral("previewEmpty"))),
      content_(new QWidget),
      name_(paragraph({}, "title", QStringLiteral("previewName"))),
      facts_(paragraph({}, "quiet", QStringLiteral("previewFacts"))),
      study_(paragraph({})),
      status_(new Chip),
      pictures_(named(new QWidget, QStringLiteral("previewPictures"), tr("Images"))),
      pictureFlow_(new Flow(6)),
      priority_(named(new Button({}), QStringLiteral("priority"), tr("Change the priority"))),
      priorities_(new QMenu),
      details_(new QVBoxLayout),
      read_(named(new Button(tr("Read"), Button::Look::primary), QStringLiteral("read"))) {
  named(this, QStringLiteral("preview"), tr("Preview"));
  setAttribute(Qt::WA_StyledBackground);
  setProperty("surface", "panel");
  setProperty("edge", "left");
  setFixedWidth(320);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(16, 16, 16, 16);
  outer->addWidget(empty_);
  outer->addWidget(content_, 1);
  outer->addStretch();
  auto* inside = new QVBoxLayout(content_);
  inside->setContentsMargins(0, 0, 0, 0);
  inside->setSpacing(4);
  inside->addWidget(name_);
  inside->addWidget(facts_);
  inside->addWidget(study_);
  inside->addSpacing(4);
  inside->addLayout(besideEachOther(status_, priority_));
  inside->addSpacing(8);
  pictures_->setLayout(pictureFlow_);
  inside->addWidget(pictures_);
  details_->setSpacing(6);
  inside->addLayout(details_);
  inside->addSpacing(12);
  priority_->setMenu(priorities_);
  priority_->setToolTip(tr("Change the priority"));
  connect(priorities_, &QMenu::aboutToShow, this, &PreviewPanel::fillPriority);
  read_->setKey(keyHint(Command::read_case));
  inside->addWidget(read_, 0, Qt::AlignLeft);
  inside->addStretch();
  connect(read_, &Button::clicked, this, [this] {
    if (const auto& id = store_.state().worklist->selected) store_.dispatch(act::OpenCase{*id});
  });
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.worklist->selected != now.worklist->selected || old.worklist->preview != now.worklist->preview ||
        old.worklist->pages.size() != now.worklist->pages.size() ||
        old.agents->cards.size() != now.agents->cards.size() || old.thumbnails != now.thumbnails) {
      draw(*now.worklist);
    }
  });
  draw(*store_.state().worklist);
}

void PreviewPanel::draw(const session::Worklist& worklist) {
  empty_->setVisible(!worklist.selected);
  content_->setVisible(worklist.selected.has_value());
  if (!worklist.selected) return;
  clear(details_);
  while (QLayoutItem* item = pictureFlow_->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  pictures_->hide();
  if (worklist.preview != nullptr && worklist.preview->row.id == *worklist.selected) {
    drawRow(worklist.preview->row);
    drawRecord(*worklist.preview);
    return;
  }
  for (int i = 0; i < session::rowCount(worklist); ++i) {
    const CaseRow* row = session::rowAt(worklist, i);
    if (row != nullptr && row->id == *worklist.selected) drawRow(*row);
  }
}

void PreviewPanel::drawRow(const CaseRow& row) {
  name_->setText(text(view::personName(row.patient.name.reveal())));
  QStringList facts{text(row.patient.id.reveal())};
  if (const QString who = sexAndAge(row.patient, row.studyDate); !who.isEmpty()) facts << who;
  facts << momentWords(row.studyDate, row.studyTime);
  facts_->setText(facts.join(QStringLiteral(" · ")));
  study_->setText(text(row.description));
  study_->setVisible(!row.description.empty());
  status_->set(words(row.status), tone(row.status));
  priority_->setText(words(row.priority));
  priority_->setAccessibleName(tr("Priority: %1").arg(words(row.priority)));
  priority_->updateGeometry();
}

void PreviewPanel::fillPriority() {
  priorities_->clear();
  const auto& selected = store_.state().worklist->selected;
  if (!selected) return;
  for (const Priority one : {Priority::stat, Priority::urgent, Priority::routine, Priority::research}) {
    priorities_->addAction(words(one), this, [this, one, id = *selected] {
      store_.dispatch(act::SetPriority{id, one});
    });
  }
}

void PreviewPanel::drawPictures(const CaseRecord& record) {
  const auto& pictures = store_.state().thumbnails->pictures;
  for (const Series& series : record.series) {
    const auto at = pictures.find(series.info.uid);
    if (at == pictures.end() || at->second == nullptr || pictureFlow_->count() == mostPictures) continue;
    auto* picture = new QLabel;
    picture->setPixmap(thumbPicture(*at->second, pictureSize, devicePixelRatioF()));
    picture->setAccessibleName(seriesWords(series));
    picture->setToolTip(seriesWords(series));
    pictureFlow_->addWidget(picture);
  }
  pictures_->setVisible(pictureFlow_->count() > 0);
}

void PreviewPanel::drawRecord(const CaseRecord& record) {
  drawPictures(record);
  details_->addWidget(label(tr("Images"), "strong"));
  for (const Series& series : record.series) details_->addWidget(seriesLine(series));
  if (!record.priors.empty()) {
    details_->addSpacing(8);
    details_->addWidget(label(tr("Earlier studies"), "strong"));
    for (const CaseRow& prior : record.priors) details_->addWidget(priorLine(prior));
  }
  details_->addSpacing(8);
  details_->addWidget(label(tr("What the agents did"), "strong"));
  if (record.runs.empty()) {
    details_->addWidget(paragraph(tr("Nothing yet. You can read it as any study."), "quiet"));
    return;
  }
  for (const Step& step : record.runs.back().steps) {
    details_->addWidget(stepLine(step, agentWords(step.agent)));
  }
}

}  // namespace attest::ui
