#include "ui/keys.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <algorithm>

namespace attest::ui {

bool isTextField(const QWidget* widget) {
  if (const auto* line = qobject_cast<const QLineEdit*>(widget)) return !line->isReadOnly();
  if (const auto* box = qobject_cast<const QComboBox*>(widget)) return box->isEditable();
  return qobject_cast<const QPlainTextEdit*>(widget) != nullptr ||
         qobject_cast<const QTextEdit*>(widget) != nullptr ||
         qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

Keys::Keys(QWidget* window) : QObject(window) {
  for (const Shortcut& row : shortcuts()) {
    auto* action = new QAction(words(row.command), window);
    QList<QKeySequence> keys{row.key};
    if (!row.also.isEmpty()) keys << row.also;
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setAutoRepeat(row.repeats);
    connect(action, &QAction::triggered, this, [this, &row] { Q_EMIT pressed(row); });
    window->addAction(action);
    actions_.emplace_back(&row, action);
  }
  connect(qApp, &QApplication::focusChanged, this, &Keys::refresh);
  refresh();
}

void Keys::setActive(const std::vector<Context>& contexts) {
  if (contexts == active_) return;
  active_ = contexts;
  refresh();
}

void Keys::setImages(const QWidget* images) {
  images_ = images;
}

void Keys::refresh() {
  const QWidget* focus = QApplication::focusWidget();
  const bool typing = isTextField(focus);
  const bool inImages =
      focus == nullptr || focus == images_ || (images_ != nullptr && images_->isAncestorOf(focus));
  for (const auto& [row, action] : actions_) {
    const bool listed = std::ranges::find(active_, row->context) != active_.end();
    const bool typed = typing && isPlainKey(row->key);
    action->setEnabled(listed && !typed && (row->command != Command::next_viewport || inImages));
  }
}

}  // namespace attest::ui
