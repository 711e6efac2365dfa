// SPDX-License-Identifier: AGPL-3.0-or-later
#include "own_boundaries.h"

#include "map_shapes.h"
#include "text/names.h"

#include <cmath>
#include <utility>

namespace chrona::ui {

namespace {

geo::MapPoint onSquare(const schema::GeoPoint &point)
{
    const geo::MercatorPoint at = geo::project(point);
    return {static_cast<float>(at.x), static_cast<float>(at.y)};
}

bool isWithin(const geo::BaseMap &map, const geo::Area &area, geo::MapPoint point)
{
    bool isInside = false;
    std::vector<geo::MapPoint> ring;
    for (std::uint32_t i = 0; i < area.ringCount; ++i) {
        map.outline(map.rings[area.firstRing + i], ring);
        for (std::size_t k = 0, before = ring.size() - 1; k < ring.size(); before = k++) {
            const geo::MapPoint a = ring[before], b = ring[k];
            if ((a.y > point.y) != (b.y > point.y) &&
                point.x < (double(b.x) - a.x) * (double(point.y) - a.y) / (double(b.y) - a.y) + a.x)
                isInside = !isInside;
        }
    }
    return isInside;
}

} // namespace

std::shared_ptr<OwnBoundaries> OwnBoundaries::from(const QString &set,
                                                   const workspace::BoundaryList &areas)
{
    auto made = std::make_shared<OwnBoundaries>();
    made->set = set;
    geo::BaseMap &map = made->map;
    auto &layer = map.layers[static_cast<std::size_t>(geo::AreaLayer::Counties)];
    auto &lines = map.lines[static_cast<std::size_t>(geo::LineClass::CountryBorder)];
    std::vector<geo::MapPoint> points;
    for (const schema::Boundary &boundary : areas) {
        geo::Area area = beginArea(map);
        area.code = boundary.code;
        area.name = boundary.name;
        area.label = onSquare(boundary.labelAt);
        for (const schema::Polygon &polygon : boundary.areas)
            for (const schema::Ring &ring : polygon) {
                if (ring.size() < 4)
                    continue;
                points.clear();
                for (const schema::GeoPoint &point : ring)
                    points.push_back(onSquare(point));
                addRing(map, area, points);
                lines.push_back({static_cast<std::uint32_t>(map.arcs.size() - 1), 0});
            }
        if (area.ringCount == 0)
            continue;
        made->codes.insert(fromUtf8(boundary.code));
        layer.push_back(std::move(area));
    }
    return made;
}

const geo::Area *OwnBoundaries::areaAt(geo::MercatorPoint at) const
{
    const geo::MapPoint point{static_cast<float>(at.x - std::floor(at.x)),
                              static_cast<float>(at.y)};
    const auto sizeOf = [](const geo::MapBox &box) {
        return (double(box.right) - box.left) * (double(box.bottom) - box.top);
    };
    const geo::Area *best = nullptr;
    for (const geo::Area &area : areas())
        if (area.box.contains(point) && (!best || sizeOf(area.box) < sizeOf(best->box)) &&
            isWithin(map, area, point))
            best = &area;
    return best;
}

RegionValues withOwnAreas(RegionValues values, const OwnBoundaries *own)
{
    if (!own)
        return values;
    qsizetype known = 0;
    for (auto value = values.values.keyBegin(); value != values.values.keyEnd(); ++value)
        known += own->codes.contains(*value) ? 1 : 0;
    if (known > 0 && known * 2 >= values.values.size())
        values.set = RegionSet::Own;
    return values;
}

BoundaryLayer::BoundaryLayer(workspace::Session &session, QObject *parent)
    : QObject(parent), m_feed(session)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_feed, &workspace::BoundaryFeed::changed, this, &BoundaryLayer::make);
    connect(&m_feed, &workspace::BoundaryFeed::progressed, this, &BoundaryLayer::progressed);
}

BoundaryLayer::~BoundaryLayer()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void BoundaryLayer::use(const QString &set)
{
    m_feed.use(set);
}

void BoundaryLayer::make()
{
    const quint64 ticket = ++m_ticket;
    m_isMaking = false;
    if (!m_feed.areas()) {
        if (std::exchange(m_shown, nullptr))
            Q_EMIT changed();
        if (m_feed.problem())
            Q_EMIT failed(*m_feed.problem());
        return;
    }
    m_isMaking = true;
    // The destructor waits for the thread, so that this object outlives the work.
    m_pool.start([this, ticket, areas = m_feed.areas(), set = m_feed.used(), total = m_feed.total(),
                  step = m_feed.step()] {
        auto made = OwnBoundaries::from(set, *areas);
        made->total = total;
        made->step = step;
        QMetaObject::invokeMethod(this, [this, ticket, made] {
            if (ticket != m_ticket)
                return;
            m_isMaking = false;
            m_shown = made;
            Q_EMIT changed();
        });
    });
}

} // namespace chrona::ui
