#include "ui/pages/worklist_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <array>

#include "ui/parts/button.h"
#include "ui/parts/tabs.h"
#include "ui/parts/text.h"
#include "ui/shortcuts.h"
#include "ui/words.h"
#include "ui/worklist/preview_panel.h"
#include "ui/worklist/worklist_delegate.h"
#include "ui/worklist/worklist_model.h"

namespace attest::ui {
namespace {

namespace act = session::action;

struct SavedQuery {
  const char* name;
  const char* query;
};
constexpr std::array savedQueries{
    SavedQuery{QT_TRANSLATE_NOOP("WorklistPage", "All"), ""},
    SavedQuery{QT_TRANSLATE_NOOP("WorklistPage", "Ready"), "status:ready"},
    SavedQuery{QT_TRANSLATE_NOOP("WorklistPage", "In review"), "status:\"in review\""},
    SavedQuery{QT_TRANSLATE_NOOP("WorklistPage", "Signed"), "status:signed"}};

/// Widths at first, by column; the description takes what is left.
constexpr std::array<int, WorklistModel::columns> widths{66, 116, 168, 92, 80,  52,
                                                         84, 160, 124, 66, 178, 100};

}  // namespace

WorklistPage::WorklistPage(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      search_(named(new QLineEdit, QStringLiteral("search"), tr("Search"))),
      tabs_(named(new Tabs, QStringLiteral("worklistTabs"), tr("Lists"))),
      table_(named(new QTableView, QStringLiteral("worklistTable"), tr("Cases"))),
      model_(new WorklistModel(this)),
      empty_(named(new EmptyList, QStringLiteral("emptyList"))),
      stack_(new QStackedWidget),
      reader_(named(new Button({}, Button::Look::quiet), QStringLiteral("readerMenu"), tr("Reader"))) {
  named(this, QStringLiteral("worklistPage"), tr("Worklist"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  outer->addWidget(makeTopBar());
  auto* strip = surface("panel", "bottom");
  auto* stripRow = new QHBoxLayout(strip);
  stripRow->setContentsMargins(4, 0, 8, 1);
  for (const SavedQuery& saved : savedQueries) tabs_->add(tr(saved.name));
  stripRow->addWidget(tabs_);
  stripRow->addStretch();
  outer->addWidget(strip);
  makeTable();
  stack_->addWidget(table_);
  stack_->addWidget(empty_);
  auto* body = new QHBoxLayout;
  body->setSpacing(0);
  body->addWidget(stack_, 1);
  body->addWidget(new PreviewPanel(store_));
  outer->addLayout(body, 1);
  connect(tabs_, &Tabs::chosen, this, &WorklistPage::search);
  connect(search_, &QLineEdit::textChanged, this, &WorklistPage::search);
  search_->installEventFilter(this);
  connect(empty_, &EmptyList::folderWanted, this, &WorklistPage::folderWanted);
  connect(empty_, &EmptyList::filesWanted, this, &WorklistPage::filesWanted);
  connect(empty_, &EmptyList::retry, this, &WorklistPage::search);
  connect(empty_, &EmptyList::clearSearch, this, [this] {
    tabs_->setCurrent(0);
    search_->clear();
    search();
  });
  connect(&store_, &Store::changed, this, &WorklistPage::draw);
  draw({}, store_.state());
  drawList(*store_.state().worklist);
}

QWidget* WorklistPage::makeTopBar() {
  auto* bar = surface("panel", "bottom");
  bar->setFixedHeight(45);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(12, 0, 12, 1);
  row->setSpacing(8);
  auto* product = label(QStringLiteral("Attest"), "strong", QStringLiteral("product"));
  row->addWidget(product);
  row->addSpacing(16);
  row->addWidget(label(tr("Worklist"), "quiet"));
  row->addStretch(1);
  search_->setPlaceholderText(
      tr("Search: words, or modality:CT  status:signed  id:4711   %1").arg(keyHint(Command::search)));
  search_->setClearButtonEnabled(true);
  search_->setMinimumWidth(240);
  search_->setMaximumWidth(460);
  row->addWidget(search_, 4);
  auto* open = named(new Button(tr("Open")), QStringLiteral("openMenu"));
  auto* menu = new QMenu;
  menu->addAction(tr("Folder…"), this, &WorklistPage::folderWanted)->setShortcut(QKeySequence());
  menu->addAction(tr("Files…"), this, &WorklistPage::filesWanted);
  open->setMenu(menu);
  row->addWidget(open);
  row->addWidget(separator(Qt::Vertical));
  auto* readerMenu = new QMenu;
  readerMenu->addAction(tr("Keys of this screen"), this, &WorklistPage::helpWanted);
  readerMenu->addSeparator();
  readerMenu->addAction(tr("Lock"), this, [this] { store_.dispatch(act::Lock{}); });
  readerMenu->addAction(tr("Sign out"), this, [this] { store_.dispatch(act::SignOut{}); });
  reader_->setMenu(readerMenu);
  row->addWidget(reader_);
  return bar;
}

void WorklistPage::makeTable() {
  table_->setModel(model_);
  table_->setItemDelegate(new WorklistDelegate(table_));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setShowGrid(false);
  table_->setMouseTracking(true);
  table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(WorklistDelegate::rowHeight);
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->setTabKeyNavigation(false);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  for (int i = 0; i < WorklistModel::columns; ++i)
    table_->setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
  table_->horizontalHeader()->setSectionResizeMode(WorklistModel::description, QHeaderView::Stretch);
  connect(table_->verticalScrollBar(), &QScrollBar::valueChanged, this, &WorklistPage::showRows);
  connect(table_->verticalScrollBar(), &QScrollBar::rangeChanged, this, &WorklistPage::showRows);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& now) { select(now.row()); });
  connect(table_, &QTableView::doubleClicked, this, &WorklistPage::readSelected);
}

/// The description keeps its room: where the window is narrow, the least needed columns go.
void WorklistPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int room = width();
  table_->setColumnHidden(WorklistModel::region, room < 1500);
  table_->setColumnHidden(WorklistModel::reader, room < 1400);
  table_->setColumnHidden(WorklistModel::images, room < 1300);
  table_->setColumnHidden(WorklistModel::id, room < 1200);
}

void WorklistPage::focusSearch() {
  search_->setFocus();
  search_->selectAll();
}

void WorklistPage::stepTab(int by) {
  tabs_->setCurrent((tabs_->current() + by + tabs_->count()) % tabs_->count());
  search();
}

void WorklistPage::readSelected() {
  if (const auto& id = store_.state().worklist->selected) store_.dispatch(act::OpenCase{*id});
}

bool WorklistPage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == search_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Escape) {
      if (key == Qt::Key_Escape) search_->clear();
      table_->setFocus();
      if (!table_->currentIndex().isValid() && model_->rowCount() > 0) table_->selectRow(0);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void WorklistPage::search() {
  const QString saved = QLatin1String(savedQueries[static_cast<std::size_t>(tabs_->current())].query);
  store_.dispatch(act::Search{utf8((saved + QLatin1Char(' ') + search_->text()).trimmed())});
}

void WorklistPage::showRows() {
  if (model_->rowCount() == 0) return;
  const int first = std::max(0, table_->rowAt(0));
  const int last = table_->rowAt(table_->viewport()->height() - 1);
  store_.dispatch(act::ShowRows{first, last < 0 ? model_->rowCount() - 1 : last});
}

void WorklistPage::select(int row) {
  const CaseRow* shown = row < 0 ? nullptr : model_->row(row);
  if (shown != nullptr && shown->id != store_.state().worklist->selected)
    store_.dispatch(act::SelectCase{shown->id});
}

void WorklistPage::draw(const session::State& old, const session::State& now) {
  if (old.signIn != now.signIn) {
    const auto& reader = now.signIn->reader;
    QString role;
    for (const Role one :
         {Role::admin, Role::resident, Role::reader, Role::attending}) {  // the last one is shown
      if (reader && reader->roles.contains(one)) role = words(one);
    }
    reader_->setText(reader ? QStringLiteral("%1 · %2").arg(text(reader->id.value), role) : QString());
    reader_->updateGeometry();
  }
  if (old.worklist != now.worklist) drawList(*now.worklist);
}

void WorklistPage::drawList(const session::Worklist& list) {
  model_->show(store_.state().worklist);
  const bool first =
      list.pages.empty() || (list.pages.size() == 1 && list.pages[0].loading && list.pages[0].count == 0);
  if (session::rowCount(list) > 0) {
    stack_->setCurrentWidget(table_);
    if (isVisible() && !search_->hasFocus()) table_->setFocus();
    if (!list.selected && table_->isVisible()) table_->selectRow(0);
  } else {
    stack_->setCurrentWidget(empty_);
    if (list.error) {
      empty_->showError(*list.error);
    } else if (first) {
      empty_->showLoading();
    } else if (search_->text().trimmed().isEmpty()) {
      empty_->showWelcome(tabs_->current() == 0);
    } else {
      empty_->showNoMatch();
    }
  }
  for (int i = 0; i < tabs_->count(); ++i) {
    if (i == tabs_->current() && !first)
      tabs_->setBadge(i, QLocale().toString(static_cast<qlonglong>(list.total)));
  }
  if (list.selected) {
    const int row = model_->find(*list.selected);
    if (row >= 0 && row != table_->currentIndex().row()) table_->selectRow(row);
  }
}

}  // namespace attest::ui
