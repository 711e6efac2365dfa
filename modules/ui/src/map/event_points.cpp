// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_points.h"

#include <numeric>

namespace chrona::ui {

namespace {

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

} // namespace

std::uint8_t dotSizeOf(std::uint8_t severity)
{
    return severity < 96 ? 0 : severity < 160 ? 1 : severity < 216 ? 2 : 3;
}

std::vector<EventDot> ChosenDots::gathered() const
{
    std::vector<EventDot> some;
    some.reserve(size());
    visit(0, geo::SpatialGrid::kSide, [&some](const EventDot &dot) { some.push_back(dot); });
    return some;
}

/// Once for a snapshot: whatever is filtered later keeps this order.
std::shared_ptr<const DotField> EventPoints::placedAll() const
{
    std::vector<std::uint32_t> every(columns->size());
    std::iota(every.begin(), every.end(), 0U);
    auto field = std::make_shared<DotField>();
    field->grid = geo::SpatialGrid::build(places, every);
    field->placeOf.assign(columns->size(), DotField::kNoPlace);
    const std::span<const std::uint32_t> ordered = field->grid.ordered();
    field->dots.reserve(ordered.size());
    for (const std::uint32_t row : ordered) {
        field->placeOf[row] = static_cast<std::uint32_t>(field->dots.size());
        field->dots.push_back({places->x[row],
                               places->y[row],
                               (*themes)[row],
                               dotSizeOf(columns->severity[row]),
                               {}});
    }
    return field;
}

/// Bits lie in the order of the map, and all of them in the processor's cache.
geo::ChosenBits EventPoints::bitsOf(std::span<const std::uint32_t> some) const
{
    const std::vector<std::uint32_t> &placeOf = dots.field->placeOf;
    auto bits = std::make_shared<std::vector<std::uint64_t>>(dots.field->dots.size() / 64 + 1);
    for (const std::uint32_t row : some)
        if (const std::uint32_t place = placeOf[row]; place != DotField::kNoPlace)
            (*bits)[place / 64] |= std::uint64_t{1} << (place % 64);
    return bits;
}

void EventPoints::choose()
{
    const auto chosen = bitsOf(rows);
    const geo::SpatialGrid &all = dots.field->grid;
    grid = all.only(chosen);
    dots.bits = m_areAllPoints ? chosen : bitsOf(m_points);
    for (int row = 0; row < geo::SpatialGrid::kSide; ++row) {
        std::uint32_t count = dots.above[std::size_t(row)];
        geo::visitChosen(*dots.bits, all.startOf(row), all.startOf(row + 1),
                         [&count](std::size_t) { ++count; });
        dots.above[std::size_t(row) + 1] = count;
    }
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
        points->dots.field = previous->dots.field;
    } else {
        std::vector<std::uint8_t> hasPlace(columns.size());
        for (std::size_t i = 0; i < hasPlace.size(); ++i)
            hasPlace[i] = columns.flags[i] & schema::EventColumns::kHasPlace;
        points->places = std::make_shared<geo::PointColumns>(
            geo::projectColumns(columns.longitude, columns.latitude, hasPlace));
        points->themes = themesOf(columns, layers.imported);
        points->dots.field = points->placedAll();
    }
    points->countries = layers.countries;
    points->divide(rows, layers);
    points->choose();
    return points;
}

} // namespace chrona::ui
