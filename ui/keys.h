#pragma once

#include <QObject>
#include <utility>
#include <vector>

#include "ui/shortcuts.h"

class QAction;
class QWidget;

namespace attest::ui {

/// Turns the table of shortcuts into actions of a window. Only those of the active contexts are on; plain
/// keys are off while a text field has the keyboard, and Tab moves between viewports only while the images
/// have it.
class Keys final : public QObject {
  Q_OBJECT
 public:
  explicit Keys(QWidget* window);
  void setActive(const std::vector<Context>& contexts);
  /// The widget inside which Tab means the next viewport.
  void setImages(const QWidget* images);

 Q_SIGNALS:
  void pressed(const attest::ui::Shortcut& shortcut);

 private:
  void refresh();
  std::vector<std::pair<const Shortcut*, QAction*>> actions_;
  std::vector<Context> active_;
  const QWidget* images_ = nullptr;
};

/// Does this widget take typed words.
bool isTextField(const QWidget* widget);

}  // namespace attest::ui
