// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/signal.h"

#include <span>

namespace chrona::discovery {

/// Whether the last value stands out from the 252 before it. NaN: not known that day. Of whole
/// numbers that are not negative the upper tail of a negative binomial (Poisson, where they scatter
/// no more than that) fitted to those days takes the place of the robust z, given as the normal
/// deviation of the same probability. Fewer than 60 known values before it: nothing stands out and
/// z is NaN.
[[nodiscard]] Novelty noveltyOf(std::span<const double> known);

} // namespace chrona::discovery
