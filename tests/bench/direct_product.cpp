// SPDX-License-Identifier: AGPL-3.0-or-later
#include "direct_product.h"

namespace chrona::bench {

DirectProduct directProduct()
{
#if defined(CHRONA_KERNELS_X86)
    if (__builtin_cpu_supports("x86-64-v4"))
        return directProductV4;
    if (__builtin_cpu_supports("x86-64-v3"))
        return directProductV3;
#endif
    return directProductBaseline;
}

} // namespace chrona::bench
