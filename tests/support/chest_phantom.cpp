#include <cmath>

#include "tests/support/phantom.h"

namespace attest::test {
namespace {

enum class Tissue { outside, fat, soft, bone, rightLung, leftLung, airway, nodule };

std::int16_t valueHu(Tissue tissue) {
  switch (tissue) {
    case Tissue::outside:
    case Tissue::airway:
      return -1000;
    case Tissue::fat:
      return -100;
    case Tissue::bone:
      return 700;
    case Tissue::rightLung:
    case Tissue::leftLung:
      return -850;
    case Tissue::nodule:
      return 60;
    case Tissue::soft:
      break;
  }
  return 40;
}

double squared(double x) {
  return x * x;
}

/// Where `p` lies in an ellipsoid: below 1 inside.
double inEllipsoid(Vec3 p, Vec3 center, Vec3 radii) {
  return squared((p.x - center.x) / radii.x) + squared((p.y - center.y) / radii.y) +
         squared((p.z - center.z) / radii.z);
}

double distanceToSegment(Vec3 p, Vec3 a, Vec3 b) {
  const Vec3 along = b - a;
  const double t = std::clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0);
  return length(p - a - t * along);
}

/// The anatomy, in millimetres from the middle of the grid; sizes follow the grid's half extent.
struct Anatomy {
  Vec3 half;
  double noduleRadius;

  Vec3 at(double x, double y, double z) const { return {x * half.x, y * half.y, z * half.z}; }
  std::array<Vec3, 2> nodules() const { return {at(-0.48, -0.15, 0.25), at(0.44, 0.15, -0.30)}; }

  bool inAirway(Vec3 p) const {
    const Vec3 carina = at(0.02, -0.05, 0.15);
    return distanceToSegment(p, carina, at(0.02, -0.05, 1.5)) <= 0.052 * half.x ||
           distanceToSegment(p, carina, at(-0.30, 0, 0.05)) <= 0.041 * half.x ||
           distanceToSegment(p, carina, at(0.35, 0, 0)) <= 0.041 * half.x;
  }
  Tissue tissue(Vec3 p) const {
    for (const Vec3& nodule : nodules())
      if (length(p - nodule) <= noduleRadius) return Tissue::nodule;
    if (inEllipsoid(p, at(-0.42, 0, -0.06), at(0.34, 0.48, 0.72)) <= 1) return Tissue::rightLung;
    if (inEllipsoid(p, at(0.44, 0.02, 0), at(0.28, 0.44, 0.66)) <= 1) return Tissue::leftLung;
    if (inAirway(p)) return Tissue::airway;
    if (squared(p.x) + squared(p.y - 0.48 * half.y) <= squared(0.115 * half.x)) return Tissue::bone;
    const double body = std::sqrt(squared(p.x / (0.92 * half.x)) + squared(p.y / (0.68 * half.y)));
    return body > 1 ? Tissue::outside : body > 0.95 ? Tissue::fat : Tissue::soft;
  }
};

}  // namespace

ChestPhantom makeChestPhantom(Index3 dims, Vec3 spacingMm) {
  const Vec3 middle{4.5, -12, -160};  // of patient space, so that no axis has its zero in the middle
  const Vec3 half{dims.i * spacingMm.x / 2, dims.j * spacingMm.y / 2, dims.k * spacingMm.z / 2};
  const Grid grid{.dims = dims, .originMm = middle - half + 0.5 * spacingMm, .spacingMm = spacingMm};
  const Anatomy anatomy{half, 8.0};
  auto volume = std::make_shared<imaging::Volume>(grid, imaging::PixelType::int16, Unit::hu);
  const auto values = volume->writable<std::int16_t>();
  std::vector<std::uint8_t> tissues(values.size());
  std::size_t n = 0;
  for (int k = 0; k < dims.k; ++k)
    for (int j = 0; j < dims.j; ++j)
      for (int i = 0; i < dims.i; ++i, ++n) {
        const Tissue tissue = anatomy.tissue(grid.toPatient(Index3{i, j, k}) - middle);
        values[n] = valueHu(tissue);
        tissues[n] = static_cast<std::uint8_t>(tissue);
      }
  const auto only = [&](Tissue wanted) {
    std::vector<std::uint8_t> dense(tissues.size());
    std::transform(tissues.begin(), tissues.end(), dense.begin(),
                   [&](std::uint8_t tissue) { return tissue == static_cast<std::uint8_t>(wanted); });
    return imaging::Mask::fromDense(grid, dense);
  };
  const auto nodules = anatomy.nodules();
  return {grid,
          volume,
          only(Tissue::rightLung),
          only(Tissue::leftLung),
          only(Tissue::airway),
          {middle + nodules[0], middle + nodules[1]},
          anatomy.noduleRadius};
}

}  // namespace attest::test
