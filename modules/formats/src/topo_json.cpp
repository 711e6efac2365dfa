// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topology_reader.h"

#include <format>

namespace chrona::formats {
namespace {

TopologyArc readArc(JsonValue positions, const TopologyTransform &transform)
{
    if (positions.kind() != JsonValue::Kind::Array)
        return fault("", "is not an array of positions");
    std::vector<NumberPair> pairs;
    for (const JsonValue position : positions.items()) {
        const auto pair = readPair(position);
        if (!pair)
            return within(std::format("[{}]", pairs.size()), pair.error());
        pairs.push_back(*pair);
    }
    return placeArc(pairs, transform);
}

class WholeArcs final : public ArcSource {
public:
    explicit WholeArcs(std::vector<TopologyArc> arcs) : m_arcs(std::move(arcs)) {}
    [[nodiscard]] std::size_t count() const override { return m_arcs.size(); }
    [[nodiscard]] const TopologyArc &at(std::size_t number) override { return m_arcs[number]; }

private:
    std::vector<TopologyArc> m_arcs;
};

} // namespace

Result<GeoDocument> readTopoJson(JsonValue root, const GeoLimits &limits)
{
    if (auto checked = checkTopology(root); !checked)
        return std::unexpected(checked.error());
    const auto transform = readTransform(root["transform"]);
    if (!transform)
        return std::unexpected(transform.error());
    std::vector<TopologyArc> arcs;
    std::size_t points = 0;
    for (const JsonValue positions : root["arcs"].items()) {
        arcs.push_back(readArc(positions, *transform));
        points += arcs.back() ? arcs.back()->size() : 0;
        if (points > limits.pointsMax)
            return tooManyPoints(limits);
    }
    WholeArcs whole(std::move(arcs));
    TopologyReader reader(whole, *transform, limits);
    for (const auto [name, object] : root["objects"].members())
        if (auto status = reader.readObject(name, object); !status)
            return std::unexpected(status.error());
    return reader.takeDocument();
}

} // namespace chrona::formats
