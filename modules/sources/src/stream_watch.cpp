// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/stream_watch.h"

#include <algorithm>
#include <cmath>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr Duration kWaitMax = 60s;
constexpr Duration kGoodFor = 60s;    ///< of data, and earlier failures are forgotten
constexpr Duration kOpeningMax = 20s; ///< then the attempt counts as failed
constexpr Duration kOverlap = 10min;  ///< between a connection and its successor
constexpr Duration kAheadMax = 2s;
constexpr Duration kBehindMax = 30s;
constexpr Duration kOffsetSpan = 30min;
constexpr int kSupportersMin = 3; ///< by which a least delay is no slip
constexpr int kBehindMost = 20;   ///< late stamps in a row that a slip explains better
constexpr double kGapWeight = 0.05;
constexpr double kReconnectJitter = 0.3;

/// 0, 1, 2, 4 … 60 s before the attempt that follows so many failures.
Duration waitAfter(std::uint32_t failures)
{
    if (failures <= 1)
        return Duration{0};
    const std::uint32_t doublings = std::min(failures - 2, 6U);
    return std::min(kWaitMax, Duration(1s) * (1U << doublings));
}

bool isPast(const std::optional<Instant> &since, Duration wait, Instant now)
{
    return !since || now - *since >= wait;
}

} // namespace

StreamWatch::StreamWatch(const connect::StreamRules &rules, std::uint64_t seed)
    : m_rules(rules), m_random(seed)
{
}

void StreamWatch::opening(Instant now)
{
    m_state = State::Opening;
    m_openedAt = now;
}

void StreamWatch::opened(Instant now)
{
    m_state = State::Open;
    m_openedAt = m_heardAt = m_keptAliveAt = now;
    m_speaksSince.reset();
}

void StreamWatch::heard(Instant now)
{
    if (!m_speaksSince || isSilent(now)) {
        m_speaksSince = now; // what lies before was a silence and no usual gap
    } else {
        const auto gap = static_cast<double>((now - *m_heardAt).count());
        m_usualGapUs = m_usualGapUs == 0 ? gap : m_usualGapUs + kGapWeight * (gap - m_usualGapUs);
    }
    m_heardAt = now;
    if (now - *m_speaksSince >= kGoodFor)
        m_failures = 0;
}

void StreamWatch::closed(Instant now)
{
    m_state = State::Closed;
    m_speaksSince.reset();
    ++m_failures;
    std::uniform_real_distribution<double> spread(1 - kReconnectJitter, 1 + kReconnectJitter);
    const auto wait = static_cast<double>(waitAfter(m_failures).count()) * spread(m_random);
    m_openNextAt = now + Duration(std::llround(wait));
}

void StreamWatch::keptAlive(Instant now)
{
    m_keptAliveAt = now;
}

void StreamWatch::polled(Instant now)
{
    m_polledAt = now;
}

void StreamWatch::replaced(Instant now)
{
    m_openedAt = now;
}

Duration StreamWatch::silenceMax() const
{
    const Duration usual(std::llround(std::min(3 * m_usualGapUs, 600e6)));
    return std::max<Duration>(m_rules.silenceMax, usual);
}

bool StreamWatch::isSilent(Instant now) const
{
    return m_state != State::Open || (m_heardAt && now - *m_heardAt > silenceMax());
}

StreamWatch::Due StreamWatch::due(Instant now, Duration pollEvery, bool isMute) const
{
    Due due;
    const bool hasStream = !m_rules.url.empty() || !m_rules.ticketUrl.empty();
    if (m_state == State::Closed)
        due.open = hasStream && (!m_openNextAt || now >= *m_openNextAt);
    else if (m_state == State::Opening)
        due.close = isPast(m_openedAt, kOpeningMax, now);
    if (m_state == State::Open) {
        // Twice the silence: it will not speak again.
        due.close = isPast(m_heardAt, 2 * silenceMax(), now);
        due.keepAlive = m_rules.keepAliveEvery.count() > 0 &&
                        isPast(m_keptAliveAt, m_rules.keepAliveEvery, now);
        const Duration life = m_rules.lifetime;
        due.replace = life.count() > 0 && !due.close &&
                      isPast(m_openedAt, std::max<Duration>(life - kOverlap, life / 2), now);
    }
    due.poll = (isMute || isSilent(now)) && isPast(m_polledAt, pollEvery, now);
    return due;
}

ClockOffset::Stamp ClockOffset::judge(Instant stamped, Instant received)
{
    const Duration delay = received - stamped;
    const auto known = offset();
    Stamp stamp = Stamp::Sound;
    if (known && delay < *known - kAheadMax)
        stamp = Stamp::Ahead;
    else if (known && delay > *known + kBehindMax)
        stamp = Stamp::Behind;
    if (!m_spanStart || received - *m_spanStart >= kOffsetSpan) {
        m_before = m_now;
        m_now.reset();
        m_spanStart = received;
    }
    // One stamp from the future must not make all others late.
    if (stamp != Stamp::Ahead)
        learn(delay);
    m_behindInRow = stamp == Stamp::Behind ? m_behindInRow + 1 : 0;
    if (m_behindInRow >= kBehindMost && m_supporters < kSupportersMin) {
        m_now = delay;
        m_before.reset();
        m_supporters = 1;
        m_behindInRow = 0;
    }
    return stamp;
}

void ClockOffset::learn(Duration delay)
{
    const auto known = offset();
    if (!known || delay < *known - kAheadMax)
        m_supporters = 1;
    else if (delay <= *known + kAheadMax)
        m_supporters = std::min(m_supporters + 1, kSupportersMin);
    m_now = m_now ? std::min(*m_now, delay) : delay;
}

std::optional<Duration> ClockOffset::offset() const
{
    if (m_now && m_before)
        return std::min(*m_now, *m_before);
    return m_now ? m_now : m_before;
}

} // namespace chrona::sources
