#include <algorithm>

#include "core/review/lesions.h"
#include "core/review/review.h"

namespace attest::review {
namespace {

bool hasFlag(const Item& item, const char* flag) {
  return std::ranges::find(item.flags, flag) != item.flags.end();
}

void addFlag(Item& item, const char* flag) {
  if (!hasFlag(item, flag)) item.flags.emplace_back(flag);
}

bool isDrawn(const Item& item) {
  return item.madeBy.agent.empty();
}

bool hasMask(const std::string& hash, const Measurement& measurement) {
  return !hash.empty() && measurement.voxels > 0;
}

/// The state of an item that a person stands for.
ItemState approvedState(const Item& item) {
  if (isDrawn(item)) return ItemState::manual;
  if (item.maskVersion > 1 || hasFlag(item, flagRelabelled)) return ItemState::corrected;
  return item.kind == ItemKind::structure ? ItemState::confirmed : ItemState::accepted;
}

/// What each verdict does, on a record that may be reviewed by a reader who may.
class Judge {
 public:
  Judge(const CaseRecord& record, const Reader& reader, Time now)
      : record_(record), reader_(reader), now_(now) {}

  Result<Change> operator()(const Accept& verdict) const {
    ATTEST_TRY(Item item, find(verdict.item));
    if (isExportable(item)) return fail(ErrorCode::not_allowed, "the item is accepted already");
    item.rejectReason.reset();
    return decided(std::move(item), "review.accept");
  }

  Result<Change> operator()(const Reject& verdict) const {
    ATTEST_TRY(Item item, find(verdict.item));
    if (isDrawn(item)) return fail(ErrorCode::not_allowed, "what a person drew is deleted, not rejected");
    if (std::ranges::find(rejectChips(), verdict.reason.code, &RejectChip::code) == rejectChips().end()) {
      return fail(ErrorCode::bad_argument, "unknown reason: " + verdict.reason.code);
    }
    item.state = ItemState::rejected;
    item.rejectReason = verdict.reason;
    std::erase(item.flags, flagUnsure);
    return one(std::move(item), "review.reject");
  }

  Result<Change> operator()(const Correct& verdict) const {
    ATTEST_TRY(Item item, find(verdict.item));
    if (!hasMask(verdict.maskHash, verdict.measurement))
      return fail(ErrorCode::bad_argument, "the mask is empty");
    item.maskHash = verdict.maskHash;
    item.measurement = verdict.measurement;
    item.maskVersion = std::max(item.maskVersion, 1) + 1;
    item.rejectReason.reset();
    return decided(std::move(item), "review.correct");
  }

  Result<Change> operator()(const Relabel& verdict) const {
    ATTEST_TRY(Item item, find(verdict.item));
    if (verdict.label.empty() || verdict.code.scheme.empty() || verdict.code.value.empty()) {
      return fail(ErrorCode::bad_argument, "a label and a coded concept are needed");
    }
    item.label = verdict.label;
    item.code = verdict.code;
    addFlag(item, flagRelabelled);
    item.rejectReason.reset();
    return decided(std::move(item), "review.relabel");
  }

  Result<Change> operator()(const Unsure& verdict) const {
    ATTEST_TRY(Item item, find(verdict.item));
    if (item.state != ItemState::proposed)
      return fail(ErrorCode::not_allowed, "the item is reviewed already");
    addFlag(item, flagUnsure);
    return one(std::move(item), "review.unsure");
  }

  Result<Change> operator()(const Acknowledge& verdict) const {
    ATTEST_TRY(Item item, find(verdict.item));
    if (!reader_.roles.contains(Role::attending)) {
      return fail(ErrorCode::not_allowed, "only an attending acknowledges a critical finding");
    }
    if (!hasFlag(item, flagCritical)) return fail(ErrorCode::not_allowed, "the finding is not critical");
    addFlag(item, flagAcknowledged);
    return one(std::move(item), "review.acknowledge");
  }

  Result<Change> operator()(const ConfirmStructures&) const {
    return all("review.confirm_structures", ItemState::confirmed,
               [](const Item& item) { return item.kind == ItemKind::structure; });
  }

  Result<Change> operator()(const DismissBelowThreshold&) const {
    return all("review.dismiss", ItemState::dismissed, [](const Item& item) {
      return item.kind == ItemKind::finding && hasFlag(item, flagBelowThreshold);
    });
  }

  Result<Change> operator()(const Draw& verdict) const {
    Item item = verdict.item;
    if (item.id.empty() || item.label.empty())
      return fail(ErrorCode::bad_argument, "an id and a label are needed");
    if (findItem(record_, item.id) != nullptr)
      return fail(ErrorCode::bad_argument, "there is an item of that id");
    if (findBlock(record_, item.source) == nullptr)
      return fail(ErrorCode::not_found, "no such block in the case");
    if (!hasMask(item.maskHash, item.measurement)) return fail(ErrorCode::bad_argument, "the mask is empty");
    item.maskVersion = 1;
    item.madeBy = {};
    item.earlier = earlierOf(record_, item.id);
    item.confidence.reset();
    item.rejectReason.reset();
    return decided(std::move(item), "review.draw");
  }

  Result<Change> operator()(const DeleteDrawn& verdict) const {
    ATTEST_TRY(const Item item, find(verdict.item));
    if (!isDrawn(item)) return fail(ErrorCode::not_allowed, "only what a person drew may be deleted");
    if (verdict.expected && *verdict.expected != item) return fail(ErrorCode::stale, "the item changed");
    return Change{{}, {item.id}, "review.delete", item.id.value};
  }

  Result<Change> operator()(const Restore& verdict) const {
    Item item = verdict.item;
    item.earlier = earlierOf(record_, item.id);  // pairs are the comparison's, and taken back by themselves
    const Item* present = findItem(record_, item.id);
    if (verdict.expected && (present == nullptr || *verdict.expected != *present)) {
      return fail(ErrorCode::stale, "the item changed");
    }
    const bool same = present == nullptr
                          ? isDrawn(item) && item.state == ItemState::manual && !item.id.empty()
                          : present->kind == item.kind && present->madeBy == item.madeBy &&
                                present->trackingUid == item.trackingUid && present->source == item.source;
    if (!same) return fail(ErrorCode::not_allowed, "this is not an earlier state of an item of the case");
    return Change{{item}, {}, "review.restore", item.id.value};
  }

  Result<Change> operator()(const JudgeLesion& verdict) const {
    return judgeLesion(record_, verdict, reader_.id, now_);
  }

 private:
  Result<Item> find(const ItemId& id) const {
    const Item* item = findItem(record_, id);
    if (item == nullptr) return fail(ErrorCode::not_found, "no such item: " + id.value);
    return *item;
  }

  void stamp(Item& item) const {
    item.reviewedBy = reader_.id;
    item.reviewedAt = now_;
  }

  Change one(Item item, const char* action) const {
    stamp(item);
    const std::string subject = item.id.value;
    return {{std::move(item)}, {}, action, subject};
  }

  Change decided(Item item, const char* action) const {
    item.state = approvedState(item);
    std::erase(item.flags, flagUnsure);
    return one(std::move(item), action);
  }

  template <class F>
  Change all(const char* action, ItemState state, F&& chosen) const {
    Change change{{}, {}, action, record_.row.id.value};
    for (Item item : record_.items) {
      if (item.state != ItemState::proposed || !chosen(item)) continue;
      item.state = state;
      stamp(item);
      change.items.push_back(std::move(item));
    }
    return change;
  }

  const CaseRecord& record_;
  const Reader& reader_;
  Time now_;
};

bool hasAnyRole(const Reader& reader, std::initializer_list<Role> roles) {
  return !reader.disabled &&
         std::ranges::any_of(roles, [&](Role role) { return reader.roles.contains(role); });
}

}  // namespace

bool mayReview(const Reader& reader) {
  return hasAnyRole(reader, {Role::reader, Role::resident, Role::attending});
}
bool maySign(const Reader& reader) {
  return hasAnyRole(reader, {Role::reader, Role::attending});
}

const std::vector<RejectChip>& rejectChips() {
  static const std::vector<RejectChip> chips{{"false_positive", "False positive"},
                                             {"wrong_label", "Wrong label"},
                                             {"boundary_too_big", "Boundary too big"},
                                             {"boundary_too_small", "Boundary too small"},
                                             {"wrong_side", "Wrong side"},
                                             {"artefact", "Artefact"},
                                             {"duplicate", "Duplicate"},
                                             {"out_of_scope", "Out of scope"}};
  return chips;
}

std::vector<Item> merged(std::vector<Item> items, const Change& change) {
  std::erase_if(items, [&](const Item& item) {
    return std::ranges::find(change.removed, item.id) != change.removed.end();
  });
  for (const Item& item : change.items) {
    const auto at = std::ranges::find(items, item.id, &Item::id);
    if (at == items.end()) {
      items.push_back(item);
    } else {
      *at = item;
    }
  }
  return items;
}

Result<Change> apply(const CaseRecord& record, const Verdict& verdict, const Reader& reader, Time now) {
  if (!mayReview(reader)) return fail(ErrorCode::not_allowed, "this reader's role does not review");
  if (isSigned(record.row))
    return fail(ErrorCode::conflict, "the case is signed; a change needs an addendum");
  return std::visit(Judge(record, reader, now), verdict);
}

}  // namespace attest::review
