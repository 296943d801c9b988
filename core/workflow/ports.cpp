#include "core/workflow/ports.h"

namespace attest::workflow {
namespace {

class NoPictures final : public Pictures {
 public:
  Result<std::string> png(const view::ViewportState&, const imaging::VolumePtr&,
                          std::span<const view::OverlayItem>, int, int, Parallel&,
                          std::stop_token) const override {
    return refusal();
  }
  Result<std::string> pdf(const view::Document&) const override { return refusal(); }

 private:
  static tl::unexpected<Error> refusal() {
    return fail(ErrorCode::unsupported, "this program draws no pictures");
  }
};

}  // namespace

std::shared_ptr<const Pictures> noPictures() {
  return std::make_shared<const NoPictures>();
}

}  // namespace attest::workflow
