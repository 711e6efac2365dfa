// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/entity_lanes.h"

#include "text/known_names.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace chrona::ui {

using workspace::Session;

namespace {

/// While one walks from node to node, nothing is asked.
constexpr std::chrono::milliseconds kLanesPause{250};

} // namespace

EntityLanes::EntityLanes(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_events(std::make_shared<const EntityEventsList>())
{
    m_due.setSingleShot(true);
    m_due.setInterval(kLanesPause);
    connect(&m_due, &QTimer::timeout, this, &EntityLanes::ask);
    connect(&session, &Session::stateChanged, this, &EntityLanes::askSoon);
    connect(&session, &Session::entitiesChanged, this, &EntityLanes::askSoon);
    connect(&session.events(), &workspace::EventStore::snapshotChanged, this,
            &EntityLanes::askSoon);
    connect(&session.focus(), &workspace::Focus::asOfChanged, this, &EntityLanes::askSoon);
}

void EntityLanes::setShown(bool isShown)
{
    if (isShown == m_isShown)
        return;
    m_isShown = isShown;
    askSoon();
}

void EntityLanes::setChosen(std::vector<Entity> entities)
{
    if (entities.size() > kEntitiesMax)
        entities.resize(kEntitiesMax);
    if (entities == m_chosen)
        return;
    m_chosen = std::move(entities);
    askSoon();
}

void EntityLanes::askSoon()
{
    if (m_isShown)
        m_due.start();
    else
        m_due.stop();
}

void EntityLanes::ask()
{
    if (m_session.state() != Session::State::Ready)
        return;
    const quint64 ticket = ++m_ticket;
    if (!m_chosen.empty())
        return askEvents(m_chosen);
    ipc::GraphOverviewRequest request;
    request.scope.asOf = m_session.focus().asOf();
    request.nodesMax = kEntitiesMax;
    m_session.request<ipc::GraphOverviewRequest>(
        std::move(request), this, [this, ticket](const auto &answer) {
            if (ticket != m_ticket || !answer)
                return;
            std::vector<Entity> most;
            for (const ipc::GraphNode &node : answer->reply.nodes)
                if (node.key.kind == ipc::GraphNodeKind::Entity && most.size() < kEntitiesMax)
                    most.push_back({node.key.id, entityName(node.name, node.label)});
            askEvents(most);
        });
}

void EntityLanes::askEvents(const std::vector<Entity> &entities)
{
    auto found = std::make_shared<EntityEventsList>(entities.size());
    auto open = std::make_shared<std::size_t>(entities.size());
    for (std::size_t lane = 0; lane < entities.size(); ++lane) {
        (*found)[lane].name = entities[lane].name;
        ipc::GraphEventsRequest request;
        request.nodes = {{ipc::GraphNodeKind::Entity, entities[lane].id}};
        request.scope.asOf = m_session.focus().asOf();
        request.limit = ipc::GraphEventsRequest::kLimitMax;
        m_session.request<ipc::GraphEventsRequest>(
            std::move(request), this,
            [this, ticket = m_ticket, found, open, lane](const auto &reply) {
                if (ticket != m_ticket)
                    return;
                if (reply) {
                    EntityEvents &events = (*found)[lane];
                    for (const schema::EventId id : reply->events)
                        events.ids.push_back(id.value);
                    std::ranges::sort(events.ids);
                    events.total = reply->total;
                }
                if (--*open > 0)
                    return;
                m_events = found;
                Q_EMIT changed();
            });
    }
}

} // namespace chrona::ui
