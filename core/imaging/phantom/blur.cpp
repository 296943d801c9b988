#include "core/imaging/phantom/blur.h"

#include <bit>
#include <cmath>
#include <numeric>

#include "core/imaging/phantom/shapes.h"

namespace attest::imaging::phantom {
namespace {

constexpr double sigmaOfFwhm = 0.42466090014400953;  // 1 / (2 sqrt(2 ln 2))

std::vector<double> sampled(double sigma, int reach) {
  std::vector<double> weights;
  for (int n = -reach; n <= reach; ++n) weights.push_back(std::exp(-0.5 * n * n / (sigma * sigma)));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return weights;
}

double variance(const std::vector<double>& weights) {
  const auto reach = static_cast<double>(weights.size() / 2);
  double sum = 0;
  for (std::size_t n = 0; n < weights.size(); ++n) {
    const double x = static_cast<double>(n) - reach;
    sum += weights[n] * x * x;
  }
  return sum;
}

double norm(const std::vector<float>& weights) {
  return std::sqrt(std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0));
}

/// One line of `count` values, `step` apart, through `padded` and back.
void blurLine(float* line, int count, std::ptrdiff_t step, const std::vector<float>& weights,
              std::vector<float>& padded) {
  const auto reach = static_cast<std::ptrdiff_t>(weights.size() / 2);
  padded.resize(static_cast<std::size_t>(count + 2 * reach));
  for (std::ptrdiff_t n = 0; n < std::ssize(padded); ++n)
    padded[static_cast<std::size_t>(n)] = line[std::clamp<std::ptrdiff_t>(n - reach, 0, count - 1) * step];
  for (std::ptrdiff_t n = 0; n < count; ++n) {
    float sum = 0;
    for (std::size_t w = 0; w < weights.size(); ++w)
      sum += weights[w] * padded[static_cast<std::size_t>(n) + w];
    line[n * step] = sum;
  }
}

}  // namespace

std::vector<float> gaussianWeights(double sigmaVoxels) {
  if (!(sigmaVoxels > 0)) return {1};
  const int reach = std::max(1, static_cast<int>(std::ceil(4 * sigmaVoxels)));
  // Samples of a narrow Gaussian have less variance than it: the width that makes up for it, by halving.
  double low = sigmaVoxels / 2;
  double high = 2 * sigmaVoxels + 0.5;
  for (int round = 0; round < 60; ++round) {
    const double middle = (low + high) / 2;
    (variance(sampled(middle, reach)) < sigmaVoxels * sigmaVoxels ? low : high) = middle;
  }
  const auto weights = sampled(high, reach);
  return {weights.begin(), weights.end()};
}

double PointSpread::ofWhiteNoise() const {
  return norm(i) * norm(j) * norm(k);
}

PointSpread pointSpread(double fwhmMm, Vec3 spacingMm) {
  const auto weights = [fwhmMm](double spacing) {
    const double sigma = fwhmMm * sigmaOfFwhm / spacing;
    return gaussianWeights(std::sqrt(std::max(sigma * sigma - 1.0 / 12, 0.0)));
  };
  return {weights(spacingMm.x), weights(spacingMm.y), weights(spacingMm.z)};
}

void blurInPlane(std::span<float> slice, int columns, int rows, const PointSpread& spread) {
  std::vector<float> padded;
  for (int row = 0; row < rows; ++row)
    blurLine(slice.data() + std::ptrdiff_t{row} * columns, columns, 1, spread.i, padded);
  for (int column = 0; column < columns; ++column)
    blurLine(slice.data() + column, rows, columns, spread.j, padded);
}

void addWhiteNoise(std::span<float> values, double deviation, std::uint64_t seed) {
  // The number of ones among 64 even bits is normal with a deviation of 4, as far as the blur that follows
  // can tell.
  const auto scale = static_cast<float>(deviation / 4);
  for (std::size_t n = 0; n < values.size(); ++n) {
    const int ones = std::popcount(Random::mixed(seed + (n + 1) * Random::step));
    values[n] += scale * static_cast<float>(ones - 32);
  }
}

}  // namespace attest::imaging::phantom
