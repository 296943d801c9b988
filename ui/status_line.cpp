#include "ui/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <algorithm>

#include "core/base/format.h"
#include "ui/commands.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

QString number(std::int64_t value) {
  return QLocale().toString(static_cast<qlonglong>(value));
}

const session::ImportJob* activeImport(const session::Worklist& list) {
  const auto at =
      std::ranges::find(list.imports.rbegin(), list.imports.rend(), false, &session::ImportJob::finished);
  return at == list.imports.rend() ? nullptr : &*at;
}

QString importWords(const session::ImportJob& job) {
  if (job.cancelling) return StatusLine::tr("stopping the import…");
  if (job.isDemo)
    return job.total == 0 ? StatusLine::tr("making the demonstration…")
                          : StatusLine::tr("making the demonstration: study %1 of %2")
                                .arg(number(job.done + 1), number(job.total));
  return job.total > 0 ? StatusLine::tr("importing %1 of %2").arg(number(job.done), number(job.total))
                       : StatusLine::tr("looking for images… %1").arg(number(job.done));
}

QString runWords(const Run& run) {
  const auto done = std::ranges::count(run.steps, StepState::done, &Step::state);
  const auto failed = std::ranges::count(run.steps, StepState::failed, &Step::state);
  if (isActive(run)) return StatusLine::tr("agents: %1 of %2").arg(done).arg(run.steps.size());
  if (failed > 0) return StatusLine::tr("%1 agents done, %2 failed").arg(done).arg(failed);
  return StatusLine::tr("%1 agents done").arg(done);
}

}  // namespace

StatusLine::StatusLine(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      value_(label({}, "small", QStringLiteral("cursorValue"))),
      position_(label({}, "small", QStringLiteral("cursorPosition"))),
      picture_(label({}, "small", QStringLiteral("pictureFacts"))),
      saved_(label({}, "small", QStringLiteral("savedState"))),
      import_(label({}, "small", QStringLiteral("importState"))),
      cancel_(named(new Button(tr("cancel"), Button::Look::link), QStringLiteral("cancelImport"),
                    tr("Cancel the import"))),
      agents_(label({}, "small", QStringLiteral("agentsState"))) {
  named(this, QStringLiteral("statusLine"), tr("Status"));
  setAttribute(Qt::WA_StyledBackground);
  setProperty("surface", "panel");
  setProperty("edge", "top");
  setFixedHeight(26);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 1, 12, 0);
  row->setSpacing(20);
  value_->setMinimumWidth(72);
  for (QLabel* one : {value_, position_, picture_, saved_, import_}) row->addWidget(one);
  row->addWidget(cancel_);
  row->addStretch();
  row->addWidget(agents_);
  row->addWidget(label(researchNotice(), "small", QStringLiteral("researchNotice")));
  connect(cancel_, &Button::clicked, this, [this] {
    if (const auto* job = activeImport(*store_.state().worklist))
      store_.dispatch(act::CancelImport{job->ticket});
  });
  connect(&store_, &Store::changed, this,
          [this](const session::State&, const session::State& now) { draw(now); });
  draw(store_.state());
}

void StatusLine::setCursorWords(const QString& value, const QString& position) {
  value_->setText(value);
  position_->setText(position);
}

void StatusLine::draw(const session::State& now) {
  const bool reading = session::screen(now) == session::Screen::reading;
  for (QLabel* one : {position_, picture_, agents_}) one->setVisible(reading);
  if (reading) {
    drawReading(now);
  } else {
    drawList(*now.worklist);
  }
  const session::ImportJob* job = activeImport(*now.worklist);
  import_->setVisible(job != nullptr);
  cancel_->setVisible(job != nullptr);
  if (job != nullptr) {
    import_->setText(importWords(*job));
    cancel_->setEnabled(!job->cancelling);
  }
}

void StatusLine::drawList(const session::Worklist& list) {
  listed_ = true;
  value_->setText(list.total == 1 ? tr("1 case") : tr("%1 cases").arg(number(list.total)));
  saved_->hide();
}

void StatusLine::drawReading(const session::State& now) {
  if (listed_) value_->clear();
  listed_ = false;
  const view::ViewportState* shown = activeViewport(*now.reading);
  picture_->setText(shown == nullptr ? QString()
                                     : tr("zoom %1 × fit   W %2 L %3")
                                           .arg(local(formatNumber(shown->zoom, 1)),
                                                local(formatNumber(shown->window.width, 0)),
                                                local(formatNumber(shown->window.center, 0))));
  saved_->show();
  const bool unsaved = isSaving(now);
  saved_->setText(unsaved ? tr("saving…") : tr("all saved"));
  setRole(saved_, unsaved ? "caution" : "small");
  agents_->setText(now.agents->runs.empty() ? tr("no agents ran") : runWords(now.agents->runs.back()));
}

}  // namespace attest::ui
