// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "history_conversion.h"

namespace chrona::cli {
namespace {

constexpr OptionSpec kHistoryOptions[] = {
    {"out", "DIR", "where calendar.csv, prices.csv and observations.csv go (required)"},
};

ExitCode runHistory(Invocation &invocation)
{
    const auto out = invocation.arguments.value("out");
    if (invocation.arguments.positionals().size() != 1 || !out)
        return invocation.usage("which folder, and where does the result go? Both are needed");
    const auto lines = convertHistory(invocation.arguments.positionals().front(), *out);
    if (!lines)
        return invocation.failed(lines.error());
    for (const std::string &line : *lines)
        invocation.out() << line << "\n";
    return ExitCode::Done;
}

} // namespace

const Command kHistory{
    .name = "history",
    .summary = "Turns a folder of historical tables into one that discover reads",
    .usage = "DIR --out DIR2",
    .options = kHistoryOptions,
    .notes =
        "DIR holds market_daily.csv and, as far as there are any, ohlcv_daily.csv,\n"
        "weekly_releases.csv, monthly.csv, fomc_decisions.csv, hurricane_tracks_*.csv,\n"
        "earthquakes_*.csv, us_tornadoes_*.csv, us_billion_dollar_disasters.csv and\n"
        "us_executive_orders_*.csv, each also as .csv.gz. Days are New York's sessions, a\n"
        "decision is taken at 21:30 UTC. Prices that are fixed earlier in the day stand at the\n"
        "next fixing, because the last one can no longer be dealt at.",
    .run = runHistory,
};

} // namespace chrona::cli
