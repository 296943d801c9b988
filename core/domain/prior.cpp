#include "core/domain/prior.h"

namespace attest {

Vec3 RigidTransform::operator()(Vec3 p) const {
  const auto& r = rotation;
  return translationMm + Vec3{r[0] * p.x + r[1] * p.y + r[2] * p.z, r[3] * p.x + r[4] * p.y + r[5] * p.z,
                              r[6] * p.x + r[7] * p.y + r[8] * p.z};
}

RigidTransform RigidTransform::inverse() const {
  const auto& r = rotation;
  RigidTransform back{{r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]}, {}};
  back.translationMm = -1 * back(translationMm);
  return back;
}

}  // namespace attest
