#pragma once

#include <QKeySequence>
#include <QString>
#include <vector>

namespace attest::ui {

/// Where a key means something. Several contexts are active at a time; see activeSets().
enum class Context { everywhere, worklist, nodes, viewer, review, finding, lesion, rejecting, editing };

enum class Command {
  help,
  open_folder,
  open_files,
  full_screen,
  settings,
  lock,
  sign_out,
  return_to_parked,
  read_case,
  query_pacs,
  leave_nodes,
  search,
  next_tab,
  previous_tab,
  tool_window,
  tool_scroll,
  tool_pan,
  tool_zoom,
  tool_crosshair,
  invert,
  overlay,
  slab,
  preset,
  preset_shift,
  window_reset,
  reset_view,
  crosshair_lines,
  corner_texts,
  identity,
  slice_up,
  slice_down,
  ten_up,
  ten_down,
  first_slice,
  last_slice,
  next_series,
  previous_series,
  next_viewport,
  next_pane,
  layout_one,
  layout_two,
  layout_four,
  maximize,
  compare,
  link,
  next_case,
  park,
  back,
  next_finding,
  previous_finding,
  next_lesion,
  read_done,
  accept,
  edit,
  reject,
  unsure,
  remove_drawn,
  lesion_measured,
  lesion_resolved,
  lesion_not_evaluable,
  confirm_structures,
  dismiss_rest,
  undo,
  redo,
  sign,
  to_worklist,
  reject_chip,
  reject_cancel,
  brush,
  eraser,
  smaller,
  larger,
  edit_done,
  edit_cancel
};

/// One row of the one table. The keyboard sheet, the tooltips, the key hints and the actions are all made
/// from it.
struct Shortcut {
  Command command;
  Context context;
  QKeySequence key;
  QKeySequence also;     ///< a second key for the same, or empty
  const char* words;     ///< what it does, for translation
  int number = 0;        ///< of the preset or the reason
  bool repeats = false;  ///< while the key is held
};
const std::vector<Shortcut>& shortcuts();

/// Contexts that can be active together; no key may stand twice within one set.
const std::vector<std::vector<Context>>& activeSets();
QString name(Context context);

/// The key of a command as a hint: "⏎", "Ctrl ⏎", "X"; empty where it has none.
QString keyHint(Command command);
QString keyHint(const QKeySequence& key);
/// What the command does, translated.
QString words(Command command);

/// A key that would be typed into a text field: it carries neither Ctrl nor Alt and is no function key.
bool isPlainKey(const QKeySequence& key);

}  // namespace attest::ui
