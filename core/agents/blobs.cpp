#include "core/agents/blobs.h"

#include <cmath>
#include <numbers>

#include "core/agents/eigenvalues.h"

namespace attest::agents {
namespace {

/// The part of the working volume around the field, as floats.
struct Part {
  Grid grid;
  std::vector<float> values;

  float at(int i, int j, int k) const { return values[grid.offset({i, j, k})]; }
};

Part cropped(const WorkingVolume& working, const imaging::Mask& field, const BlobSearch& search) {
  const imaging::Box box = *field.box();
  Part part{working.grid(), {}};
  part.grid.dims = box.size();
  part.grid.originMm = working.grid().toPatient(box.low);
  const auto inside = field.toDense(box);
  const auto source = working.volume().values<float>();
  part.values.reserve(inside.size());
  std::size_t n = 0;
  for (int k = box.low.k; k <= box.high.k; ++k)
    for (int j = box.low.j; j <= box.high.j; ++j)
      for (int i = box.low.i; i <= box.high.i; ++i) {
        const double hu = source[working.grid().offset({i, j, k})];
        part.values.push_back(static_cast<float>(
            inside[n++] != 0 ? std::clamp(hu, search.fillHu, search.ceilingHu) : search.fillHu));
      }
  return part;
}

std::vector<float> kernelOf(double sigma) {
  const int half = std::max(1, static_cast<int>(std::ceil(3.5 * sigma)));
  std::vector<float> kernel;
  double sum = 0;
  for (int n = -half; n <= half; ++n) sum += std::exp(-n * n / (2 * sigma * sigma));
  for (int n = -half; n <= half; ++n)
    kernel.push_back(static_cast<float>(std::exp(-n * n / (2 * sigma * sigma)) / sum));
  return kernel;
}

/// Smooths one line of values that lie side by side, in place.
void smoothLine(float* line, int length, const std::vector<float>& kernel, std::vector<float>& scratch) {
  const std::size_t half = kernel.size() / 2;
  const auto count = static_cast<std::size_t>(length);
  scratch.assign(count + 2 * half, line[0]);
  std::copy_n(line, count, scratch.begin() + static_cast<std::ptrdiff_t>(half));
  std::fill_n(scratch.end() - static_cast<std::ptrdiff_t>(half), half, line[count - 1]);
  std::fill_n(line, count, 0.0F);
  for (std::size_t t = 0; t < kernel.size(); ++t) {
    const float weight = kernel[t];
    const float* in = scratch.data() + t;
    for (std::size_t n = 0; n < count; ++n) line[n] += weight * in[n];
  }
}

/// Smooths across lines, in place: all `rows` neighbours of a line at once, so that memory is read in order.
void smoothLines(float* first, int length, std::size_t step, int rows, const std::vector<float>& kernel,
                 std::vector<float>& scratch) {
  const int half = static_cast<int>(kernel.size() / 2);
  const auto width = static_cast<std::size_t>(rows);
  scratch.assign(static_cast<std::size_t>(length) * width, 0);
  for (int n = 0; n < length; ++n) {
    float* out = scratch.data() + static_cast<std::size_t>(n) * width;
    for (int t = -half; t <= half; ++t) {
      const auto from = static_cast<std::size_t>(std::clamp(n + t, 0, length - 1));
      const float weight = kernel[static_cast<std::size_t>(t + half)];
      const float* in = first + from * step;
      for (std::size_t r = 0; r < width; ++r) out[r] += weight * in[r];
    }
  }
  for (int n = 0; n < length; ++n)
    std::copy_n(scratch.data() + static_cast<std::size_t>(n) * width, width,
                first + static_cast<std::size_t>(n) * step);
}

/// A Gaussian of `sigmaMm`; the border's value holds beyond it.
Result<> smooth(Part& part, double sigmaMm, Parallel& parallel, const std::stop_token& stop) {
  const Index3 dims = part.grid.dims;
  const auto plane = static_cast<std::size_t>(dims.i) * static_cast<std::size_t>(dims.j);
  const auto row = static_cast<std::size_t>(dims.i);
  const std::vector<float> alongI = kernelOf(sigmaMm / part.grid.spacingMm.x);
  const std::vector<float> alongJ = kernelOf(sigmaMm / part.grid.spacingMm.y);
  const std::vector<float> alongK = kernelOf(sigmaMm / part.grid.spacingMm.z);
  parallel.forEach(static_cast<std::size_t>(dims.k), 4, stop, [&](std::size_t begin, std::size_t end) {
    std::vector<float> scratch;
    for (std::size_t k = begin; k < end; ++k) {
      float* slice = part.values.data() + k * plane;
      smoothLines(slice, dims.j, row, dims.i, alongJ, scratch);
      for (int j = 0; j < dims.j; ++j)
        smoothLine(slice + static_cast<std::size_t>(j) * row, dims.i, alongI, scratch);
    }
  });
  parallel.forEach(static_cast<std::size_t>(dims.j), 4, stop, [&](std::size_t begin, std::size_t end) {
    std::vector<float> scratch;
    for (std::size_t j = begin; j < end; ++j)
      smoothLines(part.values.data() + j * row, dims.k, plane, dims.i, alongK, scratch);
  });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled);
  return {};
}

/// Second derivatives along the grid's axes, by differences of neighbours; (i, j, k) is not on the border.
Matrix3 secondDerivatives(const Part& part, int i, int j, int k) {
  const Vec3 mm = part.grid.spacingMm;
  const double center = 2 * part.at(i, j, k);
  const double xx = (part.at(i - 1, j, k) + part.at(i + 1, j, k) - center) / (mm.x * mm.x);
  const double yy = (part.at(i, j - 1, k) + part.at(i, j + 1, k) - center) / (mm.y * mm.y);
  const double zz = (part.at(i, j, k - 1) + part.at(i, j, k + 1) - center) / (mm.z * mm.z);
  const double xy = (part.at(i - 1, j - 1, k) + part.at(i + 1, j + 1, k) - part.at(i - 1, j + 1, k) -
                     part.at(i + 1, j - 1, k)) /
                    (4 * mm.x * mm.y);
  const double xz = (part.at(i - 1, j, k - 1) + part.at(i + 1, j, k + 1) - part.at(i - 1, j, k + 1) -
                     part.at(i + 1, j, k - 1)) /
                    (4 * mm.x * mm.z);
  const double yz = (part.at(i, j - 1, k - 1) + part.at(i, j + 1, k + 1) - part.at(i, j - 1, k + 1) -
                     part.at(i, j + 1, k - 1)) /
                    (4 * mm.y * mm.z);
  return {{{xx, xy, xz}, {xy, yy, yz}, {xz, yz, zz}}};
}

/// -sigma^2 times the Laplacian, scaled so that a ball of the radius that fits sigma gives its contrast.
std::vector<float> ballContrast(const Part& smoothed, double sigmaMm, Parallel& parallel,
                                const std::stop_token& stop) {
  const Index3 dims = smoothed.grid.dims;
  const double ball = std::sqrt(2 / std::numbers::pi) * std::pow(3, 1.5) * std::exp(-1.5);
  const double scale = sigmaMm * sigmaMm / ball;
  const Vec3 mm = smoothed.grid.spacingMm;
  const auto x = static_cast<float>(scale / (mm.x * mm.x));
  const auto y = static_cast<float>(scale / (mm.y * mm.y));
  const auto z = static_cast<float>(scale / (mm.z * mm.z));
  const auto row = static_cast<std::size_t>(dims.i);
  const std::size_t plane = row * static_cast<std::size_t>(dims.j);
  std::vector<float> contrast(smoothed.values.size());
  parallel.forEach(static_cast<std::size_t>(dims.k), 4, stop, [&](std::size_t begin, std::size_t end) {
    for (int k = std::max(1, static_cast<int>(begin)); k < std::min(dims.k - 1, static_cast<int>(end)); ++k)
      for (int j = 1; j < dims.j - 1; ++j) {
        const std::size_t first = smoothed.grid.offset({0, j, k});
        const float* v = smoothed.values.data() + first;
        float* out = contrast.data() + first;
        for (std::size_t i = 1; i + 1 < row; ++i) {
          const float* p = v + i;
          out[i] = 2 * (x + y + z) * *p - x * (*(p - 1) + *(p + 1)) - y * (*(p - row) + *(p + row)) -
                   z * (*(p - plane) + *(p + plane));
        }
      }
  });
  return contrast;
}

/// None of the 26 neighbours is higher.
bool isPeak(const std::vector<float>& values, std::size_t at, std::size_t row, std::size_t plane) {
  const float peak = values[at];
  for (std::size_t k = at - plane; k <= at + plane; k += plane)
    for (std::size_t j = k - row; j <= k + row; j += row)
      for (std::size_t i = j - 1; i <= j + 1; ++i)
        if (values[i] > peak) return false;
  return true;
}

/// The least of the three curvatures over the largest: 1 for a ball, 0 for a line or a sheet.
double roundness(const Part& smoothed, int i, int j, int k) {
  const auto bent = eigenvalues(secondDerivatives(smoothed, i, j, k));
  return bent[0] >= 0 ? 0 : bent[0] / bent[2];
}

}  // namespace

Result<std::vector<Blob>> findBlobs(const WorkingVolume& working, const imaging::Mask& field,
                                    const BlobSearch& search, Parallel& parallel, std::stop_token stop) {
  constexpr double leastRoundness = 0.12;
  std::vector<Blob> blobs;
  if (field.empty()) return blobs;
  Part part = cropped(working, field, search);
  const Index3 dims = part.grid.dims;
  const auto row = static_cast<std::size_t>(dims.i);
  double reachedMm = 0;  // the Gaussian so far
  for (const double radius : search.radiiMm) {
    const double sigma = radius / std::sqrt(3.0);
    ATTEST_CHECK(smooth(part, std::sqrt(sigma * sigma - reachedMm * reachedMm), parallel, stop));
    reachedMm = sigma;
    const std::vector<float> contrast = ballContrast(part, sigma, parallel, stop);
    std::vector<std::vector<Blob>> bySlice(static_cast<std::size_t>(dims.k));
    parallel.forEach(static_cast<std::size_t>(dims.k), 4, stop, [&](std::size_t begin, std::size_t end) {
      for (int k = std::max(1, static_cast<int>(begin)); k < std::min(dims.k - 1, static_cast<int>(end)); ++k)
        for (int j = 1; j < dims.j - 1; ++j)
          for (int i = 1; i < dims.i - 1; ++i) {
            const std::size_t at = part.grid.offset({i, j, k});
            if (contrast[at] < search.contrastHu ||
                !isPeak(contrast, at, row, row * static_cast<std::size_t>(dims.j)))
              continue;
            if (roundness(part, i, j, k) < leastRoundness) continue;
            bySlice[static_cast<std::size_t>(k)].push_back(
                {part.grid.toPatient(Index3{i, j, k}), radius, contrast[at]});
          }
    });
    if (stop.stop_requested()) return fail(ErrorCode::cancelled);
    for (const auto& slice : bySlice) blobs.insert(blobs.end(), slice.begin(), slice.end());
  }
  return blobs;
}

}  // namespace attest::agents
