#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/dicom/seg.h"
#include "core/domain/presentation_state.h"

namespace attest::dicom {

/// Reads a Grayscale Softcopy Presentation State, our own or another's. What it cannot hold as a value stands
/// in `notes`. Errors: not_found, bad_file, unsupported (no such object).
Result<PresentationState> readPresentationState(const std::filesystem::path& path);

/// Writes one for images of `context.sourceSeries`; the label, the creator and the UID are the context's, and
/// images without a series are of that series. Where it names no image, all sources are meant; where it has
/// no area, the whole of the images is shown. Errors: as writeSeg; bad_argument (a layer that is not
/// declared, a rotation that is no quarter turn, a VOI without window and table).
Result<> writePresentationState(const std::filesystem::path& path, const DerivedContext& context,
                                const PresentationState& state);

}  // namespace attest::dicom
