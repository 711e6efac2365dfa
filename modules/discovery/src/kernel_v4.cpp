// SPDX-License-Identifier: AGPL-3.0-or-later
#define CHRONA_KERNEL kernelV4
#define CHRONA_KERNEL_NAME "x86-64-v4"
#include "kernel_wide.h"
