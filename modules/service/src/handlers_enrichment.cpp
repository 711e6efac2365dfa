// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "duties.h"
#include "event_stream.h"
#include "handlers.h"

#include "cluster_pipeline.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/storage/correction_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/source_store.h"

#include <algorithm>

namespace chrona::service {
namespace {

Result<ipc::CorrectionReply> correct(storage::Connection &connection,
                                     const ipc::CorrectionSave &asked)
{
    const schema::Correction correction{asked.event, asked.kind, asked.subject, asked.value,
                                        SystemClock().now()};
    const auto before = asked.value.empty() ? storage::removeCorrection(connection, correction)
                                            : storage::saveCorrection(connection, correction);
    if (!before)
        return std::unexpected(before.error());
    return ipc::CorrectionReply{*before};
}

/// Clients and the graph see the event with its new links.
Status tellCorrected(storage::Connection &connection, EventStream &stream, schema::EventId id)
{
    auto event = storage::loadEvent(connection, id);
    if (!event)
        return event.error().code == ErrorCode::NotFound ? Status()
                                                         : Status(std::unexpected(event.error()));
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    const auto source = std::ranges::find(*sources, event->source, &schema::Source::id);
    const std::string key = source == sources->end() ? std::string() : source->key;
    stream.stored({std::move(*event)}, key, EventCache::Revisions::Some);
    return {};
}

Result<ipc::CorrectionsReply> listCorrections(storage::Connection &connection, std::uint32_t limit)
{
    auto kept = storage::loadCorrections(connection, std::nullopt,
                                         std::clamp(limit, 1U, ipc::CorrectionsRequest::kLimitMax));
    if (!kept)
        return std::unexpected(kept.error());
    const auto models = storage::loadModelScores(connection);
    if (!models)
        return std::unexpected(models.error());
    ipc::CorrectionsReply reply;
    for (storage::KeptCorrection &one : *kept)
        reply.corrections.push_back({std::move(one.correction), std::move(one.title)});
    for (const storage::LearnedModel &model : *models)
        reply.models.push_back({model.name, model.madeAt, model.corrections, model.examples,
                                model.labels, model.score, model.baseline, model.isUsed});
    return reply;
}

} // namespace

void Handlers::handle(ipc::CorrectionSave request, Responder<ipc::CorrectionSave> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request),
                parts = m_parts](storage::Connection &connection) -> Result<ipc::CorrectionReply> {
                   auto reply = correct(connection, asked);
                   if (!reply)
                       return reply;
                   // It is kept: what follows may come later.
                   Status told = tellCorrected(connection, parts.stream, asked.event);
                   if (told && asked.kind == schema::CorrectionKind::Story)
                       if (auto started =
                               parts.duties.command(connection, ipc::JobStart{kClustersRefresh});
                           !started)
                           told = std::unexpected(started.error());
                   if (!told)
                       log::warning("corrections", "{}", describe(told.error()));
                   return reply;
               });
}

void Handlers::handle(ipc::CorrectionsRequest request, Responder<ipc::CorrectionsRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [limit = request.limit](storage::Connection &connection) {
                   return listCorrections(connection, limit);
               });
}

void Handlers::handle(ipc::SimilarQuery request, Responder<ipc::SimilarQuery> responder)
{
    if (request.text.size() > ipc::SimilarQuery::kTextBytesMax)
        return responder.fail({ErrorCode::InvalidInput, "the text is too long"});
    answerFrom(m_parts.database, m_parts.workers, responder,
               [asked = std::move(request), &duties = m_parts.duties,
                stop = responder.stopToken()](storage::Connection &connection) {
                   return duties.similar(connection, asked, stop);
               });
}

} // namespace chrona::service
