// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "export_check.h"
#include "query.h"
#include "words.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <utility>

namespace chrona::cli {
namespace {

constexpr OptionSpec kFeatureOptions[] = {
    {"text", "WORDS", "list: with these words in key or name"},
    {"region", "CODE", "list: of this region, or of regions in it"},
    {"from", "TIME", "values: of buckets that begin at or after"},
    {"to", "TIME", "values: of buckets that begin before"},
    {"as-of", "TIME", "values: as they were known then"},
    {"vintages", "", "values: everything that was ever known of a bucket"},
    {"limit", "N", "list: at most so many (default 1000; 0: all)"},
    {"format", "FORMAT", "ndjson (default) or csv"},
    kOwnUseOption,
};

bool restates(std::string_view kind)
{
    return kind.starts_with("series_") || kind == "price";
}

void printFeature(std::ostream &out, const ipc::FeatureEntry &feature, QueryFormat format)
{
    if (format == QueryFormat::Csv) {
        out << std::format("{},{},{},{},{},{},{},{}\n", csvField(feature.key),
                           csvField(feature.name), feature.kind, feature.frequency,
                           csvField(feature.unit), csvField(feature.region), feature.version,
                           feature.synthetic);
        return;
    }
    std::string line;
    formats::JsonWriter(line)
        .beginObject()
        .member("type", "feature")
        .member("key", feature.key)
        .member("name", feature.name)
        .member("kind", feature.kind)
        .member("frequency", feature.frequency)
        .member("unit", feature.unit)
        .member("region", feature.region)
        .member("rule", feature.rule)
        .member("version", feature.version)
        .member("synthetic", feature.synthetic)
        .endObject();
    out << line << "\n";
}

ExitCode listFeatures(Invocation &invocation, QueryFormat format)
{
    const auto limit = limitFrom(invocation.arguments);
    if (!limit)
        return invocation.usage(limit.error());
    ipc::FeatureQuery query;
    query.text = invocation.arguments.value("text").value_or("");
    query.region = invocation.arguments.value("region").value_or("");
    bool headed = format != QueryFormat::Csv;
    return walkPages(invocation, query, *limit, [&](const ipc::FeatureQueryReply &page) {
        if (!std::exchange(headed, true))
            invocation.out() << "key,name,kind,frequency,unit,region,version,synthetic\n";
        if (page.featuresTotal == 0)
            invocation.err() << "chronactl features: there are none yet; chronactl run features\n";
        for (const ipc::FeatureEntry &feature : page.features)
            printFeature(invocation.out(), feature, format);
        return page.features.size();
    });
}

void printValue(std::ostream &out, const std::string &key, const ipc::ObservationColumns &rows,
                std::size_t row, QueryFormat format)
{
    const double value = rows.value[row];
    const std::string bucket = formatInstant(instantFrom(rows.observedAt[row]));
    const std::string known = formatInstant(instantFrom(rows.availableAt[row]));
    const auto basis = wordFor(static_cast<schema::AvailabilityBasis>(rows.basis[row]));
    if (format == QueryFormat::Csv) {
        out << std::format("{},{},{},{},{}\n", csvField(key), bucket,
                           std::isnan(value) ? std::string() : std::format("{}", value), known,
                           basis);
        return;
    }
    std::string line;
    formats::JsonWriter(line)
        .beginObject()
        .member("feature", key)
        .member("bucket_at", bucket)
        .member("value", value)
        .member("known_at", known)
        .member("basis", basis)
        .endObject();
    out << line << "\n";
}

/// Whose numbers a feature passes on. Counts and sums of events are of our own making; a feature of
/// one series repeats what its source says, and of prices the source is not kept.
Result<schema::SourceId> sourceOf(ServiceLink &link, const std::string &key)
{
    constexpr schema::SourceId kNobodyKnows{-1};
    ipc::FeatureQuery asked;
    asked.text = key;
    const auto features = link.request(asked);
    if (!features)
        return std::unexpected(features.error());
    const auto found = std::ranges::find(features->features, key, &ipc::FeatureEntry::key);
    if (found == features->features.end() || found->synthetic || !restates(found->kind))
        return schema::SourceId{};
    // "Change over a year (series:fred:CPIAUCSL)": the engine names what a member is about.
    const std::size_t begin = found->name.rfind('(');
    const std::size_t colon = found->name.find(':', begin);
    if (begin == std::string::npos || colon == std::string::npos || !found->name.ends_with(')'))
        return kNobodyKnows;
    const std::string series = found->name.substr(colon + 1, found->name.size() - colon - 2);
    ipc::SeriesQuery query;
    query.text = series;
    const auto reply = link.request(query);
    if (!reply)
        return std::unexpected(reply.error());
    const auto same = std::ranges::find(reply->series, series, &schema::Series::key);
    return same == reply->series.end() ? kNobodyKnows : same->source;
}

ExitCode printFeatureValues(Invocation &invocation, const std::string &key, QueryFormat format)
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
        const auto source = sourceOf(*link, key);
        if (!source)
            return invocation.failed(source.error());
        if (!check->admits(*source)) {
            check->tell(invocation);
            return ExitCode::Refused;
        }
    }
    const auto reply =
        link->request(ipc::FeatureValueQuery{key, *from, *to, *asOf, arguments.has("vintages")});
    if (!reply)
        return invocation.failed(reply.error());
    if (format == QueryFormat::Csv)
        invocation.out() << "feature,bucket_at,value,known_at,basis\n";
    for (std::size_t row = 0; row < reply->columns.value.size(); ++row)
        printValue(invocation.out(), key, reply->columns, row, format);
    return ExitCode::Done;
}

ExitCode runFeatures(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const auto format = formatFrom(invocation.arguments, false);
    if (!format)
        return invocation.usage(format.error());
    if (words.size() > 1)
        return invocation.usage("one feature at a time");
    return words.empty() ? listFeatures(invocation, *format)
                         : printFeatureValues(invocation, words[0], *format);
}

} // namespace

const Command kFeatures{
    .name = "features",
    .summary = "Lists features, or prints the values of one",
    .usage = "[OPTIONS] [KEY]",
    .options = kFeatureOptions,
    .notes = "Without KEY: the features there are, with their rules. With KEY: its values by\n"
             "bucket, each with the time since when it was known. chronactl run features brings\n"
             "them up to date.",
    .run = runFeatures,
};

} // namespace chrona::cli
