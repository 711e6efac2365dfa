// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/net/secure_link.h"
#include "chrona/sources/venue_collector.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chrona::sources {

/// Whom a collector elsewhere is to listen to.
struct AssignedVenue {
    std::string venue;
    std::vector<VenueCollector::MarketName> markets;
    friend bool operator==(const AssignedVenue &, const AssignedVenue &) = default;
};

enum class CollectorState : std::uint8_t { Connecting, Connected, Refused };

struct CollectorHealth {
    CollectorState state = CollectorState::Connecting;
    Instant since;
    std::string version;     ///< of its program; empty: never connected
    Duration roundTrip{0};   ///< the least of the last minutes
    Duration clockOffset{0}; ///< of its clock from ours, by that one
    std::uint64_t rows = 0, lateRows = 0, lostRows = 0;
    std::string detail;
    std::vector<VenueHealth> venues; ///< as assigned; empty until it told
};

/// The service's end of a collector on another host: dials it, tells it whom to listen to, and
/// hands its rows on as if they were heard here: received now, heard and stamped by clocks that are
/// set right by the measured difference. Comes back after a break, each time a little later, and
/// takes up where it broke off; what is more than ten seconds old by then is counted and is no
/// price of now. On a thread of its own; any thread may ask.
class RemoteCollector {
public:
    static constexpr std::int64_t kLateMs = 10'000;
    struct Parts {
        net::LinkAddress address;
        net::LinkPairing pairing;
        std::vector<AssignedVenue> venues;
        /// Called on its thread with the venue's place in the assignment; must not block.
        std::function<void(std::size_t venue, std::span<const VenueRow>)> rows;
        std::shared_ptr<const Clock> clock{}; ///< null: the system's
        std::uint64_t seed = 0;               ///< of the jitter
    };
    explicit RemoteCollector(Parts parts); ///< begins at once
    ~RemoteCollector();
    RemoteCollector(const RemoteCollector &) = delete;
    RemoteCollector &operator=(const RemoteCollector &) = delete;

    [[nodiscard]] CollectorHealth health() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace chrona::sources
