// SPDX-License-Identifier: AGPL-3.0-or-later
#define CHRONA_KERNEL kernelBaseline
#define CHRONA_KERNEL_NAME "baseline"
#include "kernel.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace chrona::discovery {

namespace {

#if defined(__SSE2__)
struct Lanes {
    using Values = __m128i;
    using Sums = __m128i;
    static constexpr std::size_t kRows = 4, kVectors = 4, kColumns = 2;
    static Sums zero() { return _mm_setzero_si128(); }
    static Values load(const std::int16_t *values)
    {
        return _mm_loadu_si128(reinterpret_cast<const __m128i *>(values));
    }
    static Values spread(const std::int16_t *pair)
    {
        return _mm_shuffle_epi32(_mm_loadu_si32(pair), 0);
    }
    static Sums addProducts(Sums sums, Values left, Values right)
    {
        return _mm_add_epi32(sums, _mm_madd_epi16(left, right));
    }
    static void addTo(float *out, Sums sums)
    {
        _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(out), _mm_cvtepi32_ps(sums)));
    }
};
#else
/// As compilers for other processors make of it what they can.
struct Lanes {
    static constexpr std::size_t kRows = 16, kVectors = 1, kColumns = 2;
    struct Values {
        std::int16_t of[2 * kRows];
    };
    struct Sums {
        std::int32_t of[kRows];
    };
    static Sums zero() { return {}; }
    static Values load(const std::int16_t *values)
    {
        Values result;
        for (std::size_t i = 0; i < 2 * kRows; ++i)
            result.of[i] = values[i];
        return result;
    }
    static Values spread(const std::int16_t *pair)
    {
        Values result;
        for (std::size_t i = 0; i < 2 * kRows; ++i)
            result.of[i] = pair[i % 2];
        return result;
    }
    static Sums addProducts(Sums sums, const Values &left, const Values &right)
    {
        for (std::size_t i = 0; i < kRows; ++i)
            sums.of[i] += std::int32_t{left.of[2 * i]} * right.of[2 * i] +
                          std::int32_t{left.of[2 * i + 1]} * right.of[2 * i + 1];
        return sums;
    }
    static void addTo(float *out, const Sums &sums)
    {
        for (std::size_t i = 0; i < kRows; ++i)
            out[i] += static_cast<float>(sums.of[i]);
    }
};
#endif

} // namespace

} // namespace chrona::discovery

#include "kernel_body.h"
