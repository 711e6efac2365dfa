// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/service/service.h"

#include "alert_desk.h"
#include "cluster_pipeline.h"
#include "data_folder.h"
#include "database.h"
#include "duties.h"
#include "event_stream.h"
#include "flare_desk.h"
#include "graph_service.h"
#include "handlers.h"
#include "network_choice.h"
#include "oracle_pipeline.h"
#include "provider_watch.h"
#include "settings.h"
#include "status_board.h"
#include "tile_desk.h"
#include "workers.h"

#include "chrona/ipc/endpoint.h"
#include "chrona/ipc/server.h"

#include <utility>

namespace chrona::service {

/// Everything the service is made of, in the order in which it is made. Members go in the reverse
/// order: first the socket, so that nobody asks for what is going.
struct Service::Parts {
    Parts(ServiceOptions given, DataFolder held, std::unique_ptr<Settings> read)
        : options(std::move(given)), folder(std::move(held)), settings(std::move(read)),
          database({.clusterFolder = folder.clusterFolder(), .connectionString = options.database}),
          stream(database, workers, *settings), graph(database, workers, stream),
          duties({options.pluginsFolder, options.version, database, *settings, workers, stream}),
          oracle({options.pluginsFolder.parent_path() / "venues", options.version, database,
                  *settings, workers, folder.path()}),
          flare({database, *settings, oracle, folder.path(), options.version}),
          provider({database, workers, flare, oracle}),
          alerts({database, workers, *settings, stream}),
          tiles({folder.path() / "tiles", *settings, makeTileClient(options.version)}),
          status({folder.path(), options.version, database, *settings, workers,
                  [this](storage::Connection &connection) { return duties.figures(connection); },
                  [this] { return oracle.state(); }}),
          handlers({database, workers, stream, graph, status, *settings, duties, oracle, flare,
                    alerts, tiles, [this] { stopService(); },
                    [this](ipc::CaseChanged news) { tell(std::move(news)); },
                    [this](ipc::EntitiesChanged news) { tell(std::move(news)); }})
    {
    }

    /// On the main thread, where the server comes and goes.
    template <class News> void tell(News news)
    {
        const auto publish = [this, news = std::move(news)] {
            if (server)
                server->publish(news);
        };
        QMetaObject::invokeMethod(&duties, publish, Qt::QueuedConnection);
    }

    ServiceOptions options;
    DataFolder folder;
    std::unique_ptr<Settings> settings;
    Workers workers;
    Database database;
    EventStream stream;
    GraphService graph;
    Duties duties;
    OraclePipeline oracle;
    FlareDesk flare;
    ProviderWatch provider;
    AlertDesk alerts;
    TileDesk tiles;
    StatusBoard status;
    Handlers handlers;
    std::function<void()> stopService;
    std::unique_ptr<ipc::Server> server;
};

Result<std::unique_ptr<Service>> Service::open(const ServiceOptions &options)
{
    auto folder = DataFolder::open(options.dataFolder);
    if (!folder)
        return std::unexpected(folder.error());
    const log::Options logging{
        .file = folder->logFile(), .level = options.logLevel, .toStderr = options.logToStderr};
    if (auto opened = log::open(logging); !opened)
        return std::unexpected(opened.error());
    auto settings = Settings::open(folder->settingsFile());
    if (!settings)
        return std::unexpected(settings.error());
    if (auto network = net::apply(networkChoice(**settings)); !network)
        log::warning("service", "{}", describe(network.error()));
    const ipc::Endpoint endpoint = ipc::endpointFor(folder->path());
    auto token = ipc::ensureToken(endpoint.tokenFile);
    if (!token)
        return std::unexpected(token.error());

    auto parts = std::make_unique<Parts>(options, std::move(*folder), std::move(*settings));
    ipc::Server::Options serving;
    serving.socketPath = QString::fromStdString(endpoint.socket.string());
    serving.token = std::move(*token);
    serving.version = options.version;
    auto server = ipc::Server::listen(serving, ipc::dispatchTo(parts->handlers));
    if (!server)
        return std::unexpected(server.error());
    parts->server = std::move(*server);
    parts->stream.setServer(parts->server.get());
    parts->status.setServer(parts->server.get());
    log::info("service", "chronad {} serves {}", options.version, parts->folder.path().string());
    return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Service::Service(std::unique_ptr<Parts> parts) : m_parts(std::move(parts))
{
    m_parts->stopService = [this] { stop(); };
    connect(&m_parts->status, &StatusBoard::restraintChanged, this,
            [this] { m_parts->duties.setRestraint(m_parts->status.restraint()); });
    connect(&m_parts->duties, &Duties::sourceChanged, this, [this](const ipc::SourceEntry &entry) {
        m_parts->server->publish(ipc::SourceChanged{.entry = entry});
    });
    connect(&m_parts->duties, &Duties::jobChanged, this, [this](const ipc::JobEntry &entry) {
        m_parts->server->publish(ipc::JobChanged{.job = entry});
        if (entry.finishedAt)
            m_parts->status.outdated(); // the page counts what jobs made
        if (entry.kind == kClustersRefresh && entry.finishedAt)
            m_parts->graph.markStale(); // it shows stories, and they may be others
    });
    connect(&m_parts->duties, &Duties::briefingChanged, this,
            [this](const ipc::BriefingChanged &news) {
                m_parts->server->publish(news);
                if (news.kind == ipc::BriefingKind::Hourly)
                    m_parts->alerts.look(); // what the hour found crossed
            });
    connect(&m_parts->alerts, &AlertDesk::changed, this,
            [this](const ipc::AlertsChanged &news) { m_parts->server->publish(news); });
    connect(&m_parts->oracle, &OraclePipeline::changed, this,
            [this](const ipc::OracleChanged &news) { m_parts->server->publish(news); });
    m_parts->database.open();
    m_parts->flare.resume();
}

Service::~Service()
{
    finish();
}

void Service::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    // Replies that are on their way leave before the socket closes.
    constexpr std::chrono::milliseconds kLastWords{50};
    QTimer::singleShot(kLastWords, this, [this] {
        finish();
        Q_EMIT stopped();
    });
}

void Service::finish()
{
    if (!m_parts)
        return;
    log::info("service", "stopping");
    m_parts->alerts.stop();
    m_parts->duties.stop();
    m_parts->oracle.stop();
    m_parts->flare.stop();
    // Without the socket every request is cancelled, so the workers come to their end.
    m_parts->status.setServer(nullptr);
    m_parts->stream.setServer(nullptr);
    m_parts->server.reset();
    m_parts->tiles.stop();
    m_parts->workers.close();
    m_parts->database.close();
    m_parts.reset();
    log::info("service", "stopped");
    log::flush();
}

} // namespace chrona::service
