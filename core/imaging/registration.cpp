#include "core/imaging/registration.h"

#include <itkCommand.h>
#include <itkCorrelationImageToImageMetricv4.h>
#include <itkEuler3DTransform.h>
#include <itkImage.h>
#include <itkMultiThreaderBase.h>
#include <itkRegularStepGradientDescentOptimizerv4.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include "core/imaging/coarse.h"
#include "core/imaging/piece_match.h"
#include "core/imaging/shift_search.h"

namespace attest::imaging {
namespace {

using Image = itk::Image<float, 3>;
using Metric = itk::CorrelationImageToImageMetricv4<Image, Image>;
using Optimizer = itk::RegularStepGradientDescentOptimizerv4<double>;
using Transform = itk::Euler3DTransform<double>;

/// Lengths are given to ITK in units of this many millimetres, so that a step of the optimizer is as far by a
/// turn of the body as by a shift.
constexpr double unitMm = 100;

struct Level {
  double voxelMm;
  std::size_t samples;
  double firstStepMm;  ///< of the optimizer, halved at each turn back
  double lastStepMm;
};
constexpr Level first{8, 4000, 8, 0.25};
constexpr Level second{4, 10000, 2, 0.05};
constexpr Level third{2.5, 20000, 0.5, 0.01};
constexpr unsigned mostSteps = 100;
constexpr std::size_t mostStarts = 3;
// What passes for the same body. A chest in another position, breath or noise has a correlation above 0.9,
// nearly all its pieces and 4 mm; one that lies prone, is mirrored or another one stays below at least one of
// these.
constexpr double leastCorrelation = 0.7;
constexpr int fewestPieces = 8;
constexpr double leastFound = 0.85;  ///< of the pieces
constexpr double worstErrorMm = 6;

/// ITK may keep no threads of its own (only core/jobs makes any), and say nothing.
void tameItk() {
  static std::once_flag once;
  std::call_once(once, [] {
    itk::MultiThreaderBase::SetGlobalDefaultThreader(itk::MultiThreaderBase::ThreaderEnum::Platform);
    itk::MultiThreaderBase::SetGlobalMaximumNumberOfThreads(1);
    itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(1);
    itk::Object::SetGlobalWarningDisplay(false);
  });
}

itk::Point<double, 3> pointOf(Vec3 mm) {
  itk::Point<double, 3> point;
  for (int a = 0; a < 3; ++a) point[static_cast<unsigned>(a)] = mm[a] / unitMm;
  return point;
}

/// Shares the voxels, which must outlive it.
Image::Pointer imageOf(Coarse& coarse) {
  const auto image = Image::New();
  Image::SizeType size;
  Image::SpacingType spacing;
  Image::DirectionType direction;
  const std::array<int, 3> dims{coarse.grid.dims.i, coarse.grid.dims.j, coarse.grid.dims.k};
  for (unsigned a = 0; a < 3; ++a) {
    size[a] = static_cast<itk::SizeValueType>(dims[a]);
    spacing[a] = coarse.grid.spacingMm[static_cast<int>(a)] / unitMm;
    for (unsigned row = 0; row < 3; ++row) direction[row][a] = coarse.grid.axes[a][static_cast<int>(row)];
  }
  image->SetRegions(size);
  image->SetSpacing(spacing);
  image->SetOrigin(pointOf(coarse.grid.originMm));
  image->SetDirection(direction);
  image->GetPixelContainer()->SetImportPointer(coarse.values.data(), coarse.values.size(), false);
  return image;
}

Vec3 middleOf(const std::vector<Coarse::Sample>& samples) {
  Vec3 sum;
  for (const auto& sample : samples) sum = sum + sample.mm;
  return (1.0 / static_cast<double>(samples.size())) * sum;
}

/// Turns around `middleMm`.
Transform::Pointer transformOf(const RigidTransform& rigid, Vec3 middleMm) {
  const auto transform = Transform::New();
  transform->SetCenter(pointOf(middleMm));
  Transform::MatrixType matrix;
  for (unsigned n = 0; n < 9; ++n) matrix[n / 3][n % 3] = rigid.rotation[n];
  transform->SetMatrix(matrix, 1e-6);
  const Vec3 shift = rigid(middleMm) - middleMm;
  Transform::OutputVectorType translation;
  for (int a = 0; a < 3; ++a) translation[static_cast<unsigned>(a)] = shift[a] / unitMm;
  transform->SetTranslation(translation);
  return transform;
}

RigidTransform rigidOf(const Transform& transform) {
  RigidTransform rigid;
  const auto& matrix = transform.GetMatrix();
  for (unsigned n = 0; n < 9; ++n) rigid.rotation[n] = matrix[n / 3][n % 3];
  const auto& offset = transform.GetOffset();
  rigid.translationMm = {offset[0] * unitMm, offset[1] * unitMm, offset[2] * unitMm};
  return rigid;
}

Metric::FixedSampledPointSetType::Pointer pointsOf(const std::vector<Coarse::Sample>& samples) {
  const auto points = Metric::FixedSampledPointSetType::New();
  itk::IdentifierType n = 0;
  for (const auto& sample : samples) {
    Metric::FixedSampledPointSetType::PointType point;
    point.CastFrom(pointOf(sample.mm));
    points->SetPoint(n++, point);
  }
  return points;
}

/// Two volumes at one size of voxel.
struct Pair {
  Coarse fixed;
  Coarse moving;
};

Result<Pair> coarsen(const Volume& fixed, const Volume& moving, const Level& level,
                     const std::stop_token& stop) {
  Pair pair;
  ATTEST_TRY(pair.fixed, Coarse::of(fixed, level.voxelMm, stop));
  ATTEST_TRY(pair.moving, Coarse::of(moving, level.voxelMm, stop));
  return pair;
}

/// Follows the correlation uphill from `start`; what takes points of the fixed volume into the moving one.
Result<RigidTransform> climb(Pair& pair, const Level& level, const RigidTransform& start,
                             const std::stop_token& stop) {
  const auto samples = pair.fixed.bodySamples(level.samples);
  if (samples.empty()) return fail(ErrorCode::unsupported, "the images show no body");
  const auto transform = transformOf(start, middleOf(samples));
  const auto metric = Metric::New();
  metric->SetFixedImage(imageOf(pair.fixed));
  metric->SetMovingImage(imageOf(pair.moving));
  metric->SetMovingTransform(transform);
  metric->SetFixedSampledPointSet(pointsOf(samples));
  metric->SetUseSampledPointSet(true);
  metric->SetUseFixedImageGradientFilter(false);
  metric->SetUseMovingImageGradientFilter(false);
  metric->SetMaximumNumberOfWorkUnits(1);
  metric->Initialize();
  const auto optimizer = Optimizer::New();
  optimizer->SetMetric(metric);
  optimizer->SetNumberOfWorkUnits(1);
  optimizer->SetNumberOfIterations(mostSteps);
  optimizer->SetLearningRate(level.firstStepMm / unitMm);
  optimizer->SetMinimumStepLength(level.lastStepMm / unitMm);
  optimizer->SetGradientMagnitudeTolerance(1e-9);
  const auto watch = itk::FunctionCommand::New();
  watch->SetCallback([&](const itk::EventObject&) {
    if (stop.stop_requested()) optimizer->StopOptimization();
  });
  optimizer->AddObserver(itk::IterationEvent(), watch);
  optimizer->StartOptimization();
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return rigidOf(*transform);
}

Likeness likenessOf(const Pair& pair, const Level& level, const RigidTransform& toMoving) {
  const double bodyMm3 = static_cast<double>(pair.fixed.bodyVoxels()) * pair.fixed.grid.voxelVolumeMm3();
  return likeness(pair.fixed.bodySamples(level.samples), bodyMm3, pair.moving, toMoving);
}

/// From where to climb: where they are, or the likeliest of the shifts.
Result<RigidTransform> beginning(const Volume& fixed, const Volume& moving, bool sameFrame,
                                 const std::stop_token& stop) {
  if (sameFrame) return RigidTransform{};
  ATTEST_TRY(Pair pair, coarsen(fixed, moving, first, stop));
  ATTEST_TRY(const auto shifts, likelyShifts(pair.fixed, pair.moving, mostStarts, stop));
  RigidTransform best;
  double highest = 0;
  for (const RigidTransform& shift : shifts) {
    ATTEST_TRY(const RigidTransform climbed, climb(pair, first, shift, stop));
    const Likeness like = likenessOf(pair, first, climbed);
    if (like.overlap < leastOverlap || like.correlation <= highest) continue;
    highest = like.correlation;
    best = climbed;
  }
  if (!(highest > 0)) return fail(ErrorCode::unsupported, "the images have too little in common");
  return best;
}

Result<Registration> align(const Volume& moving, const Volume& fixed, bool sameFrame,
                           const std::stop_token& stop) {
  ATTEST_TRY(RigidTransform toMoving, beginning(fixed, moving, sameFrame, stop));
  {
    ATTEST_TRY(Pair pair, coarsen(fixed, moving, second, stop));
    ATTEST_TRY(toMoving, climb(pair, second, toMoving, stop));
  }
  ATTEST_TRY(Pair pair, coarsen(fixed, moving, third, stop));
  ATTEST_TRY(toMoving, climb(pair, third, toMoving, stop));
  const Likeness like = likenessOf(pair, third, toMoving);
  if (like.overlap < leastOverlap || like.correlation < leastCorrelation)
    return fail(ErrorCode::unsupported, "the images have too little in common");
  ATTEST_TRY(const PieceMatch match, matchPieces(pair.fixed, pair.moving, toMoving, stop));
  if (match.pieces < fewestPieces || match.found < leastFound * match.pieces || match.errorMm > worstErrorMm)
    return fail(ErrorCode::unsupported, "the images do not lie on each other");
  return Registration{toMoving.inverse(), match.errorMm};
}

}  // namespace

Result<Registration> registerRigid(const Volume& earlier, const Volume& current, bool sameFrame,
                                   std::stop_token stop) {
  tameItk();
  try {
    return align(earlier, current, sameFrame, stop);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::too_large, "not enough memory");
  } catch (const std::exception&) {  // of ITK, whose words hold paths and numbers that help nobody
    return fail(ErrorCode::unsupported, "the images can not be aligned");
  }
}

}  // namespace attest::imaging
