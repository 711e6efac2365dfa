// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/feed_accuracy.h"

#include "sql_bytes.h"

#include "chrona/flare/value_provider.h"

#include <algorithm>
#include <map>

namespace chrona::flare {
namespace {

using ethereum::Address;
using storage::Connection;
using storage::Row;

/// One feed of one round, as it was computed.
struct FeedBand {
    ftso::FeedId id{};
    FeedAccuracy::Last result;
    [[nodiscard]] ftso::RewardBands bands() const
    {
        return {result.quartile1, result.quartile3, result.pctLow, result.pctHigh};
    }
};
using RoundBands = std::map<RoundId, std::map<std::int16_t, FeedBand>>;

Result<RoundBands> readBands(Connection &connection, std::string_view network, int roundsMax)
{
    const auto rows = connection.query(
        "WITH newest AS (SELECT r.chain_id, r.round FROM chrona_oracle.round AS r JOIN "
        "chrona_oracle.chain AS c ON c.id = r.chain_id WHERE c.network = $1 AND r.voters > 0 ORDER "
        "BY r.round DESC LIMIT $2) SELECT f.round, f.position, f.feed_id, f.decimals, f.median, "
        "f.quartile1, f.quartile3, f.pct_low, f.pct_high FROM chrona_oracle.round_feed AS f JOIN "
        "newest USING (chain_id, round) WHERE f.median IS NOT NULL AND f.quartile1 IS NOT NULL AND "
        "f.quartile3 IS NOT NULL AND f.pct_low IS NOT NULL AND f.pct_high IS NOT NULL",
        {std::string(network), std::int64_t{roundsMax}});
    if (!rows)
        return std::unexpected(rows.error());
    RoundBands bands;
    for (const Row row : *rows)
        bands[row.int64(0)][row.int16(1)] = {fixedAt<21>(row, 2),
                                             {.round = row.int64(0),
                                              .decimals = row.int16(3),
                                              .median = row.int32(4),
                                              .quartile1 = row.int32(5),
                                              .quartile3 = row.int32(6),
                                              .pctLow = row.int64(7),
                                              .pctHigh = row.int64(8)}};
    return bands;
}

/// Everybody's counts of one feed, by identity.
struct FeedTally {
    std::int64_t rounds = 0;
    FeedAccuracy::Last last{};
    std::map<Address, FeedAccuracy::Counts> voters{};
};

class Tally {
public:
    Tally(const RoundBands &bands, const Address &identity) : m_bands(bands), m_identity(identity)
    {
        for (const auto &[round, feeds] : bands)
            for (const auto &[position, band] : feeds) {
                FeedTally &feed = m_feeds[band.id];
                ++feed.rounds;
                feed.last = band.result;
            }
    }

    void take(RoundId round, const Address &identity, const Address &submit,
              std::span<const ftso::FeedValue> values)
    {
        const auto feeds = m_bands.find(round);
        if (feeds == m_bands.end())
            return;
        for (const auto &[position, band] : feeds->second) {
            const auto at = static_cast<std::size_t>(position);
            if (position < 0 || at >= values.size() || !values[at])
                continue;
            FeedTally &feed = m_feeds[band.id];
            feed.voters[identity].add(
                closenessOf(*values[at], band.result.median, band.bands(), band.id, round, submit));
            if (identity == m_identity && feed.last.round == round)
                feed.last.value = *values[at];
        }
    }

    [[nodiscard]] AccuracyView view() const
    {
        AccuracyView view;
        if (m_bands.empty())
            return view;
        view.firstRound = m_bands.begin()->first;
        view.lastRound = m_bands.rbegin()->first;
        for (const auto &[position, band] : m_bands.rbegin()->second)
            view.feeds.push_back(summary(band.id, m_feeds.at(band.id)));
        return view;
    }

private:
    [[nodiscard]] FeedAccuracy summary(const ftso::FeedId &id, const FeedTally &tally) const
    {
        FeedAccuracy feed{.feed = feedName(id),
                          .rounds = tally.rounds,
                          .own = {},
                          .others = {},
                          .last = tally.last};
        feed.voters = static_cast<std::int32_t>(tally.voters.size());
        const auto own = tally.voters.find(m_identity);
        if (own != tally.voters.end()) {
            feed.own = own->second;
            feed.rank = 1;
        }
        for (const auto &[identity, counts] : tally.voters) {
            if (identity == m_identity)
                continue;
            feed.others.values += counts.values;
            feed.others.inIqr += counts.inIqr;
            feed.others.inPct += counts.inPct;
            feed.others.near += counts.near;
            // By cross-multiplication: shares of different counts.
            if (feed.rank > 0 && counts.inIqr * feed.own.values > feed.own.inIqr * counts.values)
                ++feed.rank;
        }
        return feed;
    }

    const RoundBands &m_bands;
    Address m_identity;
    std::map<ftso::FeedId, FeedTally> m_feeds;
};

} // namespace

Closeness closenessOf(std::int64_t value, std::int64_t median, const ftso::RewardBands &bands,
                      const ftso::FeedId &feed, RoundId round, const Address &submit)
{
    const bool isOnBorder = value == bands.iqrLow || value == bands.iqrHigh;
    return {.isInIqr =
                (value > bands.iqrLow && value < bands.iqrHigh) ||
                (isOnBorder && ftso::borderCounts(feed, static_cast<std::uint32_t>(round), submit)),
            .isInPct = value > bands.pctLow && value < bands.pctHigh,
            .isNear = 200 * std::abs(value - median) <= std::abs(median)};
}

void FeedAccuracy::Counts::add(const Closeness &value)
{
    ++values;
    inIqr += value.isInIqr ? 1 : 0;
    inPct += value.isInPct ? 1 : 0;
    near += value.isNear ? 1 : 0;
}

Result<AccuracyView> accuracyOf(Connection &connection, std::string_view network,
                                const Address &identity, int roundsMax)
{
    const auto bands = readBands(connection, network, roundsMax);
    if (!bands)
        return std::unexpected(bands.error());
    Tally tally(*bands, identity);
    if (bands->empty())
        return tally.view();
    const auto rows = connection.query(
        "SELECT s.round, s.identity, s.submit, s.given_values, s.feeds FROM "
        "chrona_oracle.submission AS s JOIN chrona_oracle.chain AS c ON c.id = s.chain_id WHERE "
        "c.network = $1 AND s.round BETWEEN $2 AND $3 AND s.given > 0",
        {std::string(network), bands->begin()->first, bands->rbegin()->first});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows) {
        const auto feeds = static_cast<std::size_t>(std::max(row.int32(4), 0));
        if (const auto values = ftso::decodeFeedValues(bytesAt(row, 3), feeds))
            tally.take(row.int64(0), fixedAt<20>(row, 1), fixedAt<20>(row, 2), *values);
    }
    return tally.view();
}

} // namespace chrona::flare
