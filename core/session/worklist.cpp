#include "core/session/worklist.h"

#include <algorithm>

#include "core/session/turn.h"

namespace attest::session {
namespace {

/// Rows are kept for pages at most this far from those on screen.
constexpr int keptPages = 5;

ImportJob* importJob(Turn& turn, Ticket ticket) {
  auto& jobs = turn.change(&State::worklist).imports;
  const auto at = std::ranges::find(jobs, ticket, &ImportJob::ticket);
  return at == jobs.end() ? nullptr : &*at;
}

/// What is typed, within the tab.
std::string wholeQuery(const Turn& turn) {
  const Worklist& worklist = *turn.state().worklist;
  const auto& reader = turn.state().signIn->reader;
  std::string query = queryOf(worklist.filter, reader ? reader->id : ReaderId{});
  if (!query.empty() && !worklist.query.empty()) query += ' ';
  return query + worklist.query;
}

void load(Turn& turn, const Worklist& worklist, int page, std::optional<std::int64_t> after) {
  turn.perform(effect::LoadWorklistPage{worklist.generation, page, wholeQuery(turn), after});
}

void countCases(Turn& turn) {
  const auto& reader = turn.state().signIn->reader;
  if (!reader) return;
  for (const Filter filter : filters) turn.perform(effect::CountCases{filter, queryOf(filter, reader->id)});
}

/// From the top, with what is asked for by then.
void searchAnew(Turn& turn) {
  Worklist& worklist = turn.change(&State::worklist);
  worklist.firstVisible = worklist.lastVisible = 0;
  worklist.reloading = false;
  reloadWorklist(turn);
}

int rowsOf(const std::vector<WorklistPage>& pages) {
  int rows = 0;
  for (const WorklistPage& page : pages) rows += page.count;
  return rows;
}

void on(Turn& turn, const action::Search& action) {
  turn.change(&State::worklist).query = action.query;
  searchAnew(turn);
}

void on(Turn& turn, const action::SetFilter& action) {
  turn.change(&State::worklist).filter = action.filter;
  searchAnew(turn);
}

void on(Turn& turn, const action::CasesCounted& action) {
  turn.change(&State::worklist).counts[action.filter] = action.count;
}

void on(Turn& turn, const action::SetPriority& action) {
  if (const Reader* reader = actor(turn.state())) {
    turn.perform(effect::SetPriority{action.id, reader->id, action.priority});
  }
}

void on(Turn& turn, const action::PriorityFailed& action) {
  turn.notify(NoticeKind::priority_failed, action.error);
}

/// Loads what the screen needs of the known pages, forgets the rows of those far away, and goes on at the
/// end.
void on(Turn& turn, const action::ShowRows& action) {
  Worklist& worklist = turn.change(&State::worklist);
  worklist.firstVisible = std::max(0, action.first);
  worklist.lastVisible = std::max(worklist.firstVisible, action.last);
  if (worklist.reloading || worklist.pages.empty()) return;
  const int first = worklist.firstVisible / worklistPageSize;
  const int last = worklist.lastVisible / worklistPageSize + 1;  // the next page is there before the hand
  for (int index = 0; index < static_cast<int>(worklist.pages.size()); ++index) {
    WorklistPage& page = worklist.pages[static_cast<std::size_t>(index)];
    if (index < first - keptPages || index > last + keptPages) page.rows.reset();
    if (index < first || index > last || page.rows || page.loading) continue;
    page.loading = true;
    load(turn, worklist, index, page.after);
  }
  const WorklistPage end = worklist.pages.back();
  const int next = static_cast<int>(worklist.pages.size());
  if (worklist.complete || end.loading || next > last) return;
  worklist.pages.push_back({.after = end.last, .rows = nullptr, .loading = true});
  load(turn, worklist, next, end.last);
}

/// Fills a page; true where it was the last one of the list.
bool fill(WorklistPage& page, const action::WorklistPageLoaded& loaded) {
  page.loading = false;
  page.count = static_cast<int>(loaded.rows.size());
  if (!loaded.rows.empty()) page.last = loaded.rows.back().recency;
  page.rows = std::make_shared<const std::vector<CaseRow>>(loaded.rows);
  return page.count < worklistPageSize;
}

void on(Turn& turn, const action::WorklistPageLoaded& action) {
  if (action.generation != turn.state().worklist->generation) return;
  Worklist& worklist = turn.change(&State::worklist);
  auto& pages = worklist.reloading ? worklist.incoming : worklist.pages;
  if (action.page < 0 || action.page >= static_cast<int>(pages.size())) return;
  WorklistPage& page = pages[static_cast<std::size_t>(action.page)];
  const bool isEnd = fill(page, action);
  worklist.total = action.total;
  worklist.error.reset();
  const auto& selected = worklist.selected;
  if (selected && std::ranges::find(action.rows, *selected, &CaseRow::id) != action.rows.end()) {
    turn.perform(effect::LoadPreview{*selected});  // what the list says of it, the preview says, too
  }
  const bool isLastKnown = action.page + 1 == static_cast<int>(pages.size());
  if (!worklist.reloading) {
    if (isLastKnown) worklist.complete = isEnd;
    return;
  }
  if (!isEnd && rowsOf(pages) <= worklist.lastVisible) {
    const std::int64_t last = page.last;
    pages.push_back({.after = last, .rows = nullptr, .loading = true});
    load(turn, worklist, action.page + 1, last);
    return;
  }
  worklist.complete = isEnd;
  worklist.pages = std::move(worklist.incoming);
  worklist.incoming.clear();
  worklist.reloading = false;
  if (worklist.reloadAgain) return reloadWorklist(turn);
  countCases(turn);
}

void on(Turn& turn, const action::WorklistPageFailed& action) {
  if (action.generation != turn.state().worklist->generation) return;
  Worklist& worklist = turn.change(&State::worklist);
  worklist.error = action.error;
  worklist.reloading = false;
  worklist.incoming.clear();
  if (action.page >= 0 && action.page < static_cast<int>(worklist.pages.size())) {
    worklist.pages[static_cast<std::size_t>(action.page)].loading = false;
  }
}

void on(Turn& turn, const action::WorklistChanged&) {
  reloadWorklist(turn);
  askQueue(turn);
}

void on(Turn& turn, const action::SelectCase& action) {
  if (turn.state().worklist->selected == action.id) return;
  Worklist& worklist = turn.change(&State::worklist);
  worklist.selected = action.id;
  worklist.preview.reset();
  turn.perform(effect::LoadPreview{action.id});
}

void on(Turn& turn, const action::PreviewLoaded& action) {
  if (!action.record || turn.state().worklist->selected != action.record->row.id) return;
  turn.change(&State::worklist).preview = action.record;
  requestThumbnails(turn, *action.record);
}

void on(Turn& turn, const action::PreviewFailed& action) {
  if (turn.state().worklist->selected == action.id) turn.change(&State::worklist).error = action.error;
}

void on(Turn& turn, const action::ImportPaths& action) {
  const Reader* reader = actor(turn.state());
  if (action.paths.empty() || reader == nullptr) return;
  const Ticket ticket = turn.newTicket();
  turn.change(&State::worklist)
      .imports.push_back(
          {.ticket = ticket, .reader = reader->id, .paths = action.paths, .cases = {}, .skipped = {}});
  turn.perform(effect::ImportPaths{ticket, action.paths, action.reference});
}

void on(Turn& turn, const action::LoadDemo&) {
  const Reader* reader = actor(turn.state());
  if (reader == nullptr || isMakingDemo(*turn.state().worklist)) return;
  const Ticket ticket = turn.newTicket();
  turn.change(&State::worklist)
      .imports.push_back(
          {.ticket = ticket, .reader = reader->id, .paths = {}, .isDemo = true, .cases = {}, .skipped = {}});
  turn.perform(effect::LoadDemo{ticket, reader->id});
}

void on(Turn& turn, const action::ImportProgressed& action) {
  ImportJob* job = importJob(turn, action.ticket);
  if (job == nullptr || job->finished) return;
  job->done = action.done;
  job->total = action.total;
}

void on(Turn& turn, const action::ImportFinished& action) {
  ImportJob* job = importJob(turn, action.ticket);
  if (job == nullptr) return;
  job->finished = true;
  job->cases = action.cases;
  job->skipped = action.skipped;
  turn.notify(NoticeKind::import_done);
  // The agents begin by themselves and catch up behind the reader, whoever is signed in by now.
  for (const CaseId& id : action.cases) turn.perform(effect::Analyze{id, Priority::routine, job->reader});
  reloadWorklist(turn);
}

void on(Turn& turn, const action::ImportFailed& action) {
  ImportJob* job = importJob(turn, action.ticket);
  if (job == nullptr) return;
  job->finished = true;
  job->error = action.error;
  if (action.error.code != ErrorCode::cancelled) turn.notify(NoticeKind::import_failed, action.error);
  reloadWorklist(turn);  // what was imported before it failed is there
}

void on(Turn& turn, const action::CancelImport& action) {
  ImportJob* job = importJob(turn, action.ticket);
  if (job == nullptr || job->finished || job->cancelling) return;
  job->cancelling = true;
  turn.perform(effect::CancelImport{action.ticket});
}

void on(Turn& turn, const action::DismissImport& action) {
  std::erase_if(turn.change(&State::worklist).imports,
                [&](const ImportJob& job) { return job.ticket == action.ticket && job.finished; });
}

}  // namespace

void reloadWorklist(Turn& turn) {
  Worklist& worklist = turn.change(&State::worklist);
  worklist.reloadAgain = worklist.reloading;
  if (worklist.reloading) return;
  worklist.generation = turn.newTicket();
  worklist.reloading = true;
  worklist.incoming = {{.after = std::nullopt, .rows = nullptr, .loading = true}};
  load(turn, worklist, 0, std::nullopt);
}

std::string queryOf(Filter filter, const ReaderId& reader) {
  switch (filter) {
    case Filter::unread:
      return "is:unread";
    case Filter::stat:
      return "priority:stat";
    case Filter::mine:
      return "reader:\"" + reader.value + '"';
    case Filter::signed_off:
      return "status:signed";
    case Filter::all:
      break;
  }
  return {};
}

bool isMakingDemo(const Worklist& worklist) {
  return std::ranges::any_of(worklist.imports,
                             [](const ImportJob& job) { return job.isDemo && !job.finished; });
}

int rowCount(const Worklist& worklist) {
  return rowsOf(worklist.pages);
}

const CaseRow* rowAt(const Worklist& worklist, int index) {
  if (index < 0) return nullptr;
  for (const WorklistPage& page : worklist.pages) {
    if (index < page.count) return page.rows ? &(*page.rows)[static_cast<std::size_t>(index)] : nullptr;
    index -= page.count;
  }
  return nullptr;
}

void handle(Turn& turn, const WorklistAction& action) {
  std::visit([&](const auto& one) { on(turn, one); }, action);
}

}  // namespace attest::session
