#include <numbers>

#include "core/imaging/phantom/anatomy.h"

namespace attest::imaging::phantom {
namespace {

constexpr double cortexHu = 620;
constexpr double marrowHu = 190;
constexpr double discHu = 85;
constexpr double canalHu = 20;
constexpr double cartilageHu = 105;
constexpr double vertebraStep = 24;
constexpr double shell = 1.6;  // of compact bone
constexpr int ribs = 11;

struct Bones {
  std::vector<Tube> bone;
  std::vector<Tube> cartilage;
  std::vector<Tube> plates;  ///< too thin to have marrow
};

double ribZ(int rib) {
  return 132 - vertebraStep * rib;
}

/// The point at `degrees` from the back round the side to the front, `outside` mm outside the chest wall.
Vec3 onThorax(Side side, double degrees, double z, double outside) {
  const double sign = side == Side::right ? -1 : 1;
  const double angle = degrees * std::numbers::pi / 180;
  const Vec3 middle{40 * sign, 4, z};
  const Vec3 direction{sign * std::sin(angle), std::cos(angle), 0};
  double inner = 0;
  double outer = 140;
  while (outer - inner > 0.05) {
    const double half = (inner + outer) / 2;
    (thoraxDistance(middle + half * direction, side) < outside ? inner : outer) = half;
  }
  return middle + outer * direction;
}

/// A rib leaves its vertebra, slopes down round the chest, and goes on as cartilage.
void addRib(Bones& bones, Side side, int rib) {
  const double sign = side == Side::right ? -1 : 1;
  const double z = ribZ(rib);
  const double drop = 16 + 6.5 * std::min(rib, 8);
  const double last = rib < 10 ? 128 : 95;  // the lowest ones float
  std::vector<Vec3> points{{22 * sign, spineY(z) + 14, z + 2}, {34 * sign, spineY(z) + 24, z - 1}};
  for (double degrees = 14; degrees <= last; degrees += 6)
    points.push_back(
        onThorax(side, degrees, z - drop * (1 - std::cos(degrees * std::numbers::pi / 180)) / 2, 7.5));
  for (const double up : {-2.5, 2.5}) {  // higher than thick
    std::vector<Vec3> moved = points;
    for (Vec3& point : moved) point.z += up;
    addPath(bones.bone, moved, 4.2);
  }
  if (rib > 7) return;
  const Vec3 end = points.back();
  addPath(bones.cartilage,
          {end, {0.5 * (end.x + 17 * sign), -84, end.z + 4}, {17 * sign, -88, 88 - 18.0 * rib}}, 4.5);
}

void addVertebraArch(Bones& bones, double z) {
  const double y = spineY(z);
  for (const double sign : {-1.0, 1.0}) {
    addPath(bones.bone, {{9 * sign, y + 8, z + 3}, {12 * sign, y + 19, z}, {5 * sign, y + 32, z - 5}}, 3.6);
    addPath(bones.bone, {{12 * sign, y + 19, z}, {31 * sign, y + 28, z + 1}}, 4);
  }
  addPath(bones.bone, {{0, y + 32, z - 5}, {0, y + 43, z - 15}}, 3.4);
}

void addShoulder(Bones& bones, Side side) {
  const double sign = side == Side::right ? -1 : 1;
  addPath(bones.bone, {{17 * sign, -82, 104}, {58 * sign, -80, 110}, {112 * sign, -36, 128}},
          5.5);  // clavicle
  for (double z = 52; z <= 118; z += 3) {
    const double wide = 20 + 34 * (z - 52) / 66;
    std::vector<Vec3> line;
    for (double degrees = 30; degrees <= 30 + wide; degrees += 6)
      line.push_back(onThorax(side, degrees, z, 17));
    addPath(bones.plates, line, 2.2);
  }
}

/// Bodies of the vertebrae, `inside` mm below their surface.
double vertebrae(Vec3 p, double inside) {
  const double inStep = p.z - vertebraStep * std::round(p.z / vertebraStep);
  const double waist = 1 - 0.1 * std::cos(inStep / 10.5 * std::numbers::pi / 2);
  const double column = ellipsoid(p, {0, spineY(p.z), 0}, {18 * waist, 15 * waist, 1e9});
  return smoothMax(column, std::abs(inStep) - 10.4, 2) + inside;
}

double disc(Vec3 p) {
  return ellipsoid(p, {0, spineY(p.z), 0}, {17, 14, 1e9});
}

double sternum(Vec3 p, double inside) {
  const double wide = p.z > 68 ? 24 : 15 + 0.03 * std::abs(p.z);
  const double flat = smoothMax(std::abs(p.x) - wide, std::abs(p.y + 89 - 0.02 * p.z) - 5.5, 5);
  return smoothMax(flat, std::abs(p.z - 22) - 78, 5) + inside;
}

/// What lies inside the same tubes.
std::vector<Tube> thinner(std::vector<Tube> tubes) {
  for (Tube& tube : tubes) tube.fromRadius = tube.toRadius = tube.fromRadius - shell;
  return tubes;
}

}  // namespace

std::vector<Layer> skeletonLayers() {
  Bones bones;
  for (const Side side : bothSides) {
    for (int rib = 1; rib <= ribs; ++rib) addRib(bones, side, rib);
    addShoulder(bones, side);
  }
  for (double z = -168; z <= 168; z += vertebraStep) addVertebraArch(bones, z);
  const Bounds column{{-20, 15, -300}, {20, 70, 300}};
  const Bounds front{{-30, -100, -60}, {30, -78, 105}};
  const auto body = [&](double inside) {
    return std::vector<Solid>{{column, [inside](Vec3 p) { return vertebrae(p, inside); }},
                              {front, [inside](Vec3 p) { return sternum(p, inside); }}};
  };
  Layer canal{canalHu, {}, {}};
  for (double z = -170; z < 170; z += 10)
    canal.tubes.push_back({{0, spineY(z) + 22, z}, {0, spineY(z + 10) + 22, z + 10}, 7.5, 7.5});
  std::vector<Tube> compact = bones.bone;
  compact.insert(compact.end(), bones.plates.begin(), bones.plates.end());
  return {{cartilageHu, {}, bones.cartilage},
          {discHu, {{column, disc}}, {}},
          {cortexHu, body(0), compact},
          {marrowHu, body(shell), thinner(bones.bone)},
          std::move(canal)};
}

}  // namespace attest::imaging::phantom
