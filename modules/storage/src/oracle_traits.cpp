// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/oracle_traits.h"

namespace chrona::storage {

Status storeTraits(Connection &connection, std::span<const StoredTrait> traits)
{
    std::vector<std::string> feeds, venues, quotes;
    std::vector<Instant> moments;
    std::vector<double> spreads, volumes, noises, spreadSeconds, volumeSeconds;
    for (const StoredTrait &each : traits) {
        feeds.push_back(each.feed);
        venues.push_back(each.venue);
        quotes.push_back(each.quote);
        moments.push_back(each.learnedAt);
        spreads.push_back(each.halfSpreadBps);
        volumes.push_back(each.volume24h);
        noises.push_back(each.noiseFactor);
        spreadSeconds.push_back(each.spreadSeconds);
        volumeSeconds.push_back(each.volumeSeconds);
    }
    auto done = connection.exec(
        "INSERT INTO chrona_oracle.venue_trait (feed_id, venue_id, quote, learned_at, "
        "half_spread_bps, volume_24h, noise_factor, spread_seconds, volume_seconds) "
        "SELECT f.id, v.id, t.quote, t.learned_at, t.half_spread, t.volume, t.noise, "
        "t.spread_seconds, t.volume_seconds "
        "FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::float8[], "
        "$6::float8[], $7::float8[], $8::float8[], $9::float8[]) AS t(symbol, venue, quote, "
        "learned_at, half_spread, volume, noise, spread_seconds, volume_seconds) "
        "JOIN chrona_oracle.feed f ON f.symbol = t.symbol "
        "JOIN chrona_oracle.venue v ON v.name = t.venue "
        "ON CONFLICT (feed_id, venue_id, quote) DO UPDATE SET learned_at = excluded.learned_at, "
        "half_spread_bps = excluded.half_spread_bps, volume_24h = excluded.volume_24h, "
        "noise_factor = excluded.noise_factor, spread_seconds = excluded.spread_seconds, "
        "volume_seconds = excluded.volume_seconds",
        {feeds, venues, quotes, moments, spreads, volumes, noises, spreadSeconds, volumeSeconds});
    return done ? Status{} : std::unexpected(done.error());
}

Result<std::vector<StoredTrait>> loadTraits(Connection &connection, Instant since)
{
    auto rows = connection.query(
        "SELECT f.symbol, v.name, t.quote, t.learned_at, t.half_spread_bps, t.volume_24h, "
        "t.noise_factor, t.spread_seconds, t.volume_seconds FROM chrona_oracle.venue_trait t "
        "JOIN chrona_oracle.feed f ON f.id = t.feed_id "
        "JOIN chrona_oracle.venue v ON v.id = t.venue_id WHERE t.learned_at >= $1",
        {since});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredTrait> traits;
    for (const Row row : *rows)
        traits.push_back({.feed = row.string(0),
                          .venue = row.string(1),
                          .quote = row.string(2),
                          .learnedAt = row.instant(3),
                          .halfSpreadBps = row.float64(4),
                          .volume24h = row.float64(5),
                          .noiseFactor = row.float64(6),
                          .spreadSeconds = row.float64(7),
                          .volumeSeconds = row.float64(8)});
    return traits;
}

Status storeCrowd(Connection &connection, const StoredCrowd &crowd)
{
    auto done = connection.exec(
        "INSERT INTO chrona_oracle.crowd_trait (feed_id, network, learned_at, figures) "
        "SELECT id, $2, $3, $4 FROM chrona_oracle.feed WHERE symbol = $1 "
        "ON CONFLICT (feed_id, network) DO UPDATE SET learned_at = excluded.learned_at, "
        "figures = excluded.figures",
        {crowd.feed, crowd.network, crowd.learnedAt, crowd.figures});
    return done ? Status{} : std::unexpected(done.error());
}

Result<std::vector<StoredCrowd>> loadCrowds(Connection &connection, const std::string &network,
                                            Instant since)
{
    auto rows = connection.query(
        "SELECT f.symbol, t.learned_at, u.figure FROM chrona_oracle.crowd_trait t "
        "JOIN chrona_oracle.feed f ON f.id = t.feed_id, "
        "unnest(t.figures) WITH ORDINALITY AS u(figure, place) "
        "WHERE t.network = $1 AND t.learned_at >= $2 ORDER BY t.feed_id, u.place",
        {network, since});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredCrowd> crowds;
    for (const Row row : *rows) {
        if (crowds.empty() || crowds.back().feed != row.string(0))
            crowds.push_back({.feed = row.string(0),
                              .network = network,
                              .learnedAt = row.instant(1),
                              .figures = {}});
        crowds.back().figures.push_back(row.float64(2));
    }
    return crowds;
}

} // namespace chrona::storage
