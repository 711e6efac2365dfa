// SPDX-License-Identifier: AGPL-3.0-or-later
#define EIGEN_DONT_PARALLELIZE
#define Eigen EigenForV4
#define CHRONA_PRODUCT directProductV4
#include "direct_product_body.h"
