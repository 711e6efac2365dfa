// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "export_check.h"
#include "feature_catalogue.h"
#include "value_query.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
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
    {"unsearched", "", "define: compute the features, but leave them out of discovery"},
    kOwnUseOption,
};

bool restates(std::string_view kind)
{
    return kind.starts_with("series_") || kind == "price";
}

std::string featureAsCsv(const ipc::FeatureEntry &feature)
{
    return std::format("{},{},{},{},{},{},{},{}\n", csvField(feature.key), csvForeign(feature.name),
                       feature.kind, feature.frequency, csvField(feature.unit),
                       csvField(feature.region), feature.version, feature.synthetic);
}

std::string featureAsJson(const ipc::FeatureEntry &feature)
{
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
    return line;
}

ExitCode listFeatures(Invocation &invocation, QueryFormat format)
{
    const auto limit = limitFrom(invocation.arguments);
    if (!limit)
        return invocation.usage(limit.error());
    ipc::FeatureQuery query;
    query.text = invocation.arguments.value("text").value_or("");
    query.region = invocation.arguments.value("region").value_or("");
    return printPages(
        invocation, query, *limit,
        ListForm<ipc::FeatureQueryReply, ipc::FeatureEntry>{
            format, "key,name,kind,frequency,unit,region,version,synthetic\n",
            &ipc::FeatureQueryReply::features, featureAsCsv, featureAsJson,
            [&invocation](const ipc::FeatureQueryReply &page) {
                if (page.featuresTotal == 0)
                    invocation.err()
                        << "chronactl features: there are none yet; chronactl run features\n";
            }});
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
    return printValues(invocation,
                       {key, format, "feature", "bucket_at", "known_at",
                        [&key](ServiceLink &link) { return sourceOf(link, key); },
                        [&key](ServiceLink &link, const ValueWindow &window) {
                            return link
                                .request(ipc::FeatureValueQuery{key, window.from, window.to,
                                                                window.asOf, window.allVintages})
                                .transform([](auto reply) { return std::move(reply.columns); });
                        }});
}

ExitCode runFeatures(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const auto format = formatFrom(invocation.arguments, false);
    if (!format)
        return invocation.usage(format.error());
    if (!words.empty() && isCatalogueVerb(words[0]))
        return runCatalogue(invocation, *format);
    if (words.size() > 1)
        return invocation.usage("one feature at a time");
    return words.empty() ? listFeatures(invocation, *format)
                         : printFeatureValues(invocation, words[0], *format);
}

} // namespace

const Command kFeatures{
    .name = "features",
    .summary = "Lists features, prints the values of one, and adds your own",
    .usage = "[OPTIONS] [KEY | catalogue | check FILE | define FILE | enable KEY | disable KEY | "
             "remove KEY]",
    .options = kFeatureOptions,
    .notes = "Without KEY: the features there are, with their rules. With KEY: its values by\n"
             "bucket, each with the time since when it was known. chronactl run features brings\n"
             "them up to date.\n"
             "catalogue lists the rules by which they are computed. check reads a file of your\n"
             "own rules and says what is wrong in which line; define stores them, all or none,\n"
             "and the hourly refresh computes them like the shipped ones\n"
             "(docs/guides/features.md). remove takes one of yours away with its values; shipped\n"
             "ones can be disabled.",
    .run = runFeatures,
};

} // namespace chrona::cli
