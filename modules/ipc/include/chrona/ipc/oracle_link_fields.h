// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/ipc/fields.h"

#include <cstdint>
#include <optional>
#include <string>

/// Connections: of venues, and of collectors on other hosts.
namespace chrona::ipc {

enum class OracleVenueState : std::uint8_t {
    Connecting,
    Streaming,
    Polling,
    Silent,
    Maintenance,
    Resting,
    Blocked
};
template <> struct LastOf<OracleVenueState> {
    static constexpr OracleVenueState value = OracleVenueState::Blocked;
};
enum class OracleCollectorState : std::uint8_t {
    Connecting,
    Connected,
    Refused ///< it is not the one that was paired, or speaks another version; see the detail
};
template <> struct LastOf<OracleCollectorState> {
    static constexpr OracleCollectorState value = OracleCollectorState::Refused;
};

/// One connection to a venue, from here or from a collector elsewhere.
struct OracleVenueLink {
    std::string collector; ///< empty: this machine
    bool used = false;     ///< its prices count now
    OracleVenueState state = OracleVenueState::Connecting;
    Instant since;
    std::optional<Instant> heardAt;
    double latencyMs = 0;
    std::uint64_t rows = 0, connects = 0, failures = 0;
    std::uint32_t marketsAsked = 0, marketsHeard = 0;
    std::string detail;
    static constexpr auto fields()
    {
        using T = OracleVenueLink;
        return fieldList(field("collector", &T::collector), field("used", &T::used),
                         field("state", &T::state), field("since", &T::since),
                         field("heard_at", &T::heardAt), field("latency_ms", &T::latencyMs),
                         field("rows", &T::rows), field("connects", &T::connects),
                         field("failures", &T::failures),
                         field("markets_asked", &T::marketsAsked),
                         field("markets_heard", &T::marketsHeard), field("detail", &T::detail));
    }
    friend bool operator==(const OracleVenueLink &, const OracleVenueLink &) = default;
};

/// A collector on another host, as this service sees it.
struct OracleCollectorEntry {
    std::string name, address; ///< "HOST:PORT"
    OracleCollectorState state = OracleCollectorState::Connecting;
    Instant since;
    std::string version;              ///< of its program; empty: never connected
    double roundTripMs = 0;           ///< least of the last minutes
    double clockOffsetMs = 0;         ///< of its clock from ours
    std::uint64_t rows = 0;           ///< that came
    std::uint64_t lateRows = 0;       ///< too old for a price of now when they came
    std::uint64_t lostRows = 0;       ///< that its buffer could not keep
    std::uint32_t venuesUsed = 0;     ///< heard through it now
    std::uint32_t venuesHeard = 0;    ///< that it hears
    std::string detail;
    static constexpr auto fields()
    {
        using T = OracleCollectorEntry;
        return fieldList(required("name", &T::name), field("address", &T::address),
                         field("state", &T::state), field("since", &T::since),
                         field("version", &T::version), field("round_trip_ms", &T::roundTripMs),
                         field("clock_offset_ms", &T::clockOffsetMs), field("rows", &T::rows),
                         field("late_rows", &T::lateRows), field("lost_rows", &T::lostRows),
                         field("venues_used", &T::venuesUsed),
                         field("venues_heard", &T::venuesHeard), field("detail", &T::detail));
    }
    friend bool operator==(const OracleCollectorEntry &, const OracleCollectorEntry &) = default;
};

/// Raw ticks that are kept in files.
struct OracleRecording {
    bool on = false;
    std::uint64_t segments = 0, bytes = 0;
    std::uint64_t lostTicks = 0; ///< that the disk was too slow or too full for
    std::optional<Instant> oldest;
    std::string folder, problem;
    static constexpr auto fields()
    {
        using T = OracleRecording;
        return fieldList(field("on", &T::on), field("segments", &T::segments),
                         field("bytes", &T::bytes), field("lost_ticks", &T::lostTicks),
                         field("oldest", &T::oldest), field("folder", &T::folder),
                         field("problem", &T::problem));
    }
    friend bool operator==(const OracleRecording &, const OracleRecording &) = default;
};

} // namespace chrona::ipc
