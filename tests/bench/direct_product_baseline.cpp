// SPDX-License-Identifier: AGPL-3.0-or-later
#define EIGEN_DONT_PARALLELIZE
#define Eigen EigenForBaseline
#define CHRONA_PRODUCT directProductBaseline
#include "direct_product_body.h"
