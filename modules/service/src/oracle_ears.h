// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"
#include "venue_choice.h"

#include "chrona/base/clock.h"
#include "chrona/ipc/oracle_fields.h"
#include "chrona/sources/remote_collector.h"
#include "chrona/sources/venue_collector.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::connect {
class ConnectorLibrary;
}

namespace chrona::service {

/// A collector on another host, as a person paired it.
struct PairedCollector {
    std::string name, address; ///< "HOST:PORT"
    net::LinkPairing pairing;
    friend bool operator==(const PairedCollector &, const PairedCollector &) = default;
};

/// All who listen for a live oracle, here and elsewhere, and whom of them is believed for each
/// venue. Ticks wait here until the desk takes them. Any thread, unless a function says otherwise.
class OracleEars {
public:
    struct Parts {
        const OraclePlan &plan; ///< its collectors after the first are `elsewhere`, in that order
        const connect::ConnectorLibrary &venues;
        net::HttpClient &http;
        net::WebSocketClient &streams;
        std::vector<PairedCollector> elsewhere{};
        std::map<std::string, std::string> preferred{}; ///< venue → collector that comes first
        std::shared_ptr<const Clock> clock;
    };
    explicit OracleEars(Parts parts); ///< begins at once
    ~OracleEars();
    OracleEars(const OracleEars &) = delete;
    OracleEars &operator=(const OracleEars &) = delete;

    /// Waits for ticks at most so long, then gives those that wait instead of what `ticks` held.
    /// One thread.
    void take(std::vector<DeskTick> &ticks, const std::stop_token &stop);

    struct Heard {
        std::uint32_t venue = 0;
        bool isHeard = false, isNew = false;
        sources::VenueDay today;
    };
    /// Once a second, by the same thread: how each venue is heard, and how much of the day it was.
    [[nodiscard]] std::vector<Heard> watch(Instant now);

    [[nodiscard]] std::uint32_t venuesHeard() const;
    [[nodiscard]] std::vector<ipc::OracleVenueEntry> venues() const;
    [[nodiscard]] std::vector<ipc::OracleCollectorEntry> collectors() const;

private:
    /// Of one venue: who may be asked, the first choice first, and whom we believe.
    struct Venue {
        std::vector<std::uint8_t> order; ///< collectors: places in the plan's
        std::unique_ptr<VenueChoice> choice;
        std::unique_ptr<sources::VenueCollector> here;
        std::vector<sources::VenueDay> days; ///< the watching thread's, under the lock
    };
    void listenHere();
    void listenElsewhere();
    void put(std::uint32_t venue, std::uint8_t collector, std::span<const sources::VenueRow> rows);
    [[nodiscard]] std::vector<std::vector<sources::VenueHealth>> healthOfAll() const;

    Parts m_parts;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<DeskTick> m_waiting;
    std::uint64_t m_dropped = 0;
    std::optional<Instant> m_watchedAt;
    std::vector<std::uint32_t> m_assigned; ///< venues that are told to collectors elsewhere
    std::vector<Venue> m_venues;           ///< of the plan
    std::vector<std::unique_ptr<sources::RemoteCollector>> m_elsewhere;
};

} // namespace chrona::service
