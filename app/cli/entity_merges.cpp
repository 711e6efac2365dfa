// SPDX-License-Identifier: AGPL-3.0-or-later
#include "entity_merges.h"
#include "commands.h"
#include "event_filter.h"
#include "words.h"

#include "chrona/formats/json_writer.h"

#include <format>

namespace chrona::cli {
namespace {

std::vector<schema::EntityId> entitiesOf(std::span<const std::string> keys)
{
    std::vector<schema::EntityId> entities;
    for (const std::string &key : keys)
        entities.push_back(schema::entityIdFor(key));
    return entities;
}

std::string jsonOf(const ipc::MergedEntity &one)
{
    std::string line;
    formats::JsonWriter json(line);
    json.beginObject()
        .member("entity", one.key)
        .member("name", one.name)
        .member("into", one.intoKey)
        .member("into_name", one.intoName)
        .member("stands_as", std::to_string(one.standsAs.value))
        .member("made_at", formatInstant(one.madeAt))
        .endObject();
    return line;
}

template <class Request> ExitCode tellMerges(Invocation &invocation, const Request &request)
{
    const auto reply = askService(invocation, request);
    if (!reply)
        return reply.error();
    for (const ipc::MergedEntity &one : reply->merges) {
        if (invocation.asJson)
            invocation.out() << jsonOf(one) << "\n";
        else
            invocation.out() << std::format("{} ({}) in {} ({})\n", one.key, one.name, one.intoKey,
                                            one.intoName);
    }
    return ExitCode::Done;
}

} // namespace

ExitCode runMerges(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const auto keys = std::span(words).subspan(1);
    const auto into = invocation.arguments.value("into");
    if (words[0] == "merges") {
        if (!keys.empty())
            return invocation.usage("entities merges takes no names");
        return tellMerges(invocation, ipc::EntityMergesRequest{});
    }
    if (keys.empty())
        return invocation.usage(std::format("entities {} takes keys of entities", words[0]));
    if (words[0] == "split")
        return tellMerges(invocation, ipc::SplitEntities{entitiesOf(keys)});
    if (words[0] != "merge")
        return invocation.usage(
            std::format("entities cannot {}: merge, split or merges", words[0]));
    if (!into)
        return invocation.usage("entities merge needs --into KEY: which of them all become");
    return tellMerges(invocation, ipc::MergeEntities{entitiesOf(keys), schema::entityIdFor(*into)});
}

} // namespace chrona::cli
