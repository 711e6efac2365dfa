// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_points.h"

#include <cmath>
#include <numeric>

namespace chrona::ui {

namespace {

/// Fewer than one in so many: sorting them is quicker than looking through all.
constexpr std::size_t kFewShare = 16;

std::shared_ptr<const std::vector<std::uint8_t>> themesOf(const schema::EventColumns &columns,
                                                          const std::vector<bool> &imported)
{
    std::array<std::array<std::uint8_t, 256>, 2> byType{};
    for (const bool isImported : {false, true})
        for (std::size_t type = 0; type < byType[isImported].size(); ++type)
            byType[isImported][type] = static_cast<std::uint8_t>(
                workspace::mapThemeOf(static_cast<std::uint8_t>(type), isImported));
    auto themes = std::make_shared<std::vector<std::uint8_t>>(columns.size());
    for (std::size_t row = 0; row < columns.size(); ++row) {
        const std::size_t source = columns.source[row];
        const bool isImported = source < imported.size() && imported[source];
        (*themes)[row] = byType[isImported][columns.type[row]];
    }
    return themes;
}

EventDot dotOf(const EventPoints &points, std::uint32_t row)
{
    return {points.places->x[row], points.places->y[row], (*points.themes)[row],
            dotSizeOf(points.columns->severity[row]), {}};
}

} // namespace

std::uint8_t dotSizeOf(std::uint8_t severity)
{
    return severity < 96 ? 0 : severity < 160 ? 1 : severity < 216 ? 2 : 3;
}

/// Once for a snapshot: whatever is filtered later keeps this order.
void EventPoints::placeAll()
{
    std::vector<std::uint32_t> every(columns->size());
    std::iota(every.begin(), every.end(), 0U);
    auto whole = std::make_shared<geo::SpatialGrid>(geo::SpatialGrid::build(places, every));
    auto made = std::make_shared<std::vector<EventDot>>();
    made->reserve(whole->size());
    for (const std::uint32_t row : whole->ordered())
        made->push_back(dotOf(*this, row));
    allGrid = std::move(whole);
    allDots = std::move(made);
}

void EventPoints::place(std::uint32_t surfaces)
{
    std::vector<EventDot> &list = dots.dots;
    const auto add = [&list, surfaces](const EventDot &dot) {
        if ((surfaces >> dot.theme & 1) == 0)
            list.push_back(dot);
    };
    const bool areFew = rows.size() * kFewShare < columns->size();
    list.reserve(rows.size());
    if (areFew) {
        grid = geo::SpatialGrid::build(places, rows);
        for (const std::uint32_t row : grid.ordered())
            add(dotOf(*this, row));
    } else {
        std::vector<std::uint64_t> bits(columns->size() / 64 + 1);
        for (const std::uint32_t row : rows)
            bits[row / 64] |= std::uint64_t{1} << (row % 64);
        const EventDot *all = allDots->data();
        grid = allGrid->only(bits, [&](std::size_t at) { add(all[at]); });
    }
    // Each dot lies in the row of cells that its place says: where one ends the next begins.
    std::size_t at = 0;
    for (std::size_t row = 0; row < dots.starts.size(); ++row) {
        const auto edge = static_cast<float>(row) / geo::SpatialGrid::kSide;
        while (at < list.size() && row > 0 && list[at].y < edge)
            ++at;
        dots.starts[row] = static_cast<std::uint32_t>(at);
    }
    dots.starts.back() = static_cast<std::uint32_t>(list.size());
}

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
        points->allGrid = previous->allGrid;
        points->allDots = previous->allDots;
    } else {
        std::vector<std::uint8_t> hasPlace(columns.size());
        for (std::size_t i = 0; i < hasPlace.size(); ++i)
            hasPlace[i] = columns.flags[i] & schema::EventColumns::kHasPlace;
        points->places = std::make_shared<geo::PointColumns>(
            geo::projectColumns(columns.longitude, columns.latitude, hasPlace));
        points->themes = themesOf(columns, layers.imported);
        points->placeAll();
    }
    points->countries = layers.countries;
    points->divide(rows, layers);
    points->place(layers.surfaces);
    return points;
}

} // namespace chrona::ui
