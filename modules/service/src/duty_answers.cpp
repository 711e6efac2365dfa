// SPDX-License-Identifier: AGPL-3.0-or-later
// What clients ask of the duties: figures, sources and jobs.
#include "duties.h"

#include "job_kinds.h"
#include "job_list.h"
#include "job_runner.h"
#include "settings.h"

#include "chrona/events/publisher_family.h"
#include "chrona/jobs/job_store.h"
#include "chrona/net/address.h"
#include "chrona/sources/acquisition.h"
#include "chrona/sources/own_feed.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

/// A person waits for it.
constexpr std::int16_t kAskedFor = 10;

/// Ten feeds of one owner confirm a report once.
std::string familyFor(const ipc::SourceAdd &request)
{
    if (!request.publisherFamily.empty())
        return request.publisherFamily;
    const auto parts = net::splitUrl(request.address);
    return parts ? events::publisherFamily(parts->host) : std::string();
}

Result<schema::Source> ownSourceFor(const ipc::SourceAdd &request,
                                    const connect::ConnectorLibrary &library)
{
    const Date today = std::chrono::floor<std::chrono::days>(SystemClock().now());
    if (request.connector.empty())
        return sources::ownFeedSource({.address = request.address,
                                       .name = request.name,
                                       .licence = request.licence,
                                       .termsUrl = request.termsUrl,
                                       .redistribution = request.redistribution,
                                       .retention = request.retention,
                                       .mode = request.mode,
                                       .attribution = request.attribution,
                                       .publisherFamily = familyFor(request),
                                       .every = request.every},
                                      today);
    const auto *connector = library.find(request.connector);
    if (connector == nullptr)
        return fail(ErrorCode::NotFound,
                    std::format("there is no connector \"{}\"", request.connector),
                    "chronactl parse --list shows them");
    return sources::ownInstallationSource({request.address, request.name, request.every},
                                          *connector, today);
}

} // namespace

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
    auto enrichment = m_enrichment.status(connection, SystemClock().now());
    if (!enrichment)
        return std::unexpected(enrichment.error());
    figures.enrichment = std::move(*enrichment);
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

Result<ipc::SourceAdded> Duties::add(storage::Connection &connection, const ipc::SourceAdd &request)
{
    if (!m_library)
        return fail(ErrorCode::Unavailable, "the connectors could not be loaded");
    auto source = ownSourceFor(request, *m_library);
    if (!source)
        return std::unexpected(source.error());
    const auto running = acquisition();
    const Status done =
        running ? running->add(*source) : sources::registerSource(connection, *m_library, *source);
    if (!done)
        return std::unexpected(done.error());
    ipc::SourceEntry entry{std::move(*source), {}};
    entry.health.source = entry.source.id;
    tell(entry);
    return ipc::SourceAdded{std::move(entry)};
}

Result<ipc::Done> Duties::remove(storage::Connection &connection, const ipc::SourceRemove &request)
{
    auto known = storage::loadSources(connection);
    if (!known)
        return std::unexpected(known.error());
    const auto found = std::ranges::find(*known, request.source, &schema::Source::key);
    if (found == known->end())
        return fail(ErrorCode::NotFound, std::format("there is no source {}", request.source),
                    "chronactl sources list shows them");
    if (const auto running = acquisition()) {
        if (auto done = running->remove(request.source); !done)
            return std::unexpected(done.error());
    } else if (const auto done = sources::unregisterSource(connection, *found); !done) {
        return std::unexpected(done.error());
    }
    ipc::SourceEntry entry{std::move(*found), {}};
    entry.source.connector.clear();
    entry.source.enabled = false;
    entry.health.source = entry.source.id;
    entry.health.state = schema::SourceState::Disabled;
    tell(entry);
    return ipc::Done{};
}

Result<ipc::DraftPublished> Duties::publish(const ipc::DraftPublish &request)
{
    const auto running = acquisition();
    if (!running)
        return fail(ErrorCode::Denied, "live sources are not connected",
                    "chronactl config set sources.live true");
    return running
        ->publish(request.source, {.title = request.title,
                                   .body = request.body,
                                   .titleField = request.titleField,
                                   .bodyField = request.bodyField})
        .transform([](std::string id) { return ipc::DraftPublished{std::move(id)}; });
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

std::vector<JobRunner::Kind> Duties::kindsOfJobs()
{
    auto kinds = jobKinds(m_parts.settings);
    kinds.push_back(m_enrichment.kind());
    return kinds;
}

Result<ipc::JobStarted> Duties::command(storage::Connection &connection,
                                        const ipc::JobStart &command)
{
    const auto kinds = kindsOfJobs();
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
