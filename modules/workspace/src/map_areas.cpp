// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/map_areas.h"

#include "chrona/base/clock.h"

#include <algorithm>
#include <cmath>

namespace chrona::workspace {

RingTest::RingTest(const schema::Ring &ring) : m_points(ring)
{
    const bool isAcross = [&ring] {
        for (std::size_t i = 1; i < ring.size(); ++i)
            if (std::abs(ring[i].longitude - ring[i - 1].longitude) > 180)
                return true;
        return false;
    }();
    if (m_points.empty())
        return;
    m_box = {1e9, 1e9, -1e9, -1e9};
    for (schema::GeoPoint &point : m_points) {
        if (isAcross && point.longitude < 0)
            point.longitude += 360;
        m_box.west = std::min(m_box.west, point.longitude);
        m_box.east = std::max(m_box.east, point.longitude);
        m_box.south = std::min(m_box.south, point.latitude);
        m_box.north = std::max(m_box.north, point.latitude);
    }
}

bool RingTest::contains(double longitude, double latitude) const
{
    if (m_points.size() < 3)
        return false;
    if (longitude < m_box.west)
        longitude += 360;
    if (longitude < m_box.west || longitude > m_box.east || latitude < m_box.south ||
        latitude > m_box.north)
        return false;
    bool isInside = false;
    for (std::size_t i = 0, j = m_points.size() - 1; i < m_points.size(); j = i++) {
        const schema::GeoPoint &a = m_points[i], &b = m_points[j];
        if ((a.latitude > latitude) != (b.latitude > latitude) &&
            longitude <
                (b.longitude - a.longitude) * (latitude - a.latitude) / (b.latitude - a.latitude) +
                    a.longitude)
            isInside = !isInside;
    }
    return isInside;
}

MapAreas::MapAreas(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.state() == Session::State::Ready)
            load();
    });
    if (session.state() == Session::State::Ready)
        load();
}

void MapAreas::load()
{
    m_session.request<ipc::MapAreasRequest>({}, this, [this](Result<ipc::MapAreasReply> reply) {
        if (!reply || reply->areas == m_areas)
            return;
        m_areas = std::move(reply->areas);
        Q_EMIT areasChanged();
    });
}

const ipc::MapArea *MapAreas::find(schema::MapAreaId id) const
{
    const auto found = std::ranges::find(m_areas, id, &ipc::MapArea::id);
    return found == m_areas.end() ? nullptr : &*found;
}

void MapAreas::put(const ipc::MapArea &area)
{
    std::erase_if(m_areas, [&](const ipc::MapArea &known) { return known.id == area.id; });
    m_areas.insert(std::ranges::upper_bound(m_areas, area.name, {}, &ipc::MapArea::name), area);
    Q_EMIT areasChanged();
}

void MapAreas::save(ipc::MapArea area, Done done)
{
    m_session.request<ipc::MapAreaSave>(
        {std::move(area)}, this, [this, done = std::move(done)](Result<ipc::MapAreasReply> reply) {
            if (reply && !reply->areas.empty())
                put(reply->areas.front());
            if (done)
                done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void MapAreas::keep(const QString &name, schema::Ring ring, Done done)
{
    ipc::MapArea area;
    area.name = name.trimmed().toStdString();
    area.ring = std::move(ring);
    save(std::move(area), std::move(done));
}

void MapAreas::remove(schema::MapAreaId id, Done done)
{
    m_session.request<ipc::MapAreaRemove>(
        {id}, this, [this, id, done = std::move(done)](Result<ipc::Done> reply) {
            if (reply) {
                std::erase_if(m_areas, [id](const ipc::MapArea &area) { return area.id == id; });
                Q_EMIT areasChanged();
            }
            if (done)
                done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void MapAreas::markLooked(schema::MapAreaId id)
{
    if (const ipc::MapArea *known = find(id)) {
        ipc::MapArea area = *known;
        area.lookedAt = SystemClock().now();
        // A source's clock may run ahead of this one; what was seen is not new again.
        const auto &columns = m_session.events().snapshot()->columns;
        for (const qint64 event : changesIn(*known))
            if (const auto row = m_session.events().rowOf(event))
                area.lookedAt =
                    std::max(area.lookedAt, Instant(Duration(columns.availableAt[*row])));
        save(std::move(area), {});
    }
}

std::vector<qint64> MapAreas::changesIn(const ipc::MapArea &area) const
{
    const auto snapshot = m_session.events().snapshot();
    const schema::EventColumns &columns = snapshot->columns;
    const RingTest ring(area.ring);
    const std::int64_t since = area.lookedAt.time_since_epoch().count();
    std::vector<qint64> changes;
    for (std::size_t row = columns.size(); row-- > 0;) {
        const std::uint8_t flags = columns.flags[row];
        if (columns.availableAt[row] > since && (flags & schema::EventColumns::kHasPlace) != 0 &&
            (flags & schema::EventColumns::kRetracted) == 0 &&
            ring.contains(columns.longitude[row], columns.latitude[row]))
            changes.push_back(columns.id[row]);
    }
    return changes;
}

} // namespace chrona::workspace
