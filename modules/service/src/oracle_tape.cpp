// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_tape.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace chrona::service {
namespace {

constexpr std::int64_t kTicksMax = 500'000;

std::int64_t millis(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

/// What a venue is taken for, from what it says over the hour.
Result<std::vector<RecordedMarket>> marketsOf(storage::Connection &connection)
{
    auto rows = connection.query(
        "SELECT v.name, f.symbol, "
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY 10000 * (q.ask - q.bid) / (q.ask + q.bid)) "
        "FILTER (WHERE q.ask > q.bid AND q.bid > 0), "
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY q.volume_24h) FILTER (WHERE q.volume_24h > 0) "
        "FROM chrona_oracle.quote q JOIN chrona_oracle.venue v ON v.id = q.venue_id "
        "JOIN chrona_oracle.feed f ON f.id = q.feed_id WHERE q.synthetic "
        "GROUP BY v.name, f.symbol ORDER BY f.symbol, v.name");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<RecordedMarket> markets;
    std::map<std::string, double, std::less<>> volumes;
    for (const storage::Row row : *rows) {
        RecordedMarket market{.venue = row.string(0), .symbol = row.string(1)};
        if (!row.isNull(2))
            market.halfSpreadBps = std::clamp(row.float64(2), 0.1, 100.0);
        market.volumeShare = row.isNull(3) ? 0 : row.float64(3);
        volumes[market.symbol] += market.volumeShare;
        markets.push_back(std::move(market));
    }
    for (RecordedMarket &market : markets)
        market.volumeShare /= std::max(volumes[market.symbol], 1e-9);
    return markets;
}

} // namespace

Result<std::string> tapeName(storage::Connection &connection)
{
    // Without a sample world the ticks, which may be many, are not looked at.
    auto rows = connection.query("SELECT received_at FROM chrona_oracle.quote WHERE synthetic "
                                 "AND EXISTS (SELECT FROM chrona_world.source WHERE synthetic) "
                                 "ORDER BY received_at DESC LIMIT 1");
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? std::string() : formatInstant(rows->first().instant(0));
}

Result<OracleRun::Parts> loadTape(storage::Connection &connection)
{
    const auto markets = marketsOf(connection);
    if (!markets)
        return std::unexpected(markets.error());
    auto plan = planOf(*markets);
    if (!plan)
        return std::unexpected(plan.error());
    std::map<std::pair<std::string, std::string>, std::pair<std::uint32_t, std::uint32_t>> places;
    for (std::uint32_t v = 0; v < plan->venues.size(); ++v)
        for (std::uint32_t m = 0; m < plan->venues[v].markets.size(); ++m)
            places[{plan->venues[v].name, plan->venues[v].markets[m].symbol()}] = {v, m};
    auto rows = connection.query(
        "SELECT v.name, f.symbol, q.received_at, q.exchange_at, q.bid, q.ask, q.last, q.size, "
        "q.volume_24h FROM chrona_oracle.quote q JOIN chrona_oracle.venue v ON v.id = q.venue_id "
        "JOIN chrona_oracle.feed f ON f.id = q.feed_id WHERE q.synthetic "
        "ORDER BY q.received_at LIMIT $1",
        {kTicksMax});
    if (!rows)
        return std::unexpected(rows.error());
    OracleRun::Parts parts;
    parts.tape.ticks.reserve(rows->size());
    for (const storage::Row row : *rows) {
        const auto place = places.find({row.string(0), row.string(1)});
        if (place == places.end())
            continue;
        parts.tape.ticks.push_back({.receivedMs = millis(row.instant(2)),
                                    .exchangeMs = millis(row.instant(3)),
                                    .venue = place->second.first,
                                    .market = place->second.second,
                                    .isPolled = false,
                                    .bid = row.float64(4),
                                    .ask = row.float64(5),
                                    .last = row.float64(6),
                                    .size = row.float64(7),
                                    .volume24h = row.float64(8)});
    }
    parts.plan = std::move(*plan);
    parts.mode = ipc::OracleMode::Replay;
    return parts;
}

} // namespace chrona::service
