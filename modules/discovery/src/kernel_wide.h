// SPDX-License-Identifier: AGPL-3.0-or-later
// Included by kernel_v4.cpp and kernel_vnni.cpp, which differ in one instruction.
#include "kernel.h"

#include <immintrin.h>

namespace chrona::discovery {

namespace {

struct Lanes {
    using Values = __m512i;
    using Sums = __m512i;
    static constexpr std::size_t kRows = 16, kVectors = 1, kColumns = 12;
    static Sums zero() { return _mm512_setzero_si512(); }
    static Values load(const std::int16_t *values) { return _mm512_loadu_si512(values); }
    static Values spread(const std::int16_t *pair)
    {
        return _mm512_broadcastd_epi32(_mm_loadu_si32(pair));
    }
    static Sums addProducts(Sums sums, Values left, Values right)
    {
#if defined(__AVX512VNNI__)
        return _mm512_dpwssd_epi32(sums, left, right);
#else
        return _mm512_add_epi32(sums, _mm512_madd_epi16(left, right));
#endif
    }
    static void addTo(float *out, Sums sums)
    {
        _mm512_storeu_ps(out, _mm512_add_ps(_mm512_loadu_ps(out), _mm512_cvtepi32_ps(sums)));
    }
};

} // namespace

} // namespace chrona::discovery

#include "kernel_body.h"
