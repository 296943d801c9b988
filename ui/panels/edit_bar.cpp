#include "ui/panels/edit_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>
#include <array>
#include <cmath>

#include "core/base/format.h"
#include "ui/parts/button.h"
#include "ui/parts/card.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

// The slider is logarithmic: a step is 2 %, a radius of 0.5 mm at its left end, of about 50 mm at its right.
constexpr double smallestMm = 0.5;
constexpr double stepFactor = 1.02;
constexpr int steps = 233;

int toSlider(double mm) {
  return static_cast<int>(std::lround(std::log(mm / smallestMm) / std::log(stepFactor)));
}
double fromSlider(int value) {
  return smallestMm * std::pow(stepFactor, value);
}

Button* toolButton(session::Tool tool, Command command, const char* name) {
  auto* made = named(new Button(words(tool), Button::Look::tool), QLatin1String(name));
  made->setCheckable(true);
  made->setKey(keyHint(command));
  return made;
}

Button* keyed(const QString& words, Command command, Button::Look look, const char* name) {
  auto* made = named(new Button(words, look), QLatin1String(name));
  made->setKey(keyHint(command));
  return made;
}

}  // namespace

EditBar::EditBar(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      title_(paragraph({}, "strong", QStringLiteral("editTitle"))),
      saved_(label({}, "small", QStringLiteral("editSaved"))),
      brush_(toolButton(session::Tool::brush, Command::brush, "brush")),
      eraser_(toolButton(session::Tool::eraser, Command::eraser, "eraser")),
      size_(named(new QSlider(Qt::Horizontal), QStringLiteral("brushSize"), tr("Brush diameter"))),
      sizeWords_(label({}, "quiet", QStringLiteral("brushSizeWords"))),
      undo_(keyed(tr("Undo"), Command::undo, Button::Look::plain, "undoStroke")),
      redo_(keyed(tr("Redo"), Command::redo, Button::Look::plain, "redoStroke")) {
  named(this, QStringLiteral("editBar"), tr("Editing"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card;
  card->setChosen(true);
  outer->addWidget(card);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(saved_, 0, Qt::AlignTop);
  card->body()->addLayout(head);
  auto* tools = new QHBoxLayout;
  tools->setSpacing(4);
  tools->addWidget(brush_);
  tools->addWidget(eraser_);
  tools->addWidget(size_, 1);
  tools->addWidget(sizeWords_);
  card->body()->addLayout(tools);
  auto* done = keyed(tr("Done"), Command::edit_done, Button::Look::primary, "editDone");
  auto* cancel = keyed(tr("Take back"), Command::edit_cancel, Button::Look::plain, "editCancel");
  for (const auto& pair : {std::array{undo_, redo_}, std::array{done, cancel}}) {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    for (Button* one : pair) {
      one->setWide(true);
      row->addWidget(one, 1);
    }
    card->body()->addLayout(row);
  }
  size_->setRange(0, steps);
  size_->setToolTip(
      tr("Brush diameter (%1 smaller, %2 larger)").arg(keyHint(Command::smaller), keyHint(Command::larger)));
  connect(brush_, &Button::clicked, this, [this] { store_.dispatch(act::SetTool{session::Tool::brush}); });
  connect(eraser_, &Button::clicked, this, [this] { store_.dispatch(act::SetTool{session::Tool::eraser}); });
  connect(size_, &QSlider::valueChanged, this,
          [this](int value) { store_.dispatch(act::SetBrushRadius{fromSlider(value)}); });
  connect(undo_, &Button::clicked, this, [this] { store_.dispatch(act::Undo{store_.now()}); });
  connect(redo_, &Button::clicked, this, [this] { store_.dispatch(act::Redo{store_.now()}); });
  connect(done, &Button::clicked, this, [this] { store_.dispatch(act::FinishEdit{store_.now()}); });
  connect(cancel, &Button::clicked, this, [this] { store_.dispatch(act::CancelEdit{store_.now()}); });
}

void EditBar::draw(const session::State& state) {
  const auto& edit = state.review->edit;
  setVisible(edit.has_value());
  if (!edit) return;
  title_->setText(edit->isNew ? tr("Drawing “%1”").arg(term(edit->before.label))
                              : tr("Editing “%1”").arg(term(edit->before.label)));
  const bool unsaved = edit->mask != edit->saved;
  saved_->setText(unsaved ? tr("saving…") : edit->undo.empty() ? QString() : tr("saved"));
  brush_->setChecked(state.reading->tool == session::Tool::brush);
  eraser_->setChecked(state.reading->tool == session::Tool::eraser);
  const QSignalBlocker quiet(size_);
  size_->setValue(toSlider(state.review->brushRadiusMm));
  sizeWords_->setText(tr("Ø %1", "a diameter").arg(local(formatMm(2 * state.review->brushRadiusMm))));
  const int strokes = static_cast<int>(edit->undo.size());
  undo_->setEnabled(strokes > 0);
  undo_->setText(strokes > 0 ? tr("Undo stroke %1").arg(strokes) : tr("Undo"));
  redo_->setEnabled(!edit->redo.empty());
  redo_->setText(edit->redo.empty() ? tr("Redo") : tr("Redo stroke %1").arg(strokes + 1));
}

}  // namespace attest::ui
