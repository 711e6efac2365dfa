// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel.h"

namespace chrona::discovery {

KernelChoice chooseKernel()
{
#if defined(CHRONA_KERNELS_X86)
    if (__builtin_cpu_supports("x86-64-v4"))
        return {productV4, "x86-64-v4"};
    if (__builtin_cpu_supports("x86-64-v3"))
        return {productV3, "x86-64-v3"};
#endif
    return {productBaseline, "baseline"};
}

} // namespace chrona::discovery
