// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_line.h"

#include "millis.h"
#include "source_fetcher.h"

#include <algorithm>
#include <format>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr Duration kAsleep = 30s; ///< by which the two clocks differ after a sleep or a jump
constexpr std::chrono::milliseconds kListen{200};
constexpr int kMessagesATurn = 2'000;
constexpr std::size_t kRowsATurn = 50'000; ///< then they are handed over
constexpr Duration kMuteFor = 30s;         ///< frames without a price, and it is polled as well
constexpr Duration kMuteMax = 5min;        ///< and it is opened anew

std::vector<std::string> symbolsOf(const VenueCollector::Parts &parts)
{
    std::vector<std::string> symbols;
    for (const auto &market : parts.markets)
        symbols.push_back(market.base + "/" + market.quote);
    return symbols;
}

} // namespace

VenueLine::VenueLine(const VenueCollector::Parts &parts, VenueCommons &commons)
    : m_parts(parts), m_commons(commons),
      m_clock(parts.clock ? parts.clock : std::make_shared<SystemClock>()),
      m_streams(parts.source, parts.streams), m_rules(parts.venue.stream()),
      m_symbols(symbolsOf(parts)), m_offUntil(parts.markets.size()),
      m_unpolledUntil(parts.markets.size()), m_intake(m_symbols), m_watch(m_rules, parts.seed)
{
    for (const auto &market : parts.markets)
        m_natives.push_back(parts.venue.nativeName(market.base, market.quote));
    m_health.since = m_clock->now();
}

void VenueLine::turn(std::vector<VenueRow> &rows, std::stop_token stop)
{
    rows.clear();
    Instant now = m_clock->now();
    noticeSleep(now);
    joinRest(now);
    if (m_restUntil && now >= *m_restUntil)
        m_restUntil.reset();
    StreamWatch::Due due = m_watch.due(now, pollEvery(), isMute(now));
    const bool isDumb = m_wire && now - m_wire->spokeAt > kMuteMax;
    if (m_wire && (due.close || isDumb || m_wantsReconnect))
        close(now, m_restUntil        ? m_health.detail
                   : m_wantsReconnect ? "opened anew"
                   : isDumb           ? "the stream gave no prices"
                                      : "the stream fell silent");
    if (due.open && !m_restUntil && m_commons.mayConnect(now)) {
        open(now, stop);
        now = m_clock->now();
        due = m_watch.due(now, pollEvery(), isMute(now)); // what was opened need not be polled
    }
    if (due.replace && m_wire && !m_successor && m_commons.mayConnect(now))
        openSuccessor(now, stop);
    if (due.keepAlive && m_wire) {
        if (const std::string sign = m_parts.venue.keepAlive(millis(now)); !sign.empty())
            (void)m_wire->stream->send(sign); // what is lost with the stream is told by next()
        m_watch.keptAlive(now);
    }
    if (due.poll && !m_restUntil && (!m_pollFrom || now >= *m_pollFrom))
        poll(now, rows, stop);
    now = m_clock->now();
    for (Wire *wire : {m_wire.get(), m_successor.get()})
        if (wire != nullptr)
            subscribe(*wire, now);
    listen(rows, stop);
    settle(m_clock->now());
}

/// Whoever slept is connected to nobody any more, though the socket does not know it yet. The clock
/// on the wall went on meanwhile, the steady one did not; a clock that was set right looks the
/// same.
void VenueLine::noticeSleep(Instant now)
{
    const auto steady = std::chrono::steady_clock::now();
    if (m_turnAt) {
        const Duration passed = std::chrono::duration_cast<Duration>(steady - m_steadyTurnAt);
        const Duration difference = now - *m_turnAt - passed;
        if (difference > kAsleep || difference < -kAsleep) {
            m_intake.forgetClock();
            m_wantsReconnect = m_wire != nullptr;
            m_successor.reset();
        }
        if (difference < -kAsleep)
            forgetTimes();
    }
    m_turnAt = now;
    m_steadyTurnAt = steady;
}

/// After our clock was set back: what was to wait until some moment would wait much longer.
void VenueLine::forgetTimes()
{
    m_wire.reset();
    m_wantsReconnect = false;
    m_watch = StreamWatch(m_rules, m_parts.seed);
    m_words = net::TokenBucket(kWordsRate);
    m_restUntil = m_pollFrom = m_heardAt = m_settledAt = std::nullopt;
    m_commons.forgetTimes();
    std::ranges::fill(m_offUntil, Instant{});
    std::ranges::fill(m_unpolledUntil, Instant{});
}

/// A stream may go on with signs of life and have lost what it was asked for.
bool VenueLine::isMute(Instant now) const
{
    return m_wire && now - m_wire->spokeAt > std::max(kMuteFor, m_watch.silenceMax());
}

Result<std::string> VenueLine::streamUrl(Instant now, std::stop_token stop)
{
    if (m_rules.ticketUrl.empty())
        return std::string(m_rules.url);
    FetchMemory unused;
    SourceFetcher fetcher(
        {m_parts.source, m_parts.http, std::nullopt, stop, SourceFetcher::Haste::Urgent}, unused);
    auto answer = fetcher.get({.url = std::string(m_rules.ticketUrl), .isPost = true});
    if (!answer)
        return std::unexpected(answer.error());
    auto ticket = m_parts.venue.readTicket(answer->body, millis(now));
    if (!ticket)
        return std::unexpected(ticket.error());
    return std::move(ticket->url);
}

Result<std::unique_ptr<VenueLine::Wire>> VenueLine::connectWire(Instant now, std::stop_token stop)
{
    const auto url = streamUrl(now, stop);
    if (!url)
        return std::unexpected(url.error());
    learnMarkets(now, stop);
    auto stream = m_streams.open({.url = *url}, stop);
    if (!stream)
        return std::unexpected(stream.error());
    auto wire = std::make_unique<Wire>();
    wire->stream = std::move(*stream);
    wire->spokeAt = m_clock->now();
    wire->sendFrom = wire->spokeAt + m_rules.settle;
    queueSubscriptions(*wire, m_rules.marketsPerFrame, now);
    ++m_health.connects;
    return wire;
}

void VenueLine::queueSubscriptions(Wire &wire, std::size_t marketsPerFrame, Instant now) const
{
    std::vector<std::string> some;
    const auto flush = [&] {
        for (std::string &frame : m_parts.venue.subscribe(some))
            wire.unsent.push_back(std::move(frame));
        some.clear();
    };
    for (std::size_t market = 0; market < m_natives.size(); ++market) {
        if (now < m_offUntil[market])
            continue;
        some.push_back(m_natives[market]);
        if (some.size() >= std::max<std::size_t>(marketsPerFrame, 1))
            flush();
    }
    if (!some.empty())
        flush();
}

void VenueLine::open(Instant now, std::stop_token stop)
{
    m_watch.opening(now);
    auto wire = connectWire(now, stop);
    const Instant after = m_clock->now();
    if (!wire) {
        m_watch.closed(after);
        return failed(wire.error(), after);
    }
    m_wire = std::move(*wire);
    m_wantsReconnect = false;
    m_watch.opened(after);
}

/// Failing changes nothing: the first connection goes on, and the next turn tries again.
void VenueLine::openSuccessor(Instant now, std::stop_token stop)
{
    auto wire = connectWire(now, stop);
    if (!wire) {
        m_watch.replaced(now); // not at once again
        return failed(wire.error(), now);
    }
    m_successor = std::move(*wire);
    m_successor->session.trades = m_wire->session.trades;
}

/// At a pace that every venue bears: some count the words of a client.
void VenueLine::subscribe(Wire &wire, Instant now)
{
    while (!wire.unsent.empty() && now >= wire.sendFrom && m_words.waitFor(now) == Duration{0}) {
        m_words.take(now);
        (void)wire.stream->send(wire.unsent.front());
        wire.unsent.pop_front();
    }
}

void VenueLine::close(Instant now, std::string why)
{
    m_wire.reset();
    m_successor.reset();
    m_wantsReconnect = false;
    m_health.detail = std::move(why);
    ++m_health.failures;
    m_watch.closed(now);
}

void VenueLine::listen(std::vector<VenueRow> &rows, std::stop_token stop)
{
    if (!m_wire)
        return;
    std::chrono::milliseconds wait = rows.empty() && !m_successor ? kListen : 20ms;
    for (int i = 0; i < kMessagesATurn && rows.size() < kRowsATurn; ++i) {
        auto message = m_wire->stream->next(wait, stop);
        if (!message)
            return message.error().code == ErrorCode::Cancelled
                       ? void()
                       : close(m_clock->now(), message.error().what);
        if (!*message)
            break;
        wait = 0ms;
        hear(*m_wire, **message, rows);
    }
    if (m_successor)
        drainSuccessor(rows, stop);
}

/// The second connection takes over when it has said the first price.
void VenueLine::drainSuccessor(std::vector<VenueRow> &rows, std::stop_token stop)
{
    for (int i = 0; i < kMessagesATurn && rows.size() < kRowsATurn; ++i) {
        auto message = m_successor->stream->next(0ms, stop);
        if (!message) {
            m_successor.reset();
            return m_watch.replaced(m_clock->now());
        }
        if (!*message)
            break;
        hear(*m_successor, **message, rows);
    }
    if (!m_successor->hasSpoken || !m_successor->unsent.empty())
        return;
    m_wire = std::move(m_successor);
    m_watch.replaced(m_clock->now());
}

void VenueLine::hear(Wire &wire, const connect::StreamMessage &message, std::vector<VenueRow> &rows)
{
    m_watch.heard(message.receivedAt);
    wire.session.receivedMs = millis(message.receivedAt);
    const connect::Reading reading = m_parts.venue.readFrame(message.payload, wire.session);
    const std::size_t before = rows.size();
    m_intake.take(reading, {.receivedAt = message.receivedAt}, rows);
    if (rows.size() > before) {
        wire.hasSpoken = true;
        wire.spokeAt = message.receivedAt;
        m_heardAt = message.receivedAt;
    }
    if (reading.verdict.outcome != connect::Outcome::Accept)
        obey(reading.verdict, message.receivedAt);
    for (const connect::Message &each : reading.messages) {
        if (const auto *order = std::get_if<connect::Control>(&each))
            control(wire, *order, message.receivedAt);
        else if (const auto *status = std::get_if<connect::VenueStatus>(&each);
                 status != nullptr && !status->isOpen)
            m_health.detail = "the venue says: " + status->word.substr(0, kDetailBytesMax);
    }
}

void VenueLine::control(Wire &wire, const connect::Control &control, Instant now)
{
    using connect::ControlKind;
    if (!control.reply.empty())
        (void)wire.stream->send(control.reply);
    switch (control.kind) {
    case ControlKind::Reconnect: m_wantsReconnect = true; break;
    case ControlKind::Maintenance:
        restUntil(now + 60s, VenueState::Maintenance, control.detail);
        break;
    case ControlKind::Error:
        ++m_health.failures;
        m_health.detail = control.detail.substr(0, kDetailBytesMax);
        // Some refuse all markets of a frame for one that they do not know.
        if (!wire.isSingly && m_rules.marketsPerFrame > 1 && m_natives.size() > 1)
            queueSubscriptions(wire, 1, now);
        wire.isSingly = true;
        break;
    default: break;
    }
}

VenueHealth VenueLine::health() const
{
    VenueHealth health = m_health;
    m_intake.report(health);
    return health;
}

} // namespace chrona::sources
