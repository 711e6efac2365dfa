// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_hour.h"

#include "exact_math.h"

#include <algorithm>
#include <format>

namespace chrona::sample {

namespace {

using namespace std::chrono;

struct VenueSpec {
    std::string_view name;
    double quotesPerSecond; ///< for each pair
    double halfSpread;      ///< as a part of the price
    double share;           ///< of the volume
    int latencyMs;
};
constexpr VenueSpec kVenues[] = {
    {"sample-alder", .9, .00015, .30, 40}, {"sample-birch", .7, .0002, .22, 60},
    {"sample-cedar", .6, .00025, .16, 90}, {"sample-elm", .5, .0003, .11, 120},
    {"sample-fir", .4, .0004, .08, 150},   {"sample-hazel", .3, .0006, .06, 220},
    {"sample-maple", .2, .0008, .04, 300}, {"sample-rowan", .2, .0012, .03, 450},
};
struct PairSpec {
    std::string_view symbol;
    double price;
    double yearlyVolatility;
    double dailyVolume; ///< base units
    int decimals;
};
constexpr PairSpec kPairs[] = {
    {"BTC/USD", 64'000, .55, 30'000, 2}, {"ETH/USD", 3'100, .7, 300'000, 2},
    {"XRP/USD", .62, .8, 4e8, 5},        {"SOL/USD", 145, .9, 4e6, 3},
    {"FLR/USD", .0213, .85, 6e8, 6},     {"ADA/USD", .45, .85, 3e8, 5},
    {"DOGE/USD", .14, 1.0, 1.2e9, 6},    {"LTC/USD", 82, .75, 1.5e6, 3},
    {"LINK/USD", 14.2, .9, 1.2e7, 4},    {"USDT/USD", 1.0, .01, 2e9, 5},
};
constexpr std::size_t kVenueCount = std::size(kVenues);
constexpr std::size_t kPairCount = std::size(kPairs);
constexpr double kSlips[] = {10.0, 0.1, 100.0};
constexpr int kSeconds = 3'600;
constexpr double kSecondsOfYear = 31'557'600;

} // namespace

VenueHour::VenueHour(std::uint64_t seed, Instant end)
    : m_random(seed, "venues"), m_begin(end - hours(1)), m_latest(kVenueCount * kPairCount),
      m_silentUntil(kVenueCount), m_frozenUntil(kVenueCount * kPairCount)
{
    for (const auto &spec : kPairs)
        m_pairs.push_back({spec.price, spec.yearlyVolatility * exact::power(kSecondsOfYear, -0.5)});
}

schema::Quote VenueHour::quoteOf(std::size_t venue, std::size_t pair, Instant receivedAt)
{
    const VenueSpec &at = kVenues[venue];
    const PairSpec &spec = kPairs[pair];
    const double middle = m_pairs[pair].fair * exact::exp(at.halfSpread * 0.7 * m_random.normal());
    schema::Quote quote;
    quote.venue = at.name;
    quote.symbol = spec.symbol;
    quote.receivedAt = receivedAt;
    quote.exchangeAt = receivedAt - milliseconds(at.latencyMs + m_random.between(0, at.latencyMs));
    quote.bid = exact::rounded(middle * (1 - at.halfSpread), spec.decimals);
    quote.ask = exact::rounded(middle * (1 + at.halfSpread), spec.decimals);
    quote.last = m_random.chance(0.5) ? quote.bid : quote.ask;
    quote.size = exact::rounded(m_random.pareto(spec.dailyVolume * 2e-7, 1.3), 4);
    quote.volume24h =
        exact::rounded(spec.dailyVolume * at.share * (1 + 0.1 * m_second / kSeconds), 0);
    return quote;
}

void VenueHour::applyFault(std::size_t venue, std::size_t pair, schema::Quote &quote)
{
    const std::size_t cell = venue * kPairCount + pair;
    const bool isSmall = kVenues[venue].share < 0.12;
    if (isSmall && m_random.chance(0.0003))
        m_frozenUntil[cell] = m_second + static_cast<int>(m_random.between(30, 300));
    if (m_second < m_frozenUntil[cell] && !m_latest[cell].venue.empty()) {
        quote.bid = m_latest[cell].bid;
        quote.ask = m_latest[cell].ask;
        quote.last = m_latest[cell].last;
    } else if (m_random.chance(isSmall ? 0.0008 : 0.0001)) {
        const double slip = kSlips[m_random.below(std::size(kSlips))];
        for (double *price : {&quote.bid, &quote.ask, &quote.last})
            *price = std::max(exact::rounded(*price * slip, 8), 1e-8);
    } else if (m_random.chance(isSmall ? 0.0008 : 0.0001)) {
        std::swap(quote.bid, quote.ask);
    } else if (m_random.chance(0.0002)) {
        quote.exchangeAt -= seconds(m_random.between(5, 600));
    }
}

bool VenueHour::nextSecond(std::vector<schema::Quote> &quotes)
{
    quotes.clear();
    if (m_second >= kSeconds)
        return false;
    const double shared = m_random.normal();
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        const bool isPegged = i + 1 == m_pairs.size();
        m_pairs[i].fair *=
            exact::exp(m_pairs[i].volatility *
                       (isPegged ? m_random.normal() : 0.8 * shared + 0.6 * m_random.normal()));
    }
    for (std::size_t venue = 0; venue < kVenueCount; ++venue) {
        if (m_random.chance(0.0004))
            m_silentUntil[venue] = m_second + static_cast<int>(m_random.between(20, 180));
        if (m_second < m_silentUntil[venue])
            continue;
        for (std::size_t pair = 0; pair < kPairCount; ++pair) {
            if (!m_random.chance(kVenues[venue].quotesPerSecond))
                continue;
            const Instant at = m_begin + seconds(m_second) + milliseconds(m_random.between(0, 999));
            auto quote = quoteOf(venue, pair, at);
            applyFault(venue, pair, quote);
            m_latest[venue * kPairCount + pair] = quote;
            quotes.push_back(std::move(quote));
        }
    }
    std::ranges::stable_sort(quotes, {}, &schema::Quote::receivedAt);
    ++m_second;
    return true;
}

} // namespace chrona::sample
