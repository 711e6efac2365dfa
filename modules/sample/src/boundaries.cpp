// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boundaries.h"

#include "boundary_table.h"
#include "gazetteer.h"

#include <algorithm>

namespace chrona::sample {

namespace {

schema::Ring arcPoints(const BoundaryTable &table, std::size_t arc)
{
    const std::int32_t begin = arc == 0 ? 0 : table.arcEnds[arc - 1];
    schema::Ring points;
    int x = 0;
    int y = 0;
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(table.arcEnds[arc]);
         i += 2) {
        x += table.steps[i];
        y += table.steps[i + 1];
        points.push_back({x / 100.0, y / 100.0});
    }
    return points;
}

class Decoder {
public:
    explicit Decoder(const BoundaryTable &table) : m_table(table) {}

    schema::MultiPolygon areas()
    {
        schema::MultiPolygon polygons;
        for (int polygon = next(); polygon > 0; --polygon) {
            auto &rings = polygons.emplace_back();
            for (int ring = next(); ring > 0; --ring)
                rings.push_back(readRing());
        }
        return polygons;
    }

private:
    int next() { return m_table.parts[m_at++]; }

    schema::Ring readRing()
    {
        schema::Ring ring;
        for (int arcs = next(); arcs > 0; --arcs) {
            const int index = next();
            schema::Ring points =
                arcPoints(m_table, static_cast<std::size_t>(index >= 0 ? index : ~index));
            if (index < 0)
                std::ranges::reverse(points);
            ring.insert(ring.end(), points.begin() + (ring.empty() ? 0 : 1), points.end());
        }
        return ring;
    }

    const BoundaryTable &m_table;
    std::size_t m_at = 0;
};

} // namespace

std::vector<schema::Boundary> makeBoundaries()
{
    const BoundaryTable table = boundaryTable();
    Decoder decoder(table);
    std::vector<schema::Boundary> result;
    for (const std::string_view code : table.codes) {
        schema::Boundary boundary;
        boundary.set = code.starts_with("US") ? "us-states" : "ca-provinces";
        boundary.code = code;
        boundary.id = schema::boundaryIdFor(boundary.set, boundary.code);
        const auto named = std::ranges::find(subdivisions(), code, &Subdivision::code);
        boundary.name = named->name;
        boundary.areas = decoder.areas();
        boundary.labelAt = named->middle;
        result.push_back(std::move(boundary));
    }
    return result;
}

} // namespace chrona::sample
