// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "feature_pipeline.h"
#include "handlers.h"

#include "chrona/features/definition.h"
#include "chrona/storage/feature_store.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

Result<ipc::CatalogueReply> listCatalogue(storage::Connection &connection)
{
    auto stored = storage::loadDefinitions(connection);
    if (!stored)
        return std::unexpected(stored.error());
    if (stored->empty()) // before the first refresh
        *stored = shippedDefinitions();
    ipc::CatalogueReply reply;
    for (const storage::FeatureDefinition &line : *stored) {
        ipc::DefinitionEntry entry;
        entry.key = line.key;
        entry.rule = line.rule;
        entry.fault = line.fault;
        entry.isOwn = line.isOwn;
        entry.isEnabled = line.isEnabled;
        entry.inDiscovery = line.inDiscovery;
        entry.features = line.features;
        entry.refreshedAt = line.refreshedAt;
        const auto definition = features::parseDefinition(line.rule);
        if (definition)
            entry.name = definition->name;
        else
            entry.fault = definition.error().what;
        reply.definitions.push_back(std::move(entry));
    }
    return reply;
}

/// Adds what speaks against the definitions beside those that the user has.
void checkAgainst(const std::vector<storage::FeatureDefinition> &stored,
                  const features::CheckedCatalogue &given, ipc::FeaturesDefined &reply)
{
    for (const storage::FeatureDefinition &line : stored) {
        const auto other = features::parseDefinition(line.rule);
        if (!line.isOwn || !other)
            continue;
        for (std::size_t i = 0; i < given.definitions.size(); ++i) {
            const features::Definition &definition = given.definitions[i];
            if (definition.key != other->key && features::mayMeet(definition, *other))
                reply.faults.push_back(
                    {static_cast<std::int64_t>(given.lines[i]),
                     std::format("features of {} and of your {} could be called alike",
                                 definition.key, other->key),
                     "choose a key that does not begin with the other one"});
        }
    }
}

Result<ipc::FeaturesDefined> defineFeatures(storage::Connection &connection,
                                            const ipc::DefineFeatures &asked)
{
    if (asked.text.size() > ipc::DefineFeatures::kBytesMax)
        return fail(ErrorCode::InvalidInput, "a file of definitions has at most 1 MiB");
    if (Status shipped = storeShippedDefinitions(connection); !shipped)
        return std::unexpected(shipped.error());
    const auto stored = storage::loadDefinitions(connection);
    if (!stored)
        return std::unexpected(stored.error());
    const features::CheckedCatalogue given = features::checkOwnCatalogue(asked.text);
    ipc::FeaturesDefined reply;
    for (const features::DefinitionFault &fault : given.faults)
        reply.faults.push_back({static_cast<std::int64_t>(fault.line), fault.what, fault.remedy});
    checkAgainst(*stored, given, reply);
    std::ranges::stable_sort(reply.faults, {}, &ipc::DefinitionFault::line);
    std::vector<storage::FeatureDefinition> lines;
    for (const features::Definition &definition : given.definitions) {
        const std::string rule = features::textOf(definition);
        const bool isSearched = asked.inDiscovery && mayBeSearched(definition);
        const auto before =
            std::ranges::find(*stored, definition.key, &storage::FeatureDefinition::key);
        const bool isKnown = before != stored->end();
        const bool isSame = isKnown && before->rule == rule && before->inDiscovery == isSearched;
        (isSame    ? reply.unchanged
         : isKnown ? reply.changed
                   : reply.added)
            .push_back(definition.key);
        lines.push_back(
            {.key = definition.key, .rule = rule, .inDiscovery = isSearched, .isOwn = true});
    }
    if (asked.checkOnly || !reply.faults.empty())
        return reply;
    return storage::storeDefinitions(connection, lines).transform([&] { return reply; });
}

Result<ipc::DefinitionChanged> changeDefinition(storage::Connection &connection,
                                                const ipc::ChangeDefinition &asked)
{
    if (asked.action == "remove")
        return storage::removeDefinition(connection, asked.key)
            .transform([](std::int64_t features) { return ipc::DefinitionChanged{features}; });
    if (asked.action != "enable" && asked.action != "disable")
        return fail(ErrorCode::InvalidInput,
                    std::format("a definition cannot be made to {}", asked.action),
                    "enable, disable or remove it");
    const auto found = storage::enableDefinition(connection, asked.key, asked.action == "enable");
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, std::format("there is no definition {}", asked.key),
                    "chronactl features catalogue lists them");
    return ipc::DefinitionChanged{};
}

} // namespace

void Handlers::handle(ipc::CatalogueQuery, Responder<ipc::CatalogueQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder), listCatalogue);
}

void Handlers::handle(ipc::DefineFeatures request, Responder<ipc::DefineFeatures> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return defineFeatures(connection, asked);
               });
}

void Handlers::handle(ipc::ChangeDefinition request, Responder<ipc::ChangeDefinition> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return changeDefinition(connection, asked);
               });
}

} // namespace chrona::service
