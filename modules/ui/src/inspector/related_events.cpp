// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/related_events.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace chrona::ui {

namespace {

constexpr std::size_t kReachRows = 4000;
constexpr float kNearDegrees = 3;

bool isNear(const schema::EventColumns &columns, std::uint32_t a, std::uint32_t b)
{
    constexpr auto kPlace = schema::EventColumns::kHasPlace;
    // Row 0 of the region table may be "nowhere": a shared region counts only where there is a
    // place.
    if (!(columns.flags[a] & kPlace) || !(columns.flags[b] & kPlace))
        return columns.region[a] == columns.region[b] && columns.type[a] == columns.type[b];
    return columns.region[a] == columns.region[b]
           || (std::abs(columns.longitude[a] - columns.longitude[b]) < kNearDegrees
               && std::abs(columns.latitude[a] - columns.latitude[b]) < kNearDegrees);
}

} // namespace

std::vector<std::uint32_t> relatedRows(const schema::EventColumns &columns, std::uint32_t row,
                                       std::size_t countMax)
{
    std::vector<std::uint32_t> found;
    if (row >= columns.size())
        return found;
    const std::size_t begin = row > kReachRows ? row - kReachRows : 0;
    const std::size_t end = std::min(columns.size(), row + kReachRows + 1);
    for (std::size_t other = begin; other < end; ++other) {
        const auto at = static_cast<std::uint32_t>(other);
        if (at != row && isNear(columns, row, at))
            found.push_back(at);
    }
    const auto distance = [&](std::uint32_t other) {
        return std::abs(columns.observedAt[other] - columns.observedAt[row]);
    };
    std::ranges::stable_sort(found, {}, distance);
    if (found.size() > countMax)
        found.resize(countMax);
    return found;
}

ipc::EventRowsQuery nearbyQuery(const schema::Event &event, ipc::RowOrder order,
                                std::optional<Instant> asOf, std::size_t countMax)
{
    const Instant at = event.times.observedAt;
    ipc::EventRowsQuery query;
    query.order = order;
    query.from = ipc::RowKey{at, event.id};
    query.pick.from = at - kNearWithin;
    query.pick.to = at + kNearWithin;
    query.pick.availableBy = asOf;
    query.limit = static_cast<std::uint32_t>(countMax + 1); // it is among them itself
    if (event.geometry.kind == schema::Geometry::Kind::None) {
        query.pick.types = {event.type};
        query.pick.regions = {event.region};
        return query;
    }
    const schema::GeoPoint place = schema::anchorOf(event.geometry);
    const auto around = [](double degrees) { // a box may go over the date line
        return degrees < -180 ? degrees + 360 : degrees > 180 ? degrees - 360 : degrees;
    };
    constexpr double kNear = kNearDegrees;
    query.pick.box = schema::GeoBox{
        around(place.longitude - kNear), std::max(place.latitude - kNear, -90.0),
        around(place.longitude + kNear), std::min(place.latitude + kNear, 90.0)};
    return query;
}

std::vector<std::uint32_t> nearestRows(const schema::EventColumns &columns,
                                       const schema::Event &event, std::size_t countMax)
{
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < columns.size(); ++row)
        if (columns.id[row] != event.id.value)
            rows.push_back(row);
    const std::int64_t at = event.times.observedAt.time_since_epoch().count();
    std::ranges::stable_sort(rows, {}, [&](std::uint32_t row) {
        return std::abs(columns.observedAt[row] - at);
    });
    rows.resize(std::min(rows.size(), countMax));
    return rows;
}

} // namespace chrona::ui
