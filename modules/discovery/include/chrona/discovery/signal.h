// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/signal.h"
#include "chrona/stats/stability.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::discovery {

enum class Label : std::uint8_t { Active, Fading, Gone };
enum class Regime : std::uint8_t { All, Split };
[[nodiscard]] std::string_view toString(Label label);
[[nodiscard]] std::string_view toString(Regime regime);

/// Which return of the target the effect was seen in.
enum class View : std::uint8_t {
    Whole,  ///< the return itself
    Own,    ///< less what it shares with the other targets
    Shared, ///< what the targets share, for a target that carries much of it
};
[[nodiscard]] std::string_view toString(View view);

/// What of the target is led.
using Measure = schema::TargetMeasure;

/// Parts of the history, told apart by what was known the day before.
using RegimePart = schema::Regime;
/// How a signal could be wrong though it was kept. What is measured of each: SharedTrend: share of
/// the effect that is there only with trend and season left in; CommonFactor: share that goes with
/// what all targets share; FewEpisodes: how many there are; OneRegime: the least regime's effect
/// beside the whole; Decaying: slope over the blocks, in its own deviations; RevisionSensitive:
/// effect of first prints less that of the newest vintages; LookAhead: effect by observation date
/// less effect by availability.
using FailureMode = schema::FailureMode;

struct RegimeEffect {
    RegimePart part = RegimePart::VolatilityLow;
    double effect = 0;
    double effectiveRows = 0;
};

/// One walk-forward fold: the window was chosen by the days before trainEnd and tried on those of
/// [begin, end).
struct Fold {
    std::size_t trainEnd = 0, begin = 0, end = 0; ///< decision days
    std::size_t horizon = 1, lag = 0;
    double effect = 0; ///< NaN: not measured
    double rows = 0;   ///< days tried
};

struct Failure {
    FailureMode mode = FailureMode::SharedTrend;
    double measured = 0;
};

/// Days on which the feature stood out, and what followed.
struct Episode {
    std::size_t begin = 0, end = 0; ///< decision days, half-open
    double featureValue = 0;        ///< at the peak, as it was known
    double robustZ = 0;             ///< of the peak, of the feature without trend and season
    double forwardReturn = 0;       ///< from the peak over the signal's window; NaN: not yet known
    double returnPercentile = 0;    ///< 0 to 1 among all such returns; NaN: not yet known
    double share = 0;               ///< of the sum that makes the effect
};

/// Whether the feature stands out on the last day, by what was known before it. Raises attention,
/// never belief: it is no part of the rank.
struct Novelty {
    double robustZ = 0;    ///< against the year before; of counts the tail of a fitted distribution
    double percentile = 0; ///< 0 to 1 in the year before
    double baseRate = 0;   ///< share of days on which it is elevated
    bool elevated = false;
    bool newlyElevated = false; ///< and on neither of the two days before
};

/// A feature that leads a target and survived every rule.
struct Signal {
    std::size_t feature = 0, target = 0;
    Measure measure = Measure::Return;
    std::size_t horizon = 1; ///< days of the return
    std::size_t lag = 0;     ///< days from the feature to the start of that return
    View view = View::Whole;
    int sign = 1;
    double effect = 0;     ///< correlation of the feature's window with the scaled daily return
    double t = 0;          ///< reverse-regression t after the second look
    double inflation = 1;  ///< by which serial dependence widened its error
    double neweyWestT = 0; ///< of the overlapping regression, for comparison
    double p = 1, q = 1;   ///< of the pair: Simes over its windows; Benjamini-Hochberg over pairs
    double qYekutieli = 1;
    double bootstrapP = 1;     ///< of the best window alone, stationary bootstrap
    double deflatedSharpe = 0; ///< probability that it beats the best of all worthless trials
    double overfit = 0;        ///< share of half splits in which the best window fell behind
    std::size_t rows = 0;      ///< days that went into it
    double effectiveRows = 0;
    stats::Stability stability;
    std::vector<double> blockEffects;
    std::vector<RegimeEffect> regimeEffects;
    std::vector<double> lagCurve; ///< effect by lag from 0, at the signal's horizon and in its view
    std::vector<Fold> folds;      ///< walk-forward, oldest first
    double outOfSample = 0;       ///< effect over their test blocks
    /// Effect by observation date less effect by availability: in the signal's window or in the
    /// very next days, whichever is more.
    double lookAhead = 0;
    double revision = 0;  ///< effect of first prints less effect of the newest known vintages
    double influence = 0; ///< share of the sum that the largest day carries
    double episodeInfluence = 0; ///< and the largest episode
    double leaveOutT = 0;        ///< t without its three most influential episodes, signed as sign
    double decaySlope = 0, decayError = 0; ///< of the effect, a block of a twentieth
    double rank = 0;                       ///< stability · (1 - q)
    Label label = Label::Active;
    Regime regime = Regime::All;
    std::vector<Episode> episodes; ///< latest last; at most kEpisodesMax of the strongest
    std::size_t episodeCount = 0;  ///< all of them
    Novelty novelty;
    std::vector<Failure> failures;

    static constexpr std::size_t kEpisodesMax = 50;
};

enum class Rule : std::uint8_t {
    NoHistory, ///< fewer known days than the minimum
    Missing,   ///< too many days without a value
    Constant,
    FewValues, ///< too few values away from the most frequent one
    FewEpisodes,
    FewBlocks,      ///< values fall in too few blocks
    NotSignificant, ///< q above the level though it looked promising
    SecondLook,     ///< significant until serial dependence was allowed for
    Influence,      ///< rests on one day or episode
    SmallSample,    ///< effective count below the minimum
    Disagreement,   ///< the views of the return contradict each other
    ShortHistory,   ///< too few days for the horizon
    EpisodeLeftOut, ///< gone without its most influential episodes
    Bootstrap,      ///< resampling finds it no rarity
};
[[nodiscard]] std::string_view toString(Rule rule);

/// A candidate that was not kept, and the rule that refused it.
struct Refusal {
    static constexpr std::size_t kEveryTarget = static_cast<std::size_t>(-1);
    std::size_t feature = 0;
    std::size_t target = kEveryTarget;
    Measure measure = Measure::Return;
    Rule rule = Rule::NotSignificant;
    double value = 0; ///< what the rule looked at
    double limit = 0; ///< and what it asks for
};

} // namespace chrona::discovery
