// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/acquisition.h"

#include "draft_posting.h"
#include "fetch_run.h"
#include "source_table.h"

#include "chrona/base/log.h"
#include "chrona/sources/own_feed.h"
#include "chrona/storage/source_store.h"

#include <condition_variable>
#include <format>
#include <mutex>
#include <random>
#include <thread>

namespace chrona::sources {
namespace {

using namespace std::chrono_literals;

constexpr auto kPollMax =
    1s; // wakes are told; the poll is for what other processes append and for clocks that jump

} // namespace

struct Acquisition::State {
    Parts parts;
    Listener listener;
    Options options;
    Normaliser normaliser;

    mutable std::mutex mutex;
    std::condition_variable_any changed; ///< something is due, or was appended
    SourceTable table;
    RobotsBook robots;
    std::mt19937_64 random;
    Pace pace = Pace::Normal;
    bool appended = true; ///< what a process before us left is normalised first
    std::mutex tellMutex;
    std::vector<std::jthread> threads; // last: they end before what they use

    State(Parts theParts, Listener theListener, const Options &theOptions)
        : parts(std::move(theParts)), listener(std::move(theListener)), options(theOptions),
          normaliser({parts.library, parts.canonicalise, listener.stored, parts.enrich},
                     options.batchItems),
          random(options.jitterSeed != 0 ? options.jitterSeed : std::random_device{}())
    {
    }

    /// Under the lock. Sources are never taken out of the table; gone ones are not found.
    [[nodiscard]] Result<Known *> find(std::string_view key);
    double uniform() { return std::uniform_real_distribution<double>(0, 1)(random); }
    [[nodiscard]] Instant now() const { return parts.clock->now(); }

    void fetchUntilStopped(std::stop_token stop);
    void fetchOne(schema::Source source, const connect::Connector &connector,
                  std::optional<std::uint32_t> budget, std::stop_token stop);
    void finishRun(const schema::Source &source, const FetchOutcome &outcome, std::stop_token stop);
    void normaliseUntilStopped(std::stop_token stop);
    [[nodiscard]] bool normaliseAll(std::stop_token stop);
    void tell(const SourceView &view);
    [[nodiscard]] Status setEnabled(std::string_view key, storage::SourceSwitch to);
    void wait(std::unique_lock<std::mutex> &lock, Instant until, std::stop_token stop);
};

Result<Known *> Acquisition::State::find(std::string_view key)
{
    const auto found = table.find(key);
    if (found == table.end() || found->second.isGone)
        return fail(ErrorCode::NotFound, std::format("there is no source \"{}\"", key));
    return &found->second;
}

void Acquisition::State::wait(std::unique_lock<std::mutex> &lock, Instant until,
                              std::stop_token stop)
{
    const Duration pause = std::clamp<Duration>(until - now(), 1ms, kPollMax);
    changed.wait_for(lock, stop, pause, [] { return false; });
}

void Acquisition::State::tell(const SourceView &view)
{
    if (!listener.sourceChanged)
        return;
    const std::lock_guard lock(tellMutex);
    listener.sourceChanged(view);
}

void Acquisition::State::fetchUntilStopped(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex);
        Instant next = now() + kPollMax;
        Known *due = pace == Pace::Paused ? nullptr : takeDue(table, now(), next);
        if (due == nullptr) {
            wait(lock, next, stop);
            continue;
        }
        due->isRunning = true;
        const auto budget = budgetLeft(due->source, due->health, now());
        due->health.requestsToday = requestsOf(due->health, now());
        due->health.lastAttemptAt = now();
        const schema::Source source = due->source;
        const connect::Connector &connector = *due->connector;
        const SourceView view = viewOf(*due, now());
        lock.unlock();
        tell(view);
        fetchOne(source, connector, budget, stop);
    }
}

void Acquisition::State::fetchOne(schema::Source source, const connect::Connector &connector,
                                  std::optional<std::uint32_t> budget, std::stop_token stop)
{
    const FetchParts fetchParts{*parts.pool, parts.http, connector, parts.keyOf, robots};
    const auto outcome = runFetch(fetchParts, source, budget, now(), stop);
    finishRun(source, outcome, stop);
}

void Acquisition::State::finishRun(const schema::Source &source, const FetchOutcome &outcome,
                                   std::stop_token stop)
{
    if (!outcome.status && outcome.status.error().code == ErrorCode::Cancelled &&
        stop.stop_requested()) {
        const std::lock_guard lock(mutex);
        table.find(source.key)->second.isRunning = false;
        return; // being stopped is no failure of the source
    }
    std::unique_lock lock(mutex);
    Known &known = table.find(source.key)->second; // sources are never taken out
    known.isRunning = false;
    settle(known, outcome, {now(), pace, uniform()});
    appended = appended || outcome.items > 0;
    if (known.isGone)
        return; // taken out while it ran: nothing is kept of it
    const SourceView view = viewOf(known, now());
    lock.unlock();
    changed.notify_all();
    if (outcome.lacksKey || outcome.refusedUntil)
        log::info("sources", "{}: {}", source.key, view.health.lastError);
    else if (!outcome.status)
        log::warning("sources", "{}: {} (failure {} in a row, next at {})", source.key,
                     view.health.lastError, view.health.failuresInRow,
                     formatInstant(*view.health.nextRunAt));
    if (auto lease = parts.pool->take(stop)) {
        if (auto saved = storage::saveSourceHealth(**lease, view.health); !saved)
            log::warning("sources", "{}: its health was not saved: {}", source.key,
                         describe(saved.error()));
    }
    tell(view);
}

void Acquisition::State::normaliseUntilStopped(std::stop_token stop)
{
    Duration pause = kPollMax;
    while (!stop.stop_requested()) {
        // After an error the wait grows: a database that is gone must not be asked in a hot loop.
        pause = normaliseAll(stop) ? Duration(kPollMax) : std::min<Duration>(pause * 2, 60s);
        std::unique_lock lock(mutex);
        if (pause > kPollMax)
            changed.wait_for(lock, stop, pause, [] { return false; });
        else
            changed.wait_for(lock, stop, pause, [this] { return appended; });
        appended = false;
    }
}

bool Acquisition::State::normaliseAll(std::stop_token stop)
{
    while (!stop.stop_requested()) {
        auto lease = parts.pool->take(stop);
        if (!lease)
            return false;
        const auto report = normaliser.step(**lease, stop);
        if (!report) {
            if (report.error().code != ErrorCode::Cancelled)
                log::warning("sources", "normalising: {}", describe(report.error()));
            return false;
        }
        if (report->items == 0)
            return true;
    }
    return true;
}

Acquisition::Acquisition(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Acquisition::~Acquisition()
{
    stop();
}

Result<std::unique_ptr<Acquisition>> Acquisition::start(Parts parts, Listener listener,
                                                        Options options)
{
    if (!parts.pool || !parts.canonicalise)
        return fail(ErrorCode::InvalidInput, "acquisition needs a pool and the engine of events");
    if (!parts.clock)
        parts.clock = std::make_shared<SystemClock>();
    auto state = std::make_unique<State>(std::move(parts), std::move(listener), options);
    {
        auto lease = state->parts.pool->take();
        if (!lease)
            return std::unexpected(lease.error());
        auto table = loadTable(**lease, state->parts.library, state->now());
        if (!table)
            return std::unexpected(table.error());
        state->table = std::move(*table);
    }
    State *shared = state.get();
    for (std::size_t i = 0; i < std::max<std::size_t>(options.workers, 1); ++i)
        state->threads.emplace_back(
            [shared](std::stop_token stop) { shared->fetchUntilStopped(stop); });
    state->threads.emplace_back(
        [shared](std::stop_token stop) { shared->normaliseUntilStopped(stop); });
    return std::unique_ptr<Acquisition>(new Acquisition(std::move(state)));
}

void Acquisition::stop()
{
    for (auto &thread : m_state->threads)
        thread.request_stop();
    for (auto &thread : m_state->threads)
        if (thread.joinable())
            thread.join();
}

std::vector<SourceView> Acquisition::sources() const
{
    const std::lock_guard lock(m_state->mutex);
    std::vector<SourceView> views;
    for (const auto &[key, known] : m_state->table)
        if (!known.isGone)
            views.push_back(viewOf(known, m_state->now()));
    return views;
}

Status Acquisition::runNow(std::string_view sourceKey)
{
    const std::lock_guard lock(m_state->mutex);
    const auto found = m_state->find(sourceKey);
    if (!found)
        return std::unexpected(found.error());
    Known &known = **found;
    if (known.connector == nullptr)
        return fail(ErrorCode::Conflict, std::format("no connector reads \"{}\"", sourceKey));
    if (!known.source.enabled)
        return fail(ErrorCode::Denied, std::format("\"{}\" is disabled", sourceKey),
                    "enable it first");
    if (budgetLeft(known.source, known.health, m_state->now()) == 0U)
        return fail(ErrorCode::Denied,
                    std::format("the requests that \"{}\" allows a day are used up", sourceKey),
                    "it runs again after midnight UTC");
    known.health.nextRunAt = m_state->now();
    m_state->changed.notify_all();
    return {};
}

Status Acquisition::State::setEnabled(std::string_view key, storage::SourceSwitch to)
{
    const bool on = to == storage::SourceSwitch::On;
    std::unique_lock lock(mutex);
    const auto found = find(key);
    if (!found)
        return std::unexpected(found.error());
    Known &known = **found; // a map's nodes stay where they are
    if (on && known.connector == nullptr)
        return fail(ErrorCode::Conflict, std::format("no connector reads \"{}\"", key));
    const auto id = known.source.id;
    lock.unlock();
    auto lease = parts.pool->take();
    if (!lease)
        return std::unexpected(lease.error());
    if (auto saved = storage::setSourceEnabled(**lease, id, to); !saved)
        return saved;
    lock.lock();
    known.source.enabled = on;
    if (on)
        known.health.nextRunAt = now();
    const SourceView view = viewOf(known, now());
    lock.unlock();
    changed.notify_all();
    tell(view);
    return {};
}

Status Acquisition::enable(std::string_view sourceKey)
{
    return m_state->setEnabled(sourceKey, storage::SourceSwitch::On);
}

Status Acquisition::disable(std::string_view sourceKey)
{
    return m_state->setEnabled(sourceKey, storage::SourceSwitch::Off);
}

Status Acquisition::add(schema::Source source)
{
    source.id = schema::sourceIdFor(source.key);
    const auto *entry = m_state->parts.library.find(source.connector);
    {
        auto lease = m_state->parts.pool->take();
        if (!lease)
            return std::unexpected(lease.error());
        const std::lock_guard lock(m_state->mutex);
        if (auto done = registerSource(**lease, m_state->parts.library, source); !done)
            return done;
        Known known{.source = source, .health = {}, .connector = entry->connector};
        known.health.source = source.id;
        known.health.nextRunAt = m_state->now();
        m_state->table.insert_or_assign(source.key, std::move(known));
    }
    m_state->changed.notify_all();
    return {};
}

Status Acquisition::remove(std::string_view sourceKey)
{
    auto lease = m_state->parts.pool->take();
    if (!lease)
        return std::unexpected(lease.error());
    const std::lock_guard lock(m_state->mutex);
    const auto found = m_state->find(sourceKey);
    if (!found)
        return std::unexpected(found.error());
    Known &known = **found; // stays in the table: a run of it may be under way
    const auto removal = unregisterSource(**lease, known.source);
    if (!removal)
        return std::unexpected(removal.error());
    known.connector = nullptr;
    known.source.connector.clear();
    known.source.enabled = false;
    known.isGone = *removal == storage::SourceRemoval::Gone;
    return {};
}

Result<std::string> Acquisition::publish(std::string_view sourceKey,
                                         const connect::WrittenText &text, std::stop_token stop)
{
    std::unique_lock lock(m_state->mutex);
    const auto found = m_state->find(sourceKey);
    if (!found)
        return std::unexpected(found.error());
    Known &known = **found;
    const schema::Source source = known.source;
    const auto budget = budgetLeft(source, known.health, m_state->now());
    lock.unlock();
    const auto posted = postDraft({source, m_state->parts.library, m_state->parts.http,
                                   m_state->parts.keyOf, budget, m_state->now(), std::move(stop)},
                                  text);
    lock.lock();
    known.health.requestsToday += posted.requests;
    return posted.id;
}

void Acquisition::forgetKnown()
{
    m_state->normaliser.forgetKnown();
}

void Acquisition::setPace(Pace pace)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->pace = pace;
    m_state->changed.notify_all();
}

} // namespace chrona::sources
