// SPDX-License-Identifier: AGPL-3.0-or-later
#include "duties.h"

#include "brief_pipeline.h"
#include "brief_words.h"
#include "database.h"
#include "event_stream.h"
#include "feature_pipeline.h"
#include "job_kinds.h"
#include "job_list.h"
#include "job_runner.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/log.h"
#include "chrona/connect/connector_library.h"
#include "chrona/events/canonical_event.h"
#include "chrona/events/entity_mapping.h"
#include "chrona/events/region_index.h"
#include "chrona/jobs/job_store.h"
#include "chrona/net/http_client.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

/// Under which name the keychain holds the key of a cloud's language model.
constexpr const char *kCloudModelKey = "assist-cloud";

/// What holds without live sources too: the registry, and the upkeep of the database.
Status prepare(storage::Connection &connection, const connect::ConnectorLibrary *library,
               const Settings &settings)
{
    if (library)
        for (const auto &entry : library->entries())
            if (auto stored = storage::storeSources(connection, entry.description.sources); !stored)
                return std::unexpected(stored.error());
    const Instant now = SystemClock().now();
    return scheduleJobs(connection, settings, now).and_then([&] {
        return seedDefaults(connection);
    });
}

/// The queues whose jobs wait while a restraint holds.
std::set<std::string, std::less<>> heldBy(const Restraint &restraint)
{
    std::set<std::string, std::less<>> held;
    if (restraint.stopWriting)
        for (const auto queue :
             {jobs::queue::kEnrichment, jobs::queue::kFeatures, jobs::queue::kDiscovery,
              jobs::queue::kBriefing, jobs::queue::kImport, jobs::queue::kMaintenance})
            held.insert(std::string(queue));
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

/// What tells where an event is and whom it is about.
struct Enrichment {
    events::EntityMapper mapper;
    events::RegionIndex regions;
    const LearnedTopics &topics;
};

/// Links and places from the text, and from where the event is. What a source says itself is never
/// replaced.
std::vector<schema::Entity> enrich(const Enrichment &by, schema::Event &event)
{
    const events::TopicText text{
        .title = event.title, .description = event.summary, .publisher = {}};
    events::EntityMapping mapping = by.mapper.map(text, by.topics.topicOf(text));
    events::linkByPoint(by.regions, event, mapping);
    events::apply(mapping, event);
    std::vector<schema::Entity> entities;
    for (const events::EntityLink &link : mapping.links) {
        schema::Entity entity;
        entity.id = link.id;
        entity.kind = link.kind;
        entity.key = link.key;
        entity.name = link.name;
        entities.push_back(std::move(entity));
    }
    return entities;
}

sources::Pace paceFor(const Restraint &restraint)
{
    if (restraint.stopAcquisition)
        return sources::Pace::Paused;
    return restraint.stretchPolls ? sources::Pace::Stretched : sources::Pace::Normal;
}

} // namespace

Duties::Duties(Parts parts)
    : m_parts(std::move(parts)),
      m_enrichment({.settings = m_parts.settings,
                    .topics = m_topics,
                    .cloudKey = [this] { return m_keys.keyOf(kCloudModelKey); },
                    .userAgent = std::format("Chrona/{}", m_parts.version)})
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
    QObject::connect(&m_parts.database, &Database::pausedChanged, this, &Duties::prepareDatabase);
    QObject::connect(&m_parts.stream, &EventStream::eventsStored, this,
                     &Duties::refreshFeaturesSoon);
    QObject::connect(
        &m_parts.stream, &EventStream::revisedBesideTheLog, this,
        [this] {
            if (const auto acquisition = this->acquisition())
                acquisition->forgetKnown();
        },
        Qt::DirectConnection);
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
        prepareDatabase();
        auto runner = std::make_unique<JobRunner>(
            pool, kindsOfJobs(),
            [this](storage::Connection &connection, schema::JobId job) {
                tellJob(connection, job);
            },
            heldBy(m_restraint));
        const std::scoped_lock lock(m_mutex);
        m_jobs = std::move(runner);
    }
    beginAcquisition();
}

void Duties::prepareDatabase()
{
    const auto pool = m_parts.database.pool();
    // On a full disk it is done when there is room.
    if (!pool || m_stopped || m_isPrepared || m_parts.database.isPaused())
        return;
    m_parts.workers.run(Workers::Kind::Query, [this, pool] {
        auto lease = pool->take();
        const Status done = lease
                                ? prepare(**lease, m_library.get(), m_parts.settings).and_then([&] {
                                      return m_topics.load(**lease);
                                  })
                                : Status(std::unexpected(lease.error()));
        if (done)
            m_isPrepared = true;
        else
            log::error("duties", "{}", describe(done.error()));
    });
}

void Duties::refreshFeaturesSoon()
{
    const auto pool = m_parts.database.pool();
    if (!pool || m_stopped)
        return;
    const auto due = m_featureTrigger.eventsCame(SystemClock().now());
    if (!due)
        return;
    m_parts.workers.run(Workers::Kind::Query, [pool, due] {
        auto lease = pool->take();
        const auto enqueued = lease ? jobs::enqueue(**lease, featureRefreshAt(*due))
                                    : Result<jobs::Enqueued>(std::unexpected(lease.error()));
        if (!enqueued) // the hourly one takes them
            log::warning("features", "{}", describe(enqueued.error()));
    });
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
    auto regions = events::RegionIndex::shipped();
    if (!regions)
        return std::unexpected(regions.error());
    const auto enrichment = std::make_shared<const Enrichment>(
        events::EntityMapper(std::move(*places)), std::move(*regions), m_topics);
    sources::Acquisition::Listener listener;
    listener.stored = [&stream = m_parts.stream](sources::StoredBatch batch) {
        if (batch.report.accepted + batch.report.revised > 0)
            stream.stored(std::move(batch.events), batch.source.key,
                          batch.report.revised > 0 ? EventCache::Revisions::Some
                                                   : EventCache::Revisions::None);
    };
    listener.sourceChanged = [this](const sources::SourceView &view) { tellSource(view); };
    return sources::Acquisition::start(
        {.pool = std::move(pool),
         .library = *m_library,
         .http = *m_http,
         .canonicalise = canonicalise,
         .clock = nullptr,
         .enrich = [enrichment](schema::Event &event) { return enrich(*enrichment, event); },
         .keyOf = [this](const schema::Source &source) { return m_keys.keyOf(source.key); }},
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
    if (entry->kind == kTopicsLearn && entry->state == ipc::JobState::Done)
        if (auto loaded = m_topics.load(connection); !loaded)
            log::warning("topics", "{}", describe(loaded.error()));
    const bool isDaily = entry->kind == kDailyBriefing || entry->kind == kBriefingWords;
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
    tell(ipc::SourceEntry{view.source, view.health});
}

void Duties::tell(ipc::SourceEntry entry)
{
    QMetaObject::invokeMethod(
        this, [this, entry = std::move(entry)] { Q_EMIT sourceChanged(entry); },
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
    m_keys.close(); // nobody waits for a keychain that asks a person who has gone
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

} // namespace chrona::service
