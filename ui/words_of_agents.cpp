#include <QCoreApplication>
#include <array>
#include <map>

#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(words)
};

// Nobody reads this table at run time: it tells lupdate what notePattern() can say.
[[maybe_unused]] constexpr std::array known{
    QT_TRANSLATE_NOOP("notes", "main block of %2: %1 image"),
    QT_TRANSLATE_NOOP("notes", "main block of %2: %1 images"),
    QT_TRANSLATE_NOOP("notes", "%1 structure"),
    QT_TRANSLATE_NOOP("notes", "%1 structures"),
    QT_TRANSLATE_NOOP("notes", "%1 finding"),
    QT_TRANSLATE_NOOP("notes", "%1 findings"),
    QT_TRANSLATE_NOOP("notes", "%1 more below threshold"),
    QT_TRANSLATE_NOOP("notes", "%1 sentence"),
    QT_TRANSLATE_NOOP("notes", "%1 sentences"),
    QT_TRANSLATE_NOOP("notes", "lungs %1, mean %2"),
    QT_TRANSLATE_NOOP("notes", "%1 of %2 results flagged"),
    QT_TRANSLATE_NOOP("notes", "noise %1"),
    QT_TRANSLATE_NOOP("notes", "%1 between slices: nodules below %2 may be missed"),
    QT_TRANSLATE_NOOP("notes", "%1 earlier lesion"),
    QT_TRANSLATE_NOOP("notes", "%1 earlier lesions"),
    QT_TRANSLATE_NOOP("notes", "%1 new finding"),
    QT_TRANSLATE_NOOP("notes", "%1 new findings"),
    QT_TRANSLATE_NOOP("notes", "no earlier study to compare with"),
    QT_TRANSLATE_NOOP("notes", "not aligned: this study has no volume"),
    QT_TRANSLATE_NOOP("notes", "not aligned: the earlier study has no volume of the kind"),
    QT_TRANSLATE_NOOP("notes", "not aligned: the images of the two studies do not match")};

}  // namespace

QString agentWords(const std::string& id) {
  static const std::map<std::string, const char*> known{
      {"study_context", QT_TRANSLATE_NOOP("words", "Study context")},
      {"lungs", QT_TRANSLATE_NOOP("words", "Lungs and airways")},
      {"body", QT_TRANSLATE_NOOP("words", "Body and bones")},
      {"lung_nodules", QT_TRANSLATE_NOOP("words", "Lung nodules")},
      {"lung_opacities", QT_TRANSLATE_NOOP("words", "Lung opacities")},
      {"measurement", QT_TRANSLATE_NOOP("words", "Lung volume and density")},
      {"prior", QT_TRANSLATE_NOOP("words", "Comparison with the earlier study")},
      {"qa", QT_TRANSLATE_NOOP("words", "Quality flags")},
      {"report_text", QT_TRANSLATE_NOOP("words", "Report text")}};
  if (const auto at = known.find(id); at != known.end()) return Words::tr(at->second);
  return text(id).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString noteWords(const Note& note) {
  if (note.code == NoteCode::text) return text(note.text);
  QString said = QCoreApplication::translate("notes", notePattern(note));
  for (const std::string& figure : noteFigures(note)) said = said.arg(local(figure));
  return said;
}

QString noteWords(const std::vector<Note>& notes) {
  QStringList parts;
  for (const Note& note : notes) parts << noteWords(note);
  return parts.join(QStringLiteral(" · "));
}

QString reasonWords(const Step& step) {
  const auto space = step.error.rfind(' ');
  if (space != std::string::npos) {  // "lungs failed": of an agent that it needs
    if (const auto state = stepState(step.error.substr(space + 1)))
      return QStringLiteral("%1: %2").arg(agentWords(step.error.substr(0, space)), words(*state));
  }
  return term(step.error);
}

}  // namespace attest::ui
