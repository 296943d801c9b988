#include "ui/pages/reading_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/error_words.h"
#include "ui/panels/agents_panel.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/findings_panel.h"
#include "ui/panels/report_panel.h"
#include "ui/parts/button.h"
#include "ui/parts/tabs.h"
#include "ui/parts/text.h"
#include "ui/reading/reading_bar.h"
#include "ui/reading/series_rail.h"
#include "ui/reading/viewer_grid.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr int sideWidth = 380;

}  // namespace

ReadingPage::ReadingPage(Store& store, ViewerServices services, QWidget* parent)
    : QWidget(parent),
      store_(store),
      rail_(new SeriesRail(store, services.parallel)),
      grid_(new ViewerGrid(store, services)),
      tabs_(named(new Tabs, QStringLiteral("panelTabs"), tr("Panels"))),
      panels_(new QStackedWidget),
      body_(new QWidget),
      failed_(named(new QWidget, QStringLiteral("openFailed"))),
      failedWords_(label({}, "page", QStringLiteral("openFailedWords"))),
      failedAdvice_(label({}, "quiet")) {
  named(this, QStringLiteral("readingPage"), tr("Reading room"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  outer->addWidget(new ReadingBar(store_));
  auto* row = new QHBoxLayout(body_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(rail_);
  row->addWidget(grid_, 1);
  row->addWidget(makeSide());
  outer->addWidget(body_, 1);
  auto* sorry = new QVBoxLayout(failed_);
  auto* back =
      named(new Button(tr("Back to the worklist"), Button::Look::primary), QStringLiteral("openFailedBack"));
  sorry->addStretch(2);
  for (QLabel* one : {failedWords_, failedAdvice_}) sorry->addWidget(one, 0, Qt::AlignHCenter);
  sorry->addSpacing(16);
  sorry->addWidget(back, 0, Qt::AlignHCenter);
  sorry->addStretch(3);
  outer->addWidget(failed_, 1);
  connect(back, &Button::clicked, this, [this] { store_.dispatch(act::CloseCase{}); });
  connect(grid_, &ViewerGrid::cursor, this, &ReadingPage::cursor);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.reading != now.reading || old.agents != now.agents || old.preferences != now.preferences)
      draw(now);
  });
  draw(store_.state());
}

QWidget* ReadingPage::makeSide() {
  auto* side = surface("panel", "left");
  side->setObjectName(QStringLiteral("side"));
  side->setFixedWidth(sideWidth);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(1, 0, 0, 0);
  column->setSpacing(0);
  auto* strip = surface("panel", "bottom");
  auto* row = new QHBoxLayout(strip);
  row->setContentsMargins(0, 0, 0, 1);
  for (const QString& name : {tr("Findings"), tr("Report"), tr("Agents"), tr("Details")}) tabs_->add(name);
  row->addWidget(tabs_);
  row->addStretch();
  column->addWidget(strip);
  panels_->addWidget(new FindingsPanel(store_));
  panels_->addWidget(new ReportPanel(store_));
  panels_->addWidget(new AgentsPanel(store_));
  panels_->addWidget(new DetailsPanel(store_));
  column->addWidget(panels_, 1);
  connect(tabs_, &Tabs::chosen, this,
          [this](int index) { store_.dispatch(act::SetTab{static_cast<session::Tab>(index)}); });
  return side;
}

const QWidget* ReadingPage::images() const {
  return grid_;
}

void ReadingPage::focusImages() {
  grid_->takeFocus();
}

void ReadingPage::nextPane() {
  const QWidget* focus = QApplication::focusWidget();
  if (focus != nullptr && panels_->parentWidget()->isAncestorOf(focus)) {
    rail_->takeFocus();
  } else if (focus != nullptr && rail_->isAncestorOf(focus)) {
    grid_->takeFocus();
  } else {
    tabs_->setFocus(Qt::TabFocusReason);
  }
}

void ReadingPage::draw(const session::State& now) {
  const session::Reading& reading = *now.reading;
  const bool failed = reading.error.has_value() && reading.record == nullptr;
  body_->setVisible(!failed);
  failed_->setVisible(failed);
  if (failed) {
    const ErrorWords said = words(*reading.error);
    failedWords_->setText(said.happened);
    failedAdvice_->setText(said.advice);
  }
  const int tab = static_cast<int>(reading.tab);
  tabs_->setCurrent(tab);
  panels_->setCurrentIndex(tab);
  QString badge;
  if (reading.record != nullptr && hidesProposals(now)) {
    badge = tr("AI waits");
  } else if (reading.record != nullptr) {
    const auto shown = shownFindings(now);
    const auto open = std::ranges::count_if(shown, [](const Item* item) { return isUnreviewed(*item); });
    const auto all = static_cast<std::ptrdiff_t>(shown.size());
    if (all > 0) badge = tr("%1 of %2").arg(all - open).arg(all);
  }
  tabs_->setBadge(0, badge, Tone::accent);
  const bool running = !now.agents->runs.empty() && isActive(now.agents->runs.back());
  tabs_->setBadge(2, running ? tr("running") : QString(), Tone::accent);
}

}  // namespace attest::ui
