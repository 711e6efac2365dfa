// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/venue_collector.h"

#include "venue_line.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace chrona::sources {

struct VenueCollector::State {
    explicit State(Parts given) : parts(std::move(given)), line(parts) { health = line.health(); }

    void run(std::stop_token stop)
    {
        std::vector<VenueRow> rows;
        while (!stop.stop_requested()) {
            line.turn(rows, stop);
            if (!rows.empty())
                parts.rows(rows);
            std::unique_lock lock(mutex);
            health = line.health();
            // Without a connection nothing else holds the turns back.
            if (health.state != VenueState::Streaming && rows.empty())
                wake.wait_for(lock, stop, std::chrono::milliseconds(100), [] { return false; });
        }
    }

    const Parts parts;
    VenueLine line; ///< the thread's
    mutable std::mutex mutex;
    std::condition_variable_any wake;
    VenueHealth health;
    std::jthread thread; ///< the last member: ends first
};

VenueCollector::VenueCollector(Parts parts) : m_state(std::make_unique<State>(std::move(parts)))
{
    m_state->thread = std::jthread(
        [state = m_state.get()](std::stop_token stop) { state->run(std::move(stop)); });
}

VenueCollector::~VenueCollector() = default;

std::string_view VenueCollector::venueId() const
{
    return m_state->parts.venue.id();
}

VenueHealth VenueCollector::health() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->health;
}

} // namespace chrona::sources
