#include "core/imaging/phantom/anatomy.h"

#include <limits>

namespace attest::imaging::phantom {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr Bounds everywhere{{-200, -160, -250}, {200, 160, 250}};

// HU as in an unenhanced CT of the chest.
constexpr double fatHu = -105;
constexpr double muscleHu = 50;
constexpr double bloodHu = 42;
constexpr double liverHu = 58;
constexpr double spleenHu = 48;
constexpr double stomachHu = 18;
constexpr double wallHu = 35;

double mirrored(Side side) {
  return side == Side::right ? -1 : 1;
}

double skin(Vec3 p) {
  return smoothMax(ellipsoid(p, {0, 0, 0}, {166, 116, endless}), p.y - 108, 24);
}

/// Its long axis points to the left, the front and the feet.
double heart(Vec3 p) {
  constexpr Vec3 center{18, -26, -42};
  constexpr Vec3 across{0.53, 0.85, 0};
  static const Vec3 axis = normalized({0.72, -0.45, -0.50});
  static const Vec3 side = normalized(across - dot(across, axis) * axis);
  static const Vec3 up = cross(axis, side);
  const Vec3 d = p - center;
  return ellipsoid({dot(d, axis), dot(d, side), dot(d, up)}, {}, {60, 42, 44});
}

double leftAtrium(Vec3 p) {
  return ellipsoid(p, {2, 14, -10}, {34, 15, 22});
}

const std::vector<Tube>& aorta() {
  static const std::vector<Tube> tubes = [] {
    std::vector<Tube> made;
    addPath(made, {{4, -20, -25}, {-9, -24, 12}, {-9, -22, 42}, {-3, -14, 58}}, 15);
    addPath(made, {{-3, -14, 58}, {10, 2, 64}, {22, 18, 60}, {29, 28, 46}}, 13);
    addPath(made, {{29, 28, 46}, {30, 31, 0}, {24, 31, -80}, {12, 28, -160}}, 12);
    return made;
  }();
  return tubes;
}

double nearest(Vec3 p, const std::vector<Tube>& tubes) {
  double least = endless;
  for (const Tube& tube : tubes) least = std::min(least, distance(p, tube));
  return least;
}

double spineBulge(Vec3 p) {
  return ellipsoid(p, {0, spineY(p.z) + 4, 0}, {24, 30, endless});
}

double mediastinum(Vec3 p) {
  const double wide = 31 - 0.0009 * (p.z - 10) * (p.z - 10);
  return ellipsoid(p, {1, -4, 0}, {std::max(wide, 16.0), 82, endless});
}

/// Top of the dome: right 8 mm higher, where the liver is.
double diaphragm(Vec3 p, Side side) {
  const bool right = side == Side::right;
  return ellipsoid(p, {right ? -62.0 : 62.0, 0, right ? -152.0 : -160.0}, {57, 74, 86});
}

/// What the lungs leave free.
double betweenTheLungs(Vec3 p) {
  double d = smoothMin(mediastinum(p), spineBulge(p), 10);
  d = smoothMin(d, heart(p) - 4, 8);
  return smoothMin(d, nearest(p, aorta()) - 2, 6);
}

/// The abdomen and what fills the middle of the chest: fat, in which the organs lie.
double cavity(Vec3 p) {
  const double below = smoothMax(ellipsoid(p, {0, 0, 0}, {120, 80, endless}), p.z + 66, 10);
  const double middle = smoothMax(mediastinum(p), std::abs(p.z) - 128, 10);
  return smoothMax(std::min(below, middle), ellipsoid(p, {0, 0, 0}, {122, 80, endless}), 4);
}

Solid solid(const Bounds& bounds, std::function<double(Vec3)> distance) {
  return {bounds, std::move(distance)};
}

Solid ball(Vec3 center, Vec3 radii) {
  return solid({center - radii, center + radii}, [=](Vec3 p) { return ellipsoid(p, center, radii); });
}

/// Liver under the right dome with its left lobe, spleen and stomach under the left one.
std::vector<Layer> abdomen() {
  const auto liver = [](Vec3 p) {
    const double lobes =
        smoothMin(diaphragm(p, Side::right) + 3, ellipsoid(p, {6, -38, -140}, {62, 32, 44}), 12);
    return smoothMax(lobes, -spineBulge(p) + 2, 6);
  };
  const auto under = [](Side side, Vec3 center, Vec3 radii) {
    return [=](Vec3 p) { return smoothMax(diaphragm(p, side) + 3, ellipsoid(p, center, radii), 5); };
  };
  const Bounds low{{-125, -85, -200}, {125, 90, -50}};
  return {{liverHu, {solid(low, liver)}, {}},
          {spleenHu, {solid(low, under(Side::left, {78, 40, -140}, {38, 42, 46}))}, {}},
          {stomachHu, {solid(low, under(Side::left, {56, -14, -140}, {40, 38, 52}))}, {}}};
}

/// Blood outside the heart's ellipsoid: great vessels to and from it.
std::vector<Tube> greatVessels() {
  std::vector<Tube> tubes = aorta();
  addPath(tubes, {{-25, -14, 112}, {-25, -14, 40}, {-22, -10, -5}}, 8);  // superior vena cava
  addPath(tubes, {{-24, 4, -60}, {-24, 6, -160}}, 11);                   // inferior vena cava
  addPath(tubes, {{14, -42, -5}, {16, -28, 18}, {16, -16, 28}}, 13);     // pulmonary trunk
  addPath(tubes, {{16, -14, 26}, {-8, -8, 24}, hilum(Side::right).artery}, 9);
  addPath(tubes, {{16, -16, 28}, {30, -2, 33}, hilum(Side::left).artery}, 9);
  addPath(tubes, {{-20, 12, -8}, hilum(Side::right).vein}, 7);
  addPath(tubes, {{24, 14, -8}, hilum(Side::left).vein}, 7);
  addPath(tubes, {{-2, -10, 66}, {-16, -12, 100}, {-20, -4, 165}}, 6);  // to the head and arms
  addPath(tubes, {{9, 0, 70}, {16, -6, 105}, {20, -2, 165}}, 4.5);
  addPath(tubes, {{19, 12, 68}, {24, 10, 105}, {34, 6, 165}}, 5);
  addPath(tubes, {{-25, -14, 108}, {0, -26, 84}, {26, -20, 118}, {32, -10, 165}},
          6);  // left brachiocephalic vein
  return tubes;
}

}  // namespace

double spineY(double z) {
  return 50 - 11 * (z / 155) * (z / 155);
}

double thoraxDistance(Vec3 p, Side side) {
  const Vec3 bent{p.x, p.y, std::max(p.z, 10.0)};  // below the shoulder it no longer gets wider
  return ellipsoid(bent, {64 * mirrored(side), 4, 10}, {60, 80, 118});
}

double lungDistance(Vec3 p, Side side) {
  double d = smoothMax(thoraxDistance(p, side), -betweenTheLungs(p), 6);
  d = smoothMax(d, -diaphragm(p, side), 5);
  return smoothMax(d, -118 - 0.12 * p.y - p.z, 6);  // the recess ends deeper at the back
}

Bounds lungBounds(Side side) {
  return side == Side::right ? Bounds{{-126, -78, -132}, {20, 86, 130}}
                             : Bounds{{-20, -78, -132}, {126, 86, 130}};
}

Hilum hilum(Side side) {
  if (side == Side::right) return {{-27, 14, 16}, {-34, 0, 20}, {-33, 12, -12}};
  return {{34, 16, 12}, {40, 4, 30}, {38, 10, -10}};
}

std::vector<Tube> largeAirways() {
  std::vector<Tube> tubes;
  addPath(tubes, {{0, 6, 170}, {-1, 9, 100}, {0, 12, 42}}, 8.5);
  addPath(tubes, {{0, 12, 42}, hilum(Side::right).bronchus}, 6.5);
  addPath(tubes, {{0, 12, 42}, hilum(Side::left).bronchus}, 5.8);
  return tubes;
}

std::vector<Layer> bodyLayers() {
  const auto muscle = [](Vec3 p) { return skin(p) + 11 + (p.y < 0 ? 4 * p.y / -116 : 0); };
  std::vector<Layer> layers{{fatHu, {solid(everywhere, skin)}, {}},
                            {muscleHu, {solid(everywhere, muscle)}, {}},
                            {fatHu, {solid({{-122, -82, -250}, {122, 82, 132}}, cavity)}, {}}};
  for (Layer& layer : abdomen()) layers.push_back(std::move(layer));
  Layer esophagus{wallHu, {}, {}};
  addPath(esophagus.tubes, {{5, 25, 160}, {5, 27, 40}, {7, 27, -60}, {22, 10, -130}}, 5.5);
  layers.push_back(std::move(esophagus));
  layers.push_back(
      {bloodHu,
       {solid({{-60, -90, -110}, {90, 40, 30}}, heart), solid({{-34, -4, -34}, {38, 30, 14}}, leftAtrium)},
       greatVessels()});
  layers.push_back(
      {wallHu, {ball({-14, -22, 132}, {12, 9, 18}), ball({15, -18, 132}, {11, 9, 17})}, {}});  // thyroid
  for (Layer& layer : skeletonLayers()) layers.push_back(std::move(layer));
  return layers;
}

Layer table() {
  const auto plate = [](Vec3 p) {
    const double around = length(Vec3{p.x, p.y + 210, 0}) - 340;
    return std::max(std::abs(around) - 5, std::abs(p.x) - 210);
  };
  return {-880, {solid({{-215, 100, -300}, {215, 140, 300}}, plate)}, {}};
}

}  // namespace attest::imaging::phantom
