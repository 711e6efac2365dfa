// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_points.h"

namespace chrona::ui {

namespace {

std::shared_ptr<const std::vector<std::uint8_t>> themesOf(const schema::EventColumns &columns,
                                                          const std::vector<bool> &imported)
{
    std::array<std::uint8_t, 256> byType{};
    for (std::size_t type = 0; type < byType.size(); ++type)
        byType[type] = static_cast<std::uint8_t>(
            workspace::mapThemeOf(static_cast<std::uint8_t>(type), false));
    constexpr auto kImports = static_cast<std::uint8_t>(workspace::MapTheme::Imports);
    auto themes = std::make_shared<std::vector<std::uint8_t>>(columns.size());
    for (std::size_t row = 0; row < columns.size(); ++row) {
        const std::size_t source = columns.source[row];
        (*themes)[row] = source < imported.size() && imported[source] ? kImports
                                                                      : byType[columns.type[row]];
    }
    return themes;
}

} // namespace

void EventPoints::divide(std::span<const std::uint32_t> given, const EventLayers &layers)
{
    if (layers.hidden == 0 && layers.surfaces == 0) {
        rows.assign(given.begin(), given.end());
        return;
    }
    m_areAllPoints = layers.surfaces == 0;
    for (const std::uint32_t row : given) {
        const std::uint8_t theme = (*themes)[row];
        if ((layers.hidden >> theme & 1) != 0)
            continue;
        rows.push_back(row);
        if ((layers.surfaces >> theme & 1) != 0)
            surfaceRows[theme].push_back(row);
        else if (!m_areAllPoints)
            m_points.push_back(row);
    }
}

std::shared_ptr<const EventPoints> EventPoints::from(std::shared_ptr<const void> owner,
                                                     const schema::EventColumns &columns,
                                                     std::span<const std::uint32_t> rows,
                                                     const EventPoints *previous,
                                                     const EventLayers &layers)
{
    auto points = std::make_shared<EventPoints>();
    points->owner = std::move(owner);
    points->columns = &columns;
    if (previous && previous->owner == points->owner) {
        points->places = previous->places;
        points->themes = previous->themes;
    } else {
        std::vector<std::uint8_t> hasPlace(columns.size());
        for (std::size_t i = 0; i < hasPlace.size(); ++i)
            hasPlace[i] = columns.flags[i] & schema::EventColumns::kHasPlace;
        points->places = std::make_shared<geo::PointColumns>(
            geo::projectColumns(columns.longitude, columns.latitude, hasPlace));
        points->themes = themesOf(columns, layers.imported);
    }
    points->countries = layers.countries;
    points->divide(rows, layers);
    points->grid = geo::SpatialGrid::build(points->places, points->rows);
    return points;
}

} // namespace chrona::ui
