#include "ui/reading/reading_bar.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <array>

#include "core/base/format.h"
#include "core/view/corner_texts.h"
#include "core/view/presets.h"
#include "ui/commands.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using session::Tool;

constexpr int roomForKeys = 1600;

constexpr std::array tools{std::pair{Tool::window, Command::tool_window},
                           std::pair{Tool::scroll, Command::tool_scroll},
                           std::pair{Tool::pan, Command::tool_pan}, std::pair{Tool::zoom, Command::tool_zoom},
                           std::pair{Tool::crosshair, Command::tool_crosshair}};

std::string modalityOf(const session::Reading& reading, const view::ViewportState& viewport) {
  const CaseRecord* record = recordOf(reading, viewport.block);
  const Series* series = record == nullptr ? nullptr : findSeries(*record, viewport.block.series);
  return series == nullptr ? std::string() : series->info.modality;
}

QString windowWords(const Window& window) {
  return QStringLiteral("%1/%2").arg(text(formatNumber(window.width, 0)),
                                     text(formatNumber(window.center, 0)));
}

QString slabWords(const imaging::Slab& slab) {
  switch (slab.projection) {
    case imaging::Projection::none:
      return ReadingBar::tr("Slab off");
    case imaging::Projection::mip:
      return ReadingBar::tr("MIP %1").arg(local(formatMm(slab.thicknessMm)));
    case imaging::Projection::minip:
      return ReadingBar::tr("MinIP %1").arg(local(formatMm(slab.thicknessMm)));
    case imaging::Projection::mean:
      return ReadingBar::tr("Mean %1").arg(local(formatMm(slab.thicknessMm)));
  }
  return {};
}

void relabel(Button* button, const QString& words) {
  if (button->text() == words) return;
  button->setText(words);
  button->updateGeometry();
}

QMenu* attach(Button* button) {
  auto* menu = new QMenu;
  button->setMenu(menu);
  return menu;
}

QAction* addChecked(QMenu* menu, const QString& words, const QString& key, bool checked) {
  QAction* action = menu->addAction(key.isEmpty() ? words : QStringLiteral("%1\t%2").arg(words, key));
  action->setCheckable(true);
  action->setChecked(checked);
  return action;
}

}  // namespace

ReadingBar::ReadingBar(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      name_(new ElidedLabel("strong")),
      facts_(new ElidedLabel("small")),
      window_(named(new Button(tr("Window"), Button::Look::tool), QStringLiteral("windowMenu"),
                    tr("Window presets"))),
      layout_(
          named(new Button(tr("Layout"), Button::Look::tool), QStringLiteral("layoutMenu"), tr("Layout"))),
      slab_(named(new Button(tr("Slab off"), Button::Look::tool), QStringLiteral("slabMenu"), tr("Slab"))),
      view_(
          named(new Button(tr("Show"), Button::Look::tool), QStringLiteral("viewMenu"), tr("What is shown"))),
      windowMenu_(attach(window_)),
      layoutMenu_(attach(layout_)),
      slabMenu_(attach(slab_)),
      viewMenu_(attach(view_)),
      compare_(named(new Button(tr("Prior"), Button::Look::tool), QStringLiteral("compare"))),
      link_(named(new Button(tr("Linked"), Button::Look::tool), QStringLiteral("link"))),
      case_(named(new Button(tr("Case"), Button::Look::tool), QStringLiteral("caseMenu"), tr("This case"))),
      caseMenu_(attach(case_)),
      next_(named(new Button(tr("Next ›"), Button::Look::tool), QStringLiteral("nextCase"))),
      park_(named(new Button(tr("Park"), Button::Look::tool), QStringLiteral("park"))),
      sign_(named(new Button(tr("Sign…"), Button::Look::primary), QStringLiteral("sign"))) {
  named(this, QStringLiteral("readingBar"), tr("Tools"));
  setAttribute(Qt::WA_StyledBackground);
  setProperty("surface", "panel");
  setProperty("edge", "bottom");
  setFixedHeight(45);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 12, 1);
  row->setSpacing(4);
  addBanner(row);
  addTools(row);
  addMenus(row);
  addComparison(row);
  row->addStretch(0);
  row->addSpacing(8);
  addActs(row);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.reading != now.reading || old.exporting != now.exporting || old.queue != now.queue ||
        (old.review->edit.has_value() != now.review->edit.has_value()))
      draw(now);
  });
  draw(store_.state());
}

void ReadingBar::addBanner(QHBoxLayout* row) {
  auto* back = named(new Button(tr("‹ Worklist"), Button::Look::tool), QStringLiteral("toWorklist"),
                     tr("Back to the worklist"));
  back->setToolTip(QStringLiteral("%1 (%2)").arg(words(Command::to_worklist), keyHint(Command::to_worklist)));
  connect(back, &Button::clicked, this, [this] { store_.dispatch(act::CloseCase{}); });
  row->addWidget(back);
  row->addSpacing(8);
  auto* banner = named(new QWidget, QStringLiteral("patientBanner"), tr("Patient"));
  auto* lines = new QVBoxLayout(banner);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(0);
  lines->addStretch();
  lines->addWidget(named(name_, QStringLiteral("patientName")));
  lines->addWidget(named(facts_, QStringLiteral("patientFacts")));
  lines->addStretch();
  banner->setMinimumWidth(150);
  row->addWidget(banner, 1);
  row->addSpacing(8);
}

void ReadingBar::addComparison(QHBoxLayout* row) {
  for (const auto& [button, command] :
       {std::pair{compare_, Command::compare}, std::pair{link_, Command::link}}) {
    button->setKey(keyHint(command));
    button->setKeyShown(false);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(words(command), keyHint(command)));
    button->setCheckable(true);
    row->addWidget(button);
  }
  connect(compare_, &Button::clicked, this, [this] { store_.dispatch(act::ToggleComparison{}); });
  connect(link_, &Button::clicked, this, [this] { store_.dispatch(act::ToggleLinked{}); });
}

void ReadingBar::addActs(QHBoxLayout* row) {
  case_->setToolTip(tr("Export, priority, parked cases"));
  connect(caseMenu_, &QMenu::aboutToShow, this, &ReadingBar::fillCaseMenu);
  row->addWidget(case_);
  for (const auto& [button, command] :
       {std::pair{park_, Command::park}, std::pair{next_, Command::next_case}}) {
    button->setToolTip(QStringLiteral("%1 (%2)").arg(words(command), keyHint(command)));
    row->addWidget(button);
  }
  connect(park_, &Button::clicked, this, [this] { store_.dispatch(act::ParkCase{}); });
  connect(next_, &Button::clicked, this, [this] { store_.dispatch(act::OpenNext{}); });
  row->addSpacing(4);
  sign_->setKey(keyHint(Command::sign));
  sign_->setToolTip(tr("Open the sign dialog (%1); it never signs by itself").arg(keyHint(Command::sign)));
  connect(sign_, &Button::clicked, this, [this] { store_.dispatch(act::OpenSignDialog{}); });
  row->addWidget(sign_);
}

void ReadingBar::fillCaseMenu() {
  caseMenu_->clear();
  const session::State& now = store_.state();
  if (now.reading->record == nullptr) return;
  const CaseRow row = now.reading->record->row;
  const auto keyed = [](Command command) {
    return QStringLiteral("%1\t%2").arg(words(command), keyHint(command));
  };
  caseMenu_->addAction(keyed(Command::next_case), this, [this] { store_.dispatch(act::OpenNext{}); });
  caseMenu_->addAction(keyed(Command::park), this, [this] { store_.dispatch(act::ParkCase{}); });
  for (const session::ParkedCase& parked : now.queue->parked) {
    const QString name = text(view::personName(parked.row.patient.name.reveal()));
    caseMenu_->addAction(tr("Back to %1 (parked)").arg(name), this,
                         [this, id = parked.row.id] { store_.dispatch(act::OpenCase{id}); });
  }
  caseMenu_->addSeparator();
  for (const Priority priority : {Priority::stat, Priority::urgent, Priority::routine, Priority::research}) {
    connect(addChecked(caseMenu_, tr("Priority: %1").arg(words(priority)), {}, row.priority == priority),
            &QAction::triggered, this, [this, priority, id = row.id] {
              store_.dispatch(act::SetPriority{id, priority});
            });
  }
  caseMenu_->addSeparator();
  QAction* leave = caseMenu_->addAction(now.exporting->busy ? tr("Exporting…") : tr("Export into a folder…"),
                                        this, &ReadingBar::exportResults);
  leave->setEnabled(!now.exporting->busy);
}

void ReadingBar::addTools(QHBoxLayout* row) {
  row->addWidget(separator(Qt::Vertical));
  for (const auto& [tool, command] : tools) {
    auto* made =
        named(new Button(words(tool), Button::Look::tool), QStringLiteral("tool_%1").arg(keyHint(command)));
    made->setKey(keyHint(command));
    made->setToolTip(QStringLiteral("%1 (%2)").arg(words(command), keyHint(command)));
    made->setCheckable(true);
    connect(made, &Button::clicked, this, [this, chosen = tool] { store_.dispatch(act::SetTool{chosen}); });
    row->addWidget(made);
    tools_.emplace_back(tool, made);
  }
}

void ReadingBar::addMenus(QHBoxLayout* row) {
  row->addWidget(separator(Qt::Vertical));
  window_->setToolTip(tr("Window presets (1 to 9, 0 for the file's)"));
  layout_->setToolTip(
      tr("Layout (%1, %2, %3)")
          .arg(keyHint(Command::layout_one), keyHint(Command::layout_two), keyHint(Command::layout_four)));
  slab_->setToolTip(tr("Thick slab (%1)").arg(keyHint(Command::slab)));
  for (Button* one : {window_, layout_, slab_, view_}) row->addWidget(one);
  row->addWidget(separator(Qt::Vertical));
  connect(windowMenu_, &QMenu::aboutToShow, this, &ReadingBar::fillWindowMenu);
  connect(layoutMenu_, &QMenu::aboutToShow, this, &ReadingBar::fillLayoutMenu);
  connect(slabMenu_, &QMenu::aboutToShow, this, &ReadingBar::fillSlabMenu);
  connect(viewMenu_, &QMenu::aboutToShow, this, &ReadingBar::fillViewMenu);
}

void ReadingBar::exportResults() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Export into a folder"));
  if (!folder.isEmpty()) store_.dispatch(act::Export{utf8(folder), {"seg", "sr", "pdf", "nifti"}});
}

void ReadingBar::fillWindowMenu() {
  windowMenu_->clear();
  const session::Reading& reading = *store_.state().reading;
  const view::ViewportState* shown = activeViewport(reading);
  if (shown == nullptr) return;
  for (const view::Preset& preset : view::presets(modalityOf(reading, *shown))) {
    const QString key = preset.shift ? tr("Shift %1").arg(preset.key) : QString::number(preset.key);
    const QString name = term(std::string(preset.name));
    connect(addChecked(windowMenu_, QStringLiteral("%1  %2").arg(name, windowWords(preset.window)), key,
                       preset.window == shown->window),
            &QAction::triggered, this, [this, k = preset.key, s = preset.shift] {
              store_.dispatch(act::ApplyPreset{k, s});
            });
  }
  windowMenu_->addSeparator();
  windowMenu_->addAction(tr("Window of the file\t%1").arg(keyHint(Command::window_reset)), this,
                         [this] { store_.dispatch(act::ResetWindow{}); });
  connect(addChecked(windowMenu_, tr("Invert"), keyHint(Command::invert), shown->inverted),
          &QAction::triggered, this, [this] { store_.dispatch(act::ToggleInverted{}); });
}

void ReadingBar::fillLayoutMenu() {
  layoutMenu_->clear();
  const view::Layout& layout = store_.state().reading->layout;
  const auto add = [&](const QString& words, Command command, bool on, const session::Action& action) {
    connect(addChecked(layoutMenu_, words, keyHint(command), on), &QAction::triggered, this,
            [this, action] { store_.dispatch(action); });
  };
  add(QStringLiteral("1 × 1"), Command::layout_one, layout.rows == 1 && layout.cols == 1,
      act::SetRaster{1, 1});
  add(QStringLiteral("1 × 2"), Command::layout_two, layout.rows == 1 && layout.cols == 2,
      act::SetRaster{1, 2});
  add(tr("2 × 2: planes and 3D"), Command::layout_four, layout.rows == 2 && layout.cols == 2, act::ShowMpr{});
  layoutMenu_->addSeparator();
  add(tr("Active viewport alone"), Command::maximize, layout.maximized, act::ToggleMaximized{});
}

void ReadingBar::fillSlabMenu() {
  slabMenu_->clear();
  const session::Reading& reading = *store_.state().reading;
  const view::ViewportState* shown = activeViewport(reading);
  if (shown == nullptr) return;
  using imaging::Projection;
  using imaging::Slab;
  for (const Slab& slab :
       {Slab{}, Slab{Projection::mip, 5}, Slab{Projection::mip, 10}, Slab{Projection::mip, 20},
        Slab{Projection::minip, 10}, Slab{Projection::mean, 5}}) {
    const QString key = slab == Slab{Projection::mip, 10} ? keyHint(Command::slab) : QString();
    connect(addChecked(slabMenu_, slabWords(slab), key, slab == shown->slab), &QAction::triggered, this,
            [this, slab, at = reading.layout.active] {
              store_.dispatch(act::SetSlab{at, slab});
            });
  }
}

void ReadingBar::fillViewMenu() {
  viewMenu_->clear();
  const session::Reading& reading = *store_.state().reading;
  const auto add = [&](const QString& words, Command command, bool on, const session::Action& action) {
    connect(addChecked(viewMenu_, words, keyHint(command), on), &QAction::triggered, this,
            [this, action] { store_.dispatch(action); });
  };
  add(tr("Outlines"), Command::overlay, reading.overlays, act::ToggleOverlays{});
  add(tr("Crosshair lines"), Command::crosshair_lines, reading.crosshair, act::ToggleCrosshair{});
  add(tr("Corner texts"), Command::corner_texts, reading.cornerTexts, act::ToggleCornerTexts{});
  add(tr("Who the patient is"), Command::identity, !reading.identityHidden, act::ToggleIdentity{});
}

void ReadingBar::draw(const session::State& now) {
  const session::Reading& reading = *now.reading;
  drawBanner(reading);
  for (const auto& [tool, made] : tools_) made->setChecked(tool == reading.tool);
  const view::ViewportState* shown = activeViewport(reading);
  for (Button* one : {window_, layout_, slab_}) one->setEnabled(shown != nullptr);
  case_->setEnabled(reading.record != nullptr);
  park_->setEnabled(reading.record != nullptr);
  drawComparison(reading);
  sign_->setEnabled(reading.record != nullptr && !now.review->edit && !isSigned(*reading.record));
  if (shown == nullptr) return;
  const view::Preset* preset = view::activePreset(modalityOf(reading, *shown), shown->window);
  const QString values = windowWords(shown->window);
  relabel(window_, preset == nullptr ? tr("W/L %1").arg(values)
                                     : QStringLiteral("%1 %2").arg(term(std::string(preset->name)), values));
  relabel(layout_, reading.layout.maximized
                       ? QStringLiteral("1 × 1")
                       : QStringLiteral("%1 × %2").arg(reading.layout.rows).arg(reading.layout.cols));
  relabel(slab_, slabWords(shown->slab));
}

void ReadingBar::drawComparison(const session::Reading& reading) {
  const bool any = reading.record != nullptr && !reading.record->priors.empty();
  const bool comparing = any && isComparing(reading);
  compare_->setVisible(any);
  compare_->setChecked(comparing);
  link_->setVisible(comparing);
  link_->setChecked(reading.priors.linked);
  relabel(link_, reading.priors.linked ? tr("Linked") : tr("Not linked"));
}

void ReadingBar::drawBanner(const session::Reading& reading) {
  if (reading.record == nullptr) {
    name_->setText(tr("Opening…"));
    facts_->setText({});
    return;
  }
  const CaseRecord& record = *reading.record;
  QStringList facts;
  if (!reading.identityHidden) facts << text(record.patient.id.reveal());
  facts << sexAndAge(record.patient, record.study.date) << text(record.study.description)
        << dayWords(record.study.date);
  const std::string& accession = record.study.accession.reveal();
  if (!accession.empty() && !reading.identityHidden) facts << tr("acc %1").arg(text(accession));
  facts.removeAll(QString());
  name_->setText(reading.identityHidden ? tr("Name hidden")
                                        : text(view::personName(record.patient.name.reveal())));
  facts_->setText(facts.join(QStringLiteral(" · ")));
}

void ReadingBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  for (const auto& [tool, made] : tools_) made->setKeyShown(width() >= roomForKeys);
  for (Button* one : {next_, park_}) one->setVisible(width() >= roomForKeys);
}

}  // namespace attest::ui
