// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/remote_collector.h"

#include "collector_wire.h"
#include "millis.h"

#include "chrona/base/log.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPingEvery = 5s, kQuietMax = 20s; ///< no word, not even a pong
constexpr Duration kDialWaitMax = 60s;
constexpr Duration kRefusedWait = 60s;
constexpr std::size_t kPingsKept = 24;
constexpr std::chrono::milliseconds kLineSlice{100};
constexpr std::chrono::milliseconds kHelloMax{10'000};

std::int64_t micros(Instant at)
{
    return at.time_since_epoch().count();
}

/// How far the collector's clock is from ours, by the ping of the last minutes that took least.
class ClockDifference {
public:
    void learn(Instant sent, Instant heardThere, Instant back)
    {
        m_pings.push_back({back - sent, heardThere - sent - (back - sent) / 2});
        if (m_pings.size() > kPingsKept)
            m_pings.pop_front();
    }
    [[nodiscard]] bool isKnown() const { return !m_pings.empty(); }
    [[nodiscard]] Duration roundTrip() const { return best().roundTrip; }
    [[nodiscard]] Duration offset() const { return best().offset; }
    void forget() { m_pings.clear(); }

private:
    struct Trip {
        Duration roundTrip{0}, offset{0};
    };
    [[nodiscard]] Trip best() const
    {
        return m_pings.empty() ? Trip{} : *std::ranges::min_element(m_pings, {}, &Trip::roundTrip);
    }
    std::deque<Trip> m_pings;
};

} // namespace

struct RemoteCollector::State {
    explicit State(Parts given)
        : parts(std::move(given)),
          clock(parts.clock ? parts.clock : std::make_shared<SystemClock>()), random(parts.seed)
    {
        health.since = clock->now();
    }

    void run(const std::stop_token &stop)
    {
        std::uint32_t failures = 0;
        while (!stop.stop_requested()) {
            bool wasUp = false;
            const Status ended = serve(stop, wasUp);
            if (stop.stop_requested())
                return;
            failures = wasUp ? 1 : failures + 1;
            const bool isRefused = !ended && ended.error().code == ErrorCode::Denied;
            note(isRefused ? CollectorState::Refused : CollectorState::Connecting,
                 ended ? std::string() : ended.error().what);
            pause(isRefused ? kRefusedWait : waitAfter(failures), stop);
        }
    }

    /// At once the first time, then 1, 2, 4 … 60 s, each by up to 30 % sooner or later.
    Duration waitAfter(std::uint32_t failures)
    {
        if (failures <= 1)
            return Duration{0};
        const Duration wait =
            std::min(kDialWaitMax, Duration(1s) * (1U << std::min(failures - 2, 6U)));
        std::uniform_real_distribution<double> spread(0.7, 1.3);
        return Duration(static_cast<std::int64_t>(static_cast<double>(wait.count()) *
                                                  spread(random)));
    }

    void pause(Duration wait, const std::stop_token &stop)
    {
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, wait, [] { return false; });
    }

    void note(CollectorState state, std::string detail)
    {
        const std::scoped_lock lock(mutex);
        if (health.state != state) {
            health.state = state;
            health.since = clock->now();
            log::info("oracle", "collector {}: {}", parts.address.host,
                      state == CollectorState::Connected ? "connected"
                      : detail.empty()                   ? "not connected"
                                                         : detail);
        }
        health.detail = std::move(detail);
        if (state != CollectorState::Connected)
            health.venues.clear(); // what it heard last says nothing of now
    }

    Status serve(const std::stop_token &stop, bool &wasUp)
    {
        auto opened = net::openLink(parts.address, parts.pairing, stop);
        if (!opened)
            return std::unexpected(opened.error());
        net::SecureLink &link = **opened;
        difference.forget();
        if (auto met = meet(link, stop); !met)
            return met;
        wasUp = true;
        note(CollectorState::Connected, {});
        Instant heardAt = clock->now(), pingedAt = heardAt;
        while (true) {
            const Instant now = clock->now();
            if (now - heardAt > kQuietMax || now < pingedAt)
                return fail(ErrorCode::Timeout, "the collector fell silent");
            if (now - pingedAt >= kPingEvery) {
                pingedAt = now;
                if (auto sent = link.send(wire::encode(wire::Ping{micros(now)})); !sent)
                    return sent;
            }
            auto bytes = link.next(kLineSlice, stop);
            if (!bytes)
                return std::unexpected(bytes.error());
            if (!*bytes)
                continue;
            heardAt = clock->now();
            auto message = wire::decode(**bytes);
            if (!message)
                return std::unexpected(message.error());
            if (auto done = take(std::move(*message), link); !done)
                return done;
        }
    }

    /// Who it is, what its clock says, and then what it is to do.
    Status meet(net::SecureLink &link, const std::stop_token &stop)
    {
        std::uint64_t theirs = 0;
        bool isGreeted = false;
        const auto until = std::chrono::steady_clock::now() + kHelloMax;
        while (!isGreeted || !difference.isKnown()) {
            auto bytes = link.next(kLineSlice, stop);
            if (!bytes)
                return std::unexpected(bytes.error());
            if (std::chrono::steady_clock::now() > until)
                return fail(ErrorCode::Timeout, "the collector did not say what it is");
            if (!*bytes)
                continue;
            auto message = wire::decode(**bytes);
            if (!message)
                return std::unexpected(message.error());
            if (const auto *hello = std::get_if<wire::Hello>(&*message)) {
                if (hello->wireVersion != wire::kWireVersion)
                    return fail(ErrorCode::Denied,
                                "the collector speaks another version (" + hello->version + ")",
                                "run the same version on both hosts");
                theirs = hello->session;
                isGreeted = true;
                const std::scoped_lock lock(mutex);
                health.version = hello->version;
            } else if (auto done = take(std::move(*message), link); !done) {
                return done;
            }
            if (isGreeted && !difference.isKnown())
                if (auto sent = link.send(wire::encode(wire::Ping{micros(clock->now())})); !sent)
                    return sent;
        }
        if (theirs != session) {
            session = theirs;
            through = 0;
        }
        return link.send(wire::encode(
            wire::Assignment{.venues = parts.venues, .session = session,
                             .receivedThrough = through}));
    }

    Status take(wire::Message message, net::SecureLink &link)
    {
        if (auto *rows = std::get_if<wire::Rows>(&message))
            return takeRows(*rows, link);
        if (const auto *pong = std::get_if<wire::Pong>(&message)) {
            difference.learn(Instant(Duration(pong->sentUs)), Instant(Duration(pong->heardUs)),
                             clock->now());
            const std::scoped_lock lock(mutex);
            health.roundTrip = difference.roundTrip();
            health.clockOffset = difference.offset();
        } else if (auto *told = std::get_if<wire::Health>(&message)) {
            const std::scoped_lock lock(mutex);
            health.lostRows = told->lostRows;
            health.venues = std::move(told->venues);
        }
        return {};
    }

    Status takeRows(wire::Rows &message, net::SecureLink &link)
    {
        if (message.venue >= parts.venues.size() || !difference.isKnown())
            return fail(ErrorCode::Corrupt, "the collector tells of what it was not asked for");
        if (message.sequence <= through)
            return {}; // told twice, around a break
        through = message.sequence;
        const std::size_t markets = parts.venues[message.venue].markets.size();
        const std::int64_t nowMs = millis(clock->now());
        const std::int64_t offsetMs =
            std::chrono::round<std::chrono::milliseconds>(difference.offset()).count();
        std::uint64_t late = 0;
        std::erase_if(message.rows, [&](VenueRow &row) {
            row.heardMs = std::min(row.receivedMs - offsetMs, nowMs);
            row.receivedMs = nowMs;
            if (row.isOwnStamp)
                row.exchangeMs = row.exchangeMs - offsetMs;
            const bool isLate = nowMs - row.heardMs > kLateMs;
            late += isLate ? 1 : 0;
            return isLate || row.market >= markets;
        });
        {
            const std::scoped_lock lock(mutex);
            health.rows += message.rows.size();
            health.lateRows += late;
        }
        if (!message.rows.empty())
            parts.rows(message.venue, message.rows);
        return link.send(wire::encode(wire::Received{through}));
    }

    const Parts parts;
    std::shared_ptr<const Clock> clock;
    // The thread's:
    std::mt19937_64 random;
    ClockDifference difference;
    std::uint64_t session = 0, through = 0;

    mutable std::mutex mutex;
    std::condition_variable_any wake;
    CollectorHealth health;
    std::jthread thread; ///< the last member: ends first
};

RemoteCollector::RemoteCollector(Parts parts) : m_state(std::make_unique<State>(std::move(parts)))
{
    m_state->thread =
        std::jthread([state = m_state.get()](const std::stop_token &stop) { state->run(stop); });
}

RemoteCollector::~RemoteCollector() = default;

CollectorHealth RemoteCollector::health() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->health;
}

} // namespace chrona::sources
