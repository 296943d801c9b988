#include "ui/reading/viewer_cell.h"

#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QStackedLayout>
#include <algorithm>

#include "core/base/format.h"
#include "core/view/corner_texts.h"
#include "core/view/plane.h"
#include "core/view/presets.h"
#include "ui/commands.h"
#include "ui/error_words.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

namespace act = session::action;
using viewers::SliceView;
using viewers::ToolKind;
using viewers::VolumeView;

ToolKind kindOf(session::Tool tool) {
  switch (tool) {
    case session::Tool::window:
      return ToolKind::window_level;
    case session::Tool::scroll:
      return ToolKind::scroll;
    case session::Tool::pan:
      return ToolKind::pan;
    case session::Tool::zoom:
      return ToolKind::zoom;
    case session::Tool::crosshair:
      return ToolKind::crosshair;
    case session::Tool::brush:
      return ToolKind::brush;
    case session::Tool::eraser:
      return ToolKind::eraser;
  }
  return ToolKind::window_level;
}

bool same(const view::OverlayItem& a, const view::OverlayItem& b) {
  return a.item == b.item && a.mask == b.mask && a.color == b.color && a.visible == b.visible &&
         a.style == b.style && a.dashed == b.dashed && a.selected == b.selected;
}

QString valueWords(double value, Unit unit) {
  if (unit == Unit::hu) return local(formatHu(value));
  if (unit == Unit::suv_bw) return QStringLiteral("SUV %1").arg(local(formatNumber(value, 2)));
  return text(formatNumber(value, 0));
}

/// The record that a block belongs to, kept alive.
std::shared_ptr<const CaseRecord> ownerOf(const session::Reading& reading, const BlockRef& block) {
  const CaseRecord* owner = recordOf(reading, block);
  for (const auto& [id, prior] : reading.priors.records) {
    if (owner != nullptr && prior.get() == owner) return prior;
  }
  return reading.record;
}

/// The marks of a viewport. Only the chosen one has words: several would stand over each other and the
/// images.
std::vector<view::ExpectedMark> marksOf(const session::State& now, const view::ViewportState& viewport) {
  std::vector<view::ExpectedMark> marks = session::expectedMarks(now, viewport);
  for (view::ExpectedMark& mark : marks) {
    if (!mark.selected) {
      mark.label.clear();
      continue;
    }
    const QString name = term(mark.label);
    mark.label =
        utf8(mark.earlier                          ? name
             : mark.outcome == LesionOutcome::open ? ViewerCell::tr("expected here: %1").arg(name)
                                                   : ViewerCell::tr("%1, %2").arg(name, words(mark.outcome)));
  }
  return marks;
}

struct Message {
  QString words;
  bool isError = false;
};

/// What stands in the middle while there are no voxels; empty when there are.
Message messageFor(const session::Reading& reading, const view::ViewportState& viewport) {
  if (viewport.block.series.empty()) return {ViewerCell::tr("Drag a series here")};
  const auto at = reading.blocks.find(viewport.block);
  if (at != reading.blocks.end() && at->second.error) {
    const ErrorWords said = words(*at->second.error);
    return {said.happened + QLatin1Char('\n') + said.advice, true};
  }
  if (shownVolume(reading, viewport) != nullptr) return {};
  if (at == reading.blocks.end() || at->second.progress <= 0) return {ViewerCell::tr("Loading…")};
  return {ViewerCell::tr("Loading… %1 %").arg(static_cast<int>(at->second.progress * 100))};
}

}  // namespace

ViewerCell::ViewerCell(Store& store, ViewerServices services, int index, QWidget* parent)
    : QWidget(parent),
      store_(store),
      services_(std::move(services)),
      index_(index),
      slices_(new SliceView(services_.parallel)),
      stack_(new QStackedLayout(this)) {
  named(this, QStringLiteral("viewport%1").arg(index), tr("Viewport %1").arg(index + 1));
  named(slices_, QStringLiteral("slices%1").arg(index), tr("Viewport %1").arg(index + 1));
  setAcceptDrops(true);
  stack_->setContentsMargins(0, 0, 0, 0);
  stack_->addWidget(slices_);
  connectSlices();
}

void ViewerCell::connectSlices() {
  const auto send = [this](const session::Action& action) { store_.dispatch(action); };
  connect(slices_, &SliceView::viewportActivated, this, [=, this] {
    if (store_.state().reading->layout.active != index_) send(act::ActivateViewport{index_});
  });
  connect(slices_, &SliceView::scrolled, this, &ViewerCell::scrolled);
  connect(slices_, &SliceView::framed, this, [=, this](const view::ViewportState& s) {
    send(act::SetZoomPan{index_, s.zoom, s.pan});
  });
  connect(slices_, &SliceView::windowChanged, this, [=, this](Window w) { send(act::SetWindow{index_, w}); });
  connect(slices_, &SliceView::crosshairMoved, this, [=, this](Vec3 at) { send(act::SetFocus{index_, at}); });
  connect(slices_, &SliceView::strokeFinished, this, [=, this](const ItemId&, const imaging::MaskPtr& mask) {
    send(act::StrokeEnded{mask, store_.now()});
  });
  connect(slices_, &SliceView::maximizeToggled, this, [=] { send(act::ToggleMaximized{}); });
  connect(slices_, &SliceView::sliceShown, this, [=, this](const view::ViewportState& s, int) {
    send(act::SlicePainted{index_, s});
  });
  connect(slices_, &SliceView::valueUnderCursor, this, &ViewerCell::showCursor);
  connect(slices_, &SliceView::cursorLeft, this, [this] { Q_EMIT cursor({}, {}); });
  connect(slices_, &SliceView::menuRequested, this, [this](QPoint at, Vec3) { openMenu(at); });
}

void ViewerCell::takeFocus() {
  stack_->currentWidget()->setFocus();
}

void ViewerCell::draw(const session::State& now) {
  const view::ViewportState& viewport = now.reading->layout.viewports[static_cast<std::size_t>(index_)];
  if (viewport.orientation == view::Orientation::volume3d) {
    drawVolume(now, viewport);
  } else {
    drawSlices(now, viewport);
  }
}

void ViewerCell::drawSlices(const session::State& now, const view::ViewportState& viewport) {
  const session::Reading& reading = *now.reading;
  stack_->setCurrentWidget(slices_);
  const imaging::VolumePtr volume = shownVolume(reading, viewport);
  const auto record = ownerOf(reading, viewport.block);
  const Block* block = record == nullptr ? nullptr : findBlock(*record, viewport.block);
  std::optional<viewers::SingleImage> single;
  if (block != nullptr && !block->isVolume()) {
    single = viewers::SingleImage{viewport.slice, shownSliceCount(reading, viewport)};
  }
  slices_->setState(viewport);
  slices_->setImages(volume, single);
  setOverlays(now, viewport);
  if (record != nullptr && volume != nullptr && reading.cornerTexts) {
    slices_->setTexts([record, grid = volume->grid(), hidden = reading.identityHidden](
                          const view::ViewportState& state, const imaging::Plane& plane) {
      view::CornerTexts texts = view::cornerTexts(*record, state, grid, plane);
      if (hidden) texts.topLeft.clear();
      for (std::vector<std::string>* corner : {&texts.bottomLeft, &texts.bottomRight}) {
        for (std::string& line : *corner) line = utf8(local(line));
      }
      return texts;
    });
  } else {
    slices_->setTexts({});
  }
  const Message message = messageFor(reading, viewport);
  slices_->setMessage(message.words, message.isError);
  slices_->setMarks(marksOf(now, viewport));
  slices_->setMark(isPrior(reading, viewport.block) ? tr("prior · %1").arg(dayWords(record->study.date))
                   : isSaving(now)                  ? tr("saving…")
                                                    : QString());
  slices_->setSelected(reading.layout.active == index_ && reading.layout.viewports.size() > 1);
  slices_->setCrosshairVisible(reading.crosshair && reading.layout.viewports.size() > 1);
  slices_->setTool(kindOf(reading.tool));
  if (now.review->edit) slices_->setBrushRadius(now.review->brushRadiusMm);
}

void ViewerCell::drawVolume(const session::State& now, const view::ViewportState& viewport) {
  if (volume_ == nullptr) {
    volume_ = named(new VolumeView(services_.runner, services_.parallel),
                    QStringLiteral("volume%1").arg(index_), tr("3D viewport"));
    volume_->setFocusPolicy(Qt::ClickFocus);
    stack_->addWidget(volume_);
    connect(volume_, &VolumeView::viewportActivated, this, [this] {
      if (store_.state().reading->layout.active != index_) store_.dispatch(act::ActivateViewport{index_});
    });
    connect(volume_, &VolumeView::maximizeToggled, this, [this] { store_.dispatch(act::ToggleMaximized{}); });
    connect(volume_, &VolumeView::cameraMoved, this, [this](const view::ViewportState& s) {
      store_.dispatch(act::SetCamera{index_, s.camera});
      store_.dispatch(act::SetZoomPan{index_, s.zoom, s.pan});
    });
  }
  stack_->setCurrentWidget(volume_);
  volume_->setState(viewport);
  volume_->setVolume(shownVolume(*now.reading, viewport));
  setOverlays(now, viewport);
  const Message message = messageFor(*now.reading, viewport);
  volume_->setMessage(message.words, message.isError);
  volume_->setSelected(now.reading->layout.active == index_ && now.reading->layout.viewports.size() > 1);
}

void ViewerCell::setOverlays(const session::State& now, const view::ViewportState& viewport) {
  std::vector<view::OverlayItem> wanted = session::overlays(now, viewport);
  if (std::ranges::equal(wanted, overlays_, same)) return;
  overlays_ = wanted;
  if (stack_->currentWidget() == slices_) {
    slices_->setOverlays(std::move(wanted));
  } else {
    volume_->setOverlays(std::move(wanted));
  }
}

void ViewerCell::scrolled(const view::ViewportState& state) {
  const session::Reading& reading = *store_.state().reading;
  const CaseRecord* record = recordOf(reading, state.block);
  const Block* block = record == nullptr ? nullptr : findBlock(*record, state.block);
  if (block == nullptr) return;
  const auto grid = shownGrid(reading, state);
  if (block->isVolume() && grid) {
    store_.dispatch(act::ScrollTo{index_, view::sliceIndex(state.orientation, *grid, state.focusMm)});
  } else if (!block->isVolume()) {
    store_.dispatch(act::ScrollTo{index_, state.slice});
  }
}

void ViewerCell::showCursor(Vec3 atMm, std::optional<double> value) {
  const auto volume = shownVolume(*store_.state().reading, slices_->state());
  const Unit unit = volume == nullptr ? Unit::none : volume->unit();
  Q_EMIT cursor(value ? valueWords(*value, unit) : QString(), local(view::readablePosition(atMm)));
}

void ViewerCell::openMenu(QPoint at) {
  const session::Reading& reading = *store_.state().reading;
  const view::ViewportState& viewport = reading.layout.viewports[static_cast<std::size_t>(index_)];
  store_.dispatch(act::ActivateViewport{index_});
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const CaseRecord* record = recordOf(reading, viewport.block);
  const Block* block = record == nullptr ? nullptr : findBlock(*record, viewport.block);
  if (block != nullptr && block->isVolume()) {
    for (const auto plane :
         {view::Orientation::axial, view::Orientation::coronal, view::Orientation::sagittal,
          view::Orientation::stack, view::Orientation::volume3d}) {
      QAction* action = menu->addAction(words(plane), this, [this, plane] {
        store_.dispatch(act::SetOrientation{index_, plane});
      });
      action->setCheckable(true);
      action->setChecked(plane == viewport.orientation);
    }
    menu->addSeparator();
  }
  if (isComparing(reading)) {
    QAction* linked = menu->addAction(tr("Scroll current and prior together"), this,
                                      [this] { store_.dispatch(act::ToggleLinked{}); });
    linked->setCheckable(true);
    linked->setChecked(reading.priors.linked);
  }
  menu->addAction(tr("Fit"), this, [this] { store_.dispatch(act::Fit{}); });
  menu->addAction(tr("Window of the file"), this, [this] { store_.dispatch(act::ResetWindow{}); });
  menu->addAction(tr("Invert"), this, [this] { store_.dispatch(act::ToggleInverted{}); });
  menu->addAction(tr("Alone, and back"), this, [this] { store_.dispatch(act::ToggleMaximized{}); });
  menu->popup(at);
}

void ViewerCell::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasFormat(QLatin1String(blockMime))) event->acceptProposedAction();
}

void ViewerCell::dropEvent(QDropEvent* event) {
  const QList<QByteArray> parts = event->mimeData()->data(QLatin1String(blockMime)).split('#');
  if (parts.size() != 2) return;
  store_.dispatch(act::ShowBlock{index_, {SeriesUid{parts[0].toStdString()}, parts[1].toInt()}});
  event->acceptProposedAction();
}

}  // namespace attest::ui
