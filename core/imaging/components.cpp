#include <numeric>

#include "core/imaging/filters.h"

namespace attest::imaging {
namespace {

/// Voxels [begin, end) of a line along i.
struct Run {
  int begin;
  int end;
  int j;
  int k;
};

/// Runs and the forest that joins them; the root of a tree is its first run.
class Forest {
 public:
  std::vector<Run> runs;
  std::vector<std::size_t> parents;

  void add(const Run& run) {
    parents.push_back(runs.size());
    runs.push_back(run);
  }
  std::size_t root(std::size_t n) {
    while (parents[n] != n) n = parents[n] = parents[parents[n]];
    return n;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parents[std::max(a, b)] = std::min(a, b);
  }
  /// Joins each run of a line with those of an earlier one that lie beside it.
  void joinLines(std::size_t line, std::size_t lineEnd, std::size_t other, std::size_t otherEnd) {
    while (line < lineEnd && other < otherEnd) {
      if (runs[line].begin < runs[other].end && runs[other].begin < runs[line].end) join(line, other);
      ++(runs[line].end < runs[other].end ? line : other);
    }
  }
};

/// Adds the runs of a line.
void addRuns(const Mask& mask, const Box& box, int j, int k, Forest& forest) {
  int begin = -1;
  for (int i = box.low.i / Mask::edge * Mask::edge; i <= box.high.i; i += Mask::edge) {
    const std::uint32_t bits = mask.row({i, j, k});
    for (int n = 0; n < Mask::edge;) {
      const std::uint32_t rest = bits >> n;
      const int length = begin < 0 ? std::countr_zero(rest) : std::countr_one(rest);
      n += length;
      if (n >= Mask::edge) break;
      if (begin >= 0) forest.add({begin, i + n, j, k});
      begin = begin < 0 ? i + n : -1;
    }
  }
  if (begin >= 0) forest.add({begin, box.high.i + 1, j, k});
}

Result<Forest> joinedRuns(const Mask& mask, const Box& box, const std::stop_token& stop) {
  Forest forest;
  const auto lines = static_cast<std::size_t>(box.size().j);
  std::vector<std::size_t> starts{0};  // of every line, and the end
  for (int k = box.low.k; k <= box.high.k; ++k) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    for (int j = box.low.j; j <= box.high.j; ++j) {
      addRuns(mask, box, j, k, forest);
      starts.push_back(forest.runs.size());
      const std::size_t line = starts.size() - 2;
      if (j > box.low.j) forest.joinLines(starts[line], starts[line + 1], starts[line - 1], starts[line]);
      if (k > box.low.k)
        forest.joinLines(starts[line], starts[line + 1], starts[line - lines], starts[line - lines + 1]);
    }
  }
  return forest;
}

/// What is known of a component before it is worth a mask.
struct Tally {
  std::int64_t voxels = 0;
  Box box;
  std::vector<Run> runs;  ///< in the order of the grid; only of those that are kept

  void extend(const Run& run) {
    const int last = run.end - 1;
    if (voxels == 0) box = {{run.begin, run.j, run.k}, {last, run.j, run.k}};
    box.low = {std::min(box.low.i, run.begin), std::min(box.low.j, run.j), std::min(box.low.k, run.k)};
    box.high = {std::max(box.high.i, last), std::max(box.high.j, run.j), std::max(box.high.k, run.k)};
    voxels += run.end - run.begin;
  }
};

constexpr std::size_t none = ~std::size_t{0};

/// The components in the order of their first voxels; `numbers` becomes the component of each run.
std::vector<Tally> tallied(Forest& forest, std::vector<std::size_t>& numbers) {
  std::vector<Tally> tallies;
  numbers.assign(forest.runs.size(), none);
  for (std::size_t n = 0; n < forest.runs.size(); ++n) {
    std::size_t& ofRoot = numbers[forest.root(n)];
    if (ofRoot == none) {
      ofRoot = tallies.size();
      tallies.emplace_back();
    }
    numbers[n] = ofRoot;
    tallies[ofRoot].extend(forest.runs[n]);
  }
  return tallies;
}

Component componentOf(const Grid& grid, const Tally& tally) {
  const Box& box = tally.box;
  Component component{Mask(grid), tally.voxels, box, false};
  auto run = tally.runs.begin();
  component.mask.paintRows(box, true, [&](Index3 first, std::uint32_t) {
    std::uint32_t bits = 0;
    const int end = first.i + Mask::edge;
    for (; run != tally.runs.end() && run->j == first.j && run->k == first.k && run->begin < end; ++run) {
      bits |= Mask::bitRange(std::max(run->begin - first.i, 0), std::min(run->end, end) - 1 - first.i);
      if (run->end > end) break;  // its rest is in the next word
    }
    return bits;
  });
  component.touchesSide =
      box.low.i == 0 || box.low.j == 0 || box.high.i == grid.dims.i - 1 || box.high.j == grid.dims.j - 1;
  return component;
}

}  // namespace

Result<std::vector<Component>> components(const Mask& mask, std::int64_t minimumVoxels, std::size_t most,
                                          std::stop_token stop) {
  std::vector<Component> result;
  const auto box = mask.box();
  if (!box) return result;
  ATTEST_TRY(Forest forest, joinedRuns(mask, *box, stop));
  std::vector<std::size_t> numbers;
  std::vector<Tally> tallies = tallied(forest, numbers);
  std::vector<std::size_t> kept;
  for (std::size_t n = 0; n < tallies.size(); ++n)
    if (tallies[n].voxels >= minimumVoxels) kept.push_back(n);
  std::stable_sort(kept.begin(), kept.end(),
                   [&](std::size_t a, std::size_t b) { return tallies[a].voxels > tallies[b].voxels; });
  if (kept.size() > most) kept.resize(most);
  std::vector<bool> isKept(tallies.size());
  for (const std::size_t number : kept) isKept[number] = true;
  for (std::size_t n = 0; n < forest.runs.size(); ++n)
    if (isKept[numbers[n]]) tallies[numbers[n]].runs.push_back(forest.runs[n]);
  for (const std::size_t number : kept) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    result.push_back(componentOf(mask.grid(), tallies[number]));
  }
  return result;
}

}  // namespace attest::imaging
