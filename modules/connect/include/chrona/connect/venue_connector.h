// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"
#include "chrona/connect/venue.h"

#include <memory>
#include <string>
#include <string_view>

namespace chrona::connect {

/// The interface by which the loader finds the venue inside a connector's plugin.
class VenueProvider {
public:
    virtual ~VenueProvider() = default;
    [[nodiscard]] virtual const Venue &venue() const = 0;
};

/// A venue as a connector: its registry entry, a poll of all its tickers, and quotes from what was
/// polled. Live streams are the collector's (sources), which drives the venue itself.
class VenueConnector : public Connector, public VenueProvider {
public:
    VenueConnector(std::string_view metadata, std::unique_ptr<Venue> venue)
        : m_metadata(metadata), m_venue(std::move(venue))
    {
    }

    [[nodiscard]] Result<Description> describe() const override
    {
        return readDescription(m_metadata);
    }
    [[nodiscard]] Result<Fetched> fetch(const FetchTask &task, Fetcher &fetcher,
                                        std::stop_token stop) const override;
    [[nodiscard]] Result<std::vector<Draft>> normalize(const RawItem &item) const override;
    [[nodiscard]] const Venue &venue() const override { return *m_venue; }

private:
    std::string_view m_metadata;
    std::unique_ptr<Venue> m_venue;
};

/// A spot ticker as a quote with both clocks. Where the venue gives no time, `stampedAt` stands for
/// it: the receive time less half the round trip.
struct QuoteTimes {
    Instant receivedAt;
    Instant stampedAt;
};
[[nodiscard]] schema::Quote quoteFrom(std::string_view venue, const Ticker &ticker,
                                      const QuoteTimes &times);

} // namespace chrona::connect

#define CHRONA_VENUE_IID "org.chrona.Venue/1"
Q_DECLARE_INTERFACE(chrona::connect::VenueProvider, CHRONA_VENUE_IID)
