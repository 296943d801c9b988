#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/domain/prior.h"
#include "core/imaging/volume.h"

namespace attest::imaging {

struct Registration {
  RigidTransform toCurrent;  ///< patient space of the earlier volume into that of the current one, LPS mm
  double errorMm = 0;        ///< how far apart small pieces of both still lie, root mean square
};

/// Brings two volumes of one modality to each other by a turn and a shift: a search over shifts (left out
/// where both have `sameFrame` of reference, which begins where they are), then correlation over 8, 4 and 2.5
/// mm. The same volumes give the same answer. Takes seconds, on one thread; answers a stop within 200 ms.
/// Errors: bad_geometry (colour, or too small), unsupported (they do not show the same: too little in common,
/// or pieces that do not find each other; an alignment is never guessed), cancelled.
Result<Registration> registerRigid(const Volume& earlier, const Volume& current, bool sameFrame,
                                   std::stop_token stop);

}  // namespace attest::imaging
