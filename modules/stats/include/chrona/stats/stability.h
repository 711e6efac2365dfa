// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>

/// How far an effect can be relied on, in [0, 1]: a geometric mean of four parts, so that one
/// failing part sinks the score. Pure; any thread.
namespace chrona::stats {

struct EffectEvidence {
    std::span<const double> blocks;  ///< effect in each block of time
    double blockError = 0;           ///< what noise alone spreads a block's effect by
    std::span<const double> regimes; ///< effect in each regime
    double outOfSample = 0;
};

struct Stability {
    double median = 0, q25 = 0, q75 = 0, spread = 0; ///< of the blocks; spread: interquartile range
    double sign = 0, signShare = 0;
    double consistency = 0; ///< C: max(0, 2 signShare - 1)
    double dispersion = 0;  ///< D: |median| / (|median| + spread beyond noise)
    double regimes = 0;     ///< G
    double outOfSample = 0; ///< O
    double score = 0;
};
[[nodiscard]] Stability stability(const EffectEvidence &evidence);

} // namespace chrona::stats
