// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "export_check.h"
#include "query.h"
#include "words.h"

#include "chrona/connect/draft.h"

#include <algorithm>
#include <cmath>
#include <format>

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

void printSeriesCsv(std::ostream &out, const schema::Series &series)
{
    out << std::format("{},{},{},{},{},{},{}\n", csvField(series.key), csvField(series.name),
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
    bool headed = format != QueryFormat::Csv;
    return walkPages(invocation, query, *limit, [&](const ipc::SeriesQueryReply &page) {
        if (!std::exchange(headed, true))
            invocation.out() << "key,name,unit,frequency,region,metric,synthetic\n";
        for (const schema::Series &series : page.series) {
            if (format == QueryFormat::Csv)
                printSeriesCsv(invocation.out(), series);
            else
                invocation.out() << connect::draftToJson(series) << "\n";
        }
        return page.series.size();
    });
}

void printValueCsv(std::ostream &out, const std::string &key, const ipc::ObservationColumns &rows,
                   std::size_t row)
{
    const double value = rows.value[row];
    out << std::format("{},{},{},{},{}\n", csvField(key),
                       formatInstant(instantFrom(rows.observedAt[row])),
                       std::isnan(value) ? std::string() : std::format("{}", value),
                       formatInstant(instantFrom(rows.availableAt[row])),
                       wordFor(static_cast<schema::AvailabilityBasis>(rows.basis[row])));
}

void printValueJson(std::ostream &out, const std::string &key, const ipc::ObservationColumns &rows,
                    std::size_t row)
{
    std::string line;
    formats::JsonWriter(line)
        .beginObject()
        .member("series", key)
        .member("observed_at", formatInstant(instantFrom(rows.observedAt[row])))
        .member("value", rows.value[row])
        .member("available_at", formatInstant(instantFrom(rows.availableAt[row])))
        .member("basis", wordFor(static_cast<schema::AvailabilityBasis>(rows.basis[row])))
        .endObject();
    out << line << "\n";
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
    const Arguments &arguments = invocation.arguments;
    const auto from = arguments.instant("from");
    const auto to = arguments.instant("to");
    const auto asOf = arguments.instant("as-of");
    for (const auto *given : {&from, &to, &asOf})
        if (!*given)
            return invocation.usage(given->error());
    auto check = ExportCheck::open(invocation, format);
    if (!check)
        return check.error();
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (format != QueryFormat::NdJson) {
        const auto source = sourceOfSeries(*link, key);
        if (!source)
            return invocation.failed(source.error());
        if (!check->admits(*source)) {
            check->tell(invocation);
            return ExitCode::Refused;
        }
    }
    ipc::ObservationQuery query;
    query.series = {schema::seriesIdFor(key)};
    query.from = *from;
    query.to = *to;
    query.asOf = *asOf;
    query.allVintages = arguments.has("vintages");
    const auto reply = link->request(query);
    if (!reply)
        return invocation.failed(reply.error());
    const ipc::ObservationColumns &rows = reply->columns;
    if (format == QueryFormat::Csv)
        invocation.out() << "series,observed_at,value,available_at,basis\n";
    for (std::size_t row = 0; row < rows.value.size(); ++row) {
        if (format == QueryFormat::Csv)
            printValueCsv(invocation.out(), key, rows, row);
        else
            printValueJson(invocation.out(), key, rows, row);
    }
    return ExitCode::Done;
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
