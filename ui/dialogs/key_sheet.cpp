#include "ui/dialogs/key_sheet.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <array>
#include <span>

#include "ui/parts/button.h"
#include "ui/parts/chip.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

QString keysOf(const std::vector<const Shortcut*>& rows) {
  if (rows.size() > 1)
    return QStringLiteral("%1 – %2").arg(keyHint(rows.front()->key), keyHint(rows.back()->key));
  QString keys = keyHint(rows.front()->key);
  const QKeySequence& also = rows.front()->also;
  if (!also.isEmpty() && also[0].key() != Qt::Key_Enter) keys += QStringLiteral("   ") + keyHint(also);
  return keys;
}

using Rows = std::vector<const Shortcut*>;

/// The table's rows of one context, those of one command together.
std::vector<Rows> commandsOf(Context context) {
  std::vector<Rows> groups;
  for (const Shortcut& row : shortcuts()) {
    if (row.context != context) continue;
    if (groups.empty() || groups.back().front()->command != row.command) groups.emplace_back();
    groups.back().push_back(&row);
  }
  return groups;
}

QWidget* group(const QString& title, std::span<const Rows> commands) {
  auto* holder = new QWidget;
  auto* grid = new QGridLayout(holder);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(1, 1);
  grid->addWidget(label(title, "strong"), 0, 0, 1, 2);
  int line = 1;
  for (const Rows& rows : commands) {
    grid->addWidget(new Chip(keysOf(rows), Tone::neutral), line, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(label(words(rows.front()->command)), line++, 1);
  }
  holder->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  return holder;
}

}  // namespace

KeySheet::KeySheet(const std::vector<Context>& contexts, QWidget* parent) : QDialog(parent) {
  named(this, QStringLiteral("keySheet"), tr("Keys of this screen"));
  setWindowTitle(tr("Keys of this screen"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(24, 24, 24, 16);
  outer->setSpacing(16);
  outer->addWidget(label(tr("Keys of this screen"), "page"));
  auto* columns = new QHBoxLayout;
  columns->setSpacing(40);
  std::array<QVBoxLayout*, 3> stacks{new QVBoxLayout, new QVBoxLayout, new QVBoxLayout};
  for (auto* stack : stacks) {
    stack->setSpacing(20);
    columns->addLayout(stack, 1);
  }
  for (const Context context : contexts) {
    const std::vector<Rows> commands = commandsOf(context);
    if (context == Context::viewer) {  // long: tools left, moving about in the middle
      const std::span all(commands);
      const std::size_t half = (all.size() + 1) / 2;
      stacks[0]->addWidget(group(name(context), all.first(half)));
      stacks[1]->addWidget(group({}, all.subspan(half)));
    } else {
      stacks[contexts.size() > 2 ? 2 : 0]->addWidget(group(name(context), commands));
    }
  }
  for (auto* stack : stacks) stack->addStretch();
  outer->addLayout(columns);
  outer->addWidget(paragraph(
      tr("Wheel scrolls the image under the pointer; middle drag pans, right drag zooms, double click "
         "shows one viewport alone. Single keys rest while you type in a field."),
      "quiet"));
  auto* close = named(new Button(tr("Close"), Button::Look::primary), QStringLiteral("keySheetClose"));
  close->setKey(QStringLiteral("Esc"));
  connect(close, &Button::clicked, this, &QDialog::reject);
  outer->addWidget(close, 0, Qt::AlignLeft);
}

}  // namespace attest::ui
