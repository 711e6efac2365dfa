// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/map_areas.h"

#include "chrona/base/clock.h"

#include <QPointer>
#include <QUndoCommand>

#include <algorithm>
#include <cmath>
#include <utility>

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

/// An area that was kept, or was taken out. Known by its name, which no two have: the service gives
/// another id to one that comes back.
class AreaStep final : public QUndoCommand {
public:
    enum class What : std::uint8_t { Kept, Removed };

    AreaStep(const QString &text, MapAreas &areas, ipc::MapArea area, What what)
        : QUndoCommand(text), m_areas(&areas), m_area(std::move(area)), m_what(what)
    {
    }
    void undo() override { put(m_what == What::Removed); }
    void redo() override
    {
        if (std::exchange(m_wasMade, true))
            put(m_what == What::Kept);
    }

private:
    void put(bool isThere)
    {
        if (m_areas)
            isThere ? m_areas->restore(m_area) : m_areas->drop(m_area.name);
    }

    QPointer<MapAreas> m_areas;
    ipc::MapArea m_area;
    What m_what;
    bool m_wasMade = false;
};

void MapAreas::keep(const QString &name, schema::Ring ring, const QString &step, Done done)
{
    ipc::MapArea area;
    area.name = name.trimmed().toStdString();
    area.ring = std::move(ring);
    save(area, [this, area, step, done = std::move(done)](const Status &kept) {
        const auto known = std::ranges::find(m_areas, area.name, &ipc::MapArea::name);
        if (kept && known != m_areas.end())
            m_session.undoStack().push(new AreaStep(step, *this, *known, AreaStep::What::Kept));
        if (done)
            done(kept);
    });
}

void MapAreas::remove(schema::MapAreaId id, const QString &step, Done done)
{
    const ipc::MapArea *known = find(id);
    const ipc::MapArea area = known ? *known : ipc::MapArea();
    send({id}, [this, area, step, done = std::move(done)](const Status &removed) {
        if (removed && !area.name.empty())
            m_session.undoStack().push(
                new AreaStep(step, *this, area, AreaStep::What::Removed));
        if (done)
            done(removed);
    });
}

void MapAreas::send(ipc::MapAreaRemove request, Done done)
{
    m_session.request<ipc::MapAreaRemove>(
        request, this,
        [this, id = request.area, done = std::move(done)](Result<ipc::Done> reply) {
            if (reply) {
                std::erase_if(m_areas, [id](const ipc::MapArea &area) { return area.id == id; });
                Q_EMIT areasChanged();
            }
            if (done)
                done(reply ? Status() : Status(std::unexpected(reply.error())));
        });
}

void MapAreas::restore(const ipc::MapArea &area)
{
    ipc::MapArea fresh = area;
    fresh.id = {};
    fresh.revision = 0;
    save(std::move(fresh), [this, area](const Status &kept) {
        const auto known = std::ranges::find(m_areas, area.name, &ipc::MapArea::name);
        if (!kept || known == m_areas.end())
            return;
        // What came while it was away is new still.
        ipc::MapArea again = *known;
        again.lookedAt = area.lookedAt;
        save(std::move(again), {});
    });
}

void MapAreas::drop(const std::string &name)
{
    const auto known = std::ranges::find(m_areas, name, &ipc::MapArea::name);
    if (known != m_areas.end())
        send({known->id}, {});
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
