// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_pipeline.h"

#include "database.h"
#include "oracle_collectors.h"
#include "oracle_record.h"
#include "oracle_tape.h"
#include "oracle_wish.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/log.h"

#include <QCoreApplication>

#include <algorithm>
#include <format>
#include <utility>

namespace chrona::service {
namespace {

constexpr std::size_t kDaysShown = 7;
constexpr std::chrono::seconds kRevealsEvery{10};
/// The sample world's hour of ticks is read after the first questions of a window that just opens.
constexpr std::chrono::seconds kTapeAfter{3};

} // namespace

OraclePipeline::OraclePipeline(Parts parts) : m_parts(std::move(parts))
{
    connect(&m_parts.database, &Database::stateChanged, this, &OraclePipeline::look);
    connect(&m_revealTimer, &QTimer::timeout, this, &OraclePipeline::readReveals);
}

OraclePipeline::~OraclePipeline()
{
    stop();
    QCoreApplication::removePostedEvents(this); // a run on its way must not outlive its parts
}

void OraclePipeline::reconsider()
{
    QMetaObject::invokeMethod(this, [this] { look(); }, Qt::QueuedConnection);
}

void OraclePipeline::look()
{
    const auto pool = m_parts.database.pool();
    if (!pool || m_isStopped)
        return;
    if (m_isBusy) {
        m_lookAgain = true;
        return;
    }
    const OracleWish wanted = readWish(m_parts.settings, m_parts.dataFolder);
    if (std::exchange(m_isFresh, false) && !wanted.isLive) {
        QTimer::singleShot(kTapeAfter, this, &OraclePipeline::look);
        return;
    }
    m_isBusy = true;
    begin(wanted, pool);
}

/// On a worker: what is asked for is compared with what runs, and replaced where it differs.
void OraclePipeline::begin(const OracleWish &wanted, std::shared_ptr<storage::Pool> pool)
{
    m_parts.workers.run(Workers::Kind::Query, [this, wanted, pool] {
        std::string tape;
        if (!wanted.isLive)
            if (auto lease = pool->take())
                tape = tapeName(**lease).value_or(std::string());
        const std::string text = wanted.text(tape);
        const bool isWanted = wanted.isLive || !tape.empty();
        const bool isNew = text != m_running || (isWanted && !run());
        Result<std::shared_ptr<OracleRun>> made = nullptr;
        if (isNew) {
            {
                const std::scoped_lock lock(m_mutex);
                made = std::move(m_run);
                m_run.reset();
            }
            made = nullptr; // the old one ends before the new one begins
            if (isWanted)
                made = make(wanted, pool);
            m_running = text;
        }
        QMetaObject::invokeMethod(
            this,
            [this, made, isNew] {
                m_isBusy = false;
                if (isNew && !m_isStopped) {
                    {
                        const std::scoped_lock lock(m_mutex);
                        m_run = made ? *made : nullptr;
                        m_problem = made ? std::string() : made.error().what;
                    }
                    followReveals();
                    if (!made)
                        log::error("oracle", "{}", describe(made.error()));
                    Q_EMIT changed({.status = status(), .raised = {}});
                }
                if (std::exchange(m_lookAgain, false))
                    look();
            },
            Qt::QueuedConnection);
    });
}

Result<OracleRun::Parts> OraclePipeline::liveParts(const OracleWish &wanted)
{
    if (!m_clients) {
        const std::string contact = m_parts.settings.text("sources.contact");
        auto clients =
            makeVenueClients(m_parts.venuesFolder, std::format("Chrona/{}{}{}{}", m_parts.version,
                                                               contact.empty() ? "" : " (", contact,
                                                               contact.empty() ? "" : ")"));
        if (!clients)
            return std::unexpected(clients.error());
        m_clients = std::move(*clients);
    }
    std::vector<std::string> venues;
    for (const std::string &name : wanted.venues) {
        const auto *entry = m_clients->library->find(name);
        if (entry != nullptr && entry->venue != nullptr)
            venues.push_back(name);
        else
            log::warning("oracle", "there is no venue {}", name);
    }
    auto plan = planFor(wanted.feeds, venues);
    if (!plan)
        return std::unexpected(plan.error());
    followRounds(*plan, wanted.network);
    OracleRun::Parts parts;
    for (const PairedCollector &each : wanted.elsewhere)
        plan->collectors.push_back(each.name);
    parts.elsewhere = wanted.elsewhere;
    parts.preferred = wanted.preferred;
    parts.plan = std::move(*plan);
    parts.mode = ipc::OracleMode::Live;
    parts.venues = m_clients->library.get();
    parts.http = m_clients->http.get();
    parts.streams = m_clients->streams.get();
    return parts;
}

Result<std::shared_ptr<OracleRun>> OraclePipeline::make(const OracleWish &wanted,
                                                        std::shared_ptr<storage::Pool> pool)
{
    Result<OracleRun::Parts> parts = OracleRun::Parts{};
    if (wanted.isLive) {
        parts = liveParts(wanted);
        auto lease = pool->take();
        const Status known = !parts  ? Status()
                             : lease ? recall(**lease, parts->plan, SystemClock().now())
                                     : Status(std::unexpected(lease.error()));
        if (!known)
            log::warning("oracle", "what was learned before is not known: {}",
                         describe(known.error()));
    } else {
        auto lease = pool->take();
        if (!lease)
            return std::unexpected(lease.error());
        parts = loadTape(**lease);
    }
    if (!parts)
        return std::unexpected(parts.error());
    parts->pool = std::move(pool);
    parts->recording = wanted.recording;
    parts->alerts = AlertBook(wanted.rules, wanted.quiet);
    parts->changed = [this](ipc::OracleChanged news) {
        {
            const std::scoped_lock lock(m_mutex);
            news.status.alerts += static_cast<std::uint32_t>(m_providerAlerts.holding());
        }
        tell(std::move(news));
    };
    return OracleRun::start(std::move(*parts)).transform([](std::unique_ptr<OracleRun> run) {
        return std::shared_ptr<OracleRun>(std::move(run));
    });
}

void OraclePipeline::observe(const ProviderFacts &provider)
{
    std::vector<ipc::OracleAlert> raised;
    {
        const std::scoped_lock lock(m_mutex);
        m_providerAlerts.setQuietHours(readWish(m_parts.settings, m_parts.dataFolder).quiet);
        observeProvider(m_providerAlerts, provider);
        raised = m_providerAlerts.takeRaised();
    }
    if (!raised.empty())
        tell({.status = status(), .raised = std::move(raised)});
}

std::vector<ipc::OracleAlert> OraclePipeline::alerts(std::size_t limit) const
{
    const auto running = run();
    std::vector<ipc::OracleAlert> all =
        running ? running->view().alerts(limit) : std::vector<ipc::OracleAlert>{};
    const std::scoped_lock lock(m_mutex);
    const auto provider = m_providerAlerts.all(limit);
    all.insert(all.end(), provider.begin(), provider.end());
    std::ranges::stable_sort(all, [](const ipc::OracleAlert &a, const ipc::OracleAlert &b) {
        if (a.endedAt.has_value() != b.endedAt.has_value())
            return b.endedAt.has_value();
        return a.raisedAt > b.raisedAt;
    });
    if (all.size() > limit)
        all.resize(limit);
    return all;
}

void OraclePipeline::mute(std::optional<Instant> until)
{
    if (const auto running = run())
        running->view().mute(until);
    const std::scoped_lock lock(m_mutex);
    m_providerAlerts.mute(until);
}

void OraclePipeline::tell(ipc::OracleChanged news)
{
    QMetaObject::invokeMethod(
        this, [this, news = std::move(news)] { Q_EMIT changed(news); }, Qt::QueuedConnection);
}

void OraclePipeline::stop()
{
    m_isStopped = true;
    std::shared_ptr<OracleRun> ending;
    const std::scoped_lock lock(m_mutex);
    ending = std::move(m_run);
    m_run.reset();
}

void OraclePipeline::endReplay()
{
    std::shared_ptr<OracleRun> ending;
    const std::scoped_lock lock(m_mutex);
    if (m_run && m_run->mode() == ipc::OracleMode::Replay)
        ending = std::move(m_run);
}

std::shared_ptr<OracleRun> OraclePipeline::run() const
{
    const std::scoped_lock lock(m_mutex);
    return m_run;
}

ipc::OracleStatus OraclePipeline::status() const
{
    const auto running = run();
    ipc::OracleStatus now = running ? running->status(true) : ipc::OracleStatus{};
    const std::scoped_lock lock(m_mutex);
    if (!running)
        now.problem = m_problem;
    now.alerts += static_cast<std::uint32_t>(m_providerAlerts.holding());
    return now;
}

ipc::OracleState OraclePipeline::state() const
{
    const auto running = run();
    if (!running)
        return ipc::OracleState::Off;
    const ipc::OracleStatus now = running->status(false);
    if (now.feedsSound == now.feeds)
        return ipc::OracleState::Running;
    return now.rounds.empty() ? ipc::OracleState::Starting : ipc::OracleState::Degraded;
}

/// With the days of the database where it has some: it remembers across restarts.
Result<ipc::OracleVenuesReply> OraclePipeline::venues(storage::Connection &connection) const
{
    ipc::OracleVenuesReply reply;
    const auto running = run();
    if (!running)
        return reply;
    reply.venues = running->venues();
    const Date from = std::chrono::floor<std::chrono::days>(SystemClock().now()) -
                      std::chrono::days(kDaysShown - 1);
    for (ipc::OracleVenueEntry &entry : reply.venues) {
        const auto days = storage::loadVenueDays(connection, entry.venue, from);
        if (!days)
            return std::unexpected(days.error());
        if (days->empty())
            continue;
        entry.days.clear();
        for (const storage::StoredVenueDay &day : *days)
            entry.days.push_back({formatDate(day.day), day.watchedSeconds, day.heardSeconds});
    }
    return reply;
}

Result<ipc::OracleExplainReply> OraclePipeline::explain(storage::Connection &connection,
                                                        const ipc::OracleExplain &asked) const
{
    if (const auto running = run())
        if (auto newest = running->view().newest(asked.feed, asked.at))
            return ipc::OracleExplainReply{std::move(*newest)};
    const auto stored =
        storage::loadOracleAnswer(connection, asked.feed, asked.at.value_or(SystemClock().now()));
    if (!stored)
        return std::unexpected(stored.error());
    if (!*stored)
        return fail(ErrorCode::NotFound,
                    std::format("no answer of {} is kept from then", asked.feed.substr(0, 40)),
                    "chronactl oracle feeds lists the feeds");
    const auto read = readAnswer((*stored)->explanation);
    if (!read)
        return std::unexpected(read.error());
    return ipc::OracleExplainReply{tellAnswer(asked.feed, *read, (*stored)->isSynthetic)};
}

/// After a run began or ended, on the main thread.
void OraclePipeline::followReveals()
{
    const auto running = run();
    const std::string network = readWish(m_parts.settings, m_parts.dataFolder).network;
    const bool isLive = running && running->mode() == ipc::OracleMode::Live;
    m_reveals = isLive && !network.empty()
                    ? std::make_shared<OracleReveals>(network, running->plan())
                    : nullptr;
    m_revealsOf = isLive ? network : std::string();
    if (isLive)
        m_revealTimer.start(kRevealsEvery);
    else
        m_revealTimer.stop();
}

/// Others' values of rounds that are over, where a network is followed: to the run that forecasts
/// them. Where another network is followed now, or none any more, there must be another run.
void OraclePipeline::readReveals()
{
    const bool isOff = m_parts.settings.text("flare.mode") == "off";
    if ((isOff ? std::string() : m_parts.settings.text("flare.network")) != m_revealsOf)
        return look();
    const auto pool = m_parts.database.pool();
    const auto running = run();
    if (!m_reveals || !pool || !running || std::exchange(m_isReading, true))
        return;
    m_parts.workers.run(Workers::Kind::Query, [this, pool, running, reveals = m_reveals] {
        Result<std::vector<DeskReveal>> found = std::vector<DeskReveal>{};
        if (auto lease = pool->take())
            found = reveals->next(**lease,
                                  std::chrono::floor<std::chrono::milliseconds>(SystemClock().now())
                                      .time_since_epoch()
                                      .count());
        if (found)
            running->reveal(*found);
        else
            log::warning("oracle", "others' values are not read: {}", describe(found.error()));
        QMetaObject::invokeMethod(
            this, [this] { m_isReading = false; }, Qt::QueuedConnection);
    });
}

std::vector<ipc::OracleCollectorEntry> OraclePipeline::collectors() const
{
    if (const auto running = run(); running && running->mode() == ipc::OracleMode::Live)
        return running->collectors();
    std::vector<ipc::OracleCollectorEntry> entries;
    for (const PairedCollector &each : CollectorBook(m_parts.dataFolder / "collectors").all()) {
        ipc::OracleCollectorEntry entry;
        entry.name = each.name;
        entry.address = each.address;
        entry.detail = "oracle.live is false: it is not dialled";
        entries.push_back(std::move(entry));
    }
    return entries;
}

Status OraclePipeline::addCollector(const ipc::OracleCollectorAdd &asked)
{
    auto added = CollectorBook(m_parts.dataFolder / "collectors")
                     .add(asked.name, asked.address, asked.pairing);
    if (added)
        reconsider();
    return added;
}

Status OraclePipeline::removeCollector(const std::string &name)
{
    auto removed = CollectorBook(m_parts.dataFolder / "collectors").remove(name);
    if (removed)
        reconsider();
    return removed;
}

} // namespace chrona::service
