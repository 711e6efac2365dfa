// SPDX-License-Identifier: AGPL-3.0-or-later
#define EIGEN_DONT_PARALLELIZE
#define Eigen EigenForBaseline
#define CHRONA_PRODUCT productBaseline
#include "kernel_body.h"
