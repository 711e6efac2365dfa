// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/clock.h"
#include "chrona/connect/venue.h"
#include "chrona/net/http_client.h"
#include "chrona/net/web_socket.h"
#include "chrona/schema/source.h"
#include "chrona/sources/venue_intake.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chrona::sources {

/// Listens to one venue: opens its stream, subscribes by its rules, keeps it alive, answers its
/// pings, replaces it before its end, comes back after it broke, and asks over HTTP while it says
/// nothing. One implementation for all venues. Where a venue limits what one connection may ask
/// for, its markets are spread over several, each on a thread of its own; they are opened at the
/// pace that the venue bears, share its budget, and rest together when it wants to be left alone.
///
/// Host and rate are those of the source's registry entry; a quarter of the rate is all that
/// polling takes. Any thread.
class VenueCollector {
public:
    struct MarketName {
        std::string base, quote; ///< "BTC", "USDT"
        friend bool operator==(const MarketName &, const MarketName &) = default;
    };
    struct Parts {
        const connect::Venue &venue;
        schema::Source source;
        net::HttpClient &http;
        net::WebSocketClient &streams;
        std::vector<MarketName> markets;
        /// Called on the collector's threads, for each market in the order of arrival; must not
        /// block.
        std::function<void(std::span<const VenueRow>)> rows;
        std::shared_ptr<const Clock> clock{}; ///< null: the system's
        std::uint64_t seed = 0; ///< of the jitter, so that venues do not come together
    };

    explicit VenueCollector(Parts parts); ///< begins at once
    ~VenueCollector();                    ///< stops
    VenueCollector(const VenueCollector &) = delete;
    VenueCollector &operator=(const VenueCollector &) = delete;

    [[nodiscard]] std::string_view venueId() const;
    [[nodiscard]] VenueHealth health() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace chrona::sources
