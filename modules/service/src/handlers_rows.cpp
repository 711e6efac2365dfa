// SPDX-License-Identifier: AGPL-3.0-or-later
// The long table over the whole database (docs/adr/0125).
#include "database_work.h"
#include "handlers.h"

#include "chrona/storage/event_pages.h"
#include "chrona/storage/source_store.h"

#include <algorithm>

namespace chrona::service {
namespace {

using storage::EventPosition;

std::optional<EventPosition> positionOf(const std::optional<ipc::RowKey> &key)
{
    return key ? std::optional(EventPosition{key->observedAt, key->id}) : std::nullopt;
}

std::optional<ipc::RowKey> rowKeyOf(const std::optional<EventPosition> &position)
{
    return position ? std::optional(ipc::RowKey{position->observedAt, position->id}) : std::nullopt;
}

storage::Order orderFrom(ipc::RowOrder order)
{
    return order == ipc::RowOrder::OldestFirst ? storage::Order::OldestFirst
                                               : storage::Order::NewestFirst;
}

/// Sources by key; one that is not known lets nothing pass, as it should.
Result<std::vector<schema::SourceId>> sourcesCalled(storage::Connection &connection,
                                                    const std::vector<std::string> &keys)
{
    std::vector<schema::SourceId> ids;
    if (keys.empty())
        return ids;
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    for (const schema::Source &source : *sources)
        if (std::ranges::find(keys, source.key) != keys.end())
            ids.push_back(source.id);
    if (ids.empty())
        ids.push_back({});
    return ids;
}

Result<storage::EventPick> pickFrom(storage::Connection &connection, const ipc::EventPick &asked)
{
    if (asked.words.size() > ipc::EventPick::kWordsMax)
        return fail(ErrorCode::InvalidInput, "too many words in one question");
    auto sources = sourcesCalled(connection, asked.sources);
    if (!sources)
        return std::unexpected(sources.error());
    storage::EventPick pick;
    pick.from = asked.from;
    pick.to = asked.to;
    pick.box = asked.box;
    pick.types = asked.types;
    pick.sources = std::move(*sources);
    pick.regions = asked.regions;
    pick.countries = asked.countries;
    pick.words = asked.words;
    pick.severityMin = static_cast<float>(asked.severityMin);
    pick.confidenceMin = static_cast<float>(asked.confidenceMin);
    pick.availableBy = asked.availableBy;
    return pick;
}

Result<ipc::EventStepsReply> walkSteps(storage::Connection &connection,
                                       const ipc::EventStepsQuery &asked)
{
    const auto pick = pickFrom(connection, asked.pick);
    if (!pick)
        return std::unexpected(pick.error());
    const storage::EventStride stride{
        std::clamp(asked.rowsPerPage, 1U, ipc::EventStepsQuery::kRowsPerPageMax),
        std::clamp(asked.pages, 1U, ipc::EventStepsQuery::kPagesMax)};
    const auto steps = storage::walkEvents(
        connection, *pick, {.order = orderFrom(asked.order), .from = positionOf(asked.from)},
        stride);
    if (!steps)
        return std::unexpected(steps.error());
    ipc::EventStepsReply reply;
    reply.keys.reserve(steps->keys.size());
    for (const EventPosition &key : steps->keys)
        reply.keys.push_back({key.observedAt, key.id});
    reply.rows = steps->rows;
    reply.next = rowKeyOf(steps->next);
    if (asked.from || !steps->next)
        return reply;
    const auto about = storage::estimateEvents(connection, *pick);
    if (!about)
        return std::unexpected(about.error());
    reply.about = *about;
    return reply;
}

Result<ipc::EventRowsReply> loadRows(storage::Connection &connection,
                                     const ipc::EventRowsQuery &asked)
{
    const auto pick = pickFrom(connection, asked.pick);
    if (!pick)
        return std::unexpected(pick.error());
    auto page = storage::loadEventPage(connection, *pick,
                                       {.order = orderFrom(asked.order),
                                        .from = positionOf(asked.from),
                                        .before = positionOf(asked.before)},
                                       std::clamp(asked.limit, 1U, ipc::EventRowsQuery::kLimitMax));
    if (!page)
        return std::unexpected(page.error());
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    ipc::EventRowsReply reply;
    for (const schema::SourceId id : page->tables.sources) {
        const auto source = std::ranges::find(*sources, id, &schema::Source::id);
        reply.sources.push_back(source == sources->end() ? std::string() : source->key);
    }
    reply.regions = std::move(page->tables.regions);
    reply.rows = std::move(page->columns);
    reply.titles = std::move(page->titles);
    return reply;
}

} // namespace

void Handlers::handle(ipc::EventStepsQuery request, Responder<ipc::EventStepsQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return walkSteps(connection, asked);
               });
}

void Handlers::handle(ipc::EventRowsQuery request, Responder<ipc::EventRowsQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return loadRows(connection, asked);
               });
}

} // namespace chrona::service
