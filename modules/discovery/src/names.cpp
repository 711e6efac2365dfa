// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/signal.h"

namespace chrona::discovery {

std::string_view toString(Label label)
{
    switch (label) {
    case Label::Active: return "active";
    case Label::Fading: return "fading";
    case Label::Gone: return "gone";
    }
    return "unknown";
}

std::string_view toString(Regime regime)
{
    return regime == Regime::Split ? "split" : "all";
}

std::string_view toString(View view)
{
    switch (view) {
    case View::Whole: return "whole";
    case View::Own: return "own";
    case View::Shared: return "shared";
    }
    return "unknown";
}

std::string_view toString(Rule rule)
{
    switch (rule) {
    case Rule::NoHistory: return "insufficient history";
    case Rule::Missing: return "too many missing days";
    case Rule::Constant: return "constant";
    case Rule::FewValues: return "too few values";
    case Rule::FewEpisodes: return "too few episodes";
    case Rule::FewBlocks: return "values in too few blocks";
    case Rule::NotSignificant: return "not significant";
    case Rule::SecondLook: return "not significant with serial dependence";
    case Rule::Influence: return "rests on one day";
    case Rule::SmallSample: return "effective sample too small";
    case Rule::Disagreement: return "views of the return disagree";
    case Rule::ShortHistory: return "too few days for the horizon";
    case Rule::EpisodeLeftOut: return "gone without its strongest episodes";
    case Rule::Bootstrap: return "not rare under resampling";
    }
    return "unknown";
}

std::string_view toString(Measure measure)
{
    return measure == Measure::Volatility ? "volatility" : "return";
}

std::string_view toString(RegimePart part)
{
    switch (part) {
    case RegimePart::VolatilityLow: return "volatility low";
    case RegimePart::VolatilityMiddle: return "volatility middle";
    case RegimePart::VolatilityHigh: return "volatility high";
    case RegimePart::RatesRising: return "rates rising";
    case RegimePart::RatesFalling: return "rates falling";
    case RegimePart::FirstHalfOfYear: return "first half of the year";
    case RegimePart::SecondHalfOfYear: return "second half of the year";
    }
    return "unknown";
}

std::string_view toString(FailureMode mode)
{
    switch (mode) {
    case FailureMode::SharedTrend: return "shared trend or season";
    case FailureMode::CommonFactor: return "common factor";
    case FailureMode::FewEpisodes: return "few episodes";
    case FailureMode::OneRegime: return "one regime";
    case FailureMode::Decaying: return "decaying";
    case FailureMode::RevisionSensitive: return "revision sensitive";
    case FailureMode::LookAhead: return "look-ahead";
    }
    return "unknown";
}

} // namespace chrona::discovery
