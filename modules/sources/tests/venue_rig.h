// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "scripted_venue.h"

#include "chrona/sources/venue_collector.h"

#include <mutex>

namespace chrona::sources::tests {

/// A collector with a real venue's rules, over real sockets, against scripted sessions.
class VenueRig {
protected:
    void openRig()
    {
        m_server = std::make_unique<net::ReplayServer>();
        net::HttpClient::Options options;
        options.userAgent = "Chrona/test";
        options.hostRate = {.perSecond = 10'000, .burst = 1000, .concurrentMax = 16};
        options.backoffBase = std::chrono::milliseconds(1);
        options.waitMax = std::chrono::milliseconds(1);
        m_http = net::HttpClient::create(
                     options, net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback))
                     .value();
        m_source = {};
        m_source.key = "venue-test";
        m_source.hosts = {std::format("127.0.0.1:{}", m_server->port())};
        m_source.rate.requestsPerSecond = 1000;
        m_source.rate.burst = 1000;
        m_source.rate.concurrentMax = 4;
        m_markets = {{"BTC", "USD"}};
        m_clock = std::make_shared<SystemClock>();
        m_rows.clear();
    }
    void closeRig()
    {
        m_collector.reset();
        m_streams.reset();
    }
    void begin(std::string_view venue, std::vector<net::StreamScript> scripts)
    {
        m_server->stream("/ws", std::move(scripts));
        m_venue = std::make_unique<ScriptedVenue>(realVenue(venue), *m_server);
    }
    void start()
    {
        // Messages must be stamped by the clock that the collector goes by.
        m_streams = net::makeWebSocketClient(net::AddressPolicy::PublicAndLoopback, {}, m_clock);
        m_collector = std::make_unique<VenueCollector>(
            VenueCollector::Parts{.venue = *m_venue,
                                  .source = m_source,
                                  .http = *m_http,
                                  .streams = *m_streams,
                                  .markets = m_markets,
                                  .rows =
                                      [this](std::span<const VenueRow> some) {
                                          const std::scoped_lock lock(m_mutex);
                                          m_rows.insert(m_rows.end(), some.begin(), some.end());
                                      },
                                  .clock = m_clock,
                                  .seed = 7});
    }
    [[nodiscard]] std::vector<VenueRow> rows() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_rows;
    }
    [[nodiscard]] VenueState state() const { return m_collector->health().state; }

    std::unique_ptr<net::ReplayServer> m_server;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<net::WebSocketClient> m_streams;
    std::unique_ptr<ScriptedVenue> m_venue;
    schema::Source m_source;
    std::vector<VenueCollector::MarketName> m_markets;
    std::shared_ptr<Clock> m_clock;
    mutable std::mutex m_mutex;
    std::vector<VenueRow> m_rows;
    std::unique_ptr<VenueCollector> m_collector; ///< last: it hands rows to what is above
};

} // namespace chrona::sources::tests
