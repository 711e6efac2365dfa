// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/base_map.h"

#include "byte_reader.h"

#include <algorithm>

namespace chrona::geo {

namespace {

/// Coordinates are 0 … 2^bits; more bits than a float holds would only look exact.
constexpr int kBitsMax = 24;

MapBox emptyBox()
{
    return {2, 2, -1, -1};
}

void widen(MapBox &box, MapPoint p)
{
    box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x),
           std::max(box.bottom, p.y)};
}

void widen(MapBox &box, const MapBox &other)
{
    widen(box, MapPoint{other.left, other.top});
    widen(box, MapPoint{other.right, other.bottom});
}

class BaseMapReader {
public:
    explicit BaseMapReader(std::span<const std::byte> bytes) : m_in(bytes) {}

    Result<BaseMap> read()
    {
        m_in.expect("CHRGEO1\n");
        const int bits = m_in.byte();
        if (bits < 8 || bits > kBitsMax)
            m_in.refuse("its resolution is out of range");
        else
            m_side = 1 << bits;
        readArcs();
        for (auto &layer : m_map.layers)
            readAreas(layer);
        for (auto &lines : m_map.lines)
            readLines(lines);
        m_in.expectEnd();
        if (!m_in.ok())
            return m_in.fault("the map data");
        return std::move(m_map);
    }

private:
    void readArcs()
    {
        const std::uint32_t arcs = m_in.count(5);
        m_map.arcs.reserve(arcs);
        for (std::uint32_t i = 0; i < arcs && m_in.ok(); ++i)
            readArc();
    }

    void readArc()
    {
        Arc arc{static_cast<std::uint32_t>(m_map.points.size()), m_in.count(2), emptyBox()};
        if (arc.pointCount < 2)
            m_in.refuse("an arc has fewer than two points");
        std::int64_t x = 0, y = 0;
        for (std::uint32_t i = 0; i < arc.pointCount && m_in.ok(); ++i) {
            x += m_in.signedVarint();
            y += m_in.signedVarint();
            if (x < 0 || x > m_side || y < 0 || y > m_side)
                m_in.refuse("a point lies off the map");
            const MapPoint point{scaled(x), scaled(y)};
            m_map.points.push_back(point);
            widen(arc.box, point);
        }
        m_map.arcs.push_back(arc);
    }

    void readAreas(std::vector<Area> &layer)
    {
        const std::uint32_t areas = m_in.count(5);
        layer.reserve(areas);
        for (std::uint32_t i = 0; i < areas && m_in.ok(); ++i) {
            Area area;
            area.code = m_in.text();
            area.name = m_in.text();
            const std::uint32_t x = m_in.varint(), y = m_in.varint();
            if (x > static_cast<std::uint32_t>(m_side) || y > static_cast<std::uint32_t>(m_side))
                m_in.refuse("a label lies off the map");
            area.label = {scaled(x), scaled(y)};
            area.box = emptyBox();
            area.firstRing = static_cast<std::uint32_t>(m_map.rings.size());
            area.ringCount = m_in.count(2);
            for (std::uint32_t k = 0; k < area.ringCount && m_in.ok(); ++k)
                widen(area.box, readRing());
            layer.push_back(std::move(area));
        }
    }

    MapBox readRing()
    {
        AreaRing ring{static_cast<std::uint32_t>(m_map.arcRefs.size()), m_in.count(1), emptyBox()};
        for (std::uint32_t i = 0; i < ring.refCount && m_in.ok(); ++i) {
            const std::int32_t ref = m_in.signedVarint();
            const auto arc = static_cast<std::uint32_t>(ref >= 0 ? ref : ~ref);
            if (arc >= m_map.arcs.size()) {
                m_in.refuse("an area is bounded by an arc that is not there");
                break;
            }
            m_map.arcRefs.push_back(ref);
            widen(ring.box, m_map.arcs[arc].box);
        }
        m_map.rings.push_back(ring);
        return ring.box;
    }

    void readLines(std::vector<MapLine> &lines)
    {
        const std::uint32_t count = m_in.count(2);
        lines.reserve(count);
        for (std::uint32_t i = 0; i < count && m_in.ok(); ++i) {
            const MapLine line{m_in.varint(), m_in.byte()};
            if (line.arc >= m_map.arcs.size())
                m_in.refuse("a line has an arc that is not there");
            lines.push_back(line);
        }
    }

    float scaled(std::int64_t value) const { return float(double(value) / m_side); }

    ByteReader m_in;
    BaseMap m_map;
    std::int64_t m_side = 1;
};

} // namespace

void BaseMap::outline(const AreaRing &ring, std::vector<MapPoint> &into) const
{
    into.clear();
    for (std::uint32_t i = 0; i < ring.refCount; ++i) {
        const std::int32_t ref = arcRefs[ring.firstRef + i];
        const auto stretch = pointsOf(arcs[ref >= 0 ? ref : ~ref]);
        if (ref >= 0)
            into.insert(into.end(), stretch.begin(), stretch.end() - 1);
        else
            into.insert(into.end(), stretch.rbegin(), stretch.rend() - 1);
    }
}

Result<BaseMap> readBaseMap(std::span<const std::byte> bytes)
{
    return BaseMapReader(bytes).read();
}

} // namespace chrona::geo
