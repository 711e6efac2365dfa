// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_service.h"

#include "sample_research.h"

#include "chrona/ipc/endpoint.h"

#include <algorithm>
#include <map>
#include <unordered_map>

using namespace std::chrono_literals;

namespace chrona::ui::test {

namespace {

/// The position of a text in a table, which grows by it where it is new.
std::uint16_t indexIn(std::vector<std::string> &table, const std::string &text)
{
    const auto found = std::ranges::find(table, text);
    if (found != table.end())
        return static_cast<std::uint16_t>(found - table.begin());
    table.push_back(text);
    return static_cast<std::uint16_t>(table.size() - 1);
}

} // namespace

Result<std::unique_ptr<SampleService>> SampleService::start(const std::filesystem::path &dataFolder,
                                                            std::size_t events)
{
    std::unique_ptr<SampleService> made(new SampleService);
    if (const Status filled = made->fill(events); !filled)
        return std::unexpected(filled.error());
    const ipc::Endpoint endpoint = ipc::endpointFor(dataFolder);
    const auto token = ipc::ensureToken(endpoint.tokenFile);
    if (!token)
        return std::unexpected(token.error());
    ipc::Server::Options options;
    options.socketPath = QString::fromStdString(endpoint.socket.string());
    options.token = *token;
    options.version = "test";
    auto server = ipc::Server::listen(options, ipc::dispatchTo(*made));
    if (!server)
        return std::unexpected(server.error());
    made->m_server = std::move(*server);
    return made;
}

Status SampleService::fill(std::size_t events)
{
    sample::WorldOptions options;
    options.events = events;
    options.end = *parseInstant("2026-11-20");
    auto world = sample::World::make(options);
    if (!world)
        return std::unexpected(world.error());
    m_world = std::make_unique<sample::World>(std::move(*world));
    std::unordered_map<std::int64_t, std::string> keyOf;
    for (const schema::Source &source : m_world->sources()) {
        keyOf[source.id.value] = source.key;
        ipc::SourceEntry entry{source, {}};
        entry.health.source = source.id;
        entry.health.lastSuccessAt = options.end - 4min;
        entry.health.itemsTotal = 12'345;
        m_sources.push_back(entry);
    }
    Status written = m_world->writeEvents([&](std::span<const schema::Event> batch) -> Status {
        for (const schema::Event &event : batch) {
            m_columns->append(event, indexIn(m_sourceKeys, keyOf[event.source.value]),
                              indexIn(m_regions, event.region));
            m_eventById[event.id.value] = m_events.size();
            m_events.push_back(event);
        }
        return {};
    });
    if (!written)
        return written;
    m_graph = std::make_unique<SampleGraph>(m_events, m_world->entities());
    std::unordered_map<std::int64_t, QString> symbolOf;
    for (const schema::Instrument &instrument : m_world->instruments())
        symbolOf[instrument.id.value] = QString::fromStdString(instrument.symbol);
    makeJobs();
    m_end = options.end;
    m_signals = sampleSignals(m_end);
    m_refused = sampleRefused();
    m_briefings = sampleBriefings(m_events, m_signals.signals.front(), m_end);
    return m_world->writeBars([&](std::span<const schema::PriceBar> batch) -> Status {
        for (const schema::PriceBar &bar : batch) {
            auto &columns = m_bars[symbolOf[bar.instrument.value]];
            if (!columns)
                columns = std::make_shared<ipc::BarColumns>();
            columns->opensAt.push_back(bar.opensAt.time_since_epoch().count());
            columns->observedAt.push_back(bar.times.observedAt.time_since_epoch().count());
            columns->availableAt.push_back(bar.times.availableAt().time_since_epoch().count());
            columns->open.push_back(bar.open);
            columns->high.push_back(bar.high);
            columns->low.push_back(bar.low);
            columns->close.push_back(bar.close);
            columns->volume.push_back(bar.volume);
            columns->adjustedClose.push_back(bar.adjustedClose);
        }
        return {};
    });
}

void SampleService::makeJobs()
{
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    const auto job = [&](std::int64_t id, const char *kind, ipc::JobState state,
                         std::int64_t done) {
        ipc::JobEntry entry;
        entry.id = {id};
        entry.kind = kind;
        entry.queue = "raw_items";
        entry.state = state;
        entry.attempts = 1;
        entry.attemptsMax = 5;
        entry.createdAt = now - std::chrono::minutes(id * 7);
        entry.progress = {"events.store", done, 250'000};
        m_jobs.push_back(entry);
    };
    job(1, "normalize", ipc::JobState::Running, 118'000);
    job(2, "import.bars", ipc::JobState::Done, 250'000);
    job(3, "fetch", ipc::JobState::Retrying, 0);
    m_jobs.back().lastError = "the host did not answer within 10 s";
    job(4, "fetch", ipc::JobState::Dead, 0);
}

Error SampleService::notPart()
{
    return {ErrorCode::Unavailable, "not part of the sample service", {}, false};
}

void SampleService::handle(const ipc::StatusRequest &,
                           const ipc::Responder<ipc::StatusRequest> &responder)
{
    ipc::StatusReply reply;
    reply.version = "test";
    reply.database.state = ipc::DatabaseState::Ready;
    reply.database.serverVersion = "17.5";
    reply.database.sizeBytes = 412'000'000;
    reply.eventCount = static_cast<std::int64_t>(m_columns->size());
    reply.newestObservedAt = Instant(Duration(m_columns->observedAt.back()));
    reply.firstRunDone = true;
    responder.reply(reply);
}

void SampleService::handle(const ipc::EventSnapshotRequest &,
                           const ipc::Responder<ipc::EventSnapshotRequest> &responder)
{
    ipc::EventSnapshotReply reply{m_server->sequence(ipc::Topic::Events), m_columns->size(),
                                  m_sourceKeys, m_regions};
    if (m_keptBack.first == 0)
        return responder.reply(reply, m_columns);
    const std::int64_t since = m_columns->observedAt[m_keptBack.first];
    auto newest = std::make_shared<schema::EventColumns>();
    for (const schema::Event &event : m_events)
        if (event.times.observedAt.time_since_epoch().count() >= since)
            newest->append(event, 0, 0);
    reply.rows = newest->size();
    reply.since = Instant(Duration(since));
    reply.older = m_keptBack.first;
    responder.reply(reply, newest);
}

void SampleService::handle(const ipc::EventTextsRequest &request,
                           const ipc::Responder<ipc::EventTextsRequest> &responder)
{
    ipc::EventTextsReply reply;
    for (const schema::EventId id : request.ids) {
        if (const auto at = m_eventById.constFind(id.value); at != m_eventById.cend())
            reply.texts.push_back({id, m_events[*at].title});
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::TitleMatchQuery &request,
                           const ipc::Responder<ipc::TitleMatchQuery> &responder)
{
    auto found = std::make_shared<ipc::EventIdColumns>();
    for (const schema::Event &event : m_events) {
        const QString title = QString::fromStdString(event.title);
        if (std::ranges::all_of(request.words, [&](const std::string &word) {
                return title.contains(QString::fromStdString(word), Qt::CaseInsensitive);
            }))
            found->id.push_back(event.id.value);
    }
    responder.reply({.rows = found->id.size()}, found);
}

void SampleService::handle(const ipc::TitleOrderQuery &,
                           const ipc::Responder<ipc::TitleOrderQuery> &responder)
{
    std::map<QString, std::uint32_t> ranks;
    for (const schema::Event &event : m_events)
        ranks.emplace(QString::fromStdString(event.title).toLower(), 0);
    std::uint32_t next = 0;
    for (auto &[title, rank] : ranks)
        rank = ++next;
    auto order = std::make_shared<ipc::TitleRankColumns>();
    for (const schema::Event &event : m_events) {
        order->id.push_back(event.id.value);
        order->rank.push_back(ranks[QString::fromStdString(event.title).toLower()]);
    }
    responder.reply({.rows = order->id.size()}, order);
}

void SampleService::handle(const ipc::EventDetailRequest &request,
                           const ipc::Responder<ipc::EventDetailRequest> &responder)
{
    const auto at = m_eventById.constFind(request.id.value);
    if (at == m_eventById.cend()) {
        responder.fail({ErrorCode::NotFound, "no such event", {}, false});
        return;
    }
    ipc::EventDetailReply reply;
    reply.event = m_events[*at];
    for (const schema::Correction &said : m_corrections)
        if (said.event == request.id)
            reply.corrections.push_back(said);
    for (const schema::EventEntity &link : reply.event.entities) {
        const auto entity =
            std::ranges::find(m_world->entities(), link.entity, &schema::Entity::id);
        if (entity != m_world->entities().end())
            reply.entities.push_back(*entity);
    }
    const auto source =
        std::ranges::find(m_world->sources(), reply.event.source, &schema::Source::id);
    if (source != m_world->sources().end())
        reply.source = *source;
    responder.reply(reply);
}

void SampleService::handle(const ipc::CorrectionSave &request,
                           const ipc::Responder<ipc::CorrectionSave> &responder)
{
    if (!m_eventById.contains(request.event.value))
        return responder.fail({ErrorCode::NotFound, "no such event", {}, false});
    const auto said = std::ranges::find_if(m_corrections, [&](const schema::Correction &one) {
        return one.event == request.event && one.kind == request.kind &&
               one.subject == request.subject;
    });
    ipc::CorrectionReply reply;
    if (said != m_corrections.end()) {
        reply.before = *said;
        m_corrections.erase(said);
    }
    if (!request.value.empty())
        m_corrections.push_back(
            {request.event, request.kind, request.subject, request.value, Instant{}});
    responder.reply(reply);
}

void SampleService::handle(const ipc::EventQuery &request,
                           const ipc::Responder<ipc::EventQuery> &responder)
{
    const auto wanted =
        std::ranges::find(m_world->entities(), request.entity, &schema::Entity::key);
    ipc::EventQueryReply reply;
    if (wanted != m_world->entities().end()) {
        for (auto event = m_events.crbegin();
             event != m_events.crend() && reply.events.size() < request.limit; ++event) {
            if (std::ranges::contains(event->entities, wanted->id, &schema::EventEntity::entity))
                reply.events.push_back(*event);
        }
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::EntityQuery &request,
                           const ipc::Responder<ipc::EntityQuery> &responder)
{
    const QString text = QString::fromStdString(request.text);
    ipc::EntityQueryReply reply;
    for (const schema::Entity &entity : m_world->entities()) {
        const bool isAsked =
            request.ids.empty()
                ? QString::fromStdString(entity.name).contains(text, Qt::CaseInsensitive)
                : std::ranges::contains(request.ids, entity.id);
        if (reply.entities.size() < request.limit && isAsked)
            reply.entities.push_back(entity);
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::InstrumentsRequest &,
                           const ipc::Responder<ipc::InstrumentsRequest> &responder)
{
    const auto all = m_world->instruments();
    responder.reply({{all.begin(), all.end()}});
}

void SampleService::handle(const ipc::BarQuery &request,
                           const ipc::Responder<ipc::BarQuery> &responder)
{
    auto bars = m_bars.value(QString::fromStdString(request.symbol));
    if (!bars)
        bars = std::make_shared<ipc::BarColumns>();
    responder.reply({bars->opensAt.size()}, bars);
}

void SampleService::handle(const ipc::SourcesRequest &,
                           const ipc::Responder<ipc::SourcesRequest> &responder)
{
    responder.reply({m_sources});
}

void SampleService::handle(const ipc::SourceCommand &,
                           const ipc::Responder<ipc::SourceCommand> &responder)
{
    ++m_commandsSeen;
    responder.reply({});
}

void SampleService::handle(const ipc::JobsRequest &,
                           const ipc::Responder<ipc::JobsRequest> &responder)
{
    responder.reply({m_jobs});
}

void SampleService::publishEvents(int count)
{
    ipc::EventsAppended news;
    for (int i = 0; i < count; ++i) {
        schema::Event event = m_events[static_cast<std::size_t>(i)];
        event.id.value = 1'000'000'000'000 + static_cast<std::int64_t>(m_events.size());
        event.times.observedAt = Instant(Duration(m_columns->observedAt.back())) + 1h * (i + 1);
        event.times.publishedAt.reset();
        event.times.ingestedAt = event.times.observedAt + 1min;
        event.state = schema::EventState::Active;
        event.title = "New event " + std::to_string(i + 1);
        news.rows.append(event, 0, 0);
        m_eventById[event.id.value] = m_events.size();
        m_events.push_back(event);
    }
    m_server->publish(news);
}

} // namespace chrona::ui::test
