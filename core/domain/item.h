#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/domain/code.h"
#include "core/domain/measurement.h"
#include "core/domain/prior.h"
#include "core/domain/study.h"

namespace attest {

/// A structure is anatomy as context; a finding is something that a report may mention.
enum class ItemKind { structure, finding };
enum class ItemState { proposed, accepted, corrected, rejected, manual, confirmed, dismissed };
const char* name(ItemKind kind) noexcept;
const char* name(ItemState state) noexcept;
/// The state of that name, or none.
std::optional<ItemState> itemState(const std::string& name);

/// Who made a result.
struct Provenance {
  std::string agent;
  std::string version;
  std::string model;   ///< empty for a classical algorithm
  std::string prompt;  ///< empty where there is none
  bool operator==(const Provenance&) const = default;
};

/// Why a person rejected, as one of the chips (see core/review/reasons.h), with words of their own where
/// given.
struct RejectReason {
  std::string code;
  std::string text;
  bool operator==(const RejectReason&) const = default;
};

struct Item {
  ItemId id;
  ItemKind kind = ItemKind::finding;
  std::string label;
  Code category;                   ///< segmented property category, e.g. SCT 123037004 "Anatomical Structure"
  Code code;                       ///< what it is, e.g. SCT 39607008 "Lung"
  std::optional<Code> laterality;  ///< SCT 24028007 "Right" or 7771000 "Left"
  ItemState state = ItemState::proposed;
  std::optional<double> confidence;  ///< 0 to 1; a rank, not a probability
  std::vector<std::string> flags;    ///< quality flags: "outside_plausible_range"
  std::array<std::uint8_t, 3> color{255, 255, 255};
  BlockRef source;          ///< the images it was made on
  std::string maskHash;     ///< SHA-256 of the mask's blob; empty where the item has no mask
  int maskVersion = 0;      ///< 1 for the agent's or the first drawn mask, one more for each correction
  Measurement measurement;  ///< of the current mask
  std::string trackingUid;  ///< stable through corrections and versions
  Provenance madeBy;        ///< of the first mask, also after a correction
  std::optional<EarlierLesion> earlier;  ///< the same lesion in the study that this one is compared with
  std::optional<RejectReason> rejectReason;
  ReaderId reviewedBy;  ///< empty until a person acted
  Time reviewedAt{};
  bool operator==(const Item&) const = default;
};

/// May it leave the house: a person stands for it.
bool isExportable(const Item& item);
/// Does it still wait for a person (a proposed finding; structures are confirmed together, and may stay
/// unconfirmed).
bool isUnreviewed(const Item& item);
/// Does its outline begin hidden: it encloses everything and tells nothing about the images (the whole body).
bool startsHidden(const Item& item);

}  // namespace attest
