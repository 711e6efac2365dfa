// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/endpoint.h"
#include "chrona/ipc/server.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <string>

namespace chrona::workspace::testing {

/// Made-up rows, a second apart, ids from 1.
[[nodiscard]] inline schema::EventColumns madeColumns(std::size_t count)
{
    schema::EventColumns columns;
    columns.reserve(count);
    for (std::size_t row = 0; row < count; ++row) {
        columns.id.push_back(static_cast<std::int64_t>(row) + 1);
        columns.observedAt.push_back(1'600'000'000'000'000 +
                                     static_cast<std::int64_t>(row) * 1'000'000);
        columns.availableAt.push_back(columns.observedAt.back() + 3'600'000'000);
        columns.longitude.push_back(static_cast<float>(row % 360) - 180);
        columns.latitude.push_back(static_cast<float>(row % 170) - 85);
        columns.type.push_back(static_cast<std::uint8_t>(row % schema::kEventTypeCount));
        columns.severity.push_back(static_cast<std::uint8_t>(row % 256));
        columns.confidence.push_back(static_cast<std::uint8_t>(255 - row % 256));
        columns.flags.push_back(schema::EventColumns::kHasPlace);
        columns.source.push_back(static_cast<std::uint16_t>(row % 3));
        columns.region.push_back(static_cast<std::uint16_t>(row % 5));
    }
    return columns;
}

/// Answers what a session asks, from made-up rows, over a real socket.
class ServedWorld {
public:
    std::shared_ptr<const schema::EventColumns> columns = std::make_shared<schema::EventColumns>();
    ipc::StatusReply status;
    std::vector<ipc::SourceEntry> sources;
    std::vector<ipc::JobEntry> jobs;
    std::vector<ipc::SourceCommand> commands;
    ipc::SignalQueryReply signalsFound; ///< pages are cut from it
    ipc::RefusedQueryReply refusedFound;
    std::vector<ipc::BriefingReply> briefings; ///< newest day first
    std::vector<ipc::RefusedQuery> refusedQueries;
    std::vector<ipc::BriefingRun> runs;
    int signalsRefused = 0; ///< so many of the next questions fail
    int snapshotsAsked = 0;
    int snapshotsRefused = 0; ///< so many of the first
    int textsAsked = 0;
    std::unique_ptr<ipc::Server> server;

    [[nodiscard]] Status start(const std::filesystem::path &dataFolder)
    {
        const ipc::Endpoint endpoint = ipc::endpointFor(dataFolder);
        const auto token = ipc::ensureToken(endpoint.tokenFile);
        if (!token)
            return std::unexpected(token.error());
        ipc::Server::Options options;
        options.socketPath = QString::fromStdString(endpoint.socket.string());
        options.token = *token;
        return ipc::Server::listen(options, ipc::dispatchTo(*this)).transform([this](auto made) {
            server = std::move(made);
        });
    }
    void stop() { server.reset(); }

    /// One more event, published to who follows.
    void add(std::int64_t id, std::int64_t observedAt, std::vector<schema::EventId> removed = {})
    {
        ipc::EventsAppended news;
        news.removed = std::move(removed);
        news.rows = madeColumns(1);
        news.rows.id[0] = id;
        news.rows.observedAt[0] = observedAt;
        auto grown = std::make_shared<schema::EventColumns>(*columns);
        grown->append(news.rows);
        columns = grown;
        server->publish(news);
    }

    void handle(ipc::StatusRequest, const ipc::Responder<ipc::StatusRequest> &responder)
    {
        status.processId = QCoreApplication::applicationPid();
        responder.reply(status);
    }
    void handle(ipc::EventSnapshotRequest,
                const ipc::Responder<ipc::EventSnapshotRequest> &responder)
    {
        if (snapshotsAsked++ < snapshotsRefused)
            return responder.fail({ErrorCode::Unavailable, "the database is starting", {}, true});
        responder.reply({server->sequence(ipc::Topic::Events),
                         columns->size(),
                         {"usgs", "noaa", "fed"},
                         {"US", "CA", "MX", "GB", "DE"}},
                        columns);
    }
    void handle(const ipc::EventTextsRequest &request,
                const ipc::Responder<ipc::EventTextsRequest> &responder)
    {
        ++textsAsked;
        ipc::EventTextsReply reply;
        for (const schema::EventId id : request.ids)
            reply.texts.push_back({id, "event " + std::to_string(id.value)});
        responder.reply(reply);
    }
    void handle(ipc::SourcesRequest, const ipc::Responder<ipc::SourcesRequest> &responder)
    {
        responder.reply({sources});
    }
    void handle(const ipc::SourceCommand &command,
                const ipc::Responder<ipc::SourceCommand> &responder)
    {
        commands.push_back(command);
        const bool known = std::ranges::any_of(sources, [&](const ipc::SourceEntry &entry) {
            return entry.source.key == command.source;
        });
        responder.finish(known ? Result<ipc::Done>(ipc::Done{})
                               : fail(ErrorCode::NotFound, "there is no such source"));
    }
    void handle(ipc::JobsRequest, const ipc::Responder<ipc::JobsRequest> &responder)
    {
        responder.reply({jobs});
    }
    void handle(const ipc::SignalQuery &query, const ipc::Responder<ipc::SignalQuery> &responder)
    {
        if (signalsRefused > 0 && signalsRefused-- > 0)
            return responder.fail({ErrorCode::Unavailable, "the database is starting", {}, true});
        ipc::SignalQueryReply page{signalsFound.run, {}, {}};
        page.nextCursor = cut(signalsFound.signals, query.cursor, query.limit, page.signals);
        responder.reply(page);
    }
    void handle(const ipc::RefusedQuery &query, const ipc::Responder<ipc::RefusedQuery> &responder)
    {
        refusedQueries.push_back(query);
        std::vector<ipc::RefusedEntry> meant;
        for (const ipc::RefusedEntry &entry : refusedFound.refused)
            if (query.rule.empty() || entry.rule == query.rule)
                meant.push_back(entry);
        ipc::RefusedQueryReply page{refusedFound.rules, {}, {}};
        page.nextCursor = cut(meant, query.cursor, query.limit, page.refused);
        responder.reply(page);
    }
    void handle(const ipc::BriefingsRequest &request,
                const ipc::Responder<ipc::BriefingsRequest> &responder)
    {
        ipc::BriefingsReply reply;
        for (const ipc::BriefingReply &one : briefings)
            if (one.document.contains(request.text))
                reply.briefings.push_back(
                    {one.day, one.revision, one.knownAt, one.storedAt, "Briefing", false});
        responder.reply(reply);
    }
    void handle(const ipc::BriefingRequest &request,
                const ipc::Responder<ipc::BriefingRequest> &responder)
    {
        const auto found = std::ranges::find(briefings, request.day, &ipc::BriefingReply::day);
        if (found == briefings.end())
            return responder.fail({ErrorCode::NotFound, "there is no briefing"});
        responder.reply(*found);
    }
    void handle(const ipc::BriefingRun &run, const ipc::Responder<ipc::BriefingRun> &responder)
    {
        runs.push_back(run);
        responder.reply({schema::JobId{77}});
    }
    void handle(ipc::Shutdown, const ipc::Responder<ipc::Shutdown> &responder)
    {
        responder.reply({});
        QMetaObject::invokeMethod(QCoreApplication::instance(), &QCoreApplication::quit,
                                  Qt::QueuedConnection);
    }
    template <class Request> void handle(const Request &, const ipc::Responder<Request> &responder)
    {
        responder.fail({ErrorCode::NotFound, "not in this world"});
    }

private:
    /// The page that begins at the cursor; the cursor of the next one.
    template <class Row>
    [[nodiscard]] static std::string cut(const std::vector<Row> &all, const std::string &cursor,
                                         std::uint32_t limit, std::vector<Row> &page)
    {
        const std::size_t first = cursor.empty() ? 0 : std::stoul(cursor);
        const std::size_t last = std::min(all.size(), first + limit);
        page.assign(all.begin() + static_cast<std::ptrdiff_t>(first),
                    all.begin() + static_cast<std::ptrdiff_t>(last));
        return last < all.size() ? std::to_string(last) : std::string();
    }
};

} // namespace chrona::workspace::testing
