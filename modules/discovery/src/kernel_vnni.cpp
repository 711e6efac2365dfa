// SPDX-License-Identifier: AGPL-3.0-or-later
#define CHRONA_KERNEL kernelVnni
#define CHRONA_KERNEL_NAME "x86-64-v4 with VNNI"
#include "kernel_wide.h"
