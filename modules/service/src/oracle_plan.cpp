// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_plan.h"

#include <algorithm>
#include <array>
#include <format>
#include <map>

namespace chrona::service {
namespace {

constexpr std::size_t kFeedsMax = 64;
constexpr std::string_view kStable = "USDT";

// Shares and spreads are starting points: the engine learns what a venue is worth.
constexpr std::array kVenues{
    VenueTraits{"binance", "USDT", 0.30, 0.3},  VenueTraits{"bitfinex", "USD", 0.02, 2.0},
    VenueTraits{"bitget", "USDT", 0.06, 1.0},   VenueTraits{"bitstamp", "USD", 0.02, 2.0},
    VenueTraits{"bybit", "USDT", 0.10, 0.5},    VenueTraits{"coinbase", "USD", 0.13, 0.5},
    VenueTraits{"cryptocom", "USD", 0.05, 1.5}, VenueTraits{"gate", "USDT", 0.06, 1.5},
    VenueTraits{"gemini", "USD", 0.01, 3.0},    VenueTraits{"htx", "USDT", 0.04, 1.5},
    VenueTraits{"kraken", "USD", 0.05, 0.8},    VenueTraits{"kucoin", "USDT", 0.04, 1.5},
    VenueTraits{"mexc", "USDT", 0.05, 1.5},     VenueTraits{"okx", "USDT", 0.10, 0.5},
};
constexpr VenueTraits kUnknownVenue{"", "USD", 0.02, 3.0};

VenueTraits traitsOf(std::string_view venue)
{
    const auto found = std::ranges::find(kVenues, venue, &VenueTraits::name);
    return found == kVenues.end() ? kUnknownVenue : *found;
}

Result<PlannedVenue::Market> splitSymbol(std::string_view symbol)
{
    const std::size_t slash = symbol.find('/');
    const bool isPair = slash != std::string_view::npos && slash > 0 && slash + 1 < symbol.size() &&
                        symbol.find('/', slash + 1) == std::string_view::npos &&
                        symbol.size() <= 32;
    if (!isPair)
        return fail(ErrorCode::InvalidInput, std::format("\"{}\" is no feed", symbol.substr(0, 40)),
                    "write BASE/QUOTE");
    return PlannedVenue::Market{std::string(symbol.substr(0, slash)),
                                std::string(symbol.substr(slash + 1))};
}

/// Builds a plan market by market.
class Planner {
public:
    std::uint32_t market(std::size_t venue, const PlannedVenue::Market &wanted)
    {
        auto &markets = plan.venues[venue].markets;
        const auto found = std::ranges::find_if(
            markets, [&](const auto &known) { return known.symbol() == wanted.symbol(); });
        if (found != markets.end())
            return static_cast<std::uint32_t>(found - markets.begin());
        markets.push_back(wanted);
        return static_cast<std::uint32_t>(markets.size() - 1);
    }

    /// A venue that prices `feed` in a currency that the feed knows already or now learns.
    void price(std::size_t venue, std::size_t feed, const PlannedVenue::Market &wanted,
               const VenueTraits &traits)
    {
        oracle::FeedSetup &setup = plan.feeds[feed];
        auto currency = std::ranges::find(setup.currencies, wanted.quote);
        if (currency == setup.currencies.end())
            currency = setup.currencies.insert(setup.currencies.end(), wanted.quote);
        oracle::VenueProfile profile;
        profile.name = plan.venues[venue].name;
        profile.currency = static_cast<std::uint16_t>(currency - setup.currencies.begin());
        profile.share = traits.share;
        profile.halfSpreadBps = traits.halfSpreadBps;
        setup.venues.push_back(std::move(profile));
        plan.routes.push_back({.venue = static_cast<std::uint32_t>(venue),
                               .market = market(venue, wanted),
                               .feed = static_cast<std::uint32_t>(feed),
                               .venueInFeed = static_cast<std::uint16_t>(setup.venues.size() - 1)});
    }

    /// Venues of a feed that quote its stable currency directly tell its rate too.
    void rates(std::size_t feed)
    {
        const oracle::FeedSetup &setup = plan.feeds[feed];
        for (std::size_t c = 1; c < setup.currencies.size(); ++c)
            for (std::size_t v = 0; v < setup.venues.size(); ++v) {
                if (setup.venues[v].currency != 0)
                    continue;
                const auto venue = static_cast<std::size_t>(
                    std::ranges::find(plan.venues, setup.venues[v].name, &PlannedVenue::name) -
                    plan.venues.begin());
                plan.routes.push_back(
                    {.venue = static_cast<std::uint32_t>(venue),
                     .market = market(venue, {setup.currencies[c], setup.currencies[0]}),
                     .feed = static_cast<std::uint32_t>(feed),
                     .venueInFeed = static_cast<std::uint16_t>(v),
                     .currency = static_cast<std::uint16_t>(c),
                     .kind = oracle::TickKind::Rate});
            }
    }

    OraclePlan finish()
    {
        std::ranges::stable_sort(plan.routes, {}, [](const FeedRoute &route) {
            return std::pair(route.venue, route.market);
        });
        return std::move(plan);
    }

    OraclePlan plan;
};

} // namespace

std::span<const VenueTraits> knownVenues()
{
    return kVenues;
}

Result<OraclePlan> planFor(std::span<const std::string> feeds, std::span<const std::string> venues)
{
    if (feeds.empty() || feeds.size() > kFeedsMax || venues.empty())
        return fail(
            ErrorCode::InvalidInput,
            std::format("{} feeds at {} venues cannot be priced", feeds.size(), venues.size()),
            std::format("name 1 to {} feeds and at least one venue", kFeedsMax));
    Planner planner;
    for (const std::string &venue : venues)
        planner.plan.venues.push_back({.name = venue, .markets = {}});
    for (const std::string &symbol : feeds) {
        const auto wanted = splitSymbol(symbol);
        if (!wanted)
            return std::unexpected(wanted.error());
        planner.plan.feeds.push_back({.name = symbol, .currencies = {wanted->quote}, .venues = {}});
        for (std::size_t v = 0; v < venues.size(); ++v) {
            const VenueTraits traits = traitsOf(venues[v]);
            // A stable currency has no price in itself; some venues quote it in their own.
            const bool inStable = traits.quotes == kStable;
            const std::string quote = inStable ? std::string(kStable) : wanted->quote;
            if (quote != wanted->base)
                planner.price(v, planner.plan.feeds.size() - 1, {wanted->base, quote}, traits);
        }
        planner.rates(planner.plan.feeds.size() - 1);
    }
    return planner.finish();
}

Result<OraclePlan> planOf(std::span<const RecordedMarket> markets)
{
    Planner planner;
    planner.plan.isSynthetic = true;
    std::map<std::string, std::size_t, std::less<>> feeds, venues;
    for (const RecordedMarket &market : markets) {
        const auto parts = splitSymbol(market.symbol);
        if (!parts)
            return std::unexpected(parts.error());
        const auto [feed, isNewFeed] = feeds.try_emplace(market.symbol, feeds.size());
        if (isNewFeed)
            planner.plan.feeds.push_back(
                {.name = market.symbol, .currencies = {parts->quote}, .venues = {}});
        const auto [venue, isNewVenue] = venues.try_emplace(market.venue, venues.size());
        if (isNewVenue)
            planner.plan.venues.push_back({.name = market.venue, .markets = {}});
        planner.price(venue->second, feed->second, *parts,
                      {.name = market.venue,
                       .quotes = {},
                       .share = market.volumeShare,
                       .halfSpreadBps = market.halfSpreadBps});
    }
    if (planner.plan.feeds.empty() || planner.plan.feeds.size() > kFeedsMax)
        return fail(ErrorCode::InvalidInput, "the recording has no market that can be priced");
    return planner.finish();
}

} // namespace chrona::service
