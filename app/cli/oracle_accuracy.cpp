// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_rounds.h"
#include "service_link.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

std::string accuracyJson(const ipc::FtsoFeedAccuracy &each)
{
    std::string text;
    formats::JsonWriter json(text);
    json.beginObject()
        .member("feed", each.feed)
        .member("rounds", each.rounds)
        .member("values", each.values)
        .member("in_primary_band", each.primary)
        .member("in_secondary_band", each.secondary)
        .member("within_half_percent", each.near)
        .member("others_primary_share", each.othersPrimary)
        .member("others_secondary_share", each.othersSecondary)
        .member("rank", each.rank)
        .member("voters", each.voters)
        .member("last_round", each.lastRound);
    if (each.value)
        json.member("value", *each.value);
    json.member("median", each.median)
        .member("quartile1", each.quartile1)
        .member("quartile3", each.quartile3)
        .member("low", each.low)
        .member("high", each.high)
        .endObject();
    return text + "\n";
}

/// Where the last value lies in what others gave: below, in or above their quartiles.
std::string accuracyPlace(const ipc::FtsoFeedAccuracy &each)
{
    if (!each.value)
        return "-";
    if (*each.value < each.quartile1)
        return *each.value > each.low ? "below, in band" : "below";
    if (*each.value > each.quartile3)
        return *each.value < each.high ? "above, in band" : "above";
    return "inside";
}

} // namespace

ExitCode listOracleAccuracy(Invocation &invocation)
{
    const auto rounds = invocation.arguments.integer("limit");
    if (!rounds || (*rounds && **rounds < 1))
        return invocation.usage(
            !rounds ? rounds.error() : Error{ErrorCode::InvalidInput, "--limit must be above 0"});
    ipc::FtsoAccuracyQuery query;
    query.network = invocation.arguments.value("network").value_or("");
    query.identity = invocation.arguments.value("identity").value_or("");
    if (*rounds)
        query.rounds = static_cast<std::uint32_t>(std::min<std::int64_t>(**rounds, 10'000));
    const auto reply = askService(invocation, query);
    if (!reply)
        return reply.error();
    Table table({{"FEED"},
                 {"ROUNDS", Table::Align::Right},
                 {"IQR", Table::Align::Right},
                 {"BAND", Table::Align::Right},
                 {"0.5 %", Table::Align::Right},
                 {"OTHERS IQR", Table::Align::Right},
                 {"OTHERS BAND", Table::Align::Right},
                 {"RANK", Table::Align::Right},
                 {"LAST VALUE", Table::Align::Right},
                 {"MEDIAN", Table::Align::Right},
                 {"IT LIES"}});
    for (const ipc::FtsoFeedAccuracy &each : reply->feeds) {
        if (invocation.asJson) {
            invocation.out() << accuracyJson(each);
            continue;
        }
        table.add({printable(each.feed), std::to_string(each.rounds),
                   percentText(each.primary, each.values), percentText(each.secondary, each.values),
                   percentText(each.near, each.values),
                   std::format("{:.2f} %", 100 * each.othersPrimary),
                   std::format("{:.2f} %", 100 * each.othersSecondary),
                   each.rank > 0 ? std::format("{}/{}", each.rank, each.voters) : "-",
                   each.value ? std::format("{:.10g}", *each.value) : "-",
                   std::format("{:.10g}", each.median), accuracyPlace(each)});
    }
    if (!invocation.asJson)
        table.print(invocation.out());
    return ExitCode::Done;
}

} // namespace chrona::cli
