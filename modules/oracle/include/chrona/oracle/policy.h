// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::oracle {

/// The numbers of the method. Basis points are 1e-4 of the natural logarithm of the price. The
/// defaults were chosen on ten synthetic worlds and confirmed on others (docs/guides/oracle.md).
struct Policy {
    // What the market is taken for until it has shown itself.
    double volatilityBps = 1.5; ///< of the common factor, per square root of a second
    double volatilityBpsMin = 0.3;
    double volatilityBpsMax = 60;
    double volatilityMemorySeconds = 45;
    double rateVolatilityBps = 0.12; ///< of a stable currency's rate
    double rateNoiseBps = 0.6;       ///< of one message about it

    // What a venue is taken for; its spread says how closely it is arbitraged.
    double basisPerSpread = 1.0; ///< standard deviation of its basis: this · spread^basisPower
    double basisPower = 0.76;
    double basisMemorySeconds = 150; ///< the time in which a basis forgets itself
    double noisePerSpread = 0.28;    ///< of one mid: noiseFloorBps + this · spread
    double noiseFloorBps = 0.3;
    double lagPerSpreadSeconds = 0.15;
    double lagSecondsMax = 5;

    // What a venue shows of itself is learned, and how far that may lead from its profile.
    double traitMemorySeconds = 600; ///< 0: the profile is taken as it is
    double spreadFactorMax = 12;
    double shareFactorMax = 4;

    // Gates.
    double priceFactorMax = 2;   ///< from the consensus; beyond it nothing is a price
    double deviationBpsMin = 14; ///< what may be called deviating
    double deviationSigmas = 4.5;
    double lastOffBookBps = 20; ///< beyond the half spread
    double frozenBpsMin = 10;   ///< a frozen price counts as bad from here
    double frozenEvidence = 5;  ///< log likelihood ratio from which a venue counts as frozen
    double clockAheadMs = 1'500;
    double clockBehindMs = 4'000; ///< and far beyond what this venue's messages usually take
    double clockBehindLatencies = 25;
    double huberSigmas = 2.5;

    // Who counts, and for how much.
    double staleSecondsMin = 20;
    double staleGaps = 6; ///< a venue is stale after this many of its usual gaps
    double venueWeightMax = 0.20;
    double groupWeightMax = 0.50;
    int venuesMin = 3;       ///< fewer sound venues: no answer
    double medianSigmas = 3; ///< how far the filtered price may lie from the venues' own median

    double coverage = 0.95; ///< of the confidence band
};

} // namespace chrona::oracle
