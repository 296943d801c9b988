#include "core/imaging/phantom/lesions.h"

#include <limits>
#include <numbers>

namespace attest::imaging::phantom {
namespace {

constexpr double gapMm = 0.8;       // between a lesion that touches nothing and the next vessel
constexpr double overlapMm = 0.35;  // of lesion and vessel where they touch
constexpr int tries = 120;
constexpr double searchMm = 11;

enum class Seat { free, at_pleura, at_vessel };

/// A lesion as it is planned: where it is sought, and how it changed. `growth` is its volume now over then;
/// 0: it is new, infinite: it is gone.
struct Plan {
  const char* name;
  double diameterMm;  ///< now, or then where it is gone
  NoduleKind kind;
  Seat seat;
  Vec3 place;
  Vec3 towards;  ///< the pleura from that place
  double growth;
};
constexpr double isNew = 0;
constexpr double isGone = std::numeric_limits<double>::infinity();

constexpr std::array<Plan, 9> plans{{
    {"n1", 4, NoduleKind::solid, Seat::free, {-72, -24, 62}, {}, 1},
    {"n2", 6, NoduleKind::solid, Seat::at_vessel, {-66, 34, -20}, {}, 1},
    {"n3", 8, NoduleKind::solid, Seat::free, {72, -22, 66}, {}, isNew},
    {"n4", 10, NoduleKind::solid, Seat::at_pleura, {-64, 12, -28}, {-1, 0.25, 0}, 1.7},
    {"n5", 12, NoduleKind::ground_glass, Seat::free, {78, 24, 52}, {}, 1.35},
    {"n6", 15, NoduleKind::solid, Seat::free, {-82, 26, 42}, {}, 2},
    {"n7", 25, NoduleKind::solid, Seat::free, {84, 34, -30}, {}, 0.7},
    {"n8", 7, NoduleKind::solid, Seat::at_pleura, {72, 20, 14}, {0.25, 1, 0.1}, 1},
    {"n9", 9, NoduleKind::solid, Seat::free, {-78, -34, -12}, {}, isGone},
}};

Side sideOf(Vec3 p) {
  return p.x < 0 ? Side::right : Side::left;
}

/// How it looks at its largest, which is what the vessels have to make room for.
Lesion shaped(const Plan& plan, Random& random) {
  Lesion lesion;
  lesion.name = plan.name;
  lesion.kind = plan.kind;
  lesion.radius = plan.diameterMm / 2;
  lesion.atVessel = plan.seat == Seat::at_vessel;
  const double rough = plan.seat == Seat::free ? 0.045 : 0.03;
  for (Wave& wave : lesion.waves)
    wave = {2.4 * normalized(random.inBox(1)), random.between(0, 6.28), random.between(0.4, 1) * rough};
  const double tall = random.between(0.94, 1.08);
  const double wide = random.between(0.94, 1.08);
  lesion.stretch = {wide, 1 / (wide * tall), tall};
  return lesion;
}

/// How far its surface is from that of a ball.
double freeOf(Vec3 p, double radius, const Branch& branch) {
  return distance(p, tube(branch)) - radius;
}

/// The branches of all trees that come within `far` mm of a place.
std::vector<Branch> branchesNear(const Trees& trees, Vec3 p, double far) {
  std::vector<Branch> near;
  for (const auto* kind : {&trees.arteries, &trees.veins, &trees.airways})
    for (const Tree& tree : *kind)
      std::ranges::copy_if(tree, std::back_inserter(near),
                           [&](const Branch& branch) { return freeOf(p, far, branch) < 0; });
  return near;
}

/// The width of the widest branch that a ball at that place would touch.
double inTheWay(const std::vector<Branch>& branches, Vec3 p, double radius) {
  double widest = 0;
  for (const Branch& branch : branches)
    if (branch.radius > widest && freeOf(p, radius + gapMm, branch) < 0) widest = branch.radius;
  return widest;
}

/// Near the planned place, where the vessels in the way are the thinnest.
Vec3 freePlace(const Plan& plan, double radius, const Trees& trees, Random& random) {
  const auto branches = branchesNear(trees, plan.place, radius + gapMm + std::sqrt(3.0) * searchMm);
  Vec3 best = plan.place;
  double least = std::numeric_limits<double>::infinity();
  for (int n = 0; n < tries; ++n) {
    const Vec3 place = plan.place + random.inBox(searchMm);
    if (lungDistance(place, sideOf(place)) > -radius - 4) continue;
    const double widest = inTheWay(branches, place, radius);
    if (widest < least) {
      least = widest;
      best = place;
    }
  }
  return best;
}

Vec3 pleuraNormal(Vec3 p, Side side) {
  constexpr double step = 0.2;
  const auto slope = [&](Vec3 d) {
    return lungDistance(p + step * d, side) - lungDistance(p - step * d, side);
  };
  return normalized({slope({1, 0, 0}), slope({0, 1, 0}), slope({0, 0, 1})});
}

/// The way out of the lung, as far as the pleura.
Vec3 pleuraPoint(const Plan& plan) {
  const Side side = sideOf(plan.place);
  const Vec3 direction = normalized(plan.towards);
  double inside = 0;
  double outside = 140;
  while (outside - inside > 1e-6) {
    const double middle = (inside + outside) / 2;
    (lungDistance(plan.place + middle * direction, side) < 0 ? inside : outside) = middle;
  }
  return plan.place + inside * direction;
}

/// The middle piece of the artery of the lesion's own width that is nearest to the planned place.
std::optional<Branch> itsVessel(const Plan& plan, const Trees& trees) {
  std::optional<Branch> best;
  double least = std::numeric_limits<double>::infinity();
  for (const Tree& tree : trees.arteries)
    for (std::size_t n = 1; n + 1 < tree.size(); ++n) {
      const Branch& branch = tree[n];
      const bool isMiddle = tree[n - 1].radius == branch.radius && tree[n + 1].radius == branch.radius;
      const double misfit = std::abs(2 * branch.radius - plan.diameterMm);
      const double far = length(0.5 * (branch.from + branch.to) - plan.place);
      if (isMiddle && misfit < 0.12 * plan.diameterMm && far < least) {
        least = far;
        best = branch;
      }
    }
  return best;
}

/// Beside the middle of the vessel, on the side where the least is in the way.
Vec3 besideVessel(const Branch& vessel, double radius, const Trees& trees) {
  constexpr int sides = 16;
  const Vec3 axis = normalized(vessel.to - vessel.from);
  const Vec3 first = normalized(cross(axis, Vec3{0.3, 0.2, 0.9}));
  const Vec3 second = cross(axis, first);
  const Vec3 middle = 0.5 * (vessel.from + vessel.to);
  auto branches = branchesNear(trees, middle, 3 * radius + vessel.radius);
  std::erase_if(branches, [&](const Branch& branch) { return branch.radius == vessel.radius; });
  const double apart = vessel.radius + radius - overlapMm;
  Vec3 best = middle + apart * first;
  double least = std::numeric_limits<double>::infinity();
  for (int n = 0; n < sides; ++n) {
    const double angle = 2 * std::numbers::pi * n / sides;
    const Vec3 place = middle + apart * (std::cos(angle) * first + std::sin(angle) * second);
    if (lungDistance(place, sideOf(place)) > -radius - 4) continue;
    const double widest = inTheWay(branches, place, radius);
    if (widest < least) {
      least = widest;
      best = place;
    }
  }
  return best;
}

/// A lesion pushes the vessels aside, but for the one beside which it sits: what lay within twice its reach
/// moves outwards into the outer half of it. What still touches it ends there.
void makeRoom(Trees& trees, const Lesion& lesion, double largest, const std::optional<Branch>& own) {
  const double room = reach(lesion) * largest;
  const auto isOwn = [&](double radius) { return own && radius == own->radius; };  // all pieces of it
  const auto aside = [&](Vec3 p, double radius) {
    const double clear = room + radius + 2 * gapMm;
    const Vec3 d = p - lesion.center;
    if (isOwn(radius) || length(d) >= 2 * clear) return p;
    return lesion.center + (clear + length(d) / 2) * normalized(d);
  };
  const auto isInTheWay = [&](const Branch& branch) {
    return !isOwn(branch.radius) && freeOf(lesion.center, room + gapMm, branch) < 0;
  };
  for (auto* kind : {&trees.arteries, &trees.veins, &trees.airways})
    for (Tree& tree : *kind) tree = pruned(bent(tree, 4, aside), isInTheWay);
}

/// Places one lesion as it is at the time of the study; none where it is not there at that time.
std::optional<Lesion> placed(const Plan& plan, Study study, Trees& trees, Random& random) {
  Lesion lesion = shaped(plan, random);
  const bool isThere = study == Study::prior ? plan.growth != isNew : plan.growth != isGone;
  const bool changes = plan.growth != isNew && plan.growth != isGone;
  const double then = changes ? 1 / std::cbrt(plan.growth) : 1;
  const double largest = std::max(then, 1.0);
  const double scale = study == Study::prior ? then : 1;
  std::optional<Branch> vessel;
  if (plan.seat == Seat::at_pleura) {
    const Vec3 base = pleuraPoint(plan);
    lesion.atPleura = sideOf(base);
    // A part of it lies beyond the pleura and is not there: it sits on a base.
    const Vec3 inwards = -0.8 * pleuraNormal(base, *lesion.atPleura);
    lesion.center = base + lesion.radius * largest * inwards;
    makeRoom(trees, lesion, largest, {});
    lesion.center = base + lesion.radius * scale * inwards;
  } else {
    if (plan.seat == Seat::at_vessel) vessel = itsVessel(plan, trees);
    lesion.atVessel = vessel.has_value();
    lesion.center = vessel ? besideVessel(*vessel, lesion.radius, trees)
                           : freePlace(plan, reach(lesion) * largest, trees, random);
    makeRoom(trees, lesion, largest, vessel);
  }
  lesion.radius *= scale;
  if (!isThere) return std::nullopt;
  return lesion;
}

}  // namespace

double distance(Vec3 p, const Lesion& lesion) {
  const Vec3 d{(p.x - lesion.center.x) / lesion.stretch.x, (p.y - lesion.center.y) / lesion.stretch.y,
               (p.z - lesion.center.z) / lesion.stretch.z};
  const Vec3 direction = normalized(d);
  double radius = 1;
  for (const Wave& wave : lesion.waves)
    radius += wave.height * std::cos(dot(wave.direction, direction) + wave.phase);
  return length(d) - lesion.radius * radius;
}

double reach(const Lesion& lesion) {
  double radius = 1;
  for (const Wave& wave : lesion.waves) radius += wave.height;
  return lesion.radius * radius * std::max({lesion.stretch.x, lesion.stretch.y, lesion.stretch.z});
}

double attenuationHu(NoduleKind kind) {
  return kind == NoduleKind::ground_glass ? -620 : 40;
}

Patient makePatient(Study study, std::uint64_t seed) {
  Patient patient;
  patient.trees = growTrees(study == Study::clear ? Random::mixed(seed + 1) : seed);
  if (study == Study::clear) return patient;
  Random random(seed);
  for (const Plan& plan : plans)
    if (auto lesion = placed(plan, study, patient.trees, random))
      patient.lesions.push_back(std::move(*lesion));
  return patient;
}

}  // namespace attest::imaging::phantom
