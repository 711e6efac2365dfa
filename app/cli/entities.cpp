// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "entity_merges.h"
#include "query.h"

#include "chrona/connect/draft.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kEntitiesOptions[] = {
    {"text", "WORDS", "with these words in name, alias, key or external id"},
    {"type", "KIND", "of this kind (country, organization, …); may be repeated"},
    {"limit", "N", "at most so many (default 1000; 0: all)"},
    {"format", "FORMAT", "ndjson (default) or csv"},
    {"into", "KEY", "merge: which entity the others become"},
};

void printCsv(std::ostream &out, const schema::Entity &entity)
{
    std::string aliases;
    for (const std::string &alias : entity.aliases)
        aliases += (aliases.empty() ? "" : ";") + alias;
    std::string place = ",";
    if (entity.location)
        place = std::format("{},{}", entity.location->latitude, entity.location->longitude);
    out << std::format("{},{},{},{},{},{},{}\n", csvField(entity.key), toString(entity.kind),
                       csvForeign(entity.name), csvForeign(aliases), place, entity.id.value,
                       entity.synthetic);
}

ExitCode runEntities(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    if (!arguments.positionals().empty())
        return runMerges(invocation);
    const auto format = formatFrom(arguments, false);
    if (!format)
        return invocation.usage(format.error());
    const auto limit = limitFrom(arguments);
    if (!limit)
        return invocation.usage(limit.error());
    ipc::EntityQuery query;
    query.text = arguments.value("text").value_or("");
    for (const std::string &word : arguments.values("type")) {
        const auto kind = schema::entityKindFrom(word);
        if (!kind)
            return invocation.usage(std::format("there is no entity kind {}", word));
        query.kinds.push_back(*kind);
    }
    bool headed = *format != QueryFormat::Csv;
    return walkPages(invocation, query, *limit, [&](const ipc::EntityQueryReply &page) {
        if (!std::exchange(headed, true))
            invocation.out() << "key,kind,name,aliases,lat,lon,id,synthetic\n";
        for (const schema::Entity &entity : page.entities) {
            if (*format == QueryFormat::Csv)
                printCsv(invocation.out(), entity);
            else
                invocation.out() << connect::draftToJson(entity) << "\n";
        }
        return page.entities.size();
    });
}

} // namespace

const Command kEntities{
    .name = "entities",
    .summary = "Queries entities: countries, organizations, instruments, places, topics",
    .usage = "[merge KEY… --into KEY | split KEY… | merges] [OPTIONS]",
    .options = kEntitiesOptions,
    .notes =
        "merge says that entities are one: events, the graph, stories and alert rules speak of\n"
        "the one named by --into, for what comes later as well. Nothing that was said of the\n"
        "others changes, so split gives back what there was. merges lists what is merged.",
    .run = runEntities,
};

} // namespace chrona::cli
