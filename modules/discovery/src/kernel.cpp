// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel.h"

namespace chrona::discovery {

std::size_t kernelsHere(KernelChoice (&choices)[4])
{
    std::size_t count = 0;
    choices[count++] = kernelBaseline();
#if defined(CHRONA_KERNELS_X86)
    if (__builtin_cpu_supports("x86-64-v3"))
        choices[count++] = kernelV3();
    if (__builtin_cpu_supports("x86-64-v4"))
        choices[count++] = kernelV4();
    if (__builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vnni"))
        choices[count++] = kernelVnni();
#endif
    return count;
}

KernelChoice chooseKernel()
{
    KernelChoice choices[4];
    return choices[kernelsHere(choices) - 1];
}

} // namespace chrona::discovery
