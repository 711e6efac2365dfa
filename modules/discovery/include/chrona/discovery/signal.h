// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

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

/// A feature that leads a target and survived every rule.
struct Signal {
    std::size_t feature = 0, target = 0;
    std::size_t horizon = 1; ///< days of the return
    std::size_t lag = 0;     ///< days from the feature to the start of that return
    View view = View::Whole;
    int sign = 1;
    double effect = 0;   ///< correlation of the feature's window with the scaled daily return
    double t = 0;        ///< reverse-regression t after the second look
    double p = 1, q = 1; ///< of the pair: Simes over its windows; Benjamini-Hochberg over pairs
    double qYekutieli = 1;
    std::size_t rows = 0; ///< days that went into it
    double effectiveRows = 0;
    stats::Stability stability;
    std::vector<double> blockEffects;
    double outOfSample = 0; ///< effect over walk-forward test blocks, windows chosen before them
    double lookAhead = 0;   ///< effect by observation date less effect by availability
    double influence = 0;   ///< share of the sum that the largest day carries
    double rank = 0;        ///< stability · (1 - q)
    Label label = Label::Active;
    Regime regime = Regime::All;
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
};
[[nodiscard]] std::string_view toString(Rule rule);

/// A candidate that was not kept, and the rule that refused it.
struct Refusal {
    static constexpr std::size_t kEveryTarget = static_cast<std::size_t>(-1);
    std::size_t feature = 0;
    std::size_t target = kEveryTarget;
    Rule rule = Rule::NotSignificant;
    double value = 0; ///< what the rule looked at
    double limit = 0; ///< and what it asks for
};

} // namespace chrona::discovery
