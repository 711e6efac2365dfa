// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "real_venue.h"

#include "chrona/net/replay_server.h"

#include <format>

namespace chrona::sources::tests {

inline constexpr int kLong = 60'000; ///< milliseconds, for QTRY: a loaded machine

/// Kraken's frame about one price.
inline std::string priceFrame(double last)
{
    return std::format(R"({{"channel":"ticker","type":"update","data":[{{"symbol":"BTC/USD",)"
                       R"("bid":{},"bid_qty":1,"ask":{},"ask_qty":1,"last":{},"volume":10,)"
                       R"("vwap":1,"low":1,"high":1,"change":1,"change_pct":1}}]}})",
                       last - 0.5, last + 0.5, last);
}

/// A real venue whose addresses lie at a server on loopback: "/ws" and "/ticker".
class ScriptedVenue final : public MovedVenue {
public:
    ScriptedVenue(std::unique_ptr<connect::Venue> real, const net::ReplayServer &server)
        : MovedVenue(std::move(real)), m_server(server), m_stream(server.streamUrl("/ws")),
          m_ticket(server.url("/ticket"))
    {
    }
    /// What a test changes; addresses are put in.
    connect::StreamRules rules{.connectEvery = std::chrono::milliseconds(0)};
    bool listsAll = false; ///< at "/tickers"

    connect::StreamRules stream() const override
    {
        connect::StreamRules out = rules;
        out.marketsPerFrame = real().stream().marketsPerFrame;
        if (real().stream().ticketUrl.empty())
            out.url = m_stream;
        else
            out.ticketUrl = m_ticket;
        return out;
    }
    std::string url(connect::RequestKind kind, std::string_view native) const override
    {
        if (kind == connect::RequestKind::Tickers && listsAll)
            return m_server.url("/tickers");
        if (kind != connect::RequestKind::Ticker)
            return {};
        return m_server.url(std::format("/ticker?pair={}", native));
    }
    Result<connect::StreamTicket> readTicket(std::string_view body,
                                             std::int64_t nowMs) const override
    {
        auto ticket = real().readTicket(body, nowMs);
        if (ticket) // the real one names a host of the venue
            ticket->url = m_stream + ticket->url.substr(ticket->url.find('?'));
        return ticket;
    }

private:
    const net::ReplayServer &m_server;
    std::string m_stream, m_ticket;
};

} // namespace chrona::sources::tests
