// Scrolling through 300 slices of 512 x 512 at 900 x 900 pixels: our slice path (sampled, windowed and
// painted on the CPU) against vtkImageSliceMapper in the same run. VTK wants a display: xvfb-run -a
// build/release/bin/scroll_bench
#include <vtkCamera.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkShortArray.h>

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/imaging/volume.h"
#include "core/jobs/pool.h"
#include "core/view/plane.h"
#include "viewers/slice_image.h"

namespace {

using namespace attest;

constexpr int edge = 512;
constexpr int slices = 300;
constexpr int picture = 900;
constexpr int frames = 200;
constexpr int warmUp = 10;

/// Something with structure in every slice, in HU.
imaging::VolumePtr makeVolume() {
  Grid grid;
  grid.dims = {edge, edge, slices};
  grid.spacingMm = {0.7, 0.7, 1.25};
  imaging::Volume volume(grid, imaging::PixelType::int16, Unit::hu);
  auto values = volume.writable<std::int16_t>();
  for (std::size_t at = 0; at < values.size(); ++at)
    values[at] = static_cast<std::int16_t>(static_cast<int>((at * 2654435761U >> 7) % 1500) - 1000);
  return std::make_shared<const imaging::Volume>(std::move(volume));
}

int sliceOf(int frame) {
  return (20 + 3 * frame) % slices;
}

/// p50 and p99 of the milliseconds that a frame takes.
nlohmann::json timed(const std::function<void(int)>& frame) {
  std::vector<double> ms;
  for (int n = 0; n < warmUp + frames; ++n) {
    const auto start = std::chrono::steady_clock::now();
    frame(n);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    if (n >= warmUp) ms.push_back(took.count());
  }
  std::ranges::sort(ms);
  return {{"p50_ms", ms[frames / 2]}, {"p99_ms", ms[frames * 99 / 100]}};
}

nlohmann::json ourSlices(const imaging::VolumePtr& volume, Parallel& parallel,
                         view::Orientation orientation) {
  QImage screen(picture, picture, QImage::Format_RGB32);
  view::ViewportState state;
  state.orientation = orientation;
  state.window = {-250, 1500};
  return timed([&](int n) {
    state.focusMm = view::focusFor(orientation, volume->grid(), sliceOf(n));
    QPainter(&screen).drawImage(0, 0,
                                viewers::sliceImage(state, *volume, {}, {picture, picture, 1}, parallel));
  });
}

nlohmann::json vtkSlices(const imaging::VolumePtr& volume, int axis) {
  const auto values = volume->values<std::int16_t>();
  vtkNew<vtkShortArray> scalars;
  scalars->SetArray(const_cast<short*>(values.data()), static_cast<vtkIdType>(values.size()), 1);
  vtkNew<vtkImageData> data;
  data->SetDimensions(edge, edge, slices);
  data->SetSpacing(0.7, 0.7, 1.25);
  data->GetPointData()->SetScalars(scalars);
  vtkNew<vtkImageSliceMapper> mapper;
  mapper->SetInputData(data);
  mapper->SetOrientation(axis);
  vtkNew<vtkImageProperty> property;
  property->SetColorWindow(1500);
  property->SetColorLevel(-250);
  vtkNew<vtkImageSlice> slice;
  slice->SetMapper(mapper);
  slice->SetProperty(property);
  vtkNew<vtkRenderer> renderer;
  renderer->AddViewProp(slice);
  vtkNew<vtkRenderWindow> window;
  window->SetOffScreenRendering(1);
  window->SetMultiSamples(0);
  window->SetSize(picture, picture);
  window->AddRenderer(renderer);
  vtkCamera* camera = renderer->GetActiveCamera();
  camera->ParallelProjectionOn();
  if (axis == 1) camera->SetPosition(0, -1, 0), camera->SetViewUp(0, 0, 1);
  renderer->ResetCamera();
  return timed([&](int n) {
    mapper->SetSliceNumber(sliceOf(n));
    renderer->ResetCameraClippingRange();
    window->Render();
    window->WaitForCompletion();
  });
}

double ratio(const nlohmann::json& mine, const nlohmann::json& peer, const char* what) {
  return mine.at(what).get<double>() / peer.at(what).get<double>();
}

}  // namespace

int main() {
  if (std::getenv("DISPLAY") == nullptr) {
    std::cerr << "scroll_bench: VTK's slice mapper wants a display; try: xvfb-run -a "
                 "build/release/bin/scroll_bench\n";
    return 2;
  }
  const auto volume = makeVolume();
  jobs::Pool pool;
  nlohmann::json result{{"bench", "scroll"}, {"peer", "vtkImageSliceMapper"}};
  for (const auto& [orientation, axis] :
       {std::pair{view::Orientation::axial, 2}, {view::Orientation::coronal, 1}}) {
    const auto mine = ourSlices(volume, pool.parallel(), orientation);
    const auto peer = vtkSlices(volume, axis);
    result[view::name(orientation)] = {{"ours", mine},
                                       {"peer", peer},
                                       {"ratio_p50", ratio(mine, peer, "p50_ms")},
                                       {"ratio_p99", ratio(mine, peer, "p99_ms")}};
  }
  std::cout << result.dump(2) << '\n';
  return 0;
}
