// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/decimal.h"
#include "chrona/base/time.h"
#include "chrona/schema/fault.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

/// What a venue says about a pair at one moment. NaN where it says nothing.
struct Quote {
    std::string venue;  ///< "kraken"
    std::string symbol; ///< "BTC/USD"
    Instant receivedAt;
    Instant exchangeAt; ///< the venue's clock; equal to receivedAt where it gives none
    double bid = 0, ask = 0, last = 0;
    double size = 0;      ///< of the last trade, in base units
    double volume24h = 0; ///< in base units
    friend bool operator==(const Quote &, const Quote &) = default;
};

/// Why a venue's price did or did not count. Numbers are stored: append only.
enum class VenueVerdict : std::uint8_t {
    Used,
    Stale,
    Deviating,
    Frozen,
    Crossed,
    Thin,
    Unreachable
};
[[nodiscard]] std::string_view toString(VenueVerdict verdict);
[[nodiscard]] std::optional<VenueVerdict> venueVerdictFrom(std::string_view text);

struct VenueOpinion {
    std::string venue;
    double price = 0;        ///< in the feed's quote currency; NaN: none
    double weight = 0;       ///< 0–1; 0 unless Used
    double deviationBps = 0; ///< from the consensus
    Duration age{0};
    VenueVerdict verdict = VenueVerdict::Used;
    friend bool operator==(const VenueOpinion &, const VenueOpinion &) = default;
};

/// The price of a feed at one moment, and how it came about.
struct Consensus {
    std::string feed; ///< "BTC/USD"
    Instant at;
    Decimal price;
    double confidenceBps = 0; ///< half-width of the band in which the price lies
    std::uint16_t venuesUsed = 0;
    std::vector<VenueOpinion> venues;
    friend bool operator==(const Consensus &, const Consensus &) = default;
};

[[nodiscard]] Faults validate(const Quote &quote);
[[nodiscard]] Faults validate(const Consensus &consensus);

} // namespace chrona::schema
