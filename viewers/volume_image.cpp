#include "viewers/volume_image.h"

#include <vtkCamera.h>
#include <vtkFixedPointRayCastImage.h>
#include <vtkFixedPointVolumeRayCastCompositeShadeHelper.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkImageData.h>
#include <vtkLight.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>
#include <vtkVolumeRayCastSpaceLeapingImageFilter.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/view/plane.h"
#include "viewers/volume_texture.h"

namespace attest::viewers {
namespace {

constexpr int largestEdge = 256;
constexpr int bands =
    64;  ///< rows of a picture are cast in so many interleaved pieces; a stop waits for at most one

/// VTK 9.1 finds the blocks of voxels that rays may leap over wrongly where it splits that work into pieces
/// (measured: a fifth of them, seen as holes); done in one piece it is right.
class RayCastMapper final : public vtkFixedPointVolumeRayCastMapper {
 public:
  static RayCastMapper* New();
  vtkTypeMacro(RayCastMapper, vtkFixedPointVolumeRayCastMapper)

      private : RayCastMapper() {
    SetNumberOfThreads(1);
    SpaceLeapFilter->SetNumberOfThreads(1);
    SpaceLeapFilter->SetEnableSMP(false);
  }
};
vtkStandardNewMacro(RayCastMapper)

    void moveTo(vtkVolume* prop, const Grid& grid) {
  vtkNew<vtkMatrix4x4> matrix;
  for (int axis = 0; axis < 3; ++axis) {
    const Vec3 direction = grid.axes[static_cast<std::size_t>(axis)];
    for (int row = 0; row < 3; ++row) matrix->SetElement(row, axis, direction[row]);
    matrix->SetElement(axis, 3, grid.originMm[axis]);
  }
  prop->SetUserMatrix(matrix);
}

/// The fixed-point mapper's 15 bit picture, the lowest row first, as an image with the highest first.
QImage toImage(vtkFixedPointRayCastImage* cast, const Pixels& pixels) {
  QImage image(pixels.width, pixels.height, QImage::Format_RGB32);
  image.fill(Qt::black);
  int used[2], memory[2], origin[2], viewport[2];
  cast->GetImageInUseSize(used);
  cast->GetImageMemorySize(memory);
  cast->GetImageOrigin(origin);
  cast->GetImageViewportSize(viewport);
  QImage whole(viewport[0], viewport[1], QImage::Format_RGB32);
  whole.fill(Qt::black);
  const auto byte = [](unsigned short value) { return std::min(255, value >> 7); };
  for (int y = 0; y < used[1]; ++y) {
    const int row = viewport[1] - 1 - (y + origin[1]);
    if (row < 0 || row >= viewport[1]) continue;
    auto* to = reinterpret_cast<QRgb*>(whole.scanLine(row));
    const unsigned short* from = cast->GetImage() + 4 * static_cast<std::ptrdiff_t>(y) * memory[0];
    for (int x = 0; x < used[0]; ++x, from += 4)
      if (x + origin[0] < viewport[0]) to[x + origin[0]] = qRgb(byte(from[0]), byte(from[1]), byte(from[2]));
  }
  if (whole.size() == image.size()) return whole;
  return whole.scaled(image.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

}  // namespace

CameraAxes axesOf(const view::Camera& camera) {
  const double azimuth = camera.azimuthDegrees * std::numbers::pi / 180;
  const double elevation = camera.elevationDegrees * std::numbers::pi / 180;
  const Vec3 toViewer{std::sin(azimuth) * std::cos(elevation), -std::cos(azimuth) * std::cos(elevation),
                      std::sin(elevation)};
  const Vec3 right{std::cos(azimuth), std::sin(azimuth), 0};
  return {right, cross(toViewer, right), toViewer};
}

/// VTK's objects, and what the texture was made of. The render window is only asked for its size: nothing is
/// drawn through OpenGL, and no context is ever made.
struct VolumeImage::Scene {
  vtkNew<vtkGenericOpenGLRenderWindow> window;
  vtkNew<vtkRenderer> renderer;
  vtkNew<RayCastMapper> mapper;
  vtkNew<vtkVolume> prop;
  vtkNew<vtkLight> light;
  VolumeTexture texture;
  imaging::VolumePtr volume;
  Window windowing;
  std::vector<view::OverlayItem> overlays;

  Scene();
  bool isMadeOf(const imaging::VolumePtr& v, Window w, std::span<const view::OverlayItem> o) const;
  void setTexture(VolumeTexture made);
  void aim(const view::ViewportState& state, const Pixels& pixels);
  bool cast(Quality quality, Parallel& parallel, const std::stop_token& stop);
};

VolumeImage::Scene::Scene() {
  window->AddRenderer(renderer);
  mapper->AutoAdjustSampleDistancesOff();
  mapper->IntermixIntersectingGeometryOff();
  vtkNew<vtkPiecewiseFunction> opacity;
  opacity->AddPoint(0, 0);
  opacity->AddPoint(255, 1);
  vtkVolumeProperty* property = prop->GetProperty();
  property->IndependentComponentsOff();
  property->SetScalarOpacity(opacity);
  property->SetInterpolationTypeToLinear();
  property->ShadeOn();
  property->SetAmbient(0.25);
  property->SetDiffuse(0.75);
  property->SetSpecular(0.15);
  property->SetSpecularPower(12);
  prop->SetMapper(mapper);
  renderer->AddVolume(prop);
  light->SetLightTypeToHeadlight();
  renderer->AddLight(light);
  renderer->GetActiveCamera()->ParallelProjectionOn();
}

bool VolumeImage::Scene::isMadeOf(const imaging::VolumePtr& v, Window w,
                                  std::span<const view::OverlayItem> o) const {
  const bool windowCounts = v->unit() != Unit::hu;
  return volume == v && (!windowCounts || windowing == w) &&
         std::ranges::equal(overlays, o, [](const view::OverlayItem& a, const view::OverlayItem& b) {
           return a.mask == b.mask && a.color == b.color && a.visible == b.visible && a.style == b.style;
         });
}

void VolumeImage::Scene::setTexture(VolumeTexture made) {
  texture = std::move(made);
  vtkNew<vtkUnsignedCharArray> scalars;
  scalars->SetNumberOfComponents(4);
  scalars->SetArray(texture.rgba.data(), static_cast<vtkIdType>(texture.rgba.size()), 1);  // 1: stays ours
  vtkNew<vtkImageData> data;
  const Grid& grid = texture.grid;
  data->SetDimensions(grid.dims.i, grid.dims.j, grid.dims.k);
  data->SetSpacing(grid.spacingMm.x, grid.spacingMm.y, grid.spacingMm.z);
  data->GetPointData()->SetScalars(scalars);
  mapper->SetInputData(data);
  prop->GetProperty()->SetScalarOpacityUnitDistance(grid.spacingMm.x);
  moveTo(prop, grid);
}

void VolumeImage::Scene::aim(const view::ViewportState& state, const Pixels& pixels) {
  const Grid& grid = texture.grid;
  const CameraAxes axes = axesOf(state.camera);
  const Vec3 middle =
      grid.toPatient(Vec3{(grid.dims.i - 1) / 2.0, (grid.dims.j - 1) / 2.0, (grid.dims.k - 1) / 2.0});
  const Vec3 focus = middle - state.pan.rightMm * axes.right + state.pan.downMm * axes.up;
  const Vec3 eye = focus + 1000.0 * axes.toViewer;
  const imaging::Plane plane = view::planeFor(state, grid, pixels.width, pixels.height);
  window->SetSize(pixels.width, pixels.height);
  vtkCamera* camera = renderer->GetActiveCamera();
  camera->SetFocalPoint(focus.x, focus.y, focus.z);
  camera->SetPosition(eye.x, eye.y, eye.z);
  camera->SetViewUp(axes.up.x, axes.up.y, axes.up.z);
  camera->SetParallelScale(length(plane.stepYMm) * pixels.height / 2);
  renderer->ResetCameraClippingRange();
  renderer->UpdateLightsGeometryToFollowCamera();
}

/// The rays of one frame. The mapper would start threads of its own here; instead `parallel` runs its ray
/// casting helper.
bool VolumeImage::Scene::cast(Quality quality, Parallel& parallel, const std::stop_token& stop) {
  const Vec3 spacing = texture.grid.spacingMm;
  const double voxel = std::min({spacing.x, spacing.y, spacing.z});
  const double sample = quality == Quality::still ? 0.7 * voxel : 1.5 * voxel;
  mapper->SetSampleDistance(static_cast<float>(sample));
  mapper->SetInteractiveSampleDistance(static_cast<float>(sample));
  mapper->SetImageSampleDistance(quality == Quality::still ? 1 : 3);
  mapper->Update();
  if (mapper->PerImageInitialization(renderer, prop, 0, nullptr, nullptr, nullptr) == 0) return false;
  mapper->PerVolumeInitialization(renderer, prop);
  if (stop.stop_requested()) return false;
  mapper->PerSubVolumeInitialization(renderer, prop, 0);
  parallel.forEach(bands, 1, stop, [&](std::size_t begin, std::size_t end) {
    for (std::size_t band = begin; band < end; ++band)
      mapper->GetCompositeShadeHelper()->GenerateImage(static_cast<int>(band), bands, prop, mapper);
  });
  return true;
}

VolumeImage::VolumeImage() : scene_(std::make_unique<Scene>()) {}
VolumeImage::~VolumeImage() = default;

std::optional<QImage> VolumeImage::render(const view::ViewportState& state, const imaging::VolumePtr& volume,
                                          std::span<const view::OverlayItem> overlays, const Pixels& pixels,
                                          Quality quality, Parallel& parallel, std::stop_token stop) {
  QImage black(pixels.width, pixels.height, QImage::Format_RGB32);
  black.fill(Qt::black);
  if (volume == nullptr || volume->grid().voxels() == 0) return black;
  if (!scene_->isMadeOf(volume, state.window, overlays)) {
    auto texture = makeTexture(*volume, state.window, overlays, largestEdge, parallel, stop);
    if (!texture) return std::nullopt;
    scene_->setTexture(*std::move(texture));
    scene_->volume = volume;
    scene_->windowing = state.window;
    scene_->overlays.assign(overlays.begin(), overlays.end());
  }
  scene_->aim(state, pixels);
  const bool hit = scene_->cast(quality, parallel, stop);
  if (stop.stop_requested()) return std::nullopt;
  return hit ? toImage(scene_->mapper->GetRayCastImage(), pixels) : black;
}

}  // namespace attest::viewers
