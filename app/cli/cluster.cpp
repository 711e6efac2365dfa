// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "headline_table.h"

#include "chrona/events/story_clusters.h"
#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <format>
#include <numeric>
#include <unordered_map>

namespace chrona::cli {
namespace {

/// Other tables of headlines call it otherwise.
std::optional<std::size_t> timeColumn(const HeadlineTable &table)
{
    for (const std::string_view name :
         {"published", "published_at", "timestamp_ms", "timestamp", "time", "date"})
        if (const auto column = table.column(name))
            return column;
    return std::nullopt;
}

/// When each row was published. A row without a readable time takes that of the row before it.
std::vector<Instant> timesOf(const HeadlineTable &table, std::ostream &err)
{
    const auto column = timeColumn(table);
    std::vector<Instant> times(table.rowCount());
    std::size_t unread = 0;
    for (std::size_t row = 0; row < times.size(); ++row) {
        const auto time = publishedFrom(table.cell(row, column));
        unread += time ? 0 : 1;
        times[row] = time ? *time : row > 0 ? times[row - 1] : Instant{};
    }
    if (unread > 0)
        err << std::format("{} of {} rows have no readable time in \"published\"\n", unread,
                           times.size());
    return times;
}

struct Grouping {
    std::vector<std::size_t> cluster; ///< of each row: the row that was published first
    std::vector<std::optional<std::size_t>> duplicateOf;
};

Grouping group(const HeadlineTable &table, const std::vector<Instant> &times)
{
    std::vector<std::size_t> order(table.rowCount());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t row) { return times[row]; });
    const auto title = table.column("title"), publisher = table.column("publisher");
    events::StoryClusters stories;
    std::vector<events::StoryMember> members;
    const auto collect = [&](std::vector<events::StoryMember> part) {
        members.insert(members.end(), part.begin(), part.end());
    };
    for (const std::size_t row : order) {
        stories.add({table.cell(row, title), table.cell(row, publisher), times[row]});
        collect(stories.takeFinal());
    }
    stories.settle();
    collect(stories.takeFinal());
    collect(stories.members());
    Grouping grouping{std::vector<std::size_t>(order.size()),
                      std::vector<std::optional<std::size_t>>(order.size())};
    std::unordered_map<std::uint64_t, std::size_t> firstOf;
    for (const events::StoryMember &member : members) {
        const std::size_t row = order[member.item];
        grouping.cluster[row] = firstOf.try_emplace(member.story, row).first->second;
        if (member.duplicateOf)
            grouping.duplicateOf[row] = order[*member.duplicateOf];
    }
    return grouping;
}

void print(Invocation &invocation, const HeadlineTable &table, const Grouping &grouping)
{
    const auto id = table.column("id");
    const auto idOf = [&](std::size_t row) {
        return id ? std::string(table.cell(row, *id)) : std::to_string(row + 1);
    };
    std::string text = invocation.asJson ? "" : "id,cluster,duplicate_of\n";
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto original = grouping.duplicateOf[row];
        const std::string cluster = idOf(grouping.cluster[row]);
        if (!invocation.asJson) {
            text += std::format("{},{},{}\n", csvField(idOf(row)), csvField(cluster),
                                original ? csvField(idOf(*original)) : "");
            continue;
        }
        formats::JsonWriter json(text);
        json.beginObject().member("id", idOf(row)).member("cluster", cluster).key("duplicate_of");
        if (original)
            json.value(idOf(*original));
        else
            json.null();
        json.endObject();
        text += '\n';
    }
    invocation.out() << text;
}

ExitCode runCluster(Invocation &invocation)
{
    if (invocation.arguments.positionals().size() != 1)
        return invocation.usage("which file of headlines? Exactly one is read");
    const auto table =
        HeadlineTable::read(invocation.arguments.positionals().front(), invocation.err());
    if (!table)
        return invocation.failed(table.error());
    print(invocation, *table, group(*table, timesOf(*table, invocation.err())));
    return ExitCode::Done;
}

} // namespace

const Command kCluster{
    .name = "cluster",
    .summary = "Groups headlines into stories and folds near duplicates",
    .usage = "FILE",
    .options = {},
    .notes =
        "FILE is CSV with the columns id, title, publisher and published (a date, or a number\n"
        "since 1970; else published_at, timestamp_ms, timestamp, time or date); rows may be in\n"
        "any order, they are taken by time. Prints id, cluster (the id of the story's first\n"
        "headline) and duplicate_of (the first that says the same, empty for\n"
        "most); with --json one object a line. Needs no service.",
    .run = runCluster,
};

} // namespace chrona::cli
