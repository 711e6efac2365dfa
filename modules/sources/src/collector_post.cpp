// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/collector_post.h"

#include "collector_wire.h"

#include "chrona/base/log.h"

#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <random>
#include <thread>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kSlice{20}, kAcceptSlice{200};
constexpr Duration kHealthEvery = 1s, kMainQuietMax = 30s;
constexpr std::size_t kRowsAMessage = 20'000;

std::uint64_t freshSession()
{
    std::random_device source;
    return (static_cast<std::uint64_t>(source()) << 32 | source()) | 1;
}

/// Rows that were heard and not yet acknowledged: numbered, bounded, the oldest go first.
class RowQueue {
public:
    void push(std::uint16_t venue, std::span<const VenueRow> rows)
    {
        const std::scoped_lock lock(m_mutex);
        for (std::size_t at = 0; at < rows.size(); at += kRowsAMessage) {
            const auto some = rows.subspan(at, std::min(kRowsAMessage, rows.size() - at));
            // Small handfuls of one venue that wait are sent as one.
            if (!m_waiting.empty() && m_waiting.back().venue == venue &&
                m_waiting.back().sequence > m_sent &&
                m_waiting.back().rows.size() + some.size() <= kRowsAMessage)
                m_waiting.back().rows.insert(m_waiting.back().rows.end(), some.begin(),
                                             some.end());
            else
                m_waiting.push_back({++m_sequence, venue, {some.begin(), some.end()}});
            m_rows += some.size();
        }
        while (m_rows > CollectorPost::kRowsKeptMax) {
            m_lost += m_waiting.front().rows.size();
            dropFront();
        }
    }
    /// What was not sent yet, to be sent now.
    [[nodiscard]] std::vector<wire::Rows> takeUnsent()
    {
        const std::scoped_lock lock(m_mutex);
        std::vector<wire::Rows> unsent;
        for (const wire::Rows &each : m_waiting)
            if (each.sequence > m_sent)
                unsent.push_back(each);
        m_sent = m_sequence;
        return unsent;
    }
    void received(std::uint64_t through)
    {
        const std::scoped_lock lock(m_mutex);
        while (!m_waiting.empty() && m_waiting.front().sequence <= through)
            dropFront();
    }
    /// After a break: what came is known, the rest is sent again.
    void resume(std::uint64_t through)
    {
        received(through);
        const std::scoped_lock lock(m_mutex);
        m_sent = through;
    }
    void clear()
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.clear();
        m_rows = 0;
        m_sent = m_sequence;
    }
    [[nodiscard]] std::uint64_t lost() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lost;
    }

private:
    void dropFront()
    {
        m_rows -= m_waiting.front().rows.size();
        m_waiting.pop_front();
    }
    mutable std::mutex m_mutex;
    std::deque<wire::Rows> m_waiting;
    std::size_t m_rows = 0;
    std::uint64_t m_sequence = 0, m_sent = 0, m_lost = 0;
};

} // namespace

struct CollectorPost::State {
    explicit State(Parts given)
        : parts(std::move(given)),
          clock(parts.clock ? parts.clock : std::make_shared<SystemClock>())
    {
    }

    void run(const std::stop_token &stop, std::promise<Status> &begun)
    {
        auto listener = net::LinkListener::listen(parts.listening);
        if (!listener)
            return begun.set_value(std::unexpected(listener.error()));
        port = (*listener)->port();
        begun.set_value({});
        while (!stop.stop_requested()) {
            auto link = (*listener)->accept(kAcceptSlice, stop);
            if (link && *link) {
                log::info("collector", "the service is here");
                isDialled = true;
                const Status ended = serve(**link, stop);
                isDialled = false;
                aloneSince = clock->now();
                if (!ended && !stop.stop_requested())
                    log::warning("collector", "the service is gone: {}", ended.error().what);
            }
            if (!listening.empty() && clock->now() - aloneSince > kAlone) {
                log::info("collector", "nobody wants prices: venues are left alone");
                stopListening();
            }
        }
        stopListening();
    }

    void stopListening()
    {
        listening.clear();
        assigned.clear();
        asked = 0;
        rows.clear();
    }

    Status serve(net::SecureLink &link, const std::stop_token &stop)
    {
        if (auto sent = link.send(wire::encode(
                wire::Hello{.version = parts.version, .session = session}));
            !sent)
            return sent;
        bool isAssigned = false;
        Instant toldAt, heardAt = clock->now();
        while (true) {
            const Instant now = clock->now();
            if (now - heardAt > kMainQuietMax)
                return fail(ErrorCode::Timeout, "the service fell silent");
            auto bytes = link.next(kSlice, stop);
            if (!bytes)
                return std::unexpected(bytes.error());
            if (*bytes) {
                heardAt = clock->now();
                auto message = wire::decode(**bytes);
                if (!message)
                    return std::unexpected(message.error());
                if (auto done = take(*message, link, isAssigned); !done)
                    return done;
            }
            if (!isAssigned)
                continue;
            for (const wire::Rows &each : rows.takeUnsent())
                if (auto sent = link.send(wire::encode(each)); !sent)
                    return sent;
            if (now - toldAt >= kHealthEvery || now < toldAt) {
                toldAt = now;
                if (auto sent = link.send(wire::encode(health())); !sent)
                    return sent;
            }
        }
    }

    Status take(const wire::Message &message, net::SecureLink &link, bool &isAssigned)
    {
        if (const auto *ping = std::get_if<wire::Ping>(&message))
            return link.send(wire::encode(
                wire::Pong{ping->sentUs, clock->now().time_since_epoch().count()}));
        if (const auto *received = std::get_if<wire::Received>(&message))
            rows.received(received->through);
        if (const auto *assignment = std::get_if<wire::Assignment>(&message)) {
            assign(*assignment);
            isAssigned = true;
        }
        return {};
    }

    void assign(const wire::Assignment &assignment)
    {
        if (assignment.venues == assigned)
            return rows.resume(assignment.session == session ? assignment.receivedThrough : 0);
        stopListening();
        assigned = assignment.venues;
        for (std::size_t v = 0; v < assigned.size(); ++v) {
            const auto place = static_cast<std::uint16_t>(v);
            auto collector = parts.listen(
                assigned[v],
                [this, place](std::span<const VenueRow> some) { rows.push(place, some); });
            if (!collector)
                log::warning("collector", "{} is not listened to: {}", assigned[v].venue,
                             collector.error().what);
            asked += collector ? 1 : 0;
            problems.resize(assigned.size());
            problems[v] = collector ? std::string() : collector.error().what;
            listening.push_back(collector ? std::move(*collector) : nullptr);
        }
    }

    [[nodiscard]] wire::Health health() const
    {
        wire::Health told{.lostRows = rows.lost(), .venues = {}};
        for (std::size_t v = 0; v < listening.size(); ++v) {
            VenueHealth none;
            none.state = VenueState::Silent;
            none.detail = problems[v];
            told.venues.push_back(listening[v] ? listening[v]->health() : none);
        }
        return told;
    }

    const Parts parts;
    std::shared_ptr<const Clock> clock;
    const std::uint64_t session = freshSession();
    std::atomic<std::uint16_t> port{0};
    std::atomic<bool> isDialled{false};
    std::atomic<std::size_t> asked{0};
    RowQueue rows;
    // The thread's:
    std::vector<AssignedVenue> assigned;
    std::vector<std::string> problems;
    Instant aloneSince;
    std::vector<std::unique_ptr<VenueCollector>> listening;
    std::jthread thread; ///< the last member: ends first
};

CollectorPost::CollectorPost(std::unique_ptr<State> state) : m_state(std::move(state)) {}
CollectorPost::~CollectorPost() = default;

Result<std::unique_ptr<CollectorPost>> CollectorPost::start(Parts parts)
{
    auto state = std::make_unique<State>(std::move(parts));
    std::promise<Status> begun;
    std::future<Status> result = begun.get_future();
    state->thread = std::jthread(
        [raw = state.get(), begun = std::move(begun)](const std::stop_token &stop) mutable {
            raw->run(stop, begun);
        });
    if (Status done = result.get(); !done)
        return std::unexpected(done.error());
    return std::unique_ptr<CollectorPost>(new CollectorPost(std::move(state)));
}

std::uint16_t CollectorPost::port() const
{
    return m_state->port;
}

bool CollectorPost::isDialled() const
{
    return m_state->isDialled;
}

std::size_t CollectorPost::venuesAsked() const
{
    return m_state->asked;
}

std::uint64_t CollectorPost::lostRows() const
{
    return m_state->rows.lost();
}

} // namespace chrona::sources
