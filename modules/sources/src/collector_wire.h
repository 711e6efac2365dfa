// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/sources/remote_collector.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a collector elsewhere and the service say to each other, as bytes. Pure; takes any bytes.
namespace chrona::sources::wire {

inline constexpr std::uint16_t kWireVersion = 1;

/// The collector, as soon as it is dialled.
struct Hello {
    std::uint16_t wireVersion = kWireVersion;
    std::string version;
    std::uint64_t session = 0; ///< of its counting of rows
};
struct Ping {
    std::int64_t sentUs = 0; ///< by the service's clock
};
struct Pong {
    std::int64_t sentUs = 0;  ///< of the ping
    std::int64_t heardUs = 0; ///< by the collector's clock
};
/// Whom to listen to; and which of the session's rows arrived before the link broke.
struct Assignment {
    std::vector<AssignedVenue> venues;
    std::uint64_t session = 0, receivedThrough = 0;
};
struct Rows {
    std::uint64_t sequence = 0;
    std::uint16_t venue = 0; ///< place in the assignment
    std::vector<VenueRow> rows;
};
struct Received {
    std::uint64_t through = 0;
};
struct Health {
    std::uint64_t lostRows = 0;
    std::vector<VenueHealth> venues; ///< as assigned
};
using Message = std::variant<Hello, Ping, Pong, Assignment, Rows, Received, Health>;

[[nodiscard]] std::string encode(const Message &message);
/// Corrupt for bytes that are no message.
[[nodiscard]] Result<Message> decode(std::string_view bytes);

} // namespace chrona::sources::wire
