// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>

/// What a general product of matrices in single precision reaches on this processor: the limit that
/// stands beside the sweep, which does without one.
namespace chrona::bench {

/// out (rows × columns) = left' · right; left is depth × rows, right depth × columns, all column
/// after column.
using DirectProduct = void (*)(const float *left, const float *right, float *out, std::size_t depth,
                               std::size_t rows, std::size_t columns);
/// Eigen's, compiled for the best instruction set that this processor runs.
[[nodiscard]] DirectProduct directProduct();

void directProductBaseline(const float *, const float *, float *, std::size_t, std::size_t,
                           std::size_t);
void directProductV3(const float *, const float *, float *, std::size_t, std::size_t, std::size_t);
void directProductV4(const float *, const float *, float *, std::size_t, std::size_t, std::size_t);

} // namespace chrona::bench
