// SPDX-License-Identifier: AGPL-3.0-or-later
#define EIGEN_DONT_PARALLELIZE
#define Eigen EigenForV4
#define CHRONA_PRODUCT productV4
#include "kernel_body.h"
