// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_floor_loading.h"

#include "brief_material.h"

#include "chrona/storage/entity_merges.h"

namespace chrona::service {

Result<FloorParts>
loadFloorParts(storage::Connection &connection, const EventSnapshot &events,
               std::shared_ptr<const storage::EventLinkColumns> links,
               const std::unordered_map<std::int64_t, std::vector<schema::EventEntity>> &news)
{
    FloorParts parts{.events = events, .links = std::move(links), .entities = {}, .relations = {}};
    if (!parts.links) {
        auto loaded = storage::loadEventLinks(connection);
        if (!loaded)
            return std::unexpected(loaded.error());
        parts.links = std::make_shared<const storage::EventLinkColumns>(std::move(*loaded));
    }
    if (!news.empty())
        parts.links =
            std::make_shared<const storage::EventLinkColumns>(withNews(*parts.links, news));
    // News may name entities that are new as well, so these are read each time.
    auto entities = storage::loadEntityHeads(connection);
    if (!entities)
        return std::unexpected(entities.error());
    parts.entities = std::move(*entities);
    const auto regions = storage::loadRegionCountries(connection);
    if (!regions)
        return std::unexpected(regions.error());
    for (const auto &[region, country] : *regions)
        parts.relations.push_back({region, country, ipc::GraphEdgeType::PartOf, 1});
    const auto exposures = loadExposureGraph(connection);
    if (!exposures)
        return std::unexpected(exposures.error());
    for (const briefing::ExposureRule &rule : exposures->rules())
        parts.relations.push_back({schema::entityIdFor(rule.from).value,
                                   schema::entityIdFor(rule.to).value,
                                   ipc::GraphEdgeType::ExposedTo, static_cast<float>(rule.weight)});
    const auto merges = storage::loadMerges(connection);
    if (!merges)
        return std::unexpected(merges.error());
    for (const storage::KeptMerge &one : *merges)
        parts.standIns.emplace(one.merge.entity.value, one.standsAs.value);
    auto stories = storage::loadStoryHeads(connection);
    if (!stories)
        return std::unexpected(stories.error());
    parts.stories = std::move(*stories);
    return parts;
}

} // namespace chrona::service
