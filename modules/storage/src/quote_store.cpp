// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/quote_store.h"

#include "chrona/storage/copy.h"
#include "chrona/storage/partitions.h"
#include "conditions.h"

#include <bit>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace chrona::storage {
namespace {

using schema::Quote;

/// All that a tick says, as numbers: what makes it the same tick. NaN equals NaN here. In order of
/// feed, venue and arrival, as the index has them.
struct Tick {
    std::array<std::int64_t, 9> fields;
    friend auto operator<=>(const Tick &, const Tick &) = default;

    [[nodiscard]] std::int64_t feed() const { return fields[0]; }
    [[nodiscard]] std::int64_t venue() const { return fields[1]; }
    [[nodiscard]] std::int64_t at() const { return fields[2]; }
};

/// As many as lie in one range of the index by time: within it their order on the disk is free.
constexpr std::size_t kTicksSorted = 8192;

struct HashOfTick {
    std::size_t operator()(const Tick &tick) const noexcept
    {
        std::uint64_t hash = 0;
        for (const std::int64_t field : tick.fields)
            hash = (std::rotl(hash, 5) ^ static_cast<std::uint64_t>(field)) * 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(hash ^ (hash >> 32));
    }
};
using Ticks = std::unordered_set<Tick, HashOfTick>;

/// Names and their numbers in a small table.
using Numbers = std::unordered_map<std::string, std::int64_t>;

std::int64_t bitsOf(double value)
{
    return std::bit_cast<std::int64_t>(std::isnan(value) ? std::nan("") : value);
}

Tick tickOf(const Quote &quote, std::int64_t venue, std::int64_t feed)
{
    return {{feed, venue, quote.receivedAt.time_since_epoch().count(),
             quote.exchangeAt.time_since_epoch().count(), bitsOf(quote.bid), bitsOf(quote.ask),
             bitsOf(quote.last), bitsOf(quote.size), bitsOf(quote.volume24h)}};
}

Result<Numbers> numbersFor(Connection &connection, const char *insert, const char *select,
                           const std::unordered_set<std::string> &names)
{
    std::vector<std::string> list(names.begin(), names.end());
    std::ranges::sort(list); // numbers are given in one order
    // Looked up first: an insert that conflicts would use up a number of the sequence each time.
    auto rows = connection.query(select, {list});
    if (rows && rows->size() < list.size()) {
        if (auto done = connection.exec(insert, {list}); !done)
            return std::unexpected(done.error());
        rows = connection.query(select, {list});
    }
    if (!rows)
        return std::unexpected(rows.error());
    Numbers numbers;
    for (const Row row : *rows)
        numbers[row.string(0)] = row.int64(1);
    return numbers;
}

struct Dictionaries {
    Numbers venues, feeds;
};

Result<Dictionaries> dictionariesFor(Connection &connection, std::span<const Quote> quotes)
{
    std::unordered_set<std::string> venues;
    std::unordered_set<std::string> symbols;
    for (const Quote &quote : quotes) {
        venues.insert(quote.venue);
        symbols.insert(quote.symbol);
    }
    auto venueNumbers = numbersFor(
        connection,
        "INSERT INTO chrona_oracle.venue (name) SELECT n FROM unnest($1::text[]) n "
        "WHERE NOT EXISTS (SELECT FROM chrona_oracle.venue WHERE name = n) ON CONFLICT DO NOTHING",
        "SELECT name, id::int8 FROM chrona_oracle.venue WHERE name = ANY($1)", venues);
    if (!venueNumbers)
        return std::unexpected(venueNumbers.error());
    auto feedNumbers = numbersFor(
        connection,
        "INSERT INTO chrona_oracle.feed (symbol) SELECT n FROM unnest($1::text[]) n "
        "WHERE NOT EXISTS (SELECT FROM chrona_oracle.feed WHERE symbol = n) ON CONFLICT DO NOTHING",
        "SELECT symbol, id::int8 FROM chrona_oracle.feed WHERE symbol = ANY($1)", symbols);
    if (!feedNumbers)
        return std::unexpected(feedNumbers.error());
    return Dictionaries{std::move(*venueNumbers), std::move(*feedNumbers)};
}

/// What is stored already of each venue and feed, within the times of the batch for that pair: for
/// live ticks, which are newer than everything, that is nothing.
Result<Ticks> storedTicks(Connection &connection, const std::vector<Tick> &ticks)
{
    // By feed and venue, whose numbers have 32 and 16 bits.
    std::unordered_map<std::int64_t, std::pair<std::int64_t, std::int64_t>> windows;
    for (const Tick &tick : ticks) {
        auto &[first, last] =
            windows.try_emplace(tick.fields[0] << 16 | tick.fields[1], tick.at(), tick.at())
                .first->second;
        first = std::min(first, tick.at());
        last = std::max(last, tick.at());
    }
    std::vector<std::int64_t> venues, feeds;
    std::vector<Instant> firsts, lasts;
    for (const auto &[pair, window] : windows) {
        venues.push_back(pair & 0xffff);
        feeds.push_back(pair >> 16);
        firsts.emplace_back(Duration(window.first));
        lasts.emplace_back(Duration(window.second));
    }
    auto rows = connection.query(
        "SELECT q.venue_id::int8, q.feed_id::int8, q.received_at, q.exchange_at, q.bid, q.ask, "
        "q.last, q.size, q.volume_24h FROM unnest($1::int8[], $2::int8[], $3::timestamptz[], "
        "$4::timestamptz[]) AS w(venue, feed, first, last) CROSS JOIN LATERAL "
        "(SELECT * FROM chrona_oracle.quote WHERE feed_id = w.feed::int4 "
        "AND venue_id = w.venue::int2 AND received_at BETWEEN w.first AND w.last) q",
        {venues, feeds, firsts, lasts});
    if (!rows)
        return std::unexpected(rows.error());
    Ticks stored;
    stored.reserve(rows->size());
    for (const Row row : *rows) {
        stored.insert({{row.int64(1), row.int64(0), row.instant(2).time_since_epoch().count(),
                        row.instant(3).time_since_epoch().count(), bitsOf(row.float64(4)),
                        bitsOf(row.float64(5)), bitsOf(row.float64(6)), bitsOf(row.float64(7)),
                        bitsOf(row.float64(8))}});
    }
    return stored;
}

/// In order of time, and within pieces of that in the order of the index by feed: what is inserted
/// one after the other then meets the same pages of it. What repeats itself is left out.
void arrange(std::vector<Tick> &ticks)
{
    if (!std::ranges::is_sorted(ticks, {}, &Tick::at))
        std::ranges::sort(ticks, {}, &Tick::at);
    for (std::size_t begin = 0; begin < ticks.size();) {
        std::size_t end = std::min(begin + kTicksSorted, ticks.size());
        while (end < ticks.size() && ticks[end].at() == ticks[end - 1].at())
            ++end; // a tick and its repeat are of one moment
        std::ranges::sort(std::span(ticks).subspan(begin, end - begin));
        begin = end;
    }
    const auto repeats = std::ranges::unique(ticks);
    ticks.erase(repeats.begin(), repeats.end());
}

Result<std::int64_t> copyTicks(Connection &connection, const std::vector<Tick> &ticks,
                               const Ticks &stored, Provenance provenance)
{
    auto copy =
        connection.copyIn("COPY chrona_oracle.quote (received_at, exchange_at, bid, ask, last, "
                          "size, volume_24h, feed_id, venue_id, synthetic) "
                          "FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Tick &tick : ticks) {
        if (!stored.empty() && stored.contains(tick))
            continue;
        copy->beginRow(10);
        copy->instant(Instant(Duration(tick.at())));
        copy->instant(Instant(Duration(tick.fields[3])));
        for (std::size_t i = 4; i < 9; ++i)
            copy->int64(tick.fields[i]); // the bits of a double
        copy->int32(static_cast<std::int32_t>(tick.feed()));
        copy->int16(static_cast<std::int16_t>(tick.venue()));
        copy->boolean(provenance == Provenance::Synthetic);
        if (Status sent = copy->endRow(); !sent)
            return std::unexpected(sent.error());
    }
    return copy->finish();
}

} // namespace

Result<StoreReport> bulkStoreQuotes(Connection &connection, std::span<const Quote> quotes,
                                    Provenance provenance)
{
    if (quotes.empty())
        return StoreReport{};
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto [first, last] = std::ranges::minmax(quotes, {}, &Quote::receivedAt);
    if (Status made = ensurePartitions(connection, "chrona_oracle.quote",
                                       {first.receivedAt, last.receivedAt});
        !made)
        return std::unexpected(made.error());
    const auto dictionaries = dictionariesFor(connection, quotes);
    if (!dictionaries)
        return std::unexpected(dictionaries.error());
    std::vector<Tick> ticks;
    ticks.reserve(quotes.size());
    for (const Quote &quote : quotes) {
        ticks.push_back(tickOf(quote, dictionaries->venues.find(quote.venue)->second,
                               dictionaries->feeds.find(quote.symbol)->second));
    }
    arrange(ticks);
    auto stored = storedTicks(connection, ticks);
    if (!stored)
        return std::unexpected(stored.error());
    const auto copied = copyTicks(connection, ticks, *stored, provenance);
    if (!copied)
        return std::unexpected(copied.error());
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return StoreReport{*copied, static_cast<std::int64_t>(quotes.size()) - *copied, 0};
}

Result<std::vector<Quote>> loadQuotes(Connection &connection, const QuoteQuery &query)
{
    Conditions where;
    where.add("f.symbol = ?", query.symbol);
    if (!query.venue.empty())
        where.add("v.name = ?", query.venue);
    if (query.from)
        where.add("received_at >= ?", *query.from);
    if (query.to)
        where.add("received_at < ?", *query.to);
    const std::string limit = where.placeholder(std::int64_t{query.limit});
    const std::string sql = std::format(
        "SELECT v.name, f.symbol, received_at, exchange_at, bid, ask, last, size, volume_24h "
        "FROM chrona_oracle.quote q JOIN chrona_oracle.venue v ON v.id = q.venue_id "
        "JOIN chrona_oracle.feed f ON f.id = q.feed_id{} ORDER BY received_at, v.name LIMIT {}",
        where.sql(), limit);
    auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Quote> quotes;
    quotes.reserve(rows->size());
    for (const Row row : *rows) {
        quotes.push_back({row.string(0), row.string(1), row.instant(2), row.instant(3),
                          row.float64(4), row.float64(5), row.float64(6), row.float64(7),
                          row.float64(8)});
    }
    return quotes;
}

} // namespace chrona::storage
