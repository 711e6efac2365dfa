// SPDX-License-Identifier: AGPL-3.0-or-later
#define CHRONA_KERNEL kernelV3
#define CHRONA_KERNEL_NAME "x86-64-v3"
#include "kernel.h"

#include <immintrin.h>

namespace chrona::discovery {

namespace {

struct Lanes {
    using Values = __m256i;
    using Sums = __m256i;
    static constexpr std::size_t kRows = 8, kVectors = 2, kColumns = 4;
    static Sums zero() { return _mm256_setzero_si256(); }
    static Values load(const std::int16_t *values)
    {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(values));
    }
    static Values spread(const std::int16_t *pair)
    {
        return _mm256_broadcastd_epi32(_mm_loadu_si32(pair));
    }
    static Sums addProducts(Sums sums, Values left, Values right)
    {
        return _mm256_add_epi32(sums, _mm256_madd_epi16(left, right));
    }
    static void addTo(float *out, Sums sums)
    {
        _mm256_storeu_ps(out, _mm256_add_ps(_mm256_loadu_ps(out), _mm256_cvtepi32_ps(sums)));
    }
};

} // namespace

} // namespace chrona::discovery

#include "kernel_body.h"
