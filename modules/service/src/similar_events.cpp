// SPDX-License-Identifier: AGPL-3.0-or-later
#include "enrichment_desk.h"

#include "settings.h"

#include "chrona/base/log.h"
#include "chrona/schema/text.h"
#include "chrona/storage/event_queries.h"

#include <algorithm>
#include <array>

namespace chrona::service {
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
    ipc::SimilarReply reply{.events = {}, .model = vector.model, .searched = 0};
    std::vector<events::VectorMatch> matches;
    {
        const std::scoped_lock lock(m_indexMutex);
        if (auto filled = fillIndex(connection, vector.model); !filled)
            return std::unexpected(filled.error());
        const events::VectorIndex &index = m_indexes[vector.model].vectors;
        reply.searched = static_cast<std::int64_t>(index.size());
        matches =
            index.find({.vector = vector.vector,
                        .from = asked.from,
                        .to = asked.to,
                        .limit = std::clamp(asked.limit, 1U, ipc::SimilarQuery::kLimitMax),
                        .without = asked.event ? std::optional(asked.event->value) : std::nullopt});
    }
    for (const events::VectorMatch &match : matches) {
        auto event = storage::loadEvent(connection, {match.item});
        if (event && event->state != schema::EventState::Retracted)
            reply.events.push_back({std::move(*event), match.similarity});
        else if (!event && event.error().code != ErrorCode::NotFound)
            return std::unexpected(event.error());
    }
    return reply;
}

} // namespace chrona::service
