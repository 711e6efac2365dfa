// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::storage {

/// What a view of all events needs of one, as chrona_world.event keeps it once more in one value:
/// the server sends that in half the time it takes to send ten (docs/adr/0105-packed-events.md).
struct PackedEvent {
    std::int64_t id = 0;
    Instant observedAt;
    Instant availableAt;
    std::int64_t source = 0;
    float longitude = 0; ///< NaN: it has no place
    float latitude = 0;
    float severity = 0;
    float confidence = 0;
    schema::EventType type{};
    schema::EventState state{};
    bool hasShape = false; ///< more than a point
    bool isSynthetic = false;
    std::string_view region;
};

/// At fixed places in network byte order, as the server's own functions write them (migration
/// 0023), then the region to the end.
void pack(std::string &to, const PackedEvent &event);

/// nullopt: too short to be one. The region points into the bytes.
[[nodiscard]] std::optional<PackedEvent> unpackEvent(std::string_view bytes);

} // namespace chrona::storage
