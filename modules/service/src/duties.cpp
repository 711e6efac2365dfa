// SPDX-License-Identifier: AGPL-3.0-or-later
#include "duties.h"

#include "brief_pipeline.h"
#include "database.h"
#include "discovery_pipeline.h"
#include "event_stream.h"
#include "feature_pipeline.h"
#include "job_list.h"
#include "job_runner.h"
#include "maintenance.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/log.h"
#include "chrona/connect/connector_library.h"
#include "chrona/events/canonical_event.h"
#include "chrona/events/entity_mapping.h"
#include "chrona/jobs/job_store.h"
#include "chrona/net/http_client.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <format>
#include <iterator>

namespace chrona::service {
namespace {

/// What holds without live sources too: the registry, and the upkeep of the database.
Status prepare(storage::Connection &connection, const connect::ConnectorLibrary *library,
               const Settings &settings)
{
    if (library)
        for (const auto &entry : library->entries())
            if (auto stored = storage::storeSources(connection, entry.description.sources); !stored)
                return std::unexpected(stored.error());
    const Instant now = SystemClock().now();
    if (auto done = scheduleBriefings(connection, settings, now); !done)
        return done;
    for (const auto schedule : {scheduleMaintenance, scheduleFeatures, scheduleDiscovery})
        if (auto done = schedule(connection, now); !done)
            return done;
    return seedDefaultWatchlists(connection);
}

/// Everything that jobs do, one line of work after another.
std::vector<JobRunner::Kind> allKinds(const Settings &settings)
{
    std::vector<JobRunner::Kind> kinds = briefingKinds(settings);
    for (const auto kindsOf : {maintenanceKinds, featureKinds, discoveryKinds})
        std::ranges::move(kindsOf(), std::back_inserter(kinds));
    return kinds;
}

/// The queues whose jobs wait while a restraint holds.
std::set<std::string, std::less<>> heldBy(const Restraint &restraint)
{
    std::set<std::string, std::less<>> held;
    if (restraint.pauseAnalysis)
        held.insert({std::string(jobs::queue::kFeatures), std::string(jobs::queue::kDiscovery)});
    if (restraint.stopEnrichment)
        held.insert(std::string(jobs::queue::kEnrichment));
    return held;
}

Result<schema::Event> canonicalise(schema::Event draft, const schema::Source &source,
                                   Instant ingestedAt)
{
    return events::canonicalEvent(std::move(draft), {source.id, source.mode, ingestedAt});
}

/// Links and places from the text. What a source says itself is never replaced.
std::vector<schema::Entity> enrich(const events::EntityMapper &mapper, schema::Event &event)
{
    const events::EntityMapping mapping =
        mapper.map({.title = event.title, .description = event.summary, .publisher = {}});
    events::apply(mapping, event);
    std::vector<schema::Entity> entities;
    for (const events::EntityLink &link : mapping.links) {
        schema::Entity entity;
        entity.kind = link.kind;
        entity.key = link.key;
        entity.name = link.name;
        entities.push_back(std::move(entity));
    }
    return entities;
}

/// A person waits for it.
constexpr std::int16_t kAskedFor = 10;

sources::Pace paceFor(const Restraint &restraint)
{
    if (restraint.stopAcquisition)
        return sources::Pace::Paused;
    return restraint.stretchPolls ? sources::Pace::Stretched : sources::Pace::Normal;
}

} // namespace

Duties::Duties(Parts parts) : m_parts(std::move(parts))
{
    auto library = connect::ConnectorLibrary::load(m_parts.pluginsFolder);
    if (library) {
        m_library = std::move(*library);
        for (const auto &refusal : m_library->refusals())
            log::warning("connectors", "{} is refused: {}", refusal.file.string(), refusal.reason);
    } else {
        log::warning("connectors", "{}", describe(library.error()));
    }
    QObject::connect(&m_parts.database, &Database::stateChanged, this, &Duties::databaseChanged);
}

Duties::~Duties()
{
    stop();
}

void Duties::databaseChanged()
{
    const auto pool = m_parts.database.pool();
    if (!pool || m_stopped)
        return;
    // The pool outlives restarts of Postgres, so what works on it goes on by itself.
    if (!m_jobs) {
        m_parts.workers.run(Workers::Kind::Query, [this, pool] {
            auto lease = pool->take();
            const Status done = lease ? prepare(**lease, m_library.get(), m_parts.settings)
                                      : Status(std::unexpected(lease.error()));
            if (!done)
                log::error("duties", "{}", describe(done.error()));
        });
        auto runner = std::make_unique<JobRunner>(
            pool, allKinds(m_parts.settings),
            [this](storage::Connection &connection, schema::JobId job) {
                tellJob(connection, job);
            });
        runner->hold(heldBy(m_restraint));
        const std::scoped_lock lock(m_mutex);
        m_jobs = std::move(runner);
    }
    beginAcquisition();
}

void Duties::beginAcquisition()
{
    const auto pool = m_parts.database.pool();
    const bool wanted = m_parts.settings.flag("sources.live") && m_library && pool;
    if (!wanted || m_stopped || m_acquisitionStarting || acquisition())
        return;
    m_acquisitionStarting = true;
    m_parts.workers.run(Workers::Kind::Query, [this, pool] {
        auto made = makeAcquisition(pool);
        if (!made)
            log::error("sources", "{}", describe(made.error()));
        std::shared_ptr<sources::Acquisition> started = made ? std::move(*made) : nullptr;
        QMetaObject::invokeMethod(
            this,
            [this, started] {
                m_acquisitionStarting = false;
                if (!started || m_stopped)
                    return;
                started->setPace(paceFor(m_restraint));
                const std::scoped_lock lock(m_mutex);
                m_acquisition = started;
            },
            Qt::QueuedConnection);
    });
}

Result<std::unique_ptr<sources::Acquisition>>
Duties::makeAcquisition(std::shared_ptr<storage::Pool> pool)
{
    if (!m_http) {
        net::HttpClient::Options options;
        const std::string contact = m_parts.settings.text("sources.contact");
        options.userAgent =
            std::format("Chrona/{}{}{}{}", m_parts.version, contact.empty() ? "" : " (", contact,
                        contact.empty() ? "" : ")");
        auto client = net::HttpClient::create(options, net::makeNetworkTransport({}));
        if (!client)
            return std::unexpected(client.error());
        m_http = std::move(*client);
    }
    auto places = events::PlaceNames::shipped();
    if (!places)
        return std::unexpected(places.error());
    const auto mapper = std::make_shared<const events::EntityMapper>(std::move(*places));
    sources::Acquisition::Listener listener;
    listener.stored = [&stream = m_parts.stream](sources::StoredBatch batch) {
        if (batch.report.accepted + batch.report.revised > 0)
            stream.stored(std::move(batch.events), batch.source.key,
                          batch.report.revised > 0 ? EventCache::Revisions::Some
                                                   : EventCache::Revisions::None);
    };
    listener.sourceChanged = [this](const sources::SourceView &view) { tellSource(view); };
    return sources::Acquisition::start({.pool = std::move(pool),
                                        .library = *m_library,
                                        .http = *m_http,
                                        .canonicalise = canonicalise,
                                        .clock = nullptr,
                                        .enrich =
                                            [mapper](schema::Event &event) {
                                                return enrich(*mapper, event);
                                            }},
                                       std::move(listener), {});
}

/// On a thread of the runner's.
void Duties::tellJob(storage::Connection &connection, schema::JobId job)
{
    const auto entry = findJob(connection, job);
    if (!entry)
        return log::warning("jobs", "{}", describe(entry.error()));
    QMetaObject::invokeMethod(
        this, [this, entry = *entry] { Q_EMIT jobChanged(entry); }, Qt::QueuedConnection);
    const bool isDaily = entry->kind == kDailyBriefing;
    if (entry->state != ipc::JobState::Done || (!isDaily && entry->kind != kHourlyUpdate))
        return;
    const auto kind = isDaily ? ipc::BriefingKind::Daily : ipc::BriefingKind::Hourly;
    if (auto news = newsOf(connection, kind))
        tell(std::move(*news));
    else
        log::warning("briefing", "{}", describe(news.error()));
}

void Duties::tell(ipc::BriefingChanged news)
{
    QMetaObject::invokeMethod(
        this, [this, news = std::move(news)] { Q_EMIT briefingChanged(news); },
        Qt::QueuedConnection);
}

void Duties::wakeJobs()
{
    const std::scoped_lock lock(m_mutex);
    if (m_jobs)
        m_jobs->wake();
}

void Duties::tellSource(const sources::SourceView &view)
{
    QMetaObject::invokeMethod(
        this,
        [this, entry = ipc::SourceEntry{view.source, view.health}] { Q_EMIT sourceChanged(entry); },
        Qt::QueuedConnection);
}

std::shared_ptr<sources::Acquisition> Duties::acquisition() const
{
    const std::scoped_lock lock(m_mutex);
    return m_acquisition;
}

void Duties::stop()
{
    m_stopped = true;
    std::unique_ptr<JobRunner> runner;
    std::shared_ptr<sources::Acquisition> ending;
    {
        const std::scoped_lock lock(m_mutex);
        runner = std::move(m_jobs);
        ending = std::move(m_acquisition);
    }
    if (ending)
        ending->stop();
    runner.reset(); // waits for what runs
}

void Duties::setRestraint(const Restraint &restraint)
{
    m_restraint = restraint;
    if (m_jobs)
        m_jobs->hold(heldBy(restraint));
    if (const auto running = acquisition())
        running->setPace(paceFor(restraint));
}

void Duties::settingsChanged()
{
    if (const auto pool = m_parts.database.pool())
        m_parts.workers.run(Workers::Kind::Query, [this, pool] {
            auto lease = pool->take();
            if (!lease)
                return;
            const Instant now = SystemClock().now();
            if (auto done = scheduleBriefings(**lease, m_parts.settings, now); !done)
                log::warning("briefing", "{}", describe(done.error()));
        });
    if (m_parts.settings.flag("sources.live"))
        return beginAcquisition();
    std::shared_ptr<sources::Acquisition> ending;
    {
        const std::scoped_lock lock(m_mutex);
        ending = std::move(m_acquisition);
    }
    // Its last copy goes on a worker: ending requests takes a moment that the main thread has not.
    if (ending)
        m_parts.workers.run(Workers::Kind::Query, [ending = std::move(ending)] { ending->stop(); });
}

Result<DutyFigures> Duties::figures(storage::Connection &connection) const
{
    DutyFigures figures;
    auto queues = loadQueues(connection);
    if (!queues)
        return std::unexpected(queues.error());
    figures.queues = std::move(*queues);
    const auto lag = storage::rawLag(connection, sources::Normaliser::kCursor);
    if (!lag)
        return std::unexpected(lag.error());
    figures.queues.insert(figures.queues.begin(), {"raw_items", lag->items, 0, 0, lag->oldestAt});
    if (lag->oldestAt)
        figures.normaliseLag = SystemClock().now() - *lag->oldestAt;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_jobs)
            figures.claimTime = m_jobs->claimTime();
    }
    const auto known = sources(connection);
    if (!known)
        return std::unexpected(known.error());
    for (const auto &[source, health] : known->sources)
        if (!source.connector.empty())
            figures.connectors.push_back(
                {source.key, health.state, health.lastSuccessAt, health.lastError});
    return figures;
}

Result<ipc::SourcesReply> Duties::sources(storage::Connection &connection) const
{
    ipc::SourcesReply reply;
    auto known = storage::loadSources(connection);
    if (!known)
        return std::unexpected(known.error());
    const auto healths = storage::loadSourceHealth(connection);
    if (!healths)
        return std::unexpected(healths.error());
    const Instant now = SystemClock().now();
    const bool live = acquisition() != nullptr;
    for (schema::Source &source : *known) {
        ipc::SourceEntry entry{std::move(source), {}};
        entry.health.source = entry.source.id;
        const auto health =
            std::ranges::find(*healths, entry.source.id, &schema::SourceHealth::source);
        if (health != healths->end())
            entry.health = *health;
        // Nobody is late for what nobody asked for.
        if (live || !entry.source.enabled)
            entry.health.state = sources::stateOf(entry.source, entry.health, now);
        reply.sources.push_back(std::move(entry));
    }
    return reply;
}

Result<ipc::Done> Duties::command(storage::Connection &connection,
                                  const ipc::SourceCommand &command)
{
    const auto running = acquisition();
    const schema::SourceId id = schema::sourceIdFor(command.source);
    Status done;
    switch (command.action) {
    case ipc::SourceAction::Enable:
        done = running ? running->enable(command.source)
                       : storage::setSourceEnabled(connection, id, storage::SourceSwitch::On);
        break;
    case ipc::SourceAction::Disable:
        done = running ? running->disable(command.source)
                       : storage::setSourceEnabled(connection, id, storage::SourceSwitch::Off);
        break;
    case ipc::SourceAction::RunNow:
        done = running ? running->runNow(command.source)
                       : fail(ErrorCode::Denied, "live sources are not connected",
                              "chronactl config set sources.live true");
        break;
    }
    if (!done)
        return std::unexpected(done.error());
    return ipc::Done{};
}

Result<ipc::JobsReply> Duties::jobs(storage::Connection &connection,
                                    const ipc::JobsRequest &request) const
{
    return listJobs(connection, request);
}

Result<ipc::Done> Duties::command(storage::Connection &connection, const ipc::JobCommand &command)
{
    const Status done = command.action == ipc::JobAction::Cancel
                            ? jobs::cancel(connection, command.job)
                            : jobs::retry(connection, command.job);
    if (!done)
        return std::unexpected(done.error());
    const std::scoped_lock lock(m_mutex);
    if (m_jobs)
        m_jobs->wake();
    return ipc::Done{};
}

Result<ipc::JobStarted> Duties::command(storage::Connection &connection,
                                        const ipc::JobStart &command)
{
    const auto kinds = allKinds(m_parts.settings);
    const auto kind = std::ranges::find(kinds, command.kind, &JobRunner::Kind::kind);
    if (kind == kinds.end())
        return fail(ErrorCode::NotFound, std::format("there are no jobs of kind {}", command.kind));
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto enqueued = jobs::enqueue(
        connection,
        {.queue = kind->queue, .kind = kind->kind, .uniqueKey = kind->kind, .priority = kAskedFor});
    if (!enqueued)
        return std::unexpected(enqueued.error());
    const auto rows =
        connection.query("SELECT id FROM chrona_ops.job WHERE queue = $1 AND unique_key = $2",
                         {kind->queue, kind->kind});
    if (!rows)
        return std::unexpected(rows.error());
    const ipc::JobStarted reply{{rows->first().int64(0)}, *enqueued == jobs::Enqueued::Rerun};
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    const std::scoped_lock lock(m_mutex);
    if (m_jobs)
        m_jobs->wake();
    return reply;
}

} // namespace chrona::service
