// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/venue_collector.h"

#include "venue_line.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace chrona::sources {
namespace {

/// One connection and its part of the markets, on a thread of its own.
class Listener {
public:
    Listener(VenueCollector::Parts parts, std::uint32_t firstMarket, VenueCommons &commons)
        : m_parts(std::move(parts)), m_firstMarket(firstMarket), m_line(m_parts, commons)
    {
        m_health = m_line.health();
        m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
    }
    void stop() { m_thread.request_stop(); }
    [[nodiscard]] VenueHealth health() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_health;
    }

private:
    void run(std::stop_token stop)
    {
        std::vector<VenueRow> rows;
        while (!stop.stop_requested()) {
            m_line.turn(rows, stop);
            for (VenueRow &row : rows)
                row.market += m_firstMarket;
            if (!rows.empty())
                m_parts.rows(rows);
            std::unique_lock lock(m_mutex);
            m_health = m_line.health();
            // Without a connection nothing else holds the turns back.
            if (m_health.state != VenueState::Streaming && rows.empty())
                m_wake.wait_for(lock, stop, std::chrono::milliseconds(100), [] { return false; });
        }
    }

    const VenueCollector::Parts m_parts;
    const std::uint32_t m_firstMarket;
    VenueLine m_line; ///< the thread's
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    VenueHealth m_health;
    std::jthread m_thread; ///< the last member: ends first
};

std::size_t marketsEach(const VenueCollector::Parts &parts)
{
    const std::size_t limit = parts.venue.stream().marketsPerConnection;
    const std::size_t all = std::max<std::size_t>(parts.markets.size(), 1);
    if (limit == 0 || all <= limit)
        return all;
    const std::size_t connections = (all + limit - 1) / limit;
    return (all + connections - 1) / connections;
}

} // namespace

struct VenueCollector::State {
    explicit State(const Parts &parts)
        : venueId(parts.venue.id()),
          commons((std::max<std::size_t>(parts.markets.size(), 1) + marketsEach(parts) - 1) /
                      marketsEach(parts),
                  parts.venue.stream().connectEvery)
    {
        const std::size_t each = marketsEach(parts);
        for (std::size_t first = 0; first == 0 || first < parts.markets.size(); first += each) {
            Parts own = parts;
            const std::size_t end = std::min(first + each, parts.markets.size());
            own.markets.assign(parts.markets.begin() + static_cast<std::ptrdiff_t>(first),
                               parts.markets.begin() + static_cast<std::ptrdiff_t>(end));
            own.seed = parts.seed + first;
            listeners.push_back(std::make_unique<Listener>(
                std::move(own), static_cast<std::uint32_t>(first), commons));
        }
    }
    ~State()
    {
        for (const auto &listener : listeners) // all at once, then each is waited for
            listener->stop();
    }

    std::string venueId;
    VenueCommons commons;
    std::vector<std::unique_ptr<Listener>> listeners;
};

VenueCollector::VenueCollector(Parts parts) : m_state(std::make_unique<State>(parts)) {}

VenueCollector::~VenueCollector() = default;

std::string_view VenueCollector::venueId() const
{
    return m_state->venueId;
}

VenueHealth VenueCollector::health() const
{
    std::vector<VenueHealth> each;
    for (const auto &listener : m_state->listeners)
        each.push_back(listener->health());
    return joined(each);
}

} // namespace chrona::sources
