// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_run.h"

#include "oracle_health.h"

#include <algorithm>

namespace chrona::service {
namespace {

constexpr std::int64_t kHeardMs = 30'000;
constexpr std::int64_t kStepBackMs = 30'000; ///< of our clock; less is waited out
constexpr std::chrono::milliseconds kTurn{100};

} // namespace

Result<std::unique_ptr<OracleRun>> OracleRun::start(Parts parts)
{
    auto desk = OracleDesk::create(parts.plan);
    if (!desk)
        return std::unexpected(desk.error());
    std::unique_ptr<OracleRun> run(new OracleRun(std::move(parts), std::move(*desk)));
    if (run->m_parts.mode == ipc::OracleMode::Live)
        run->m_ears = std::make_unique<OracleEars>(OracleEars::Parts{
            .plan = run->m_parts.plan,
            .venues = *run->m_parts.venues,
            .http = *run->m_parts.http,
            .streams = *run->m_parts.streams,
            .elsewhere = run->m_parts.elsewhere,
            .preferred = run->m_parts.preferred,
            .clock = run->m_clock}); // before the thread that looks at them
    run->m_thread = std::jthread([raw = run.get()](std::stop_token stop) { raw->work(stop); });
    return run;
}

OracleRun::OracleRun(Parts parts, OracleDesk desk)
    : m_parts(std::move(parts)),
      m_clock(m_parts.clock ? m_parts.clock : std::make_shared<SystemClock>()),
      m_desk(std::move(desk)), m_view(m_parts.plan, std::move(m_parts.alerts)),
      m_volumes(m_parts.plan), m_learned(m_parts.plan), m_sinks{&m_view, &m_volumes}
{
    if (m_parts.pool) {
        m_journal = std::make_unique<OracleJournal>(m_parts.plan, m_parts.pool);
        m_sinks.push_back(m_journal.get());
    }
    if (m_parts.recording) {
        m_recorder = std::make_unique<OracleRecorder>(m_parts.plan, *m_parts.recording);
        m_recorder->begin(nowMs());
        m_sinks.push_back(m_recorder.get());
    }
    for (std::size_t v = 0; v < m_parts.plan.venues.size(); ++v)
        m_played.push_back(std::make_unique<Played>());
}

OracleRun::~OracleRun()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    keepLearned();
    m_ears.reset();
}

std::int64_t OracleRun::nowMs() const
{
    return std::chrono::floor<std::chrono::milliseconds>(m_clock->now()).time_since_epoch().count();
}

void OracleRun::work(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        if (m_ears) {
            m_ears->take(m_taken, stop);
        } else {
            m_taken.clear();
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, kTurn, [] { return false; });
        }
        takeReveals();
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
        m_desk.take(tick, m_sinks);
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
    if (m_recorder)
        m_recorder->begin(nowMs());
}

/// So that the next run need not begin with the table. Synthetic markets teach nothing.
void OracleRun::keepLearned()
{
    if (m_journal && !m_parts.plan.isSynthetic)
        m_journal->noteLearned(m_learned.changes(m_desk, m_clock->now()));
}

/// Once a second alerts hear who is silent; once a minute the day's figures are written down.
void OracleRun::watchVenues(std::int64_t now)
{
    const bool isMinute = now / 60'000 != m_minuteMs / 60'000;
    m_minuteMs = now;
    if (isMinute)
        keepLearned();
    if (!m_ears)
        return;
    for (const OracleEars::Heard &each : m_ears->watch(m_clock->now())) {
        m_view.observeVenue(m_parts.plan.venues[each.venue].name, each.isHeard || each.isNew, now);
        if (isMinute && m_journal)
            m_journal->noteVenueDay(each.venue, each.today);
    }
}

void OracleRun::reveal(std::span<const DeskReveal> reveals)
{
    const std::scoped_lock lock(m_mutex);
    m_reveals.insert(m_reveals.end(), reveals.begin(), reveals.end());
}

void OracleRun::takeReveals()
{
    std::vector<DeskReveal> reveals;
    {
        const std::scoped_lock lock(m_mutex);
        reveals.swap(m_reveals);
    }
    for (const DeskReveal &each : reveals)
        m_desk.reveal(each);
}

std::uint32_t OracleRun::venuesHeard(std::int64_t now) const
{
    if (m_parts.mode == ipc::OracleMode::Replay)
        return static_cast<std::uint32_t>(std::ranges::count_if(
            m_played, [now](const auto &played) { return now - played->heardMs < kHeardMs; }));
    return m_ears ? m_ears->venuesHeard() : 0;
}

ipc::OracleStatus OracleRun::status(bool withRounds) const
{
    const Instant now = m_clock->now();
    ipc::OracleStatus status = m_view.status(now, withRounds);
    status.mode = m_parts.mode;
    status.venuesHeard = venuesHeard(nowMs());
    status.ticksPerSecond = m_ticksPerSecond;
    status.lostBatches = m_journal ? m_journal->lostBatches() : 0;
    if (m_recorder)
        status.recording = m_recorder->status();
    return status;
}

std::vector<ipc::OracleVenueEntry> OracleRun::venues() const
{
    std::vector<ipc::OracleVenueEntry> entries;
    if (m_ears)
        entries = m_ears->venues();
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

std::vector<ipc::OracleCollectorEntry> OracleRun::collectors() const
{
    return m_ears ? m_ears->collectors() : std::vector<ipc::OracleCollectorEntry>{};
}

} // namespace chrona::service
