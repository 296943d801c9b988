#include "ui/panels/report_panel.h"

#include <QAbstractTextDocumentLayout>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTimer>
#include <QToolTip>
#include <QUrl>
#include <QVBoxLayout>
#include <cmath>
#include <map>

#include "core/reporting/report_text.h"
#include "ui/commands.h"
#include "ui/error_words.h"
#include "ui/parts/button.h"
#include "ui/parts/chip.h"
#include "ui/parts/scroller.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr int pauseMs = 1200;
constexpr int leastHeight = 34;

QList<QTextEdit::ExtraSelection> marks(const QPlainTextEdit& field,
                                       const std::vector<reporting::LiveSentence>& sentences) {
  QList<QTextEdit::ExtraSelection> found;
  for (const auto& sentence : sentences) {
    QTextEdit::ExtraSelection mark;
    mark.cursor = field.document()->find(text(sentence.text), 0, QTextDocument::FindCaseSensitively);
    if (mark.cursor.isNull()) continue;
    mark.format.setBackground(blend(ui::palette().background, ui::palette().caution, 0.16));
    found << mark;
  }
  return found;
}

/// Who wrote a sentence and whether a person stands for it.
QString originWords(const reporting::LiveSentence& sentence) {
  if (sentence.madeBy.empty()) return ReportPanel::tr("written by a person");
  return sentence.confirmed ? ReportPanel::tr("by %1, confirmed").arg(agentWords(sentence.madeBy))
                            : ReportPanel::tr("by %1, not confirmed").arg(agentWords(sentence.madeBy));
}

/// "2 by Report text, not confirmed · 1 written by a person".
QString originSummary(const std::vector<reporting::LiveSentence>& sentences) {
  std::map<QString, int> counts;
  for (const auto& sentence : sentences) ++counts[originWords(sentence)];
  QStringList parts;
  for (const auto& [origin, count] : counts)
    parts << (counts.size() == 1 && count == 1 ? origin : QStringLiteral("%1 %2").arg(count).arg(origin));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

GrowingText::GrowingText(QWidget* parent) : QPlainTextEdit(parent) {
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTabChangesFocus(true);
  connect(this, &QPlainTextEdit::textChanged, this, &GrowingText::fit);
  fit();
}

void GrowingText::fit() {
  double tall =
      0;  // asking for each block lays it out; the document's own size leaves out what was never seen
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
    tall += document()->documentLayout()->blockBoundingRect(block).height();
  const int frame = 2 * (static_cast<int>(document()->documentMargin()) + 5);
  setFixedHeight(std::max(leastHeight, static_cast<int>(std::ceil(tall)) + frame + 2));
}

bool GrowingText::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip || !tips_) return QPlainTextEdit::viewportEvent(event);
  const auto& help = *static_cast<QHelpEvent*>(event);
  const QString said = tips_(cursorForPosition(help.pos()).position());
  QToolTip::showText(help.globalPos(), said, this);
  return true;
}

void GrowingText::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fit();
}

void GrowingText::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  Q_EMIT left();
}

void GrowingText::wheelEvent(QWheelEvent* event) {
  event->ignore();
}  // the panel scrolls

ReportPanel::ReportPanel(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      saved_(paragraph({}, "small", QStringLiteral("reportSaved"))),
      preview_(named(new Button(tr("Preview PDF")), QStringLiteral("previewPdf"))),
      export_(named(new Button(tr("Export PDF…"), Button::Look::quiet), QStringLiteral("exportPdf"))),
      pause_(new QTimer(this)) {
  named(this, QStringLiteral("reportPanel"), tr("Report"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  auto* area = scroller();
  auto* inside = new QWidget;
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(4);
  for (std::size_t i = 0; i < sectionKinds.size(); ++i) {
    sections_[i] = makeSection(sectionKinds[i]);
    auto* head = new QHBoxLayout;
    head->addWidget(label(words(sectionKinds[i]), "strong"), 1);
    head->addWidget(sections_[i].mark);
    head->addWidget(sections_[i].confirm);
    column->addLayout(head);
    column->addWidget(sections_[i].text);
    column->addWidget(sections_[i].origin);
    column->addSpacing(8);
  }
  column->addStretch();
  area->setWidget(inside);
  outer->addWidget(area, 1);
  outer->addWidget(makeFoot());
  pause_->setSingleShot(true);
  pause_->setInterval(pauseMs);
  connect(pause_, &QTimer::timeout, this, [this] { store_.dispatch(act::SaveReport{}); });
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    if (old.reading->record != now.reading->record || old.report != now.report ||
        old.exporting != now.exporting)
      draw(now);
    if (old.exporting->busy && !now.exporting->busy) openPreview(*now.exporting);
  });
  draw(store_.state());
}

ReportPanel::~ReportPanel() = default;

QWidget* ReportPanel::makeFoot() {
  auto* foot = surface("panel", "top");
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(12, 8, 12, 10);
  column->setSpacing(6);
  column->addWidget(saved_);
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  preview_->setToolTip(tr("Makes the PDF as it would leave now, and opens it"));
  export_->setToolTip(tr("Writes the PDF into a folder; before the signature every page says UNSIGNED"));
  row->addWidget(preview_);
  row->addWidget(export_);
  row->addStretch();
  column->addLayout(row);
  connect(preview_, &Button::clicked, this, &ReportPanel::preview);
  connect(export_, &Button::clicked, this, &ReportPanel::exportPdf);
  return foot;
}

void ReportPanel::preview() {
  if (previews_ == nullptr) previews_ = std::make_unique<QTemporaryDir>();
  if (previews_->isValid()) store_.dispatch(act::Export{utf8(previews_->path()), {"pdf"}});
}

void ReportPanel::exportPdf() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Export into a folder"));
  if (!folder.isEmpty()) store_.dispatch(act::Export{utf8(folder), {"pdf"}});
}

void ReportPanel::openPreview(const session::Exporting& done) {
  if (previews_ == nullptr || done.folder != utf8(previews_->path())) return;
  for (const session::ExportedFile& file : done.files)
    QDesktopServices::openUrl(QUrl::fromLocalFile(text(file.path)));
}

ReportPanel::Section ReportPanel::makeSection(SectionKind kind) {
  const QString id = QLatin1String(attest::name(kind));
  Section made{kind, new Chip,
               named(new Button(tr("Confirm"), Button::Look::link), QStringLiteral("confirm_%1").arg(id)),
               named(new GrowingText, QStringLiteral("section_%1").arg(id), words(kind)),
               paragraph({}, "small", QStringLiteral("origin_%1").arg(id))};
  made.confirm->setToolTip(tr("You stand for the marked sentences"));
  connect(made.confirm, &Button::clicked, this, [this, kind] { confirm(kind); });
  connect(made.text, &QPlainTextEdit::textChanged, this, [this, kind, field = made.text] {
    store_.dispatch(act::TypeSection{kind, utf8(field->toPlainText())});
    pause_->start();
  });
  connect(made.text, &GrowingText::left, this, [this] {
    pause_->stop();
    store_.dispatch(act::SaveReport{});
  });
  return made;
}

void ReportPanel::confirm(SectionKind kind) {
  const auto record = store_.state().reading->record;
  if (record == nullptr) return;
  for (const auto& sentence : reporting::unconfirmedSection(*record, kind))
    store_.dispatch(act::ConfirmSentence{sentence.id});
}

void ReportPanel::draw(const session::State& now) {
  if (now.reading->record == nullptr) return;
  for (Section& section : sections_) drawSection(section, now);
  preview_->setEnabled(!now.exporting->busy);
  export_->setEnabled(!now.exporting->busy);
  const session::ReportDraft& draft = *now.report;
  if (draft.error) {
    saved_->setText(tr("Not saved: %1 Your text is still here.").arg(words(*draft.error).happened));
  } else if (isUnsaved(draft)) {
    saved_->setText(draft.saving ? tr("Saving…") : tr("Not saved yet"));
  } else {
    saved_->setText(tr("Saved. Numbers follow the outlines until you sign."));
  }
  setRole(saved_, draft.error ? "danger" : "small");
}

void ReportPanel::drawSection(Section& section, const session::State& now) {
  const QString shown = text(session::shownText(*now.report, *now.reading->record, section.kind));
  if (section.text->toPlainText() != shown) {
    const QSignalBlocker quiet(section.text);
    const int at = section.text->textCursor().position();
    section.text->setPlainText(shown);
    QTextCursor cursor = section.text->textCursor();
    cursor.setPosition(std::min(at, static_cast<int>(shown.size())));
    section.text->setTextCursor(cursor);
    section.text->fit();
  }
  const bool typed = now.report->typed.contains(section.kind);
  const bool fixed = isSigned(*now.reading->record);
  const auto open = typed || fixed ? std::vector<reporting::LiveSentence>()
                                   : reporting::unconfirmedSection(*now.reading->record, section.kind);
  section.mark->set(open.empty() ? QString() : tr("written by an agent"), Tone::caution);
  section.confirm->setVisible(!open.empty());
  section.text->setExtraSelections(marks(*section.text, open));
  section.text->setReadOnly(fixed);
  const auto sentences = typed ? std::vector<reporting::LiveSentence>()
                               : reporting::liveSection(*now.reading->record, section.kind);
  section.origin->setText(originSummary(sentences));
  section.origin->setVisible(!sentences.empty());
  section.text->setTips([sentences, shown](int position) {
    for (const auto& sentence : sentences) {
      const auto at = shown.indexOf(text(sentence.text));
      if (at >= 0 && position >= at && position <= at + text(sentence.text).size())
        return originWords(sentence);
    }
    return QString();
  });
}

}  // namespace attest::ui
