// SPDX-License-Identifier: AGPL-3.0-or-later
// What was said before, and what things hang on.
#include "sample_service.h"

using namespace std::chrono_literals;

namespace chrona::ui::test {

/// Of every event there is an earlier word, less severe and with another headline.
schema::Event ServedPast::earlierOf(const schema::Event &event)
{
    schema::Event earlier = event;
    earlier.title = "Earlier: " + event.title;
    earlier.severity = event.severity / 2;
    earlier.revision = 1;
    return earlier;
}

void SampleService::handle(const ipc::EventHistoryRequest &request,
                           const ipc::Responder<ipc::EventHistoryRequest> &responder)
{
    const auto at = m_eventById.constFind(request.id.value);
    if (at == m_eventById.cend())
        return responder.fail({ErrorCode::NotFound, "no such event", {}, false});
    ipc::EventHistoryReply reply;
    schema::Event current = m_events[*at];
    schema::Event earlier = earlierOf(current);
    current.revision = 2;
    current.times.ingestedAt += 48h;
    current.times.publishedAt = current.times.ingestedAt;
    current.times.basis = schema::AvailabilityBasis::Measured;
    reply.revisions = {std::move(earlier), std::move(current)};
    reply.excerptState = ipc::ExcerptState::Shown;
    reply.excerpt = "{\"note\": \"<img src=http://example.org/x>\"}";
    reply.contentType = "application/json";
    reply.fetchedAt = m_end;
    responder.reply(reply);
}

/// All events that the test says were revised, as they stood.
/// A page of the database's table, as far as these tests pick from it.
void SampleService::handle(const ipc::EventRowsQuery &query,
                           const ipc::Responder<ipc::EventRowsQuery> &responder)
{
    if (!m_keptBack.second || !query.from || !query.pick.from || !query.pick.to)
        return responder.fail({ErrorCode::Unavailable, "the database is starting", {}, true});
    const bool isDown = query.order == ipc::RowOrder::NewestFirst;
    const auto keyOf = [](const schema::Event &event) {
        return std::pair(event.times.observedAt, event.id);
    };
    std::vector<const schema::Event *> picked;
    for (const schema::Event &event : m_events) {
        const auto key = keyOf(event);
        const auto isIn = [](const auto &list, const auto &one) {
            return list.empty() || std::ranges::contains(list, one);
        };
        const std::pair from(query.from->observedAt, query.from->id);
        if ((isDown ? key > from : key < from) || key.first < *query.pick.from ||
            key.first >= *query.pick.to || !isIn(query.pick.types, event.type) ||
            !isIn(query.pick.regions, event.region) ||
            (query.pick.box &&
             (event.geometry.kind == schema::Geometry::Kind::None ||
              !schema::doTouch(schema::boundsOf(event.geometry), *query.pick.box))))
            continue;
        picked.push_back(&event);
    }
    std::ranges::sort(picked, [&](const auto *one, const auto *other) {
        return isDown ? keyOf(*one) > keyOf(*other) : keyOf(*one) < keyOf(*other);
    });
    ipc::EventRowsReply reply;
    for (std::size_t i = 0; i < std::min<std::size_t>(picked.size(), query.limit); ++i)
        reply.rows.append(*picked[i], 0, 0);
    reply.sources = {""};
    reply.regions = {""};
    responder.reply(reply);
}

void SampleService::handle(const ipc::FormerEventsRequest &request,
                           const ipc::Responder<ipc::FormerEventsRequest> &responder)
{
    m_formerAsked = request.asOf;
    auto columns = std::make_shared<schema::EventColumns>();
    for (const qint64 id : m_revised)
        if (const auto at = m_eventById.constFind(id); at != m_eventById.cend())
            columns->append(earlierOf(m_events[*at]), 0, 1);
    responder.reply({{"sample-earlier"}, {"", "ZZ"}}, columns);
}

void SampleService::handle(const ipc::SimilarQuery &request,
                           const ipc::Responder<ipc::SimilarQuery> &responder)
{
    ipc::SimilarReply reply;
    reply.model = "built-in 1";
    for (const schema::Event &event : m_events) {
        if (event.id == request.event)
            continue;
        reply.events.push_back({event, 0.5});
        if (reply.events.size() == 3)
            break;
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::ExposuresRequest &,
                           const ipc::Responder<ipc::ExposuresRequest> &responder)
{
    responder.reply({{{"topic:monetary_policy", "theme:broad_equities", 0.8, "", false, {}},
                      {"theme:broad_equities", "instrument:SPY", 0.5, "", false, {}}}});
}

/// Every line after the first is a row; one that says "bad" cannot be read.
void SampleService::handle(const ipc::ImportBegin &request,
                           const ipc::Responder<ipc::ImportBegin> &responder)
{
    m_imports.push_back(request);
    m_importers.emplace_back([responder] {
        QByteArray all;
        for (;;) {
            const auto piece = responder.upload().read();
            if (!piece)
                return responder.fail(piece.error());
            if (!*piece)
                break;
            all += **piece;
        }
        ipc::ImportReport report;
        report.source = "import:events";
        const QList<QByteArray> lines = all.trimmed().split('\n');
        for (qsizetype i = 1; i < lines.size(); ++i) {
            if (!lines[i].contains("bad")) {
                ++report.accepted;
                continue;
            }
            ++report.rejected;
            report.faults.push_back({i, "severity", "is no number: \"bad\""});
        }
        responder.reply(report);
    });
}

} // namespace chrona::ui::test
