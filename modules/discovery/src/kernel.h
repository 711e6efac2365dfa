// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>

/// The one piece of code that is compiled for several instruction sets and chosen at run time.
namespace chrona::discovery {

/// out (rows × columns) = left' · right; left is depth × rows, right depth × columns, all column
/// after column without gaps.
using ProductKernel = void (*)(const float *left, const float *right, float *out, std::size_t depth,
                               std::size_t rows, std::size_t columns);

struct KernelChoice {
    ProductKernel product;
    const char *name; ///< "x86-64-v4", "x86-64-v3", "baseline"
};

/// The best one that this processor runs.
[[nodiscard]] KernelChoice chooseKernel();

void productBaseline(const float *, const float *, float *, std::size_t, std::size_t, std::size_t);
void productV3(const float *, const float *, float *, std::size_t, std::size_t, std::size_t);
void productV4(const float *, const float *, float *, std::size_t, std::size_t, std::size_t);

} // namespace chrona::discovery
