// SPDX-License-Identifier: AGPL-3.0-or-later
#include "enrichment_desk.h"

#include "settings.h"

#include "chrona/base/log.h"
#include "chrona/schema/text.h"
#include "chrona/storage/event_queries.h"

#include <algorithm>
#include <array>

namespace chrona::service {
namespace {

constexpr std::chrono::days kVectorsKept{90}; // as forgetEnrichment() has it

} // namespace

/// What was stored since the last question.
Status EnrichmentDesk::fillIndex(storage::Connection &connection, const std::string &model)
{
    std::erase_if(m_indexes, [&](const auto &held) {
        return held.first != model && held.first != events::kTextVectorModel;
    });
    Index &index = m_indexes[model];
    const auto news = storage::loadVectors(connection, model, index.filledTo, kIndexMax);
    if (!news)
        return std::unexpected(news.error());
    for (const storage::StoredVector &one : *news) {
        index.vectors.add(one.event.value, one.observedAt, one.vector);
        index.filledTo = std::max(index.filledTo, one.number);
    }
    return {};
}

Result<EnrichmentDesk::Found> EnrichmentDesk::searchMemory(storage::Connection &connection,
                                                           const std::string &model,
                                                           const VectorQuery &query)
{
    const std::scoped_lock lock(m_indexMutex);
    if (auto filled = fillIndex(connection, model); !filled)
        return std::unexpected(filled.error());
    const events::VectorIndex &index = m_indexes[model].vectors;
    return Found{index.find(query), static_cast<std::int64_t>(index.size())};
}

std::optional<storage::VectorSearch> EnrichmentDesk::vectorSearch(storage::Connection &connection)
{
    const std::scoped_lock lock(m_indexMutex);
    if (m_search)
        return *m_search;
    auto opened = storage::VectorSearch::open(connection);
    if (!opened) {
        log::warning("enrichment", "pgvector is not used: {}", describe(opened.error()));
        return std::nullopt;
    }
    m_search = std::move(*opened);
    log::info("enrichment", "vectors are searched {}",
              *m_search ? "by pgvector" : "in memory: the database has no pgvector");
    return *m_search;
}

std::optional<EnrichmentDesk::Found> EnrichmentDesk::searchDatabase(storage::Connection &connection,
                                                                    const std::string &model,
                                                                    const VectorQuery &query)
{
    auto search = vectorSearch(connection);
    if (!search)
        return std::nullopt;
    const auto find = [&]() -> Result<Found> {
        if (auto done = search->follow(connection, model); !done)
            return std::unexpected(done.error());
        const auto matches = search->find(
            connection, {.model = model,
                         .vector = query.vector,
                         .from = query.from,
                         .to = query.to,
                         .limit = static_cast<std::uint32_t>(query.limit),
                         .without = query.without ? std::optional(schema::EventId{*query.without})
                                                  : std::nullopt});
        if (!matches)
            return std::unexpected(matches.error());
        const auto size = search->size(connection, model);
        if (!size)
            return std::unexpected(size.error());
        Found found{.matches = {}, .searched = *size};
        for (const storage::VectorSearch::Match &match : *matches)
            found.matches.push_back({match.event.value, match.similarity});
        return found;
    };
    auto found = find();
    if (found)
        return std::move(*found);
    log::warning("enrichment", "pgvector failed: {}", describe(found.error()));
    const std::scoped_lock lock(m_indexMutex);
    m_search.reset(); // it is looked for again next time
    return std::nullopt;
}

/// So that a search finds them taken in already.
void EnrichmentDesk::followVectors(storage::Connection &connection, Instant now)
{
    auto search = vectorSearch(connection);
    if (!search)
        return;
    std::vector<std::string> models{std::string(events::kTextVectorModel)};
    if (const std::string own = m_parts.settings.text("assist.embedding_model"); !own.empty())
        models.push_back(own);
    for (const std::string &model : models) {
        Status done = search->follow(connection, model);
        if (done)
            done = search->forget(connection, model, now - kVectorsKept);
        if (!done)
            return log::warning("enrichment", "pgvector failed: {}", describe(done.error()));
    }
}

/// By the model where one is set and answers, else the built-in one.
EnrichmentDesk::AskedVector EnrichmentDesk::vectorFor(const std::string &text,
                                                      const std::stop_token &stop) const
{
    const std::string model = m_parts.settings.text("assist.embedding_model");
    if (const auto client = localClient()) {
        const std::array<std::string, 1> texts{text};
        const auto found = client->embed(model, texts, stop);
        if (found)
            return {model, events::quantised(found->vectors.front())};
        log::warning("enrichment", "{}", describe(found.error()));
    }
    return {std::string(events::kTextVectorModel), events::vectorOf({text, {}, {}})};
}

Result<ipc::SimilarReply> EnrichmentDesk::similar(storage::Connection &connection,
                                                  const ipc::SimilarQuery &asked,
                                                  const std::stop_token &stop)
{
    std::string text = asked.text;
    if (asked.event) {
        const auto event = storage::loadEvent(connection, *asked.event);
        if (!event)
            return std::unexpected(event.error());
        text = event->title + (event->summary.empty() ? "" : ". " + event->summary);
    }
    text = schema::plainLine(text, ipc::SimilarQuery::kTextBytesMax);
    if (text.empty())
        return fail(ErrorCode::InvalidInput, "there is no text to compare with");
    const AskedVector vector = vectorFor(text, stop);
    const VectorQuery query{.vector = vector.vector,
                            .from = asked.from,
                            .to = asked.to,
                            .limit = std::clamp(asked.limit, 1U, ipc::SimilarQuery::kLimitMax),
                            .without =
                                asked.event ? std::optional(asked.event->value) : std::nullopt};
    auto found = searchDatabase(connection, vector.model, query);
    if (!found) {
        auto inMemory = searchMemory(connection, vector.model, query);
        if (!inMemory)
            return std::unexpected(inMemory.error());
        found = std::move(*inMemory);
    }
    ipc::SimilarReply reply{.events = {}, .model = vector.model, .searched = found->searched};
    for (const events::VectorMatch &match : found->matches) {
        auto event = storage::loadEvent(connection, {match.item});
        if (event && event->state != schema::EventState::Retracted)
            reply.events.push_back({std::move(*event), match.similarity});
        else if (!event && event.error().code != ErrorCode::NotFound)
            return std::unexpected(event.error());
    }
    return reply;
}

} // namespace chrona::service
