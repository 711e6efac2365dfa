// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/oracle/feed.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::service {

/// A venue and the markets of it that are listened to.
struct PlannedVenue {
    struct Market {
        std::string base, quote;
        [[nodiscard]] std::string symbol() const { return base + "/" + quote; }
    };
    std::string name;
    std::vector<Market> markets;
};

/// Where a message of one market goes: to a feed as its price, or to feeds as a currency's rate.
struct FeedRoute {
    std::uint32_t venue = 0, market = 0; ///< places in the plan
    std::uint32_t feed = 0;
    std::uint16_t venueInFeed = 0;
    std::uint16_t currency = 0; ///< of a rate: place in the feed's currencies
    oracle::TickKind kind = oracle::TickKind::Price;
};

/// Who is listened to for what. Pure data, made once.
struct OraclePlan {
    std::vector<oracle::FeedSetup> feeds;
    std::vector<PlannedVenue> venues;
    std::vector<FeedRoute> routes;                 ///< by venue, then market
    std::int64_t epochStartMs = 1'658'430'000'000; ///< of epoch 0
    std::int64_t epochMs = 90'000;
    std::int64_t revealAfterMs = 45'000; ///< from an epoch's end until others' values are known
    std::string network{}; ///< whose rounds the epochs are; empty: nobody's
    std::vector<std::string> collectors{""}; ///< who listens; the first is this service itself
    bool isSynthetic = false;
};

/// What is known of a venue before it has said anything.
struct VenueTraits {
    std::string_view name;
    std::string_view quotes; ///< that it prices in, first choice first: "USD USDT"
    double share = 0;        ///< of the volume where it has the market, roughly
    double halfSpreadBps = 0;
};
[[nodiscard]] std::span<const VenueTraits> knownVenues();

/// Feeds ("BTC/USD") at the named venues; unknown venues get cautious traits. Fails with
/// InvalidInput for a feed that is no BASE/QUOTE, for none, or for more than 64.
[[nodiscard]] Result<OraclePlan> planFor(std::span<const std::string> feeds,
                                         std::span<const std::string> venues);

/// A market as a recording names it.
struct RecordedMarket {
    std::string venue, symbol;
    double halfSpreadBps = 2, volumeShare = 0.1;
};
/// Feeds and venues of a recording, each market a feed's own.
[[nodiscard]] Result<OraclePlan> planOf(std::span<const RecordedMarket> markets);

} // namespace chrona::service
