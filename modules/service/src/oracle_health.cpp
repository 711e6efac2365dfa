// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_health.h"

#include <algorithm>

namespace chrona::service {
namespace {

double milliseconds(Duration span)
{
    return std::chrono::duration<double, std::milli>(span).count();
}

} // namespace

ipc::OracleVenueEntry tellVenue(const std::string &name, const sources::VenueHealth &health)
{
    ipc::OracleVenueEntry entry;
    entry.venue = name;
    entry.state = static_cast<ipc::OracleVenueState>(health.state);
    entry.since = health.since;
    entry.until = health.until;
    entry.heardAt = health.heardAt;
    entry.latencyMs = health.latencyMs;
    if (health.clockOffset)
        entry.clockOffsetMs = milliseconds(*health.clockOffset);
    entry.rows = health.rows;
    entry.rejected = health.rejected;
    entry.duplicates = health.duplicates;
    entry.gaps = health.gaps;
    entry.doubtfulStamps = health.doubtfulStamps;
    entry.connects = health.connects;
    entry.polls = health.polls;
    entry.failures = health.failures;
    entry.marketsAsked = health.marketsAsked;
    entry.marketsHeard = health.marketsHeard;
    entry.marketsOff = health.marketsOff;
    entry.detail = health.detail;
    for (const sources::VenueDay &day : health.days)
        entry.days.push_back({formatDate(day.day), day.watchedSeconds, day.heardSeconds});
    return entry;
}

void tellLinks(const sources::VenueHealth &health, const std::string &collector, bool isUsed,
               std::vector<ipc::OracleVenueLink> &links)
{
    for (const sources::VenueConnection &connection : health.connections)
        links.push_back({.collector = collector,
                         .used = isUsed,
                         .state = static_cast<ipc::OracleVenueState>(connection.state),
                         .since = connection.since,
                         .heardAt = connection.heardAt,
                         .latencyMs = connection.latencyMs,
                         .rows = connection.rows,
                         .connects = connection.connects,
                         .failures = connection.failures,
                         .marketsAsked = connection.marketsAsked,
                         .marketsHeard = connection.marketsHeard,
                         .detail = connection.detail});
}

ipc::OracleCollectorEntry tellCollector(const sources::CollectorHealth &health)
{
    ipc::OracleCollectorEntry entry;
    entry.state = static_cast<ipc::OracleCollectorState>(health.state);
    entry.since = health.since;
    entry.version = health.version;
    entry.roundTripMs = milliseconds(health.roundTrip);
    entry.clockOffsetMs = milliseconds(health.clockOffset);
    entry.rows = health.rows;
    entry.lateRows = health.lateRows;
    entry.lostRows = health.lostRows;
    entry.venuesHeard = static_cast<std::uint32_t>(
        std::ranges::count_if(health.venues, [](const sources::VenueHealth &venue) {
            return venue.state == sources::VenueState::Streaming ||
                   venue.state == sources::VenueState::Polling;
        }));
    entry.detail = health.detail;
    return entry;
}

} // namespace chrona::service
