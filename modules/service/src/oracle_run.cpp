// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_run.h"

#include "chrona/base/log.h"
#include "chrona/connect/connector_library.h"

#include <algorithm>

namespace chrona::service {
namespace {

constexpr std::size_t kTicksWaitingMax = 200'000; ///< ticks; the desk takes a million in a second
constexpr std::int64_t kHeardMs = 30'000;
constexpr std::int64_t kStepBackMs = 30'000; ///< of our clock; less is waited out
constexpr std::chrono::milliseconds kTurn{100};

const connect::ConnectorLibrary::Entry *venueOf(const connect::ConnectorLibrary &library,
                                                std::string_view name)
{
    const auto *entry = library.find(name);
    return entry != nullptr && entry->venue != nullptr && !entry->description.sources.empty()
               ? entry
               : nullptr;
}

DeskTick tickOf(std::uint32_t venue, const sources::VenueRow &row)
{
    return {.receivedMs = row.receivedMs,
            .exchangeMs = row.exchangeMs,
            .venue = venue,
            .market = row.market,
            .isPolled = row.isPolled,
            .bid = row.bid,
            .ask = row.ask,
            .last = row.last,
            .size = row.size,
            .volume24h = row.volume24h};
}

} // namespace

Result<std::unique_ptr<OracleRun>> OracleRun::start(Parts parts)
{
    auto desk = OracleDesk::create(parts.plan);
    if (!desk)
        return std::unexpected(desk.error());
    std::unique_ptr<OracleRun> run(new OracleRun(std::move(parts), std::move(*desk)));
    if (run->m_parts.mode == ipc::OracleMode::Live)
        run->beginVenues(); // before the thread that looks at them
    run->m_thread = std::jthread([raw = run.get()](std::stop_token stop) { raw->work(stop); });
    return run;
}

OracleRun::OracleRun(Parts parts, OracleDesk desk)
    : m_parts(std::move(parts)),
      m_clock(m_parts.clock ? m_parts.clock : std::make_shared<SystemClock>()),
      m_desk(std::move(desk)), m_view(m_parts.plan, std::move(m_parts.alerts)), m_sinks{&m_view}
{
    if (m_parts.pool) {
        m_journal = std::make_unique<OracleJournal>(m_parts.plan, m_parts.pool);
        m_sinks.push_back(m_journal.get());
    }
    for (std::size_t v = 0; v < m_parts.plan.venues.size(); ++v)
        m_played.push_back(std::make_unique<Played>());
}

OracleRun::~OracleRun()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    m_collectors.clear();
}

void OracleRun::beginVenues()
{
    for (std::uint32_t v = 0; v < m_parts.plan.venues.size(); ++v) {
        const PlannedVenue &planned = m_parts.plan.venues[v];
        const auto *entry = venueOf(*m_parts.venues, planned.name);
        if (entry == nullptr || planned.markets.empty())
            continue;
        std::vector<sources::VenueCollector::MarketName> markets;
        for (const PlannedVenue::Market &market : planned.markets)
            markets.push_back({market.base, market.quote});
        m_collected.push_back(v);
        m_collectors.push_back(
            std::make_unique<sources::VenueCollector>(sources::VenueCollector::Parts{
                .venue = *entry->venue,
                .source = entry->description.sources.front(),
                .http = *m_parts.http,
                .streams = *m_parts.streams,
                .markets = std::move(markets),
                .rows = [this, v](std::span<const sources::VenueRow> rows) { put(v, rows); },
                .clock = m_parts.clock,
                .seed = 0x9E3779B97F4A7C15 * (v + 1)}));
    }
    log::info("oracle", "{} venues are asked for {} feeds", m_collectors.size(),
              m_parts.plan.feeds.size());
}

/// On a collector's thread.
void OracleRun::put(std::uint32_t venue, std::span<const sources::VenueRow> rows)
{
    {
        const std::scoped_lock lock(m_mutex);
        const std::size_t room = kTicksWaitingMax - std::min(m_waiting.size(), kTicksWaitingMax);
        const std::size_t taken = std::min(room, rows.size());
        for (const sources::VenueRow &row : rows.first(taken))
            m_waiting.push_back(tickOf(venue, row));
        m_dropped += rows.size() - taken;
    }
    m_wake.notify_one();
}

std::int64_t OracleRun::nowMs() const
{
    return std::chrono::floor<std::chrono::milliseconds>(m_clock->now()).time_since_epoch().count();
}

void OracleRun::work(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, kTurn, [this] { return !m_waiting.empty(); });
            m_taken.clear();
            std::swap(m_taken, m_waiting);
        }
        turn(nowMs());
    }
}

void OracleRun::turn(std::int64_t now)
{
    // The engine's time only goes on: after a clock that was far ahead it begins anew.
    if (now + kStepBackMs < m_secondMs) {
        renewDesk();
        m_tapeShiftMs = 0;
    }
    std::erase_if(m_taken, [now](const DeskTick &tick) {
        return tick.receivedMs > now + kStepBackMs; // from before the clock was set back
    });
    if (m_parts.mode == ipc::OracleMode::Replay)
        play(now);
    // Venues' threads hand over at their own pace; an answer sees what had arrived by its moment.
    std::ranges::stable_sort(m_taken, {}, &DeskTick::receivedMs);
    for (const DeskTick &tick : m_taken) {
        m_desk.advance(std::min(tick.receivedMs - 1, now), m_sinks);
        m_desk.take(tick);
    }
    m_desk.advance(now, m_sinks);
    if (now / 1'000 == m_secondMs / 1'000)
        return;
    const double seconds = m_secondMs == 0 ? 1 : static_cast<double>(now - m_secondMs) / 1e3;
    const auto news = static_cast<double>(m_desk.ticks() - m_ticksTold);
    m_ticksPerSecond = 0.8 * m_ticksPerSecond + 0.2 * std::max(news, 0.0) / std::max(seconds, 1.0);
    m_ticksTold = m_desk.ticks();
    m_secondMs = now;
    watchVenues(now);
    if (m_parts.changed)
        m_parts.changed({.status = status(false), .raised = m_view.takeRaised()});
}

/// The tape's ticks that are due. At its end it begins anew, and so does the desk: a market that
/// leaps by an hour is no market.
void OracleRun::play(std::int64_t now)
{
    const std::vector<DeskTick> &ticks = m_parts.tape.ticks;
    if (ticks.empty())
        return;
    if (m_tapeShiftMs == 0 || m_tapeAt == ticks.size()) {
        if (m_tapeAt == ticks.size())
            renewDesk();
        m_tapeAt = 0;
        m_tapeShiftMs = now - ticks.front().receivedMs;
    }
    for (; m_tapeAt < ticks.size() && ticks[m_tapeAt].receivedMs + m_tapeShiftMs <= now;
         ++m_tapeAt) {
        DeskTick tick = ticks[m_tapeAt];
        tick.receivedMs += m_tapeShiftMs;
        tick.exchangeMs += m_tapeShiftMs;
        Played &played = *m_played[tick.venue];
        played.heardMs = tick.receivedMs;
        ++played.rows;
        m_taken.push_back(tick);
    }
}

void OracleRun::renewDesk()
{
    auto desk = OracleDesk::create(m_parts.plan);
    if (!desk)
        return; // it could be made once, so it can again
    m_desk = std::move(*desk);
    m_ticksTold = 0;
}

/// Once a second alerts hear who is silent; once a minute the day's figures are written down.
void OracleRun::watchVenues(std::int64_t now)
{
    const bool isMinute = now / 60'000 != m_minuteMs / 60'000;
    m_minuteMs = now;
    for (std::size_t c = 0; c < m_collectors.size(); ++c) {
        const sources::VenueHealth health = m_collectors[c]->health();
        const bool isHeard = health.state == sources::VenueState::Streaming ||
                             health.state == sources::VenueState::Polling;
        const bool isNew = health.state == sources::VenueState::Connecting;
        m_view.observeVenue(m_parts.plan.venues[m_collected[c]].name, isHeard || isNew, now);
        if (isMinute && m_journal)
            for (const sources::VenueDay &day : health.days)
                m_journal->noteVenueDay(m_collected[c], day);
    }
}

std::uint32_t OracleRun::venuesHeard(std::int64_t now) const
{
    if (m_parts.mode == ipc::OracleMode::Replay)
        return static_cast<std::uint32_t>(std::ranges::count_if(
            m_played, [now](const auto &played) { return now - played->heardMs < kHeardMs; }));
    return static_cast<std::uint32_t>(std::ranges::count_if(m_collectors, [](const auto &each) {
        const auto state = each->health().state;
        return state == sources::VenueState::Streaming || state == sources::VenueState::Polling;
    }));
}

ipc::OracleStatus OracleRun::status(bool withRounds) const
{
    const Instant now = m_clock->now();
    ipc::OracleStatus status = m_view.status(now, withRounds);
    status.mode = m_parts.mode;
    status.venuesHeard = venuesHeard(nowMs());
    status.ticksPerSecond = m_ticksPerSecond;
    status.lostBatches = m_journal ? m_journal->lostBatches() : 0;
    return status;
}

std::vector<ipc::OracleVenueEntry> OracleRun::venues() const
{
    std::vector<ipc::OracleVenueEntry> entries;
    for (std::size_t c = 0; c < m_collectors.size(); ++c)
        entries.push_back(
            tellVenue(m_parts.plan.venues[m_collected[c]].name, m_collectors[c]->health()));
    const std::int64_t now = nowMs();
    for (std::size_t v = 0; m_parts.mode == ipc::OracleMode::Replay && v < m_played.size(); ++v) {
        const Played &played = *m_played[v];
        sources::VenueHealth health;
        const bool isHeard = now - played.heardMs < kHeardMs;
        health.state = isHeard ? sources::VenueState::Streaming : sources::VenueState::Silent;
        health.heardAt = Instant(std::chrono::milliseconds(played.heardMs.load()));
        health.since = *health.heardAt;
        health.rows = played.rows;
        health.marketsAsked = static_cast<std::uint32_t>(m_parts.plan.venues[v].markets.size());
        health.marketsHeard = health.marketsAsked;
        entries.push_back(tellVenue(m_parts.plan.venues[v].name, health));
    }
    std::ranges::sort(entries, {}, &ipc::OracleVenueEntry::venue);
    return entries;
}

ipc::OracleVenueEntry tellVenue(const std::string &name, const sources::VenueHealth &health)
{
    ipc::OracleVenueEntry entry;
    entry.venue = name;
    entry.state = static_cast<ipc::OracleVenueState>(health.state);
    entry.since = health.since;
    entry.until = health.until;
    entry.heardAt = health.heardAt;
    entry.latencyMs = health.latencyMs;
    if (health.clockOffset)
        entry.clockOffsetMs =
            std::chrono::duration<double, std::milli>(*health.clockOffset).count();
    entry.rows = health.rows;
    entry.rejected = health.rejected;
    entry.duplicates = health.duplicates;
    entry.gaps = health.gaps;
    entry.doubtfulStamps = health.doubtfulStamps;
    entry.connects = health.connects;
    entry.polls = health.polls;
    entry.failures = health.failures;
    entry.marketsAsked = health.marketsAsked;
    entry.marketsHeard = health.marketsHeard;
    entry.marketsOff = health.marketsOff;
    entry.detail = health.detail;
    for (const sources::VenueDay &day : health.days)
        entry.days.push_back({formatDate(day.day), day.watchedSeconds, day.heardSeconds});
    return entry;
}

} // namespace chrona::service
