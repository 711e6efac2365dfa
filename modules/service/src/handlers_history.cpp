// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "handlers.h"
#include "raw_excerpt.h"

#include "chrona/storage/event_queries.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <memory>

namespace chrona::service {
namespace {

/// Between being fetched and being an event lies the normaliser's lag.
constexpr std::chrono::minutes kRawBefore{30};
constexpr std::uint32_t kRawItemsMax = 50;

/// Terms that forbid passing on forbid showing the words of others on a screen that is shared, too.
Status addExcerpt(storage::Connection &connection, const schema::Event &event,
                  ipc::EventHistoryReply &reply)
{
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    const auto source = std::ranges::find(*sources, event.source, &schema::Source::id);
    if (source == sources->end())
        return {};
    const auto items =
        storage::loadRawBetween(connection, event.source, event.times.ingestedAt - kRawBefore,
                                event.times.ingestedAt + std::chrono::seconds(1), kRawItemsMax);
    if (!items)
        return std::unexpected(items.error());
    for (const storage::LoggedItem &logged : *items) {
        const auto excerpt =
            excerptOf(logged.item.payload, event, ipc::EventHistoryReply::kExcerptBytesMax);
        if (!excerpt)
            continue;
        reply.contentType = logged.item.contentType;
        reply.fetchedAt = logged.item.fetchedAt;
        if (source->redistribution == schema::Redistribution::Forbidden) {
            reply.excerptState = ipc::ExcerptState::Withheld;
        } else {
            reply.excerptState = ipc::ExcerptState::Shown;
            reply.excerpt = *excerpt;
        }
        break;
    }
    return {};
}

Result<ipc::EventHistoryReply> loadHistory(storage::Connection &connection, schema::EventId id)
{
    auto revisions = storage::loadRevisions(connection, id);
    if (!revisions)
        return std::unexpected(revisions.error());
    ipc::EventHistoryReply reply;
    if (auto added = addExcerpt(connection, revisions->back(), reply); !added)
        return std::unexpected(added.error());
    const std::size_t kept =
        std::min(revisions->size(), std::size_t{ipc::EventHistoryReply::kRevisionsMax});
    reply.revisions.assign(
        std::make_move_iterator(revisions->end() - static_cast<std::ptrdiff_t>(kept)),
        std::make_move_iterator(revisions->end()));
    return reply;
}

struct FormerAnswer {
    ipc::FormerEventsReply reply;
    std::shared_ptr<const schema::EventColumns> columns;
};

Result<FormerAnswer> loadFormerColumns(storage::Connection &connection, Instant asOf)
{
    const auto events = storage::loadFormer(connection, asOf);
    if (!events)
        return std::unexpected(events.error());
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    storage::EventTables tables;
    schema::EventColumns columns;
    columns.reserve(events->size());
    for (const schema::Event &event : *events)
        columns.append(event, tables.sourceIndex(event.source), tables.regionIndex(event.region));
    FormerAnswer answer;
    answer.reply.regions = std::move(tables.regions);
    for (const schema::SourceId id : tables.sources) {
        const auto source = std::ranges::find(*sources, id, &schema::Source::id);
        answer.reply.sources.push_back(source == sources->end() ? std::string() : source->key);
    }
    answer.columns = std::make_shared<const schema::EventColumns>(std::move(columns));
    return answer;
}

} // namespace

void Handlers::handle(ipc::EventHistoryRequest request,
                      Responder<ipc::EventHistoryRequest> responder)
{
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [id = request.id](storage::Connection &connection) { return loadHistory(connection, id); });
}

void Handlers::handle(ipc::FormerEventsRequest request,
                      Responder<ipc::FormerEventsRequest> responder)
{
    withPool(
        m_parts.database, m_parts.workers, Workers::Kind::Query, std::move(responder),
        [asOf = request.asOf](storage::Pool &pool, const Responder<ipc::FormerEventsRequest> &to) {
            auto lease = pool.take(to.stopToken());
            if (!lease)
                return to.fail(lease.error());
            const storage::BreakOff breakOff(**lease, to.stopToken());
            auto answer = loadFormerColumns(**lease, asOf);
            if (!answer)
                return to.fail(answer.error());
            to.reply(answer->reply, std::move(answer->columns));
        });
}

} // namespace chrona::service
