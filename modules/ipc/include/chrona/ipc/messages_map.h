// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"

#include <optional>
#include <string>
#include <vector>

/// What a map asks beyond points: outlines of events, and areas that a person watches.
namespace chrona::ipc {

/// Where an event lies, in full, and while it holds.
struct EventShape {
    schema::EventId id;
    Instant observedAt;
    std::optional<Instant> endsAt;
    schema::Geometry geometry; ///< more than one point
    static constexpr auto fields()
    {
        using T = EventShape;
        return fieldList(required("id", &T::id), field("observed_at", &T::observedAt),
                         field("ends_at", &T::endsAt), field("geometry", &T::geometry));
    }
    friend bool operator==(const EventShape &, const EventShape &) = default;
};

struct EventShapesReply {
    static constexpr std::uint16_t kType = 0x0d01;
    std::vector<EventShape> shapes;    ///< in any order; ids without one are left out
    std::vector<schema::EventId> left; ///< did not fit: ask again
    static constexpr auto fields()
    {
        return fieldList(field("shapes", &EventShapesReply::shapes),
                         field("left", &EventShapesReply::left));
    }
    friend bool operator==(const EventShapesReply &, const EventShapesReply &) = default;
};

/// The outlines of events that have one (EventColumns::kHasShape).
struct EventShapesRequest {
    static constexpr std::uint16_t kType = 0x0d00;
    static constexpr std::size_t kIdsMax = 500;
    using Reply = EventShapesReply;
    std::vector<schema::EventId> ids;
    static constexpr auto fields() { return fieldList(required("ids", &EventShapesRequest::ids)); }
    friend bool operator==(const EventShapesRequest &, const EventShapesRequest &) = default;
};

/// An area of interest: drawn by a person, kept by name.
struct MapArea {
    schema::MapAreaId id;
    std::string name;
    schema::Ring ring; ///< closed
    Instant lookedAt;  ///< what came later is new to whoever looks at it
    std::uint32_t revision = 1;
    static constexpr auto fields()
    {
        using T = MapArea;
        return fieldList(field("id", &T::id), required("name", &T::name),
                         required("ring", &T::ring), field("looked_at", &T::lookedAt),
                         field("revision", &T::revision));
    }
    friend bool operator==(const MapArea &, const MapArea &) = default;
};

struct MapAreasReply {
    static constexpr std::uint16_t kType = 0x0d03;
    std::vector<MapArea> areas; ///< by name
    static constexpr auto fields() { return fieldList(field("areas", &MapAreasReply::areas)); }
    friend bool operator==(const MapAreasReply &, const MapAreasReply &) = default;
};

struct MapAreasRequest {
    static constexpr std::uint16_t kType = 0x0d02;
    using Reply = MapAreasReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const MapAreasRequest &, const MapAreasRequest &) = default;
};

/// Without an id: a new area. Otherwise all is replaced where the revision is the stored one; else
/// Conflict. Answered by the area as it is stored.
struct MapAreaSave {
    static constexpr std::uint16_t kType = 0x0d04;
    using Reply = MapAreasReply;
    MapArea area;
    static constexpr auto fields() { return fieldList(required("area", &MapAreaSave::area)); }
    friend bool operator==(const MapAreaSave &, const MapAreaSave &) = default;
};

struct MapAreaRemove {
    static constexpr std::uint16_t kType = 0x0d05;
    using Reply = Done;
    schema::MapAreaId area;
    static constexpr auto fields() { return fieldList(required("area", &MapAreaRemove::area)); }
    friend bool operator==(const MapAreaRemove &, const MapAreaRemove &) = default;
};

} // namespace chrona::ipc
