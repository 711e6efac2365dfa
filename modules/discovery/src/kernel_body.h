// SPDX-License-Identifier: AGPL-3.0-or-later
// Included by each kernel_*.cpp once, after `Lanes` is defined in an unnamed namespace: what is in
// here must not be merged by the linker across instruction sets, or a processor could be handed
// code that it cannot run. No standard library, for the same reason.
#include "kernel.h"

namespace chrona::discovery {

namespace {

/// One panel, kColumns columns, one block of days.
void multiplyTile(const std::int16_t *panel, const std::int16_t *columns, std::size_t pairs,
                  std::size_t columnDays, float *out, std::size_t outStride)
{
    typename Lanes::Sums sums[Lanes::kColumns][Lanes::kVectors];
    for (std::size_t c = 0; c < Lanes::kColumns; ++c) {
        __builtin_prefetch(out + c * outStride, 1); // here when the sums are
        for (std::size_t v = 0; v < Lanes::kVectors; ++v)
            sums[c][v] = Lanes::zero();
    }
    // Two at a time: counting and jumping would take a sixth of the time. Written out by hand, the
    // sums would leave their registers.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC unroll 2
#endif
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        typename Lanes::Values left[Lanes::kVectors];
        for (std::size_t v = 0; v < Lanes::kVectors; ++v)
            left[v] = Lanes::load(panel + (pair * kPanelRows + v * Lanes::kRows) * 2);
        for (std::size_t c = 0; c < Lanes::kColumns; ++c) {
            const auto right = Lanes::spread(columns + c * columnDays + pair * 2);
            for (std::size_t v = 0; v < Lanes::kVectors; ++v)
                sums[c][v] = Lanes::addProducts(sums[c][v], left[v], right);
        }
    }
    for (std::size_t c = 0; c < Lanes::kColumns; ++c)
        for (std::size_t v = 0; v < Lanes::kVectors; ++v)
            Lanes::addTo(out + c * outStride + v * Lanes::kRows, sums[c][v]);
}

void multiplyAll(const Product &product)
{
    for (std::size_t column = 0; column < product.columnCount; ++column)
        for (std::size_t row = 0; row < product.panelCount * kPanelRows; ++row)
            product.out[column * product.outStride + row] = 0;
    // A block of one panel stays in the nearest cache while all columns pass by.
    for (std::size_t day = 0; day < product.days; day += kBlockDays) {
        const std::size_t left = product.days - day;
        const std::size_t pairs = (left < kBlockDays ? left : kBlockDays) / 2;
        for (std::size_t panel = 0; panel < product.panelCount; ++panel) {
            const std::int16_t *rowsOfPanel =
                product.panels + (panel * product.days + day) * kPanelRows;
            for (std::size_t column = 0; column < product.columnCount; column += Lanes::kColumns)
                multiplyTile(rowsOfPanel, product.columns + column * product.days + day, pairs,
                             product.days,
                             product.out + column * product.outStride + panel * kPanelRows,
                             product.outStride);
        }
    }
}

void roundValues(const double *values, std::size_t days, double largest, std::int16_t *out)
{
    double widest = 0;
    for (std::size_t t = 0; t < days; ++t) {
        const double size = values[t] < 0 ? -values[t] : values[t];
        widest = size > widest ? size : widest;
    }
    const double unit = widest > 0 ? largest / widest : 0;
    for (std::size_t t = 0; t < days; ++t) {
        const double value = values[t] * unit;
        out[t] = static_cast<std::int16_t>(
            static_cast<std::int32_t>(value < 0 ? value - 0.5 : value + 0.5));
    }
}

float squareWindowsOf(const std::int16_t *x, std::size_t days, std::size_t horizon,
                      std::int32_t *work, std::int16_t *out)
{
    // Sums up to each day wrap around where they must; their differences do not.
    std::uint32_t sum = 0;
    work[0] = 0;
    for (std::size_t t = 0; t < days; ++t) {
        sum += static_cast<std::uint32_t>(static_cast<std::int32_t>(x[t]));
        work[t + 1] = static_cast<std::int32_t>(sum);
    }
    const auto before = [work](std::size_t t) { return static_cast<std::uint32_t>(work[t]); };
    for (std::size_t t = days; t >= horizon && t > 0; --t)
        work[t] = static_cast<std::int32_t>(before(t) - before(t - horizon));
    std::int32_t largest = 0;
    for (std::size_t t = 1; t <= days; ++t) {
        const std::int32_t size = work[t] < 0 ? -work[t] : work[t];
        largest = size > largest ? size : largest;
    }
    const auto widest = static_cast<float>(largest);
    const float factor = largest == 0 ? 0.0F : static_cast<float>(kWindowMax) / (widest * widest);
    for (std::size_t t = 0; t < days; ++t) {
        const auto window = static_cast<float>(work[t + 1]);
        out[t] =
            static_cast<std::int16_t>(static_cast<std::int32_t>(window * window * factor + 0.5F));
    }
    return factor;
}

void scoreWindows(const WindowScores &scores)
{
    for (std::size_t view = 0; view < scores.views; ++view) {
        const float *product = scores.products + view * scores.shifts;
        const float *square = scores.squares + view * scores.lags;
        float *t = scores.t + view * scores.stride;
        const float scale = scores.viewScales[view] * scores.windowScale;
        for (std::size_t lag = 0; lag < scores.lags; ++lag)
            t[lag] = product[lag];
        for (std::size_t k = 1; k < scores.horizon; ++k)
            for (std::size_t lag = 0; lag < scores.lags; ++lag)
                t[lag] += product[lag + k];
        for (std::size_t lag = 0; lag < scores.lags; ++lag) {
            const bool isThere = square[lag] > 0;
            const float root = __builtin_sqrtf(isThere ? square[lag] : 1.0F);
            t[lag] = isThere ? t[lag] * scale / root : 0.0F;
        }
    }
}

void addTimesTo(const float *values, float factor, float *into, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        into[i] += values[i] * factor;
}

} // namespace

KernelChoice CHRONA_KERNEL()
{
    return {multiplyAll,  roundValues, squareWindowsOf,
            scoreWindows, addTimesTo,  CHRONA_KERNEL_NAME};
}

} // namespace chrona::discovery
