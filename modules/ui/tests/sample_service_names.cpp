// SPDX-License-Identifier: AGPL-3.0-or-later
// Entities that are one, and the stories that events tell.
#include "sample_service.h"

#include <algorithm>

namespace chrona::ui::test {

void SampleService::handle(const ipc::EntityMergesRequest &,
                           const ipc::Responder<ipc::EntityMergesRequest> &responder)
{
    responder.reply({m_merges});
}

void SampleService::handle(const ipc::MergeEntities &request,
                           const ipc::Responder<ipc::MergeEntities> &responder)
{
    const auto named = [this](schema::EntityId id) {
        return std::ranges::find(m_world->entities(), id, &schema::Entity::id);
    };
    std::vector<ipc::MergedEntity> said;
    for (const schema::EntityId entity : request.entities) {
        const auto one = named(entity), into = named(request.into);
        if (one == m_world->entities().end() || into == m_world->entities().end())
            return responder.fail({ErrorCode::NotFound, "there is no such entity", {}, false});
        if (std::ranges::contains(m_merges, entity, &ipc::MergedEntity::entity))
            return responder.fail({ErrorCode::Conflict, "it is merged", "split it first", false});
        said.push_back({entity, request.into, one->key, one->name, into->key, into->name,
                        request.into, Instant(Duration(1))});
    }
    m_merges.insert(m_merges.begin(), said.begin(), said.end());
    followMerges(said);
    responder.reply({said});
}

void SampleService::handle(const ipc::SplitEntities &request,
                           const ipc::Responder<ipc::SplitEntities> &responder)
{
    std::vector<ipc::MergedEntity> taken;
    std::erase_if(m_merges, [&](const ipc::MergedEntity &one) {
        const bool isAsked = std::ranges::contains(request.entities, one.entity);
        if (isAsked)
            taken.push_back(one);
        return isAsked;
    });
    followMerges(taken);
    responder.reply({taken});
}

void SampleService::followMerges(const std::vector<ipc::MergedEntity> &changed)
{
    SampleGraph::StandIns standIns;
    for (const ipc::MergedEntity &one : m_merges)
        standIns[one.entity.value] = one.standsAs.value;
    m_graph = std::make_unique<SampleGraph>(m_events, m_world->entities(), std::move(standIns));
    ipc::EntitiesChanged news;
    for (const ipc::MergedEntity &one : changed)
        for (const schema::EntityId entity : {one.entity, one.into})
            if (!std::ranges::contains(news.entities, entity))
                news.entities.push_back(entity);
    m_server->publish(news);
}

/// Three placed events each, in the order in which they happened.
void SampleService::handle(const ipc::ClusterQuery &request,
                           const ipc::Responder<ipc::ClusterQuery> &responder)
{
    ipc::ClusterQueryReply reply;
    schema::Cluster story;
    for (const schema::Event &event : m_events) {
        const Instant at = event.times.observedAt;
        if (event.geometry.kind == schema::Geometry::Kind::None ||
            (request.from && at < *request.from) || (request.to && at >= *request.to))
            continue;
        if (story.members.empty()) {
            story.id = schema::clusterIdFor(event.id);
            story.title = event.title;
            story.representative = event.id;
            story.type = event.type;
            story.region = event.region;
            story.firstAt = at;
        }
        story.members.push_back({event.id, 1, {}});
        story.lastAt = at;
        if (story.members.size() < 3)
            continue;
        story.publisherFamilies = static_cast<std::uint32_t>(1 + reply.clusters.size() % 4);
        reply.clusters.push_back(std::exchange(story, {}));
    }
    std::ranges::reverse(reply.clusters); // the newest first, a page of them
    const std::size_t from = request.cursor.empty() ? 0 : std::stoul(request.cursor);
    auto &all = reply.clusters;
    all.erase(all.begin(), all.begin() + std::ptrdiff_t(std::min(from, all.size())));
    if (all.size() > request.limit) {
        all.resize(request.limit);
        reply.nextCursor = std::to_string(from + request.limit);
    }
    responder.reply(reply);
}

} // namespace chrona::ui::test
