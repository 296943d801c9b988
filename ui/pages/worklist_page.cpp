#include "ui/pages/worklist_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>
#include <array>

#include "ui/pages/top_bar.h"
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

using session::Filter;

/// The tabs, in their order.
constexpr std::array tabs{Filter::unread, Filter::stat, Filter::mine, Filter::signed_off, Filter::all};

QString words(Filter filter) {
  switch (filter) {
    case Filter::all:
      return WorklistPage::tr("All");
    case Filter::unread:
      return WorklistPage::tr("Unread");
    case Filter::stat:
      return WorklistPage::tr("STAT");
    case Filter::mine:
      return WorklistPage::tr("Mine");
    case Filter::signed_off:
      return WorklistPage::tr("Signed");
  }
  return {};
}

int tabOf(Filter filter) {
  return static_cast<int>(std::ranges::find(tabs, filter) - tabs.begin());
}

/// Widths by column; patient and description share what is left.
constexpr std::array<int, WorklistModel::columns> widths{66, 128, 0,  104, 76,  52, 92,
                                                         0,  136, 66, 200, 104, 124};
/// Columns that go where there is little room, in this order.
constexpr std::array leastNeeded{WorklistModel::region, WorklistModel::reader, WorklistModel::images,
                                 WorklistModel::id};
constexpr int leastPatient = 168;
constexpr int leastDescription = 200;

}  // namespace

WorklistPage::WorklistPage(Store& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      search_(named(new QLineEdit, QStringLiteral("search"), tr("Search"))),
      tabs_(named(new Tabs, QStringLiteral("worklistTabs"), tr("Lists"))),
      table_(named(new QTableView, QStringLiteral("worklistTable"), tr("Cases"))),
      model_(new WorklistModel(this)),
      empty_(named(new EmptyList, QStringLiteral("emptyList"))),
      stack_(new QStackedWidget) {
  named(this, QStringLiteral("worklistPage"), tr("Worklist"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  auto* bar = new TopBar(store_);
  fillTopBar(*bar);
  outer->addWidget(bar);
  auto* strip = surface("panel", "bottom");
  auto* stripRow = new QHBoxLayout(strip);
  stripRow->setContentsMargins(4, 0, 8, 1);
  for (const Filter filter : tabs) tabs_->add(words(filter));
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
  connect(tabs_, &Tabs::chosen, this,
          [this](int index) { store_.dispatch(act::SetFilter{tabs[static_cast<std::size_t>(index)]}); });
  search_->setText(text(store_.state().worklist->query));
  connect(search_, &QLineEdit::textChanged, this, &WorklistPage::search);
  search_->installEventFilter(this);
  connect(empty_, &EmptyList::folderWanted, this, &WorklistPage::folderWanted);
  connect(empty_, &EmptyList::pacsWanted, this, [this] { store_.dispatch(act::OpenNodes{}); });
  connect(empty_, &EmptyList::demoWanted, this, [this] { store_.dispatch(act::LoadDemo{}); });
  connect(empty_, &EmptyList::retry, this, &WorklistPage::search);
  connect(empty_, &EmptyList::clearSearch, this, [this] {
    search_->clear();
    store_.dispatch(act::SetFilter{Filter::all});
  });
  connect(&store_, &Store::changed, this, &WorklistPage::draw);
  draw({}, store_.state());
  drawList(*store_.state().worklist);
}

void WorklistPage::fillTopBar(TopBar& bar) {
  connect(&bar, &TopBar::helpWanted, this, &WorklistPage::helpWanted);
  QHBoxLayout* row = bar.middle();
  row->setSpacing(8);
  row->addStretch(1);
  search_->setPlaceholderText(
      tr("Search: words, or modality:CT  status:signed  id:4711   %1").arg(keyHint(Command::search)));
  search_->setToolTip(tr("Every word must match; a field looks in one column"));
  search_->setClearButtonEnabled(true);
  search_->setMinimumWidth(240);
  search_->setMaximumWidth(460);
  row->addWidget(search_, 4);
  auto* open = named(new Button(tr("Open")), QStringLiteral("openMenu"));
  open->setToolTip(tr("Bring in images from a folder, from files, from a PACS"));
  auto* menu = new QMenu;
  menu->addAction(tr("Folder…\t%1").arg(keyHint(Command::open_folder)), this, &WorklistPage::folderWanted);
  menu->addAction(tr("Files…\t%1").arg(keyHint(Command::open_files)), this, &WorklistPage::filesWanted);
  menu->addAction(tr("Query a PACS…\t%1").arg(keyHint(Command::query_pacs)), this,
                  [this] { store_.dispatch(act::OpenNodes{}); });
  menu->addSeparator();
  menu->addAction(tr("Load the demonstration"), this, [this] { store_.dispatch(act::LoadDemo{}); });
  open->setMenu(menu);
  row->addWidget(open);
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

void WorklistPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  shareWidth();
}

/// Names and descriptions keep their room: the least needed columns go.
void WorklistPage::shareWidth() {
  const session::Worklist& list = *store_.state().worklist;
  bool delivered = false;
  for (int row = list.firstVisible; row <= list.lastVisible && !delivered; ++row) {
    const CaseRow* shown = model_->row(row);
    delivered = shown != nullptr && !shown->delivery.empty();
  }
  table_->setColumnHidden(WorklistModel::delivery, !delivered);
  int left = table_->viewport()->width() - (delivered ? widths[WorklistModel::delivery] : 0);
  for (int i = 0; i < WorklistModel::delivery; ++i) left -= widths[static_cast<std::size_t>(i)];
  for (const auto column : leastNeeded) {
    const bool tight = left < leastPatient + leastDescription;
    table_->setColumnHidden(column, tight);
    if (tight) left += widths[column];
  }
  table_->setColumnWidth(WorklistModel::patient, std::max(leastPatient, left * 9 / 20));
}

void WorklistPage::focusSearch() {
  search_->setFocus();
  search_->selectAll();
}

void WorklistPage::stepTab(int by) {
  const int next = (tabs_->current() + by + tabs_->count()) % tabs_->count();
  store_.dispatch(act::SetFilter{tabs[static_cast<std::size_t>(next)]});
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
  store_.dispatch(act::Search{utf8(search_->text().trimmed())});
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
  if (old.worklist != now.worklist || old.preferences != now.preferences ||
      old.agents->cards.size() != now.agents->cards.size())
    drawList(*now.worklist);
}

void WorklistPage::drawList(const session::Worklist& list) {
  model_->show(store_.state().worklist, readsFirst(store_.state()));
  tabs_->setCurrent(tabOf(list.filter));
  shareWidth();
  const bool first =
      list.pages.empty() || (list.pages.size() == 1 && list.pages[0].loading && list.pages[0].count == 0);
  if (session::rowCount(list) > 0) {
    stack_->setCurrentWidget(table_);
    if (isVisible() && !search_->hasFocus()) table_->setFocus();
  } else {
    stack_->setCurrentWidget(empty_);
    const auto all = list.counts.find(Filter::all);  // it comes after the list
    if (list.error) {
      empty_->showError(*list.error);
    } else if (first || all == list.counts.end()) {
      empty_->showLoading();
    } else if (all->second == 0) {
      empty_->showWelcome(session::isMakingDemo(list));
    } else if (search_->text().trimmed().isEmpty()) {
      empty_->showNone(list.filter == Filter::unread);
    } else {
      empty_->showNoMatch();
    }
  }
  for (int i = 0; i < tabs_->count(); ++i) {
    const Filter filter = tabs[static_cast<std::size_t>(i)];
    const auto counted = list.counts.find(filter);
    const bool urgent = filter == Filter::stat && counted != list.counts.end() && counted->second > 0;
    if (counted != list.counts.end()) {
      tabs_->setBadge(i, QLocale().toString(static_cast<qlonglong>(counted->second)),
                      urgent ? Tone::danger : Tone::neutral);
    }
  }
  drawSelected(list);
}

void WorklistPage::drawSelected(const session::Worklist& list) {
  const int row = list.selected ? model_->find(*list.selected) : -1;
  if (row >= 0) {
    if (!table_->selectionModel()->isRowSelected(row)) table_->selectRow(row);
  } else if (table_->isVisible() && model_->rowCount() > 0) {
    // What is chosen is of another list: the row on which the table stands, once it is there.
    if (!table_->currentIndex().isValid()) table_->selectRow(0);
    select(table_->currentIndex().row());
  }
}

}  // namespace attest::ui
