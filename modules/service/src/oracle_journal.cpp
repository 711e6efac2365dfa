// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_journal.h"

#include "instants.h"
#include "oracle_record.h"

#include "chrona/base/log.h"
#include "chrona/storage/partitions.h"

#include <algorithm>
#include <cmath>

namespace chrona::service {

storage::StoredAnswer OracleJournal::stored(std::uint32_t feed, const oracle::Answer &answer) const
{
    storage::StoredAnswer out;
    out.at = instantOfMillis(answer.atMs);
    out.feed = static_cast<std::int32_t>(feed);
    out.price = answer.price;
    out.confidenceBps = answer.confidenceBps;
    out.sources = static_cast<std::int16_t>(answer.sources);
    out.state = static_cast<std::int16_t>(answer.state);
    writeAnswer(m_plan.feeds[feed], answer, {m_heardBy, m_plan.collectors}, out.explanation);
    return out;
}

OracleJournal::OracleJournal(const OraclePlan &plan, std::shared_ptr<storage::Pool> pool)
    : m_plan(plan), m_pool(std::move(pool)),
      m_writer([this](std::stop_token stop) { write(std::move(stop)); })
{
    std::size_t markets = plan.feeds.size();
    for (const PlannedVenue &venue : plan.venues) {
        m_marketBegin.push_back(markets);
        markets += venue.markets.size();
    }
}

OracleJournal::~OracleJournal()
{
    handOver();
    m_writer.request_stop();
    m_writer.join();
}

void OracleJournal::heardBy(std::uint32_t, std::span<const std::uint8_t> collectors)
{
    m_heardBy.assign(collectors.begin(), collectors.end());
}

void OracleJournal::answered(std::uint32_t feed, const oracle::Answer &answer)
{
    if (answer.state != oracle::AnswerState::None)
        m_open.rows.answers.push_back(stored(feed, answer));
}

void OracleJournal::epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &answer,
                               const oracle::BandChoice &choice)
{
    if (answer.state == oracle::AnswerState::None)
        return;
    const bool isSound = answer.state == oracle::AnswerState::Sound;
    m_open.rows.epochs.push_back({.answer = stored(feed, answer),
                                  .epoch = epoch,
                                  .handIn = isSound ? choice.price : std::nan(""),
                                  .bandProbability = isSound ? choice.probability : 0});
}

void OracleJournal::secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                                std::span<const DeskAnomaly> anomalies)
{
    for (const DeskBar &bar : bars)
        m_open.rows.bars.push_back(
            {.opensAt = instantOfMillis(bar.opensAtMs),
             .widthMs = bar.widthMs,
             .feed = static_cast<std::int32_t>(m_marketBegin[bar.venue] + bar.market),
             .venue = static_cast<std::int16_t>(bar.venue),
             .open = bar.open,
             .high = bar.high,
             .low = bar.low,
             .close = bar.close,
             .volume = bar.volume,
             .turnover = bar.turnover,
             .ticks = bar.ticks});
    for (const DeskAnomaly &what : anomalies) {
        const std::string &name = m_plan.feeds[what.feed].venues[what.venueInFeed].name;
        const auto venue = std::ranges::find(m_plan.venues, name, &PlannedVenue::name);
        m_open.rows.anomalies.push_back(
            {.at = instantOfMillis(what.atMs),
             .feed = static_cast<std::int32_t>(what.feed),
             .venue = static_cast<std::int16_t>(venue - m_plan.venues.begin()),
             .kind = static_cast<std::int16_t>(what.verdict.judged),
             .reason = static_cast<std::int16_t>(what.verdict.reason),
             .price = what.price,
             .count = what.count});
    }
    if (m_openedMs == 0 || atMs < m_openedMs) // or the clock was set back
        m_openedMs = atMs;
    if (atMs - m_openedMs >= kBatchMs) {
        handOver();
        m_openedMs = atMs;
    }
}

void OracleJournal::noteVenueDay(std::uint32_t venue, const sources::VenueDay &day)
{
    sources::VenueDay &known = m_noted[{venue, day.day}];
    if (day.watchedSeconds <= known.watchedSeconds)
        return;
    m_open.days.push_back({venue,
                           {.day = day.day,
                            .watchedSeconds = day.watchedSeconds - known.watchedSeconds,
                            .heardSeconds = day.heardSeconds - known.heardSeconds}});
    known = day;
}

void OracleJournal::noteLearned(OracleMemory memory)
{
    if (!m_open.learned.traits.empty() || !m_open.learned.crowds.empty())
        handOver(); // a statement takes each row once
    m_open.learned = std::move(memory);
}

void OracleJournal::handOver()
{
    m_open.rows.provenance =
        m_plan.isSynthetic ? storage::Provenance::Synthetic : storage::Provenance::Real;
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::exchange(m_open, {}));
        if (m_waiting.size() > kWaitingMax) {
            m_waiting.pop_front();
            ++m_lost;
        }
    }
    m_wake.notify_one();
}

void OracleJournal::write(std::stop_token stop)
{
    bool isFailing = false; // told once
    while (true) {
        Batch batch;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); });
            if (m_waiting.empty())
                return; // told to stop, and all is written
            batch = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        const Status done = writeOne(batch);
        if (!done) {
            ++m_lost;
            if (!isFailing)
                log::warning("oracle", "answers are not stored: {}", describe(done.error()));
        }
        isFailing = !done;
        if (isFailing && stop.stop_requested())
            return; // a database that is gone is not waited for
    }
}

Status OracleJournal::writeOne(Batch &batch)
{
    auto lease = m_pool->take(); // a stop still wants this batch
    if (!lease)
        return std::unexpected(lease.error());
    storage::Connection &connection = **lease;
    if (m_feedNumbers.empty())
        if (const Status numbered = numberAll(connection); !numbered)
            return numbered;
    putNumbers(batch.rows);
    if (const Status done = storage::storeOracleBatch(connection, batch.rows); !done)
        return done;
    for (const DayGain &gain : batch.days)
        if (const Status done =
                storage::addVenueDay(connection, m_venueNumbers[gain.venue], gain.day);
            !done)
            return done;
    return storeMemory(connection, batch.learned);
}

/// Feeds and markets share one table of symbols: a market of a venue is a symbol too.
Status OracleJournal::numberAll(storage::Connection &connection)
{
    std::vector<std::string> symbols, venues;
    for (const oracle::FeedSetup &feed : m_plan.feeds)
        symbols.push_back(feed.name);
    for (const PlannedVenue &venue : m_plan.venues) {
        venues.push_back(venue.name);
        for (const PlannedVenue::Market &market : venue.markets)
            symbols.push_back(market.symbol());
    }
    auto numbers = storage::oracleNumbers(connection, symbols, venues);
    if (!numbers)
        return std::unexpected(numbers.error());
    m_feedNumbers = std::move(numbers->feeds);
    m_venueNumbers = std::move(numbers->venues);
    return storage::ensurePartitions(connection);
}

void OracleJournal::putNumbers(storage::OracleBatch &rows) const
{
    const auto feed = [this](std::int32_t &place) {
        place = m_feedNumbers[static_cast<std::size_t>(place)];
    };
    const auto venue = [this](std::int16_t &place) {
        place = m_venueNumbers[static_cast<std::size_t>(place)];
    };
    for (storage::OracleBar &bar : rows.bars) {
        feed(bar.feed);
        venue(bar.venue);
    }
    for (storage::StoredAnswer &answer : rows.answers)
        feed(answer.feed);
    for (storage::StoredEpoch &epoch : rows.epochs)
        feed(epoch.answer.feed);
    for (storage::StoredAnomaly &anomaly : rows.anomalies) {
        feed(anomaly.feed);
        venue(anomaly.venue);
    }
}

} // namespace chrona::service
