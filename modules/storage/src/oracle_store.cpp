// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/oracle_store.h"

#include "chrona/storage/copy.h"

#include <cmath>

namespace chrona::storage {
namespace {

template <class Number>
Result<std::vector<Number>> numbersOf(Connection &connection, const char *insert,
                                      const char *select, std::span<const std::string> names)
{
    if (auto made = connection.exec(insert, {names}); !made)
        return std::unexpected(made.error());
    auto rows = connection.query(select, {names});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Number> numbers;
    for (const Row row : *rows)
        numbers.push_back(static_cast<Number>(row.int64(0)));
    return numbers;
}

double vwapOf(const OracleBar &bar)
{
    return bar.volume > 0 ? bar.turnover / bar.volume : std::nan("");
}

std::span<const std::byte> bytesOf(const std::string &text)
{
    return std::as_bytes(std::span(text));
}

/// Copies what `write` makes of each row; `fields` is the number of columns.
template <class T, class Write>
Status copyRows(Connection &connection, const char *sql, std::int16_t fields,
                const std::vector<T> &rows, Write write)
{
    if (rows.empty())
        return {};
    auto copy = connection.copyIn(sql);
    if (!copy)
        return std::unexpected(copy.error());
    for (const T &row : rows) {
        copy->beginRow(fields);
        write(*copy, row);
        if (Status sent = copy->endRow(); !sent)
            return sent;
    }
    const auto done = copy->finish();
    return done ? Status{} : std::unexpected(done.error());
}

void writeAnswer(CopyIn &copy, const StoredAnswer &answer)
{
    copy.instant(answer.at);
    copy.int32(answer.feed);
    copy.float64(answer.price);
    copy.float64(answer.confidenceBps);
    copy.int16(answer.sources);
    copy.int16(answer.state);
    copy.bytes(bytesOf(answer.explanation));
}

/// Minutes, hours and days. One that was begun before a restart goes on.
Status joinWideBars(Connection &connection, const std::vector<OracleBar> &bars, bool isSynthetic)
{
    for (const OracleBar &bar : bars) {
        if (bar.widthMs == 1'000)
            continue;
        auto done = connection.exec(
            "INSERT INTO chrona_oracle.quote_bar AS b (feed_id, venue_id, width_ms, opens_at, "
            "open, "
            "high, low, close, vwap, volume, ticks, synthetic) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
            "ON CONFLICT (feed_id, venue_id, width_ms, opens_at) DO UPDATE SET "
            "high = greatest(b.high, excluded.high), low = least(b.low, excluded.low), "
            "close = excluded.close, ticks = b.ticks + excluded.ticks, "
            "volume = b.volume + excluded.volume, "
            "vwap = CASE WHEN b.volume <= 0 THEN excluded.vwap "
            "WHEN excluded.volume <= 0 THEN b.vwap "
            "ELSE (b.vwap * b.volume + excluded.vwap * excluded.volume) "
            "/ (b.volume + excluded.volume) END",
            {bar.feed, bar.venue, bar.widthMs, bar.opensAt, bar.open, bar.high, bar.low, bar.close,
             vwapOf(bar), bar.volume, bar.ticks, isSynthetic});
        if (!done)
            return std::unexpected(done.error());
    }
    return {};
}

} // namespace

Result<OracleNumbers> oracleNumbers(Connection &connection, std::span<const std::string> feeds,
                                    std::span<const std::string> venues)
{
    auto feedNumbers = numbersOf<std::int32_t>(
        connection,
        "INSERT INTO chrona_oracle.feed (symbol) SELECT DISTINCT n FROM unnest($1::text[]) n "
        "WHERE NOT EXISTS (SELECT FROM chrona_oracle.feed WHERE symbol = n) ON CONFLICT DO NOTHING",
        "SELECT f.id::int8 FROM unnest($1::text[]) WITH ORDINALITY AS n(symbol, place) "
        "JOIN chrona_oracle.feed f USING (symbol) ORDER BY n.place",
        feeds);
    if (!feedNumbers)
        return std::unexpected(feedNumbers.error());
    auto venueNumbers = numbersOf<std::int16_t>(
        connection,
        "INSERT INTO chrona_oracle.venue (name) SELECT DISTINCT n FROM unnest($1::text[]) n "
        "WHERE NOT EXISTS (SELECT FROM chrona_oracle.venue WHERE name = n) ON CONFLICT DO NOTHING",
        "SELECT v.id::int8 FROM unnest($1::text[]) WITH ORDINALITY AS n(name, place) "
        "JOIN chrona_oracle.venue v USING (name) ORDER BY n.place",
        venues);
    if (!venueNumbers)
        return std::unexpected(venueNumbers.error());
    return OracleNumbers{std::move(*feedNumbers), std::move(*venueNumbers)};
}

Status storeOracleBatch(Connection &connection, const OracleBatch &batch)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const bool isSynthetic = batch.provenance == Provenance::Synthetic;
    std::vector<OracleBar> seconds;
    for (const OracleBar &bar : batch.bars)
        if (bar.widthMs == 1'000)
            seconds.push_back(bar);
    const Status done =
        copyRows(connection,
                 "COPY chrona_oracle.second_bar (opens_at, feed_id, venue_id, open, high, low, "
                 "close, vwap, volume, ticks, synthetic) FROM STDIN (FORMAT binary)",
                 11, seconds,
                 [&](CopyIn &copy, const OracleBar &bar) {
                     copy.instant(bar.opensAt);
                     copy.int32(bar.feed);
                     copy.int16(bar.venue);
                     for (const double value :
                          {bar.open, bar.high, bar.low, bar.close, vwapOf(bar), bar.volume})
                         copy.float64(value);
                     copy.int32(bar.ticks);
                     copy.boolean(isSynthetic);
                 })
            .and_then([&] { return joinWideBars(connection, batch.bars, isSynthetic); })
            .and_then([&] {
                return copyRows(connection,
                                "COPY chrona_oracle.answer (at, feed_id, price, confidence_bps, "
                                "sources, state, explanation, synthetic) "
                                "FROM STDIN (FORMAT binary)",
                                8, batch.answers, [&](CopyIn &copy, const StoredAnswer &answer) {
                                    writeAnswer(copy, answer);
                                    copy.boolean(isSynthetic);
                                });
            })
            .and_then([&] {
                return copyRows(connection,
                                "COPY chrona_oracle.epoch_answer (at, feed_id, price, "
                                "confidence_bps, sources, state, explanation, epoch, hand_in, "
                                "band_probability, synthetic) FROM STDIN (FORMAT binary)",
                                11, batch.epochs, [&](CopyIn &copy, const StoredEpoch &epoch) {
                                    writeAnswer(copy, epoch.answer);
                                    copy.int64(epoch.epoch);
                                    copy.float64(epoch.handIn);
                                    copy.float64(epoch.bandProbability);
                                    copy.boolean(isSynthetic);
                                });
            })
            .and_then([&] {
                return copyRows(connection,
                                "COPY chrona_oracle.anomaly (at, feed_id, venue_id, class, reason, "
                                "price, count, synthetic) FROM STDIN (FORMAT binary)",
                                8, batch.anomalies, [&](CopyIn &copy, const StoredAnomaly &what) {
                                    copy.instant(what.at);
                                    copy.int32(what.feed);
                                    copy.int16(what.venue);
                                    copy.int16(what.kind);
                                    copy.int16(what.reason);
                                    copy.float64(what.price);
                                    copy.int32(what.count);
                                    copy.boolean(isSynthetic);
                                });
            });
    return done ? transaction->commit() : done;
}

Result<std::optional<StoredAnswer>> loadOracleAnswer(Connection &connection,
                                                     const std::string &feed, Instant at)
{
    auto rows = connection.query(
        "WITH f AS (SELECT id FROM chrona_oracle.feed WHERE symbol = $1) "
        "SELECT * FROM ("
        "(SELECT a.at, a.feed_id, a.price, a.confidence_bps, a.sources, a.state, a.explanation, "
        "a.synthetic "
        "FROM chrona_oracle.answer a WHERE a.feed_id = (SELECT id FROM f) AND a.at <= $2 "
        "ORDER BY a.at DESC LIMIT 1) UNION ALL "
        "(SELECT e.at, e.feed_id, e.price, e.confidence_bps, e.sources, e.state, e.explanation, "
        "e.synthetic "
        "FROM chrona_oracle.epoch_answer e WHERE e.feed_id = (SELECT id FROM f) AND e.at <= $2 "
        "ORDER BY e.at DESC LIMIT 1)) found ORDER BY at DESC LIMIT 1",
        {feed, at});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    const Row row = rows->first();
    const auto bytes = row.bytes(6);
    return StoredAnswer{row.instant(0),
                        row.int32(1),
                        row.float64(2),
                        row.float64(3),
                        row.int16(4),
                        row.int16(5),
                        {reinterpret_cast<const char *>(bytes.data()), bytes.size()},
                        row.boolean(7)};
}

Status addVenueDay(Connection &connection, std::int16_t venue, const StoredVenueDay &day)
{
    auto done = connection.exec(
        "INSERT INTO chrona_oracle.venue_day AS d (venue_id, day, watched_seconds, heard_seconds) "
        "VALUES ($1, $2::timestamptz::date, $3, $4) ON CONFLICT (venue_id, day) DO UPDATE SET "
        "watched_seconds = d.watched_seconds + excluded.watched_seconds, "
        "heard_seconds = d.heard_seconds + excluded.heard_seconds",
        {venue, Instant(day.day), day.watchedSeconds, day.heardSeconds});
    return done ? Status{} : std::unexpected(done.error());
}

Result<std::vector<StoredVenueDay>> loadVenueDays(Connection &connection, const std::string &venue,
                                                  Date from)
{
    auto rows = connection.query(
        "SELECT d.day::timestamptz, d.watched_seconds, d.heard_seconds "
        "FROM chrona_oracle.venue_day d JOIN chrona_oracle.venue v ON v.id = d.venue_id "
        "WHERE v.name = $1 AND d.day >= $2::timestamptz::date ORDER BY d.day",
        {venue, Instant(from)});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredVenueDay> days;
    for (const Row row : *rows)
        days.push_back({std::chrono::floor<std::chrono::days>(row.instant(0)), row.float64(1),
                        row.float64(2)});
    return days;
}

} // namespace chrona::storage
