// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "query.h"
#include "words.h"

#include <charconv>
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

Status readWords(const Arguments &arguments, ipc::ClusterQuery &query)
{
    for (const std::string &word : arguments.values("type")) {
        const auto type = schema::eventTypeFrom(word);
        if (!type)
            return fail(ErrorCode::InvalidInput, std::format("there is no event type {}", word));
        query.types.push_back(*type);
    }
    for (const std::string &word : arguments.values("event")) {
        std::int64_t id = 0;
        const char *const end = word.data() + word.size();
        if (const auto read = std::from_chars(word.data(), end, id);
            read.ec != std::errc{} || read.ptr != end)
            return fail(ErrorCode::InvalidInput, std::format("{} is no id of an event", word));
        query.events.push_back({id});
    }
    return {};
}

Result<ipc::ClusterQuery> clusterQueryFrom(const Arguments &arguments)
{
    ipc::ClusterQuery query;
    const auto from = arguments.instant("from");
    const auto to = arguments.instant("to");
    const auto asOf = arguments.instant("as-of");
    const auto box = boxFrom(arguments);
    const auto confidence = arguments.number("min-confidence");
    const auto reports = arguments.integer("min-reports");
    const Status words = readWords(arguments, query);
    for (const Error *error :
         {from ? nullptr : &from.error(), to ? nullptr : &to.error(),
          asOf ? nullptr : &asOf.error(), box ? nullptr : &box.error(),
          confidence ? nullptr : &confidence.error(), reports ? nullptr : &reports.error(),
          words ? nullptr : &words.error()})
        if (error)
            return std::unexpected(*error);
    if (*confidence && (**confidence < 0 || **confidence > 1))
        return fail(ErrorCode::InvalidInput, "--min-confidence must be 0 to 1");
    if (*reports && (**reports < 1 || **reports > 1'000'000))
        return fail(ErrorCode::InvalidInput, "--min-reports must be 1 to 1000000");
    query.from = *from;
    query.to = *to;
    query.asOf = *asOf;
    query.box = *box;
    query.confidenceMin = confidence->value_or(0);
    query.membersMin = static_cast<std::uint32_t>(reports->value_or(1));
    query.entity = arguments.value("entity").value_or("");
    query.text = arguments.value("text").value_or("");
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
