// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "event_filter.h"
#include "words.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kClustersOptions[] = {
    {"from", "TIME", "with a report observed at or after"},
    {"to", "TIME", "with a report observed before"},
    {"bbox", "W,S,E,N", "with a report inside this box, in degrees"},
    {"type", "TYPE", "with a report of this type (news, speech, …); may be repeated"},
    {"entity", "ENTITY", "with a report that names this entity: its key or its name"},
    {"text", "WORDS", "with these words in the title of a report"},
    {"event", "ID", "with this report; may be repeated"},
    {"min-confidence", "NUMBER", "at least this confidence, 0 to 1"},
    {"min-reports", "N", "of at least so many reports (default 1)"},
    {"as-of", "TIME", "with the reports that were here by then"},
    {"limit", "N", "at most so many (default 1000; 0: all)"},
};

Result<ipc::ClusterQuery> clusterQueryFrom(const Arguments &arguments)
{
    auto filter = eventFilterFrom(arguments);
    if (!filter)
        return std::unexpected(filter.error());
    const auto reports = arguments.integer("min-reports");
    if (!reports)
        return std::unexpected(reports.error());
    if (*reports && (**reports < 1 || **reports > 1'000'000))
        return fail(ErrorCode::InvalidInput, "--min-reports must be 1 to 1000000");
    ipc::ClusterQuery query;
    setFilter(std::move(*filter), query);
    query.membersMin = static_cast<std::uint32_t>(reports->value_or(1));
    for (const std::string &word : arguments.values("event")) {
        const auto id = eventIdFrom(word);
        if (!id)
            return std::unexpected(id.error());
        query.events.push_back(*id);
    }
    return query;
}

void print(std::ostream &out, const schema::Cluster &cluster)
{
    std::string line;
    formats::JsonWriter json(line);
    json.beginObject()
        .member("type", "cluster")
        .member("id", std::to_string(cluster.id.value))
        .member("title", cluster.title)
        .member("representative", std::to_string(cluster.representative.value))
        .member("event_type", toString(cluster.type))
        .member("region", cluster.region)
        .member("first_at", formatInstant(cluster.firstAt))
        .member("last_at", formatInstant(cluster.lastAt))
        .member("first_seen_at", formatInstant(cluster.firstSeenAt))
        .member("publisher_families", cluster.publisherFamilies)
        .member("confidence", double(cluster.confidence))
        .member("novelty", double(cluster.novelty))
        .key("members")
        .beginArray();
    for (const schema::ClusterMember &member : cluster.members) {
        json.beginObject()
            .member("event", std::to_string(member.event.value))
            .member("similarity", double(member.similarity))
            .key("duplicate_of");
        if (member.duplicateOf.isNull())
            json.null();
        else
            json.value(std::to_string(member.duplicateOf.value));
        json.endObject();
    }
    json.endArray().member("synthetic", cluster.synthetic).endObject();
    out << line << "\n";
}

ExitCode runClusters(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    if (!arguments.positionals().empty())
        return invocation.usage("clusters takes options only; cluster FILE groups a file");
    const auto query = clusterQueryFrom(arguments);
    if (!query)
        return invocation.usage(query.error());
    const auto limit = limitFrom(arguments);
    if (!limit)
        return invocation.usage(limit.error());
    return walkPages(invocation, *query, *limit, [&](const ipc::ClusterQueryReply &page) {
        for (const schema::Cluster &cluster : page.clusters)
            print(invocation.out(), cluster);
        return page.clusters.size();
    });
}

} // namespace

const Command kClusters{
    .name = "clusters",
    .summary = "Queries stories: reports that tell the same, with their publishers",
    .usage = "[OPTIONS]",
    .options = kClustersOptions,
    .notes =
        "Prints NDJSON, newest first. A story is found when one of its reports fulfils all that\n"
        "is asked. publisher_families counts owners and wires, not feeds; first_seen_at is when\n"
        "the first report was here; novelty is that of the first report, 1 when nothing like it\n"
        "had been seen in three days. Stories are made as news arrives; chronactl run clusters\n"
        "does so at once. The setting stories.days says how far back.",
    .run = runClusters,
};

} // namespace chrona::cli
