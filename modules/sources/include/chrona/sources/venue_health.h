// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::sources {

/// How a venue is heard just now. Numbers are sent to clients: append only.
enum class VenueState : std::uint8_t {
    Connecting,
    Streaming,
    Polling,     ///< the stream says nothing, so it is asked over HTTP
    Silent,      ///< neither way gives anything
    Maintenance, ///< the venue says so
    Resting,     ///< it wants to be left alone until `until`
    Blocked,     ///< not served to this place or this program; tried again at `until`
};
[[nodiscard]] std::string_view toString(VenueState state);

/// How much of a UTC day a venue was heard.
struct VenueDay {
    Date day;
    double watchedSeconds = 0, heardSeconds = 0;
    friend bool operator==(const VenueDay &, const VenueDay &) = default;
};

/// One connection of a venue that needs several, or the only one.
struct VenueConnection {
    VenueState state = VenueState::Connecting;
    Instant since;
    std::optional<Instant> heardAt;
    double latencyMs = 0;
    std::uint64_t rows = 0, connects = 0, failures = 0;
    std::uint32_t marketsAsked = 0, marketsHeard = 0;
    std::string detail;
    friend bool operator==(const VenueConnection &, const VenueConnection &) = default;
};

struct VenueHealth {
    VenueState state = VenueState::Connecting;
    Instant since;                       ///< of the state
    std::optional<Instant> until;        ///< of Resting and Blocked
    std::optional<Instant> heardAt;      ///< a price or trade
    double latencyMs = 0;                ///< usual way from its clock to ours, offset taken out
    std::optional<Duration> clockOffset; ///< least of received − stamped
    std::uint64_t rows = 0, rejected = 0, duplicates = 0, gaps = 0, doubtfulStamps = 0;
    std::uint64_t connects = 0, polls = 0, failures = 0;
    std::uint32_t failuresInRow = 0;
    std::uint32_t marketsAsked = 0, marketsHeard = 0, marketsOff = 0;
    std::string detail;         ///< what went wrong last, for the log and the user
    std::vector<VenueDay> days; ///< oldest first, the last is today; a week at most
    std::vector<VenueConnection> connections;
    friend bool operator==(const VenueHealth &, const VenueHealth &) = default;
};

/// Several connections of one venue as one: heard as far as its markets are.
[[nodiscard]] VenueHealth joined(std::span<const VenueHealth> connections);

} // namespace chrona::sources
