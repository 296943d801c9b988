#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/domain/case_record.h"
#include "core/imaging/mask.h"
#include "core/imaging/volume.h"
#include "core/session/comparison.h"
#include "core/view/overlay.h"
#include "core/view/viewport.h"

namespace attest::session {

/// What the left button does. Brush and eraser are there only while a mask is edited.
enum class Tool { window, scroll, pan, zoom, crosshair, brush, eraser };
enum class Tab { findings, report, agents, details };

/// The voxels of one block, as far as they have arrived.
struct BlockData {
  imaging::VolumePtr volume;                 ///< null until it is there
  std::map<int, imaging::VolumePtr> slices;  ///< single slices of a block that is no volume
  std::optional<Window> fileWindow;          ///< the first VOI of the file, else percentiles 0.1 and 99.9
  std::array<double, 2> valueRange{0, 1};    ///< smallest and largest value
  bool loading = false;
  double progress = 0;  ///< 0 to 1
  std::optional<Error> error;
};

/// What follows once the case is closed.
struct Leave {
  bool signOut = false;
  bool park = false;  ///< the case is kept as it is
  std::optional<CaseId> next{};
};

struct Reading {
  std::optional<CaseId> caseId;              ///< the open case
  std::shared_ptr<const CaseRecord> record;  ///< null until it is there
  std::optional<Error> error;                ///< why it could not be opened
  Priors priors;
  std::map<BlockRef, BlockData> blocks;  ///< of blocks that were shown, of the case and of its priors
  std::map<std::string, imaging::MaskPtr>
      masks;  ///< by the hash of their blob (Item::maskHash); null while loading
  view::Layout layout;
  std::optional<view::Layout> layoutBefore;  ///< while current and prior are side by side: what was before
  Tool tool = Tool::window;
  Tab tab = Tab::findings;
  bool overlays = true;
  bool cornerTexts = true;
  bool identityHidden = false;
  bool crosshair = true;
  std::set<ItemId> hidden;                        ///< items whose overlay is off
  std::map<BlockRef, std::vector<bool>> painted;  ///< which slices were on screen
  bool revealed = false;                          ///< this reader has seen what the agents propose
  std::optional<Leave> leave;                     ///< asked for, waits until everything is on disk
};

struct State;
/// What a case opens with: the largest volume, CT before all others, else the longest stack.
std::optional<BlockRef> openingBlock(const CaseRecord& record);
/// The active viewport, or null without one.
const view::ViewportState* activeViewport(const Reading& reading);
/// The voxels a viewport shows, or null while they load.
imaging::VolumePtr shownVolume(const Reading& reading, const view::ViewportState& viewport);
/// Grid of those voxels; of the block's record while they load; none where nothing is known.
std::optional<Grid> shownGrid(const Reading& reading, const view::ViewportState& viewport);
/// How many slices the viewport scrolls through and which it is at (volumes and stacks of single slices
/// alike).
int shownSliceCount(const Reading& reading, const view::ViewportState& viewport);
int shownSliceIndex(const Reading& reading, const view::ViewportState& viewport);
/// The overlays of a viewport, with the mask that is being edited in place of the stored one.
std::vector<view::OverlayItem> overlays(const State& state, const view::ViewportState& viewport);

namespace action {
/// A double click in the worklist, `attest open`: kept until somebody is signed in. A parked case comes back
/// as it was left.
struct OpenCase {
  CaseId id;
};
struct CaseOpened {
  std::shared_ptr<const CaseRecord> record;
};
/// Opens the signed case again, for what came or changed since and what the person changes now.
struct OpenAddendum {};
/// The answer to success is RecordChanged.
struct AddendumFailed {
  CaseId id;
  Error error;
};
struct CaseOpenFailed {
  CaseId id;
  Error error;
};
/// Back to the worklist. What is unsaved is written first; the second time it closes whatever is left.

struct CloseCase {};
/// The open case changed in the database (a step ended, another window acted): its newest record. An older
/// one is dropped.
struct RecordChanged {
  std::shared_ptr<const CaseRecord> record;
};

/// The answers to LoadVolume, LoadSlice and LoadMask.
struct VolumeProgressed {
  BlockRef block;
  double progress = 0;
};
struct VolumeLoaded {
  BlockRef block;
  imaging::VolumePtr volume;
  Window fileWindow;
  std::array<double, 2> valueRange{};
};
struct VolumeFailed {
  BlockRef block;
  Error error;
};
struct SliceLoaded {
  BlockRef block;
  int slice = 0;
  imaging::VolumePtr volume;
  Window fileWindow;
  std::array<double, 2> valueRange{};
};
struct SliceFailed {
  BlockRef block;
  int slice = 0;
  Error error;
};
struct MaskLoaded {
  CaseId id;
  std::string hash;
  imaging::MaskPtr mask;
};
struct MaskFailed {
  CaseId id;
  std::string hash;
  Error error;
};

/// A series was dropped on a viewport, or chosen in the rail.
struct ShowBlock {
  int viewport = 0;
  BlockRef block;
};
struct SetRaster {
  int rows = 1;
  int cols = 1;
};
/// Axial, coronal, sagittal and 3D of the active viewport's block.
struct ShowMpr {};
struct ActivateViewport {
  int viewport = 0;
};
/// Double click: the active viewport alone, and back.
struct ToggleMaximized {};
struct SetOrientation {
  int viewport = 0;
  view::Orientation orientation{};
};
struct SetTool {
  Tool tool{};
};
struct SetTab {
  Tab tab{};
};

// Gestures: one action at their end, at most one a frame where other viewports must follow.
/// Whole slices along the viewport's count direction (see view::sliceCount).
struct Scroll {
  int viewport = 0;
  int steps = 0;
};
struct ScrollTo {
  int viewport = 0;
  int index = 0;
};
/// The crosshair: every viewport of the same frame of reference goes through that point.
struct SetFocus {
  int viewport = 0;
  Vec3 focusMm;
};
/// Applies to every viewport that shows the same block.
struct SetWindow {
  int viewport = 0;
  Window window;
};
struct SetZoomPan {
  int viewport = 0;
  double zoom = 1;
  view::Pan pan;
};
struct SetCamera {
  int viewport = 0;
  view::Camera camera;
};
struct SetSlab {
  int viewport = 0;
  imaging::Slab slab;
};

// Keys, about the active viewport.
/// 1 to 9; does nothing where the modality has no preset of that key.
struct ApplyPreset {
  int key = 0;
  bool shift = false;
};
/// 0 and double-click with the window tool: back to what the file says.
struct ResetWindow {};
struct ToggleInverted {};
/// Zoom 1, no pan.
struct Fit {};
struct ToggleOverlays {};
struct ToggleItem {
  ItemId item;
};
struct ToggleCornerTexts {};
struct ToggleIdentity {};
struct ToggleCrosshair {};

/// The viewport drew this state with pixels (not while loading) on the person's screen. It is what allows
/// Enter to accept, and what counts a series as looked at. Dispatch it once for each new picture: when the
/// state, the voxels or the overlays changed (so also after a selection), not for repaints of the same.

struct SlicePainted {
  int viewport = 0;
  view::ViewportState painted;
};
}  // namespace action

using ReadingAction =
    std::variant<action::OpenCase, action::CaseOpened, action::OpenAddendum, action::AddendumFailed,
                 action::CaseOpenFailed, action::CloseCase, action::RecordChanged, action::VolumeProgressed,
                 action::VolumeLoaded, action::VolumeFailed, action::SliceLoaded, action::SliceFailed,
                 action::MaskLoaded, action::MaskFailed, action::ShowBlock, action::SetRaster,
                 action::ShowMpr, action::ActivateViewport, action::ToggleMaximized, action::SetOrientation,
                 action::SetTool, action::SetTab, action::Scroll, action::ScrollTo, action::SetFocus,
                 action::SetWindow, action::SetZoomPan, action::SetCamera, action::SetSlab,
                 action::ApplyPreset, action::ResetWindow, action::ToggleInverted, action::Fit,
                 action::ToggleOverlays, action::ToggleItem, action::ToggleCornerTexts,
                 action::ToggleIdentity, action::ToggleCrosshair, action::SlicePainted>;

namespace effect {
/// Answered by CaseOpened / CaseOpenFailed. Also sets the case's status to "in review" where it may.
struct OpenCase {
  CaseId id;
  ReaderId reader;
};
/// Answered by RecordChanged (and WorklistChanged) / AddendumFailed.
struct OpenAddendum {
  CaseId id;
  ReaderId reader;
};
/// What the case's loading jobs still do is to be cancelled; no answer.
struct CloseCase {
  CaseId id;
};
/// Reads the record again; answered by RecordChanged.
struct RefreshCase {
  CaseId id;
};
/// Answered by VolumeProgressed, then VolumeLoaded / VolumeFailed.
struct LoadVolume {
  CaseId id;
  BlockRef block;
};
/// One slice of a block that is no volume; answered by SliceLoaded / SliceFailed.
struct LoadSlice {
  CaseId id;
  BlockRef block;
  int slice = 0;
};
/// Answered by MaskLoaded / MaskFailed.
struct LoadMask {
  CaseId id;
  std::string hash;
};
/// Every slice of the series was on screen; answered by RecordChanged.
struct MarkViewed {
  CaseId id;
  SeriesUid series;
  ReaderId reader;
};
}  // namespace effect

}  // namespace attest::session
