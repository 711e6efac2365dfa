// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_shapes.h"

#include <algorithm>

namespace chrona::workspace {

EventShapes::EventShapes(Fetch fetch, QObject *parent) : QObject(parent), m_fetch(std::move(fetch))
{
}

void EventShapes::want(std::span<const std::int64_t> events)
{
    m_wanted.clear();
    for (const std::int64_t event : events)
        if (!m_shapes.contains(event))
            m_wanted.push_back(event);
    ask();
}

void EventShapes::ask()
{
    if (m_isAsking || m_wanted.empty())
        return;
    ipc::EventShapesRequest request;
    while (!m_wanted.empty() && request.ids.size() < ipc::EventShapesRequest::kIdsMax) {
        request.ids.push_back({m_wanted.front()});
        m_wanted.pop_front();
    }
    m_isAsking = true;
    auto asked = request.ids;
    m_fetch(std::move(request), [this, asked = std::move(asked)](auto reply) {
        take(asked, std::move(reply));
    });
}

void EventShapes::take(const std::vector<schema::EventId> &asked,
                       Result<ipc::EventShapesReply> reply)
{
    m_isAsking = false;
    if (!reply) { // asked again when the map next wants them
        m_wanted.clear();
        return;
    }
    for (const schema::EventId id : asked)
        if (!std::ranges::contains(reply->left, id))
            m_shapes.insert(id.value, nullptr);
    for (ipc::EventShape &shape : reply->shapes)
        keep(std::move(shape));
    for (const schema::EventId id : reply->left)
        m_wanted.push_front(id.value);
    // A reply that brought nothing and left all would go on for ever.
    if (reply->shapes.empty() && !reply->left.empty())
        m_wanted.clear();
    Q_EMIT shapesArrived();
    ask();
}

void EventShapes::keep(ipc::EventShape shape)
{
    m_points += schema::pointCount(shape.geometry);
    m_order.push_back(shape.id.value);
    m_shapes.insert(shape.id.value, std::make_shared<const ipc::EventShape>(std::move(shape)));
    while (m_points > kPointsMax && m_order.size() > 1) {
        if (const Shape oldest = m_shapes.take(m_order.front()))
            m_points -= schema::pointCount(oldest->geometry);
        m_order.pop_front();
    }
}

void EventShapes::forget(std::span<const std::int64_t> events)
{
    for (const std::int64_t event : events)
        if (const Shape shape = m_shapes.take(event)) {
            m_points -= schema::pointCount(shape->geometry);
            std::erase(m_order, event);
        }
}

} // namespace chrona::workspace
