// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/availability.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"
#include "chrona/schema/signal_controls.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

/// The feature on day t is held against the target's return over the sessions
/// t + lag + 1 … t + lag + horizon.
struct LagWindow {
    std::uint16_t lag = 0;     ///< sessions
    std::uint16_t horizon = 1; ///< sessions
    friend bool operator==(const LagWindow &, const LagWindow &) = default;
};

/// What of the target is led.
enum class TargetMeasure : std::uint8_t {
    Return,
    Volatility, ///< how far it moves beside what was expected the day before, either way
};
[[nodiscard]] std::string_view toString(TargetMeasure measure);

/// A contiguous stretch of the history, measured on its own.
struct BlockEffect {
    Date begin, end; ///< [begin, end)
    double effect = 0;
    double sampleSize = 0; ///< effective
    friend bool operator==(const BlockEffect &, const BlockEffect &) = default;
};

/// How the effect is spread over blocks: correlations, signed.
struct EffectDistribution {
    double median = 0, lowerQuartile = 0, upperQuartile = 0, worst = 0;
    double signShare = 0;     ///< of blocks with the median's sign, 0–1
    double standardError = 0; ///< that noise alone would give a block
    std::vector<BlockEffect> blocks;
    friend bool operator==(const EffectDistribution &, const EffectDistribution &) = default;
};

/// 0–1 each; the score is their geometric mean, so that one failing part sinks it.
struct Stability {
    double score = 0;
    double consistency = 0; ///< of signs over blocks
    double dispersion = 0;  ///< small spread beside the median
    double generality = 0;  ///< over regimes
    double outOfSample = 0; ///< walk-forward effect beside the median
    friend bool operator==(const Stability &, const Stability &) = default;
};

enum class Regime : std::uint8_t {
    VolatilityLow,
    VolatilityMiddle,
    VolatilityHigh,
    RatesRising,
    RatesFalling,
    FirstHalfOfYear,
    SecondHalfOfYear,
};
[[nodiscard]] std::string_view toString(Regime regime);

struct RegimeEffect {
    Regime regime = Regime::VolatilityLow;
    double effect = 0;
    double sampleSize = 0; ///< effective; below 60 the effect says nothing
    friend bool operator==(const RegimeEffect &, const RegimeEffect &) = default;
};

/// One walk-forward fold: the window that was best before a stretch of days, and what it did there.
struct FoldEffect {
    Date trainedUntil; ///< what chose the window ended before
    Date begin, end;   ///< [begin, end): where it was tried
    LagWindow window;
    double effect = 0;     ///< correlation, signed; NaN: could not be measured
    double sampleSize = 0; ///< days tried
    friend bool operator==(const FoldEffect &, const FoldEffect &) = default;
};

enum class SignalLabel : std::uint8_t { Active, Fading, Gone };
[[nodiscard]] std::string_view toString(SignalLabel label);
[[nodiscard]] std::optional<SignalLabel> signalLabelFrom(std::string_view text);

/// A stretch of days on which the feature stood out, and what followed.
struct Episode {
    Date begin, end;             ///< [begin, end)
    double featureValue = 0;     ///< the peak
    double robustZ = 0;          ///< of the peak
    double forwardReturn = 0;    ///< log return of the target over the window; of its volatility
                                 ///< the usual size of a day's move; NaN: not yet known
    double returnPercentile = 0; ///< 0–1 among all windows; NaN: not yet known
    std::vector<EventId> events; ///< the evidence, strongest first
    friend bool operator==(const Episode &, const Episode &) = default;
};

/// Whether the feature stands out now. It raises attention, never belief.
struct Novelty {
    double robustZ = 0;
    double percentile = 0; ///< 0–1 in the trailing year
    double baseRate = 0;   ///< share of days on which it is elevated, 0–1
    bool elevated = false;
    bool newlyElevated = false;
    friend bool operator==(const Novelty &, const Novelty &) = default;
};

/// A feature that led a target, with everything needed to doubt it.
struct Signal {
    SignalId id;
    DiscoveryRunId run;
    FeatureId feature;
    InstrumentId target;
    TargetMeasure measure = TargetMeasure::Return;
    LagWindow window;
    double effect = 0;               ///< correlation at the window, signed
    double tStatistic = 0;           ///< overlap-exact and heteroskedasticity-robust
    double p = 1;                    ///< of the pair, over all windows searched
    double q = 1;                    ///< false discovery rate at which it would be admitted
    bool survivesDependence = false; ///< also under Benjamini-Yekutieli
    std::uint32_t sampleSize = 0;
    double sampleSizeEffective = 0;
    std::uint32_t familySize = 0; ///< pairs tested in the run
    std::vector<std::uint16_t> horizonsSearched, lagsSearched;
    EffectDistribution distribution;
    Stability stability;
    std::vector<RegimeEffect> regimes;
    std::vector<FoldEffect> folds;       ///< oldest first
    std::vector<ControlResult> controls; ///< passed, refused and not run
    std::vector<FailureFinding> failureModes;
    std::vector<Episode> episodes; ///< newest first
    Novelty novelty;
    SignalLabel label = SignalLabel::Active;
    double rank = 0;                                       ///< stability × (1 − q) × relevance
    AvailabilityBasis basis = AvailabilityBasis::Measured; ///< the weakest of what it rests on
    Instant dataUntil;                                     ///< nothing later was used
    Instant computedAt;
    std::string hypothesis; ///< a mechanism that a person or a model proposed; empty: none
    bool synthetic = false;
    friend bool operator==(const Signal &, const Signal &) = default;
};

/// A pair that was not admitted, with the rule that refused it first.
struct RefusedCandidate {
    DiscoveryRunId run;
    FeatureId feature;
    InstrumentId target;
    LagWindow window;
    double effect = 0;
    double q = 1;
    ControlResult refusedBy;
    friend bool operator==(const RefusedCandidate &, const RefusedCandidate &) = default;
};

/// The same feature, target, measure and sign are the same signal from run to run.
[[nodiscard]] SignalId signalIdFor(FeatureId feature, InstrumentId target, double effect,
                                   TargetMeasure measure = TargetMeasure::Return);
[[nodiscard]] Faults validate(const Signal &signal);
[[nodiscard]] Faults validate(const RefusedCandidate &candidate);

} // namespace chrona::schema
