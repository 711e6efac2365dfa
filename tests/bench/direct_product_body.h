// SPDX-License-Identifier: AGPL-3.0-or-later
// Included by each direct_product_*.cpp once, after CHRONA_PRODUCT is defined and Eigen's namespace
// is renamed: its inline functions would else be merged by the linker across instruction sets.
#include <Eigen/Core>

#include "direct_product.h"

namespace chrona::bench {

void CHRONA_PRODUCT(const float *left, const float *right, float *out, std::size_t depth,
                    std::size_t rows, std::size_t columns)
{
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic>;
    const auto index = [](std::size_t size) { return static_cast<Eigen::Index>(size); };
    const Eigen::Map<const Matrix> a(left, index(depth), index(rows));
    const Eigen::Map<const Matrix> b(right, index(depth), index(columns));
    Eigen::Map<Matrix> c(out, index(rows), index(columns));
    c.noalias() = a.transpose() * b;
}

} // namespace chrona::bench
