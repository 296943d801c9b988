#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/command.h"
#include "core/files/atomic_write.h"
#include "core/imaging/window.h"
#include "core/view/plane.h"
#include "core/workflow/review.h"
#include "core/workflow/source.h"
#include "viewers/print/pictures.h"

namespace attest::app {

Command make_render();

namespace {

/// N numbers between separators, and nothing else.
template <std::size_t N>
std::optional<std::array<double, N>> numbers(const std::string& text, char separator) {
  std::array<double, N> values{};
  std::istringstream in(text);
  std::string part;
  for (std::size_t i = 0; i < N; ++i) {
    if (!std::getline(in, part, separator)) return std::nullopt;
    const char* end = part.data() + part.size();
    const auto [at, error] = std::from_chars(part.data(), end, values[i]);
    if (error != std::errc{} || at != end || !std::isfinite(values[i])) return std::nullopt;
  }
  return in.eof() || in.peek() == EOF ? std::optional(values) : std::nullopt;
}

struct Picture {
  view::ViewportState state;
  int width = 512;
  int height = 512;
};

Result<Picture> readSize(Invocation& call, Picture picture) {
  if (const auto size = call.option("--size")) {
    const auto values = numbers<2>(*size, 'x');
    if (!values || (*values)[0] < 1 || (*values)[1] < 1) return call.misuse("--size WIDTHxHEIGHT");
    picture.width = static_cast<int>((*values)[0]);
    picture.height = static_cast<int>((*values)[1]);
  }
  return picture;
}

Result<imaging::Slab> readSlab(Invocation& call, const std::string& text) {
  const auto colon = text.find(':');
  const auto thickness = numbers<1>(text.substr(0, colon), ':');
  const std::string word = colon == std::string::npos ? "mip" : text.substr(colon + 1);
  imaging::Slab slab;
  slab.projection = word == "mip"     ? imaging::Projection::mip
                    : word == "minip" ? imaging::Projection::minip
                    : word == "mean"  ? imaging::Projection::mean
                                      : imaging::Projection::none;
  if (!thickness || (*thickness)[0] <= 0 || slab.projection == imaging::Projection::none) {
    return call.misuse("--slab MM:mip, MM:minip or MM:mean");
  }
  slab.thicknessMm = (*thickness)[0];
  return slab;
}

/// Where the picture is cut: a number that counts from 0, or a point in patient space.
Result<> readPlace(Invocation& call, const std::string& text, const Grid& grid, view::ViewportState& state) {
  const int count = view::sliceCount(state.orientation, grid);
  if (text.starts_with("mm:")) {
    const auto point = numbers<3>(text.substr(3), ',');
    if (!point) return call.misuse("--at mm:X,Y,Z");
    state.focusMm = {(*point)[0], (*point)[1], (*point)[2]};
    return {};
  }
  const auto index = numbers<1>(text, ',');
  if (!index || (*index)[0] != std::floor((*index)[0])) return call.misuse("--at INDEX or mm:X,Y,Z");
  if ((*index)[0] < 0 || (*index)[0] >= count) {
    return fail(ErrorCode::bad_argument,
                "there are " + std::to_string(count) + " slices here, counted from 0");
  }
  state.focusMm = view::focusFor(state.orientation, grid, static_cast<int>((*index)[0]));
  return {};
}

Result<Window> windowOf(Invocation& call, const Block& block, const imaging::Volume& volume) {
  if (const auto text = call.option("--window")) {
    const auto values = numbers<2>(*text, '/');
    if (!values || (*values)[0] < 1) return call.misuse("--window WIDTH/LEVEL, the width at least 1");
    return Window{.center = (*values)[1], .width = (*values)[0]};
  }
  return block.windows.empty() ? imaging::percentileWindow(volume) : block.windows.front();
}

Result<std::vector<view::OverlayItem>> overlaysOf(workflow::Services& services,
                                                  const workflow::Source& source) {
  if (!source.caseId)
    return fail(ErrorCode::bad_argument, "--overlay needs a case; a folder has no findings");
  ATTEST_TRY(const auto record, services.db().record(*source.caseId));
  std::map<std::string, imaging::MaskPtr> masks;
  for (const auto& item : record.items) {
    if (item.source != source.ref || item.maskHash.empty()) continue;
    ATTEST_TRY(masks[item.maskHash], workflow::loadMask(services, item));
  }
  const auto maskOf = [&](const Item& item) -> imaging::MaskPtr {
    const auto at = masks.find(item.maskHash);
    return at == masks.end() ? nullptr : at->second;
  };
  auto overlays = view::overlaysFor(record, source.ref, {}, {}, maskOf);
  for (auto& overlay : overlays) overlay.style = view::OverlayStyle::fill_and_outline;
  return overlays;
}

/// Of a block that is no volume, the image that --at names; a volume is loaded whole.
Result<int> imageIndex(const Invocation& call, const workflow::Source& source) {
  if (source.block.isVolume()) return 0;
  const auto index = numbers<1>(call.option("--at").value_or("0"), ',');
  if (!index)
    return fail(ErrorCode::bad_argument, "these images form no volume: --at INDEX picks one of them");
  return static_cast<int>((*index)[0]);
}

Result<int> run(Invocation& call) {
  const auto view = view::orientation(call.option("--view").value_or("axial"));
  if (!view) return call.misuse("--view axial, coronal, sagittal, volume or stack");
  const auto out = call.option("--out");
  if (!out) return call.misuse("--out FILE.png");
  ATTEST_TRY(auto picture, readSize(call, {}));
  ATTEST_TRY(auto* const services, call.services());
  ATTEST_TRY(const auto source, workflow::findSource(*services, call.arguments.front()));
  if (source.caseId) ATTEST_CHECK(call.noteRead("render", source.caseId->value));
  const bool isVolume = source.block.isVolume();
  if (!isVolume && *view != view::Orientation::stack) {
    return fail(ErrorCode::bad_geometry, "these images form no volume: only --view stack shows them");
  }
  ATTEST_TRY(const int image, imageIndex(call, source));
  ATTEST_TRY(const auto volume, workflow::loadSource(*services, source, image, call.stop));
  const Grid& grid = volume->grid();
  auto& state = picture.state;
  state.orientation = *view;
  state.block = source.ref;
  state.focusMm = view::focusFor(*view, grid, view::sliceCount(*view, grid) / 2);
  if (isVolume && call.option("--at")) ATTEST_CHECK(readPlace(call, *call.option("--at"), grid, state));
  if (call.option("--slab")) {
    ATTEST_TRY(state.slab, readSlab(call, *call.option("--slab")));
  }
  ATTEST_TRY(state.window, windowOf(call, source.block, *volume));
  std::vector<view::OverlayItem> overlays;
  if (call.has("--overlay")) {
    ATTEST_TRY(overlays, overlaysOf(*services, source));
  }
  ATTEST_TRY(const auto png, viewers::pngPicture(state, volume, overlays, picture.width, picture.height,
                                                 services->pool().parallel(), call.stop));
  ATTEST_CHECK(files::atomicWrite(*out, png));
  call.answer({{"path", *out},
               {"width", picture.width},
               {"height", picture.height},
               {"window", {{"width", state.window.width}, {"level", state.window.center}}}},
              *out);
  return 0;
}

}  // namespace

Command make_render() {
  return {.name = "render",
          .usage =
              "SOURCE --view axial|coronal|sagittal|volume|stack --at INDEX|mm:X,Y,Z [--window W/L] "
              "[--slab MM:mip|minip|mean] [--overlay] --size WxH --out PNG [--as READER]",
          .summary = "what the window would show, without one",
          .options = {"--view", "--at", "--window", "--slab", "--size", "--out", "--as"},
          .flags = {"--overlay"},
          .leastArguments = 1,
          .mostArguments = 1,
          .run = run};
}

}  // namespace attest::app
