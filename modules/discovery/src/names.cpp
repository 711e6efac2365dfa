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

} // namespace chrona::discovery
