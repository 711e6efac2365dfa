// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// The inner loops of the sweep, compiled for several instruction sets and chosen at run time. They
/// count in whole numbers, and round where they must one number at a time in a fixed order: each
/// gives the same bits on every processor.
namespace chrona::discovery {

/// Rows of the left side lie in panels of so many: for two days after each other both values of
/// each row, then the next two days.
inline constexpr std::size_t kPanelRows = 16;
/// Columns of the right side come in multiples of so many.
inline constexpr std::size_t kColumnGroup = 12;
/// What the largest square of a window becomes.
inline constexpr std::int32_t kWindowMax = 8'191;
/// After so many days sums leave the 32 bits in which they are counted.
inline constexpr std::size_t kBlockDays = 256;

struct Product {
    const std::int16_t *panels;
    std::size_t panelCount;
    const std::int16_t *columns; ///< column after column
    std::size_t columnCount;
    std::size_t days;      ///< of a panel and of a column; even
    float *out;            ///< panelCount · kPanelRows numbers a column
    std::size_t outStride; ///< from one column's numbers to the next one's
};

/// t of all windows of one horizon, for several views.
struct WindowScores {
    const float *products;   ///< by view and shift
    const float *squares;    ///< by view and lag
    const float *viewScales; ///< t = scale · numerator / √variance
    float windowScale;       ///< the same for all views
    std::size_t views, shifts, lags, horizon;
    std::size_t stride; ///< from one view's t to the next one's
    float *t;
};

struct KernelChoice {
    /// Sums over the days. Nothing overflows where of each block of kBlockDays the largest value of
    /// one side times the sum of the other side's magnitudes stays below 2^31.
    void (*multiply)(const Product &product);
    /// Whole numbers of which the one of the largest magnitude is `largest`; 0 where all are 0.
    void (*round)(const double *values, std::size_t days, double largest, std::int16_t *out);
    /// Squares of x[t-h+1] + … + x[t], by a factor that makes the largest one kWindowMax. The
    /// factor; 0 where all are 0. work: days + 1 numbers.
    float (*squareWindows)(const std::int16_t *x, std::size_t days, std::size_t horizon,
                           std::int32_t *work, std::int16_t *out);
    void (*score)(const WindowScores &scores);
    /// into[i] += values[i] · factor
    void (*addTimes)(const float *values, float factor, float *into, std::size_t count);
    const char *name; ///< "x86-64-v4 with VNNI", "x86-64-v4", "x86-64-v3", "baseline"
};

/// The best one that this processor runs.
[[nodiscard]] KernelChoice chooseKernel();

/// Those that this processor runs, the slowest first. The number of them.
std::size_t kernelsHere(KernelChoice (&choices)[4]);

[[nodiscard]] KernelChoice kernelBaseline();
[[nodiscard]] KernelChoice kernelV3();
[[nodiscard]] KernelChoice kernelV4();
[[nodiscard]] KernelChoice kernelVnni();

} // namespace chrona::discovery
