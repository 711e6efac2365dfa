// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"
#include "service_link.h"

#include <algorithm>
#include <array>

/// People's own feeds: the question about their terms, one feed, and a whole reading list.
namespace chrona::cli {

/// The answers that a feed needs before it is read.
inline constexpr std::array kTermsOptions = {
    OptionSpec{"terms", "URL", "own feeds: where their terms of use stand"},
    OptionSpec{"licence", "NAME", "own feeds: what the terms are called (CC-BY-4.0, terms of use)"},
    OptionSpec{"redistribution", "RULE",
               "own feeds: allowed, with_attribution or forbidden by the terms"},
    OptionSpec{"retention", "CLASS",
               "own feeds: permanent, years_2, days_90, days_30 (default) or hours_24"},
    OptionSpec{"keep", "WHAT", "own feeds: metadata_only (default), full or own_key_local"},
    OptionSpec{"attribution", "TEXT", "own feeds: what is shown beside them (default: the name)"},
    OptionSpec{"family", "NAME", "own feeds: who stands behind them (default: from the host)"},
    OptionSpec{"every", "DURATION", "own feeds: how often they are asked (default 30m)"},
};

template <std::size_t A, std::size_t B>
constexpr std::array<OptionSpec, A + B> joinOptions(const OptionSpec (&first)[A],
                                                    const std::array<OptionSpec, B> &second)
{
    std::array<OptionSpec, A + B> all{};
    std::ranges::copy(second, std::ranges::copy(first, all.begin()).out);
    return all;
}

/// The answers as given; InvalidInput that names the questions which are open.
[[nodiscard]] Result<ipc::SourceAdd> termsFrom(const Arguments &arguments);

/// sources add --feed URL
[[nodiscard]] ExitCode addFeed(Invocation &invocation);
/// import --opml FILE: each feed under the same answers.
[[nodiscard]] ExitCode importFeeds(Invocation &invocation, const std::string &path);

} // namespace chrona::cli
