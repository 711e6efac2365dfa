// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/event_columns.h"

#include <cmath>

namespace chrona::schema {
namespace {

/// Applies one operation to every column; the only place that lists them all.
template <class Columns, class Operation> void forEachColumn(Columns &columns, Operation operation)
{
    operation(columns.id);
    operation(columns.observedAt);
    operation(columns.availableAt);
    operation(columns.longitude);
    operation(columns.latitude);
    operation(columns.type);
    operation(columns.severity);
    operation(columns.confidence);
    operation(columns.flags);
    operation(columns.source);
    operation(columns.region);
}

std::uint8_t toByte(float share)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255));
}

std::uint8_t flagsOf(const Event &event)
{
    std::uint8_t flags = 0;
    if (event.synthetic)
        flags |= EventColumns::kSynthetic;
    if (event.state == EventState::Retracted)
        flags |= EventColumns::kRetracted;
    if (event.geometry.kind != Geometry::Kind::None)
        flags |= EventColumns::kHasPlace;
    if (event.geometry.kind > Geometry::Kind::Point || event.geometry.points.size() > 1)
        flags |= EventColumns::kHasShape;
    return flags;
}

} // namespace

void EventColumns::reserve(std::size_t count)
{
    forEachColumn(*this, [count](auto &column) { column.reserve(count); });
}

void EventColumns::clear()
{
    forEachColumn(*this, [](auto &column) { column.clear(); });
}

void EventColumns::append(const EventColumns &other)
{
    const auto join = [](auto &to, const auto &from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    join(id, other.id);
    join(observedAt, other.observedAt);
    join(availableAt, other.availableAt);
    join(longitude, other.longitude);
    join(latitude, other.latitude);
    join(type, other.type);
    join(severity, other.severity);
    join(confidence, other.confidence);
    join(flags, other.flags);
    join(source, other.source);
    join(region, other.region);
}

void EventColumns::append(const Event &event, std::uint16_t sourceIndex, std::uint16_t regionIndex)
{
    const bool placed = event.geometry.kind != Geometry::Kind::None;
    const GeoPoint anchor = placed ? anchorOf(event.geometry) : GeoPoint{};
    id.push_back(event.id.value);
    observedAt.push_back(event.times.observedAt.time_since_epoch().count());
    availableAt.push_back(event.times.availableAt().time_since_epoch().count());
    longitude.push_back(static_cast<float>(anchor.longitude));
    latitude.push_back(static_cast<float>(anchor.latitude));
    type.push_back(static_cast<std::uint8_t>(event.type));
    severity.push_back(toByte(event.severity));
    confidence.push_back(toByte(event.confidence));
    flags.push_back(flagsOf(event));
    source.push_back(sourceIndex);
    region.push_back(regionIndex);
}

bool EventColumns::isConsistent() const
{
    bool same = true;
    forEachColumn(*this, [&](const auto &column) { same = same && column.size() == id.size(); });
    return same;
}

} // namespace chrona::schema
