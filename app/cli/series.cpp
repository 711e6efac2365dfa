// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "export_check.h"
#include "value_query.h"

#include "chrona/connect/draft.h"

#include <algorithm>
#include <format>
#include <utility>

namespace chrona::cli {
namespace {

constexpr OptionSpec kSeriesOptions[] = {
    {"text", "WORDS", "list: with these words in key or name"},
    {"metric", "METRIC", "list: what regional siblings share"},
    {"region", "CODE", "list: of this region, or of regions that begin so"},
    {"from", "TIME", "values: observed at or after"},
    {"to", "TIME", "values: observed before"},
    {"as-of", "TIME", "values: in the vintage that was available then"},
    {"vintages", "", "values: every vintage"},
    {"limit", "N", "list: at most so many (default 1000; 0: all)"},
    {"format", "FORMAT", "ndjson (default) or csv"},
    kOwnUseOption,
};

std::string seriesAsCsv(const schema::Series &series)
{
    return std::format("{},{},{},{},{},{},{}\n", csvField(series.key), csvForeign(series.name),
                       csvField(series.unit), toString(series.frequency), csvField(series.region),
                       csvField(series.metric), series.synthetic);
}

ExitCode listSeries(Invocation &invocation, QueryFormat format)
{
    const auto limit = limitFrom(invocation.arguments);
    if (!limit)
        return invocation.usage(limit.error());
    ipc::SeriesQuery query;
    query.text = invocation.arguments.value("text").value_or("");
    query.metric = invocation.arguments.value("metric").value_or("");
    query.region = invocation.arguments.value("region").value_or("");
    return printPages(
        invocation, query, *limit,
        ListForm<ipc::SeriesQueryReply, schema::Series>{
            format, "key,name,unit,frequency,region,metric,synthetic\n",
            &ipc::SeriesQueryReply::series, seriesAsCsv,
            [](const schema::Series &series) { return connect::draftToJson(series); }});
}

/// Null for a series that nobody knows: asking for its values says so.
Result<schema::SourceId> sourceOfSeries(ServiceLink &link, const std::string &key)
{
    ipc::SeriesQuery query;
    query.text = key;
    query.limit = ipc::SeriesQuery::kLimitMax;
    const auto reply = link.request(query);
    if (!reply)
        return std::unexpected(reply.error());
    const auto found = std::ranges::find(reply->series, key, &schema::Series::key);
    return found == reply->series.end() ? schema::SourceId{} : found->source;
}

ExitCode printSeriesValues(Invocation &invocation, const std::string &key, QueryFormat format)
{
    return printValues(invocation, {key, format, "series", "observed_at", "available_at",
                                    [&key](ServiceLink &link) { return sourceOfSeries(link, key); },
                                    [&key](ServiceLink &link, const ValueWindow &window) {
                                        ipc::ObservationQuery query;
                                        query.series = {schema::seriesIdFor(key)};
                                        query.from = window.from;
                                        query.to = window.to;
                                        query.asOf = window.asOf;
                                        query.allVintages = window.allVintages;
                                        return link.request(query).transform(
                                            [](auto reply) { return std::move(reply.columns); });
                                    }});
}

ExitCode runSeries(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const auto format = formatFrom(invocation.arguments, false);
    if (!format)
        return invocation.usage(format.error());
    if (words.size() > 1)
        return invocation.usage("one series at a time");
    return words.empty() ? listSeries(invocation, *format)
                         : printSeriesValues(invocation, words[0], *format);
}

} // namespace

const Command kSeries{
    .name = "series",
    .summary = "Lists series, or prints the values of one",
    .usage = "[OPTIONS] [KEY]",
    .options = kSeriesOptions,
    .notes =
        "Without KEY: the series there are. With KEY: its observations, each with the time since\n"
        "when it could be known.",
    .run = runSeries,
};

} // namespace chrona::cli
