#include "ui/panels/agents_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/error_words.h"
#include "ui/parts/bar.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/chip.h"
#include "ui/parts/mark.h"
#include "ui/parts/scroller.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

const AgentCard* cardOf(const session::Agents& agents, const std::string& id) {
  const auto at = std::ranges::find(agents.cards, id, &AgentCard::id);
  return at == agents.cards.end() ? nullptr : &*at;
}

QString runWords(RunState state) {
  switch (state) {
    case RunState::queued:
      return AgentsPanel::tr("waiting");
    case RunState::running:
      return AgentsPanel::tr("running");
    case RunState::done:
      return AgentsPanel::tr("done");
    case RunState::failed:
      return AgentsPanel::tr("failed");
    case RunState::cancelled:
      return AgentsPanel::tr("stopped");
  }
  return {};
}

Tone runTone(RunState state) {
  switch (state) {
    case RunState::running:
      return Tone::accent;
    case RunState::done:
      return Tone::good;
    case RunState::failed:
      return Tone::danger;
    default:
      return Tone::neutral;
  }
}

QString stepFacts(const Step& step) {
  QStringList facts{words(step.state)};
  if (const QString took = secondsWords(step.seconds); !took.isEmpty()) facts << took;
  if (step.attempts > 1) facts << AgentsPanel::tr("%1 tries").arg(step.attempts);
  return facts.join(QStringLiteral(" · "));
}

/// What the agent noted tells what it found: not before the reader's own read is done (`hidden`).
QWidget* stepCard(const session::Agents& agents, const Step& step, bool hidden) {
  const AgentCard* card = cardOf(agents, step.agent);
  auto* holder = named(new Card, QStringLiteral("step_%1").arg(step.number));
  holder->body()->setSpacing(4);
  auto* head = new QHBoxLayout;
  head->setSpacing(8);
  head->addWidget(new Mark(step.state));
  const QString title = agentWords(step.agent);
  head->addWidget(paragraph(title, "strong"), 1);
  head->addWidget(label(stepFacts(step), "quiet"));
  holder->setAccessibleName(QStringLiteral("%1, %2").arg(title, stepFacts(step)));
  holder->body()->addLayout(head);
  if (step.state == StepState::running) holder->body()->addWidget(new Bar(step.progress));
  if (!step.notes.empty() && !hidden) holder->body()->addWidget(paragraph(noteWords(step.notes), "quiet"));
  if (!step.error.empty()) {
    holder->body()->addWidget(
        paragraph(reasonWords(step), step.state == StepState::failed ? "danger" : "caution"));
  }
  QStringList origin{AgentsPanel::tr("version %1").arg(text(step.agentVersion))};
  if (card != nullptr && !card->operatingPoint.empty()) origin << term(card->operatingPoint);
  holder->body()->addWidget(paragraph(origin.join(QStringLiteral(" · ")), "small"));
  if (card != nullptr) {
    holder->setToolTip(AgentsPanel::tr("What it is for: %1\nHow it works: %2\nIts limits: %3")
                           .arg(text(card->intendedUse), text(card->method), text(card->limitations)));
  }
  return holder;
}

}  // namespace

AgentsPanel::AgentsPanel(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      title_(label(tr("Agents"), "strong", QStringLiteral("runTitle"))),
      facts_(paragraph({}, "small", QStringLiteral("runFacts"))),
      state_(new Chip),
      steps_(new QVBoxLayout),
      error_(paragraph({}, "danger", QStringLiteral("runError"))),
      again_(named(new Button(tr("Run the agents")), QStringLiteral("runAgain"))),
      stop_(named(new Button(tr("Stop")), QStringLiteral("stopRun"))) {
  named(this, QStringLiteral("agentsPanel"), tr("Agents"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  auto* area = scroller();
  auto* inside = new QWidget;
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(8, 12, 8, 8);
  column->setSpacing(8);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(4, 0, 4, 0);
  head->addWidget(title_, 1);
  head->addWidget(state_);
  column->addLayout(head);
  facts_->setContentsMargins(4, 0, 4, 0);
  column->addWidget(facts_);
  steps_->setSpacing(6);
  column->addLayout(steps_);
  column->addWidget(error_);
  column->addStretch();
  area->setWidget(inside);
  outer->addWidget(area, 1);
  auto* foot = surface("panel", "top");
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(12, 8, 12, 8);
  row->addWidget(again_);
  row->addWidget(stop_);
  row->addStretch();
  outer->addWidget(foot);
  connect(again_, &Button::clicked, this, [this] { store_.dispatch(act::Analyze{}); });
  connect(stop_, &Button::clicked, this, [this] {
    const session::Agents& agents = *store_.state().agents;
    if (!agents.runs.empty() && isActive(agents.runs.back()))
      store_.dispatch(act::StopRun{agents.runs.back().id});
  });
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.agents != now.agents || hidesProposals(old) != hidesProposals(now)) draw(now);
  });
  draw(store_.state());
}

void AgentsPanel::draw(const session::State& now) {
  const session::Agents& agents = *now.agents;
  clear(steps_);
  const bool active = !agents.runs.empty() && isActive(agents.runs.back());
  if (agents.runs.empty()) {
    state_->set({}, Tone::neutral);
    facts_->setText(
        tr("No agent has looked at this case yet. They read the images and propose; only you accept."));
  } else {
    drawRun(now, agents.runs.back());
  }
  const bool stopping =
      active && std::ranges::find(agents.stopping, agents.runs.back().id) != agents.stopping.end();
  again_->setText(agents.starting       ? tr("Starting…")
                  : agents.runs.empty() ? tr("Run the agents")
                                        : tr("Run again"));
  again_->updateGeometry();
  again_->setEnabled(!active && !agents.starting);
  stop_->setVisible(active);
  stop_->setText(stopping ? tr("Stopping…") : tr("Stop"));
  stop_->setEnabled(!stopping);
  stop_->updateGeometry();
  if (agents.error) {
    const ErrorWords said = words(*agents.error);
    error_->setText(said.happened + QLatin1Char(' ') + said.advice);
  }
  error_->setVisible(agents.error.has_value());
}

void AgentsPanel::drawRun(const session::State& now, const Run& run) {
  const session::Agents& agents = *now.agents;
  state_->set(runWords(run.state), runTone(run.state));
  double seconds = 0;
  for (const Step& step : run.steps) seconds += step.seconds;
  QStringList facts{text(run.pipeline), momentWords(run.created)};
  if (!isActive(run) && seconds > 0) facts << secondsWords(seconds);
  if (run.priority != Priority::routine) facts << words(run.priority);
  if (agents.runs.size() > 1) facts << tr("%1 earlier").arg(agents.runs.size() - 1);
  facts_->setText(facts.join(QStringLiteral(" · ")));
  for (const Step& step : run.steps) steps_->addWidget(stepCard(agents, step, hidesProposals(now)));
}

}  // namespace attest::ui
