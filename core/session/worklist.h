#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/session/ticket.h"

namespace attest::session {

inline constexpr int worklistPageSize = 100;

/// One page of the list. Pages far from what is on screen keep their place and lose their rows.
struct WorklistPage {
  std::optional<std::int64_t> after;  ///< recency key that it continues below; none: the first page
  std::int64_t last = 0;              ///< recency key of its last row
  int count = 0;                      ///< rows it has (worklistPageSize but for the last one)
  std::shared_ptr<const std::vector<CaseRow>> rows;  ///< null while not in memory
  bool loading = false;
};

/// Saved filters: the tabs above the list.
enum class Filter { all, unread, stat, mine, signed_off };
inline constexpr std::array filters{Filter::all, Filter::unread, Filter::stat, Filter::mine,
                                    Filter::signed_off};
/// What the tab looks for, in the words of the search box; `mine` is about that reader.
std::string queryOf(Filter filter, const ReaderId& reader);

struct SkippedPath {
  std::string path;
  std::string reason;
};

struct ImportJob {
  Ticket ticket = 0;
  ReaderId reader;                 ///< who asked for it; the agents run on the cases in their name
  std::vector<std::string> paths;  ///< none: fetched from a node
  std::string node{};
  bool isDemo = false;    ///< made here: the demonstration
  std::int64_t done = 0;  ///< files; of the demonstration: studies
  std::int64_t total = 0;
  bool finished = false;
  bool cancelling = false;
  std::vector<CaseId> cases;  ///< made or added to
  std::vector<SkippedPath> skipped;
  std::optional<Error> error{};
};

struct Worklist {
  Filter filter = Filter::unread;
  std::map<Filter, std::int64_t> counts;  ///< of the tabs; they arrive later
  std::string query;                      ///< words and field:value of the search box, within the filter
  Ticket generation = 0;                  ///< of the query; pages of older ones are dropped
  std::int64_t total = 0;                 ///< of the whole query
  std::vector<WorklistPage> pages;
  std::vector<WorklistPage> incoming;  ///< of a new query or a change, until they reach what is on screen
  bool reloading = false;
  bool reloadAgain = false;  ///< it changed once more meanwhile
  bool complete = false;     ///< no page after the last one
  int firstVisible = 0;      ///< rows on screen
  int lastVisible = 0;
  std::optional<Error> error{};
  std::optional<CaseId> selected;
  std::shared_ptr<const CaseRecord> preview;  ///< of the selected case; null while it loads
  std::vector<ImportJob> imports;             ///< the newest last; finished ones stay until dismissed
};

/// Rows known so far, also those not in memory; and one of them, null where it is not in memory.
int rowCount(const Worklist& worklist);
const CaseRow* rowAt(const Worklist& worklist, int index);

/// The demonstration is being made.
bool isMakingDemo(const Worklist& worklist);

namespace action {
/// The text of the search box changed (a saved filter is a text, too). The empty text lists all.
struct Search {
  std::string query;
};
/// A tab.
struct SetFilter {
  Filter filter{};
};
/// The answer to effect::CountCases.
struct CasesCounted {
  Filter filter{};
  std::int64_t count = 0;
};
struct SetPriority {
  CaseId id;
  Priority priority{};
};
struct PriorityFailed {
  CaseId id;
  Error error;
};
/// Which rows are on screen; loads the pages that they need, and the next one near the end.
struct ShowRows {
  int first = 0;
  int last = 0;
};
/// The answers to effect::LoadWorklistPage.
struct WorklistPageLoaded {
  Ticket generation = 0;
  int page = 0;
  std::int64_t total = 0;
  std::vector<CaseRow> rows;
};
struct WorklistPageFailed {
  Ticket generation = 0;
  int page = 0;
  Error error;
};
/// Something in the case database changed: pages on screen are read again.
struct WorklistChanged {};
struct SelectCase {
  CaseId id;
};
struct PreviewLoaded {
  std::shared_ptr<const CaseRecord> record;
};
struct PreviewFailed {
  CaseId id;
  Error error;
};
/// Files or folders were dropped or chosen. `reference` indexes them in place.
struct ImportPaths {
  std::vector<std::string> paths;
  bool reference = false;
};
/// Makes the demonstration's phantoms and imports them, as ordinary cases that nobody signed. While they are
/// made it does nothing; where they are there already nothing is made twice. An import like any other.
struct LoadDemo {};
struct ImportProgressed {
  Ticket ticket = 0;
  std::int64_t done = 0;
  std::int64_t total = 0;
};
struct ImportFinished {
  Ticket ticket = 0;
  std::vector<CaseId> cases;
  std::vector<SkippedPath> skipped;
};
struct ImportFailed {
  Ticket ticket = 0;
  Error error;
};
struct CancelImport {
  Ticket ticket = 0;
};
/// Takes a finished import out of the list.
struct DismissImport {
  Ticket ticket = 0;
};
}  // namespace action

using WorklistAction =
    std::variant<action::Search, action::SetFilter, action::CasesCounted, action::SetPriority,
                 action::PriorityFailed, action::ShowRows, action::WorklistPageLoaded,
                 action::WorklistPageFailed, action::WorklistChanged, action::SelectCase,
                 action::PreviewLoaded, action::PreviewFailed, action::ImportPaths, action::LoadDemo,
                 action::ImportProgressed, action::ImportFinished, action::ImportFailed, action::CancelImport,
                 action::DismissImport>;

namespace effect {
/// Answered by WorklistPageLoaded / WorklistPageFailed with the same generation and page.
struct LoadWorklistPage {
  Ticket generation = 0;
  int page = 0;
  std::string query;
  std::optional<std::int64_t> after;
};
/// How many cases a tab has; answered by CasesCounted, or not at all.
struct CountCases {
  Filter filter{};
  std::string query;
};
/// Answered by WorklistChanged (and RecordChanged) / PriorityFailed.
struct SetPriority {
  CaseId id;
  ReaderId reader;
  Priority priority{};
};
/// Answered by PreviewLoaded / PreviewFailed.
struct LoadPreview {
  CaseId id;
};
/// Answered by ImportProgressed (ten a second at most), then ImportFinished / ImportFailed (cancelled, too).
struct ImportPaths {
  Ticket ticket = 0;
  std::vector<std::string> paths;
  bool reference = false;
};
/// Answered like ImportPaths; finished with the cases on which no agents ran yet.
struct LoadDemo {
  Ticket ticket = 0;
  ReaderId reader;
  double coarser = 1;  ///< so many times coarser voxels, for who has no time
};
struct CancelImport {
  Ticket ticket = 0;
};
}  // namespace effect

}  // namespace attest::session
