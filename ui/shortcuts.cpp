#include "ui/shortcuts.h"

#include <QCoreApplication>
#include <QHash>

namespace attest::ui {
namespace {

QKeySequence sequence(const char* portable) {
  return QKeySequence::fromString(QString::fromLatin1(portable), QKeySequence::PortableText);
}

void addEverywhere(std::vector<Shortcut>& rows) {
  const auto add = [&rows](Command command, const char* key, const char* also, const char* words) {
    rows.push_back({command, Context::everywhere, sequence(key), sequence(also), words});
  };
  add(Command::help, "F1", "?", QT_TRANSLATE_NOOP("keys", "Keys of this screen"));
  add(Command::open_folder, "Ctrl+O", "", QT_TRANSLATE_NOOP("keys", "Open a folder of images"));
  add(Command::open_files, "Ctrl+Shift+O", "", QT_TRANSLATE_NOOP("keys", "Open files"));
  add(Command::full_screen, "F11", "", QT_TRANSLATE_NOOP("keys", "Full screen"));
  add(Command::lock, "Ctrl+Shift+L", "", QT_TRANSLATE_NOOP("keys", "Lock the screen; the case stays open"));
  add(Command::sign_out, "Ctrl+Shift+Q", "", QT_TRANSLATE_NOOP("keys", "Sign out"));
  add(Command::return_to_parked, "Ctrl+R", "", QT_TRANSLATE_NOOP("keys", "Back to the case parked last"));
}

void addWorklist(std::vector<Shortcut>& rows) {
  const auto add = [&rows](Command command, const char* key, const char* also, const char* words) {
    rows.push_back({command, Context::worklist, sequence(key), sequence(also), words});
  };
  add(Command::read_case, "Return", "Enter", QT_TRANSLATE_NOOP("keys", "Read the chosen case"));
  add(Command::search, "Ctrl+F", "/", QT_TRANSLATE_NOOP("keys", "Search"));
  add(Command::next_tab, "Ctrl+Tab", "", QT_TRANSLATE_NOOP("keys", "Next list"));
  add(Command::previous_tab, "Ctrl+Shift+Tab", "", QT_TRANSLATE_NOOP("keys", "Previous list"));
  add(Command::query_pacs, "Ctrl+Shift+P", "", QT_TRANSLATE_NOOP("keys", "Query a PACS, and set up nodes"));
  for (const Context context : {Context::worklist, Context::nodes}) {
    rows.push_back({Command::settings,
                    context,
                    sequence("Ctrl+,"),
                    {},
                    QT_TRANSLATE_NOOP("keys", "Your settings: language, appearance, lock")});
  }
  rows.push_back({Command::leave_nodes, Context::nodes, sequence("Ctrl+L"), sequence("Esc"),
                  QT_TRANSLATE_NOOP("keys", "Back to the worklist")});
}

void addTools(std::vector<Shortcut>& rows) {
  const auto add = [&rows](Command command, const char* key, const char* words) {
    rows.push_back({command, Context::viewer, sequence(key), {}, words});
  };
  add(Command::tool_window, "W", QT_TRANSLATE_NOOP("keys", "Window and level"));
  add(Command::tool_scroll, "S", QT_TRANSLATE_NOOP("keys", "Scroll through the slices"));
  add(Command::tool_pan, "P", QT_TRANSLATE_NOOP("keys", "Pan"));
  add(Command::tool_zoom, "Z", QT_TRANSLATE_NOOP("keys", "Zoom"));
  add(Command::tool_crosshair, "H", QT_TRANSLATE_NOOP("keys", "Crosshair"));
  add(Command::invert, "I", QT_TRANSLATE_NOOP("keys", "Invert grey"));
  add(Command::overlay, "G", QT_TRANSLATE_NOOP("keys", "Outlines on and off"));
  add(Command::slab, "M", QT_TRANSLATE_NOOP("keys", "Maximum intensity slab on and off"));
  for (int digit = 1; digit <= 9; ++digit) {
    rows.push_back({Command::preset,
                    Context::viewer,
                    QKeySequence(Qt::Key_0 + digit),
                    {},
                    QT_TRANSLATE_NOOP("keys", "Window preset of the modality"),
                    digit});
  }
  rows.push_back({Command::preset_shift,
                  Context::viewer,
                  sequence("Shift+6"),
                  {},
                  QT_TRANSLATE_NOOP("keys", "Second window preset of that key"),
                  6});
  add(Command::window_reset, "0", QT_TRANSLATE_NOOP("keys", "Window of the file, or from its values"));
  add(Command::reset_view, "=", QT_TRANSLATE_NOOP("keys", "Fit the image, undo zoom and pan"));
  add(Command::crosshair_lines, "Shift+H", QT_TRANSLATE_NOOP("keys", "Crosshair lines on and off"));
  add(Command::corner_texts, "Ctrl+T", QT_TRANSLATE_NOOP("keys", "Corner texts on and off"));
  add(Command::identity, "Ctrl+I", QT_TRANSLATE_NOOP("keys", "Hide who the patient is, and show"));
}

void addNavigation(std::vector<Shortcut>& rows) {
  const auto add = [&rows](Command command, const char* key, bool repeats, const char* words) {
    rows.push_back({command, Context::viewer, sequence(key), {}, words, 0, repeats});
  };
  add(Command::slice_up, "Up", true, QT_TRANSLATE_NOOP("keys", "One slice towards the head"));
  add(Command::slice_down, "Down", true, QT_TRANSLATE_NOOP("keys", "One slice towards the feet"));
  add(Command::ten_up, "Shift+Up", true, QT_TRANSLATE_NOOP("keys", "Ten slices up"));
  add(Command::ten_down, "Shift+Down", true, QT_TRANSLATE_NOOP("keys", "Ten slices down"));
  add(Command::first_slice, "Home", false, QT_TRANSLATE_NOOP("keys", "First slice"));
  add(Command::last_slice, "End", false, QT_TRANSLATE_NOOP("keys", "Last slice"));
  add(Command::previous_series, "PgUp", false, QT_TRANSLATE_NOOP("keys", "Previous series"));
  add(Command::next_series, "PgDown", false, QT_TRANSLATE_NOOP("keys", "Next series"));
  add(Command::next_viewport, "Tab", false, QT_TRANSLATE_NOOP("keys", "Next viewport"));
  add(Command::next_pane, "F6", false, QT_TRANSLATE_NOOP("keys", "Next pane: images, findings, series"));
  add(Command::layout_one, "Ctrl+1", false, QT_TRANSLATE_NOOP("keys", "One viewport"));
  add(Command::layout_two, "Ctrl+2", false, QT_TRANSLATE_NOOP("keys", "Two viewports"));
  add(Command::layout_four, "Ctrl+4", false, QT_TRANSLATE_NOOP("keys", "Four viewports: planes and 3D"));
  add(Command::maximize, "Ctrl+Space", false,
      QT_TRANSLATE_NOOP("keys", "The active viewport alone, and back"));
  add(Command::compare, "Ctrl+Tab", false, QT_TRANSLATE_NOOP("keys", "Current beside prior, and back"));
  add(Command::link, "Shift+L", false,
      QT_TRANSLATE_NOOP("keys", "Scroll current and prior together, or not"));
  add(Command::next_case, "Ctrl+PgDown", false,
      QT_TRANSLATE_NOOP("keys", "Next case of the queue; this one stays unsigned"));
  add(Command::park, "Ctrl+P", false,
      QT_TRANSLATE_NOOP("keys", "Park the case: it comes back as you left it"));
  add(Command::undo, "Ctrl+Z", true, QT_TRANSLATE_NOOP("keys", "Undo"));
  rows.push_back({Command::redo, Context::viewer, sequence("Ctrl+Y"), sequence("Ctrl+Shift+Z"),
                  QT_TRANSLATE_NOOP("keys", "Redo"), 0, true});
  add(Command::to_worklist, "Ctrl+L", false, QT_TRANSLATE_NOOP("keys", "Back to the worklist"));
}

void addReview(std::vector<Shortcut>& rows) {
  const auto add = [&rows](Context context, Command command, const char* key, const char* also,
                           const char* words) {
    rows.push_back({command, context, sequence(key), sequence(also), words});
  };
  constexpr auto review = Context::review;
  add(review, Command::read_done, "D", "",
      QT_TRANSLATE_NOOP("keys", "My own read is done: show what the agents propose"));
  add(review, Command::next_finding, "Space", "", QT_TRANSLATE_NOOP("keys", "Next unreviewed finding"));
  add(review, Command::previous_finding, "Shift+Space", "",
      QT_TRANSLATE_NOOP("keys", "Previous unreviewed finding"));
  add(review, Command::next_lesion, "N", "",
      QT_TRANSLATE_NOOP("keys", "Next earlier lesion to check, with keys of its own"));
  add(review, Command::confirm_structures, "Shift+Return", "",
      QT_TRANSLATE_NOOP("keys", "Confirm all structures"));
  add(review, Command::dismiss_rest, "Shift+X", "",
      QT_TRANSLATE_NOOP("keys", "Dismiss what is below threshold"));
  add(review, Command::sign, "Ctrl+Return", "Ctrl+Enter", QT_TRANSLATE_NOOP("keys", "Open the sign dialog"));
  add(review, Command::back, "Esc", "", QT_TRANSLATE_NOOP("keys", "Back to the first tool"));
  constexpr auto finding = Context::finding;
  add(finding, Command::accept, "Return", "Enter", QT_TRANSLATE_NOOP("keys", "Accept the finding and go on"));
  const auto addOutline = [&add](Context context) {
    add(context, Command::edit, "E", "", QT_TRANSLATE_NOOP("keys", "Edit the finding's outline"));
    add(context, Command::reject, "X", "", QT_TRANSLATE_NOOP("keys", "Reject the finding, with a reason"));
  };
  addOutline(finding);
  add(finding, Command::unsure, "U", "", QT_TRANSLATE_NOOP("keys", "Mark as unsure"));
  add(finding, Command::remove_drawn, "Del", "", QT_TRANSLATE_NOOP("keys", "Delete what you drew"));
  constexpr auto lesion = Context::lesion;
  add(lesion, Command::lesion_measured, "Return", "Enter",
      QT_TRANSLATE_NOOP("keys", "Measured: it is the finding beside it"));
  add(lesion, Command::lesion_resolved, "R", "",
      QT_TRANSLATE_NOOP("keys", "Resolved: it is no longer there"));
  add(lesion, Command::lesion_not_evaluable, "U", "", QT_TRANSLATE_NOOP("keys", "Cannot be evaluated here"));
  addOutline(lesion);
  for (int digit = 1; digit <= 9; ++digit) {
    rows.push_back({Command::reject_chip,
                    Context::rejecting,
                    QKeySequence(Qt::Key_0 + digit),
                    {},
                    QT_TRANSLATE_NOOP("keys", "Reject for that reason"),
                    digit});
  }
  add(Context::rejecting, Command::reject_cancel, "Esc", "", QT_TRANSLATE_NOOP("keys", "Do not reject"));
  constexpr auto editing = Context::editing;
  add(editing, Command::brush, "B", "", QT_TRANSLATE_NOOP("keys", "Brush"));
  add(editing, Command::eraser, "E", "", QT_TRANSLATE_NOOP("keys", "Eraser"));
  rows.push_back(
      {Command::smaller, editing, sequence("["), {}, QT_TRANSLATE_NOOP("keys", "Smaller brush"), 0, true});
  rows.push_back(
      {Command::larger, editing, sequence("]"), {}, QT_TRANSLATE_NOOP("keys", "Larger brush"), 0, true});
  add(editing, Command::edit_done, "Return", "Enter", QT_TRANSLATE_NOOP("keys", "Done: keep the correction"));
  add(editing, Command::edit_cancel, "Esc", "", QT_TRANSLATE_NOOP("keys", "Back to the outline as it was"));
}

}  // namespace

const std::vector<Shortcut>& shortcuts() {
  static const std::vector<Shortcut> table = [] {
    std::vector<Shortcut> rows;
    addEverywhere(rows);
    addWorklist(rows);
    addTools(rows);
    addNavigation(rows);
    addReview(rows);
    return rows;
  }();
  return table;
}

const std::vector<std::vector<Context>>& activeSets() {
  static const std::vector<std::vector<Context>> sets{
      {Context::everywhere, Context::worklist},
      {Context::everywhere, Context::nodes},
      {Context::everywhere, Context::viewer, Context::review, Context::finding},
      {Context::everywhere, Context::viewer, Context::review, Context::lesion},
      {Context::everywhere, Context::viewer, Context::editing},
      {Context::everywhere, Context::rejecting}};
  return sets;
}

QString name(Context context) {
  const auto tr = [](const char* source) { return QCoreApplication::translate("keys", source); };
  switch (context) {
    case Context::everywhere:
      return tr(QT_TRANSLATE_NOOP("keys", "Everywhere"));
    case Context::worklist:
      return tr(QT_TRANSLATE_NOOP("keys", "Worklist"));
    case Context::nodes:
      return tr(QT_TRANSLATE_NOOP("keys", "PACS"));
    case Context::viewer:
      return tr(QT_TRANSLATE_NOOP("keys", "Images"));
    case Context::review:
      return tr(QT_TRANSLATE_NOOP("keys", "Reading"));
    case Context::finding:
      return tr(QT_TRANSLATE_NOOP("keys", "The chosen finding"));
    case Context::lesion:
      return tr(QT_TRANSLATE_NOOP("keys", "The chosen earlier lesion"));
    case Context::rejecting:
      return tr(QT_TRANSLATE_NOOP("keys", "Choosing a reason"));
    case Context::editing:
      return tr(QT_TRANSLATE_NOOP("keys", "Editing a mask"));
  }
  return {};
}

QString keyHint(const QKeySequence& key) {
  static const QHash<QString, const char*> signs{
      {QStringLiteral("Return"), "⏎"},
      {QStringLiteral("Up"), "↑"},
      {QStringLiteral("Down"), "↓"},
      {QStringLiteral("Ctrl"), QT_TRANSLATE_NOOP("keys", "Ctrl")},
      {QStringLiteral("Shift"), QT_TRANSLATE_NOOP("keys", "Shift")},
      {QStringLiteral("Space"), QT_TRANSLATE_NOOP("keys", "Space")},
      {QStringLiteral("PgUp"), QT_TRANSLATE_NOOP("keys", "PgUp")},
      {QStringLiteral("PgDown"), QT_TRANSLATE_NOOP("keys", "PgDn")},
      {QStringLiteral("Home"), QT_TRANSLATE_NOOP("keys", "Home")},
      {QStringLiteral("End"), QT_TRANSLATE_NOOP("keys", "End")},
      {QStringLiteral("Del"), QT_TRANSLATE_NOOP("keys", "Delete")}};
  QStringList parts = key.toString(QKeySequence::PortableText).split(QLatin1Char('+'));
  for (QString& part : parts) {
    if (const char* sign = signs.value(part)) part = QCoreApplication::translate("keys", sign);
  }
  return parts.join(QLatin1Char(' '));
}

QString keyHint(Command command) {
  for (const Shortcut& row : shortcuts()) {
    if (row.command == command) return keyHint(row.key);
  }
  return {};
}

QString words(Command command) {
  for (const Shortcut& row : shortcuts()) {
    if (row.command == command) return QCoreApplication::translate("keys", row.words);
  }
  return {};
}

bool isPlainKey(const QKeySequence& key) {
  if (key.isEmpty()) return false;
  const QKeyCombination first = key[0];
  const bool function = first.key() >= Qt::Key_F1 && first.key() <= Qt::Key_F35;
  return !function &&
         !(first.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

}  // namespace attest::ui
