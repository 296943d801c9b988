#include "core/workflow/review.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/imaging/measure.h"
#include "core/review/sentences.h"
#include "core/workflow/users.h"

namespace attest::workflow {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

struct StoredMask {
  std::string hash;
  Measurement measurement;
};

/// The mask is durable, and measured on its own images, before a row names it.
Result<StoredMask> keepMask(Services& services, const BlockRef& source, const imaging::MaskPtr& mask) {
  if (mask == nullptr || mask->empty())
    return fail(ErrorCode::bad_argument, "the mask is empty: reject the item instead");
  ATTEST_TRY(const auto volume,
             services.volumes().load(services.db(), source, services.pool().parallel(), std::stop_token{}));
  if (!sameGrid(volume->grid(), mask->grid())) {
    return fail(ErrorCode::bad_geometry, "the mask is not on the grid of the images it is about");
  }
  ATTEST_TRY(auto hash, services.db().blobs().put(imaging::encode(*mask)));
  return StoredMask{std::move(hash), imaging::measure(*mask, volume.get())};
}

/// An act whose mask, if it has one, is in the store.
using Prepared = std::variant<review::Verdict, ReadDone>;

Result<Prepared> prepare(Services& services, const CaseRecord& record, const Act& act) {
  return std::visit(Overloaded{[](const review::Verdict& verdict) -> Result<Prepared> { return verdict; },
                               [](const ReadDone& done) -> Result<Prepared> { return done; },
                               [&](const CorrectMask& correct) -> Result<Prepared> {
                                 const Item* item = findItem(record, correct.item);
                                 if (item == nullptr)
                                   return fail(ErrorCode::not_found, "no such item: " + correct.item.value);
                                 return correction(services, *item, correct.mask);
                               },
                               [&](const DrawMask& draw) -> Result<Prepared> {
                                 return drawing(services, draw.draft, draw.mask);
                               }},
                    act);
}

/// A mask that is new has the number after all that the item ever had, also those that were taken back.
Result<> numberMask(casedb::WriteTx& tx, Item& item) {
  ATTEST_TRY(item.maskVersion, tx.nextMaskVersion(item.id));
  return {};
}

/// `record` is the case as the acts before this one left it.
Result<> applyOne(casedb::WriteTx& tx, CaseRecord& record, const Prepared& act, const Reader& reader) {
  const CaseId& id = record.row.id;
  if (std::holds_alternative<ReadDone>(act)) {
    if (isSigned(record.row)) return fail(ErrorCode::conflict, "the case is signed: it was read");
    for (const auto& series : record.series) ATTEST_CHECK(tx.markViewed(id, series.info.uid));
    return tx.alsoAudit({reader.id.value, "review.read_done", id.value, ""});
  }
  const auto& verdict = std::get<review::Verdict>(act);
  ATTEST_TRY(auto change, review::apply(record, verdict, reader, tx.now()));
  if (std::holds_alternative<review::Correct>(verdict) || std::holds_alternative<review::Draw>(verdict)) {
    ATTEST_CHECK(numberMask(tx, change.items.front()));
  }
  for (const auto& item : change.items) ATTEST_CHECK(tx.putItem(id, item));
  for (const auto& item : change.removed) ATTEST_CHECK(tx.removeItem(id, item));
  if (change.comparison) {
    ATTEST_CHECK(tx.setComparison(id, change.comparison));
    record.comparison = change.comparison;
  }
  record.items = review::merged(std::move(record.items), change);
  return tx.alsoAudit({reader.id.value, change.action, change.subject, ""});
}

/// Reading begins with the first act of a person; a signed case stays with who signed it.
Result<> beginReview(casedb::WriteTx& tx, const CaseRecord& record, const Reader& reader) {
  if (record.row.status == CaseStatus::received || record.row.status == CaseStatus::ready ||
      record.row.status == CaseStatus::failed) {
    ATTEST_CHECK(tx.setStatus(record.row.id, CaseStatus::in_review));
  }
  return tx.setReader(record.row.id, reader.id);
}

/// How the voxels of one grid lie among those of another: where the first one is, and the way along each
/// axis.
struct Placement {
  Index3 first;
  std::array<Index3, 3> step{};

  Index3 at(Index3 v) const {
    return {first.i + v.i * step[0].i + v.j * step[1].i + v.k * step[2].i,
            first.j + v.i * step[0].j + v.j * step[1].j + v.k * step[2].j,
            first.k + v.i * step[0].k + v.j * step[1].k + v.k * step[2].k};
  }
};

Vec3 exact(Index3 at) {
  return {static_cast<double>(at.i), static_cast<double>(at.j), static_cast<double>(at.k)};
}

/// None where the voxels of `own` are not one by one those of `grid`. Both have the same number of voxels,
/// and whole steps that end inside at every corner meet no voxel twice: so they meet each.
std::optional<Placement> placementOf(const Grid& own, const Grid& grid) {
  constexpr double toleranceVoxels = 0.01;
  const auto nearest = [&](Index3 at) { return grid.nearest(own.toPatient(at)); };
  const Index3 last{own.dims.i - 1, own.dims.j - 1, own.dims.k - 1};
  Placement placed{nearest({0, 0, 0})};
  const std::array<Index3, 3> ends{Index3{std::min(1, last.i), 0, 0}, Index3{0, std::min(1, last.j), 0},
                                   Index3{0, 0, std::min(1, last.k)}};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const Index3 second = nearest(ends[axis]);
    placed.step[axis] = {second.i - placed.first.i, second.j - placed.first.j, second.k - placed.first.k};
  }
  for (const int i : {0, last.i})
    for (const int j : {0, last.j})
      for (const int k : {0, last.k}) {
        const Index3 to = placed.at({i, j, k});
        const Vec3 off = grid.toIndex(own.toPatient(Index3{i, j, k})) - exact(to);
        if (!grid.contains(to) || !(length(off) <= toleranceVoxels)) return std::nullopt;
      }
  return placed;
}

}  // namespace

Result<review::Verdict> correction(Services& services, const Item& item, const imaging::MaskPtr& mask) {
  ATTEST_TRY(const auto kept, keepMask(services, item.source, mask));
  return review::Correct{item.id, kept.hash, kept.measurement};
}

Result<review::Verdict> drawing(Services& services, Item draft, const imaging::MaskPtr& mask) {
  ATTEST_TRY(const auto kept, keepMask(services, draft.source, mask));
  draft.maskHash = kept.hash;
  draft.maskVersion = 1;
  draft.measurement = kept.measurement;
  return review::Draw{std::move(draft)};
}

Result<CaseRecord> submit(Services& services, const CaseId& id, const std::vector<Act>& acts,
                          const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::review));
  ATTEST_TRY(const auto before, services.db().record(id));
  std::vector<Prepared> prepared;
  for (const auto& act : acts) {
    ATTEST_TRY(auto one, prepare(services, before, act));
    prepared.push_back(std::move(one));
  }
  CaseRecord after;
  const AuditEvent event{reader.id.value, "review", id.value, std::to_string(acts.size()) + " acts"};
  ATTEST_CHECK(services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_TRY(const Reader now, stillMay(tx, reader, identity::Act::review));
    ATTEST_TRY(auto record, tx.record(id));
    for (const auto& act : prepared) ATTEST_CHECK(applyOne(tx, record, act, now));
    ATTEST_CHECK(beginReview(tx, record, now));
    ATTEST_TRY(after, tx.record(id));
    return {};
  }));
  return after;
}

Result<CaseRecord> saveReport(Services& services, const CaseId& id, const Report& report,
                              std::int64_t expectedRevision, const Reader& reader) {
  ATTEST_CHECK(require(reader, identity::Act::review));
  CaseRecord after;
  const AuditEvent event{reader.id.value, "report.edit", id.value, ""};
  ATTEST_CHECK(services.db().write(event, [&](casedb::WriteTx& tx, AuditEvent&) -> Result<> {
    ATTEST_CHECK(stillMay(tx, reader, identity::Act::review));
    ATTEST_TRY(const auto before, tx.record(id));
    if (isSigned(before.row))
      return fail(ErrorCode::conflict, "the case is signed; a change needs an addendum");
    if (before.revision != expectedRevision)
      return fail(ErrorCode::stale, "the case changed since the report was read");
    if (const auto section = review::sectionThatLoses(before, report)) {
      return fail(ErrorCode::bad_argument, std::string("a sentence in ") + attest::name(*section) +
                                               " names a result that is not accepted, and would not be seen");
    }
    ATTEST_CHECK(tx.setReport(id, report));
    ATTEST_CHECK(beginReview(tx, before, reader));
    ATTEST_TRY(after, tx.record(id));
    return {};
  }));
  return after;
}

Item newDrawing(const BlockRef& source, const std::string& label, const Code& code) {
  Item item;
  item.id = ItemId{newUuid()};
  item.label = label;
  item.category = {"SCT", "49755003", "Morphologically Abnormal Structure"};
  item.code = code;
  item.state = ItemState::manual;
  item.color = {255, 209, 102};
  item.source = source;
  item.trackingUid = newUid();
  return item;
}

Result<imaging::MaskPtr> loadMask(Services& services, const Item& item) {
  if (item.maskHash.empty()) return fail(ErrorCode::not_found, "the item has no mask");
  return loadMask(services, item.maskHash);
}

Result<imaging::MaskPtr> loadMask(Services& services, const std::string& hash) {
  ATTEST_TRY(const auto bytes, services.db().blobs().get(hash));
  ATTEST_TRY(auto mask, imaging::decodeMask(std::as_bytes(std::span(bytes))));
  return std::make_shared<const imaging::Mask>(std::move(mask));
}

Result<imaging::Mask> ontoGrid(const imaging::Mask& mask, const Grid& grid) {
  const Grid& own = mask.grid();
  if (own.voxels() != grid.voxels()) {
    return fail(ErrorCode::bad_geometry, "the mask has another number of voxels than the images");
  }
  const auto placed = placementOf(own, grid);
  if (!placed) return fail(ErrorCode::bad_geometry, "the mask's voxels do not lie on those of the images");
  imaging::Mask out(grid);
  mask.forEach([&](Index3 at) { out.set(placed->at(at), true); });
  return out;
}

}  // namespace attest::workflow
