// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/private_cluster.h"

#include "chrona/base/log.h"
#include "chrona/storage/cluster_upgrade.h"
#include "chrona/storage/connection.h"
#include "cluster_access.h"
#include "disk_room.h"
#include "postgres_server.h"
#include "upgrade_folders.h"

#include <format>

namespace chrona::storage {
namespace {

constexpr const char *kDatabase = "chrona";

Status makeDatabase(const PostgresServer &server)
{
    auto connection = Connection::open(server.connectionString("postgres"));
    if (!connection)
        return std::unexpected(connection.error());
    auto found = connection->query("SELECT FROM pg_database WHERE datname = $1", {kDatabase});
    if (!found)
        return std::unexpected(found.error());
    if (!found->isEmpty())
        return {};
    return connection->script(std::format("CREATE DATABASE {}", kDatabase));
}

} // namespace

struct PrivateCluster::State {
    Options options;
    ClusterFolder folder;
    FolderLock lock;
    DiskRoom room;
    std::unique_ptr<PostgresServer> server;
};

PrivateCluster::PrivateCluster(std::unique_ptr<State> state) : m_state(std::move(state)) {}

PrivateCluster::~PrivateCluster()
{
    if (Status stopped = stop(); !stopped)
        log::error("storage", "{}", describe(stopped.error()));
}

Result<std::unique_ptr<PrivateCluster>> PrivateCluster::open(const Options &options,
                                                             std::stop_token stop)
{
    auto access = ClusterAccess::take(options, stop);
    if (!access)
        return std::unexpected(access.error());
    ClusterFolder &folder = access->folder;
    if (Status room = folder.checkRoom(options); !room)
        return std::unexpected(room.error());
    const auto installed = findPostgres();
    auto binaries = choosePostgres(installed, clusterMajorOf(folder.cluster()));
    if (!binaries)
        return std::unexpected(binaries.error());
    if (installed.front().major > binaries->major)
        log::info("storage", "PostgreSQL {} is installed, the data is of {}; {}",
                  installed.front().version, binaries->major, kUpgradeRemedy);

    if (Status done = folder.makeCluster(*binaries, options.durability, stop); !done)
        return std::unexpected(done.error());
    folder.rotateLog();
    auto server = PostgresServer::start({.binaries = std::move(*binaries),
                                         .cluster = folder.cluster(),
                                         .sockets = std::move(access->sockets),
                                         .logFile = folder.logFile(),
                                         .user = std::move(access->user),
                                         .durability = options.durability},
                                        stop);
    if (!server)
        return std::unexpected(server.error());
    if (Status made = makeDatabase(**server); !made)
        return std::unexpected(made.error());
    dropServedUpgrade(folder);
    folder.makeBallast(options.ballastBytes, options.writeBytesMin);
    log::info("storage", "Postgres {} runs in {}", (*server)->options().binaries.version,
              folder.cluster().string());
    std::unique_ptr<State> state(new State{options, std::move(folder), std::move(access->lock),
                                           DiskRoom(options.writeBytesMin, options.ballastBytes),
                                           std::move(*server)});
    return std::unique_ptr<PrivateCluster>(new PrivateCluster(std::move(state)));
}

std::string PrivateCluster::connectionString() const
{
    return connectionString(kDatabase);
}

std::string PrivateCluster::connectionString(std::string_view database) const
{
    return m_state->server->connectionString(database);
}

bool PrivateCluster::isRunning() const
{
    return m_state->server->isRunning();
}

const std::string &PrivateCluster::serverVersion() const
{
    return m_state->server->options().binaries.version;
}

std::int64_t PrivateCluster::processId() const
{
    return m_state->server->processId();
}

Status PrivateCluster::stop()
{
    const bool wasRunning = isRunning();
    Status stopped = m_state->server->stop();
    if (stopped && wasRunning)
        markUpgradeServed(m_state->folder);
    return stopped;
}

std::optional<Error> PrivateCluster::watchRoom()
{
    const ClusterFolder &folder = m_state->folder;
    const std::optional<std::uint64_t> free = folder.freeBytes();
    if (!free)
        return std::nullopt;
    DiskRoom &room = m_state->room;
    const bool wasShort = room.isShort();
    if (room.update(*free)) {
        if (!wasShort)
            std::ignore = releaseBallast();
        return Error{ErrorCode::Exhausted,
                     std::format("the disk of {} is full ({} MiB left): nothing is written",
                                 folder.root().string(), *free >> 20),
                     std::format("free room on it; writing goes on by itself at {} MiB",
                                 room.resumeAt() >> 20),
                     true};
    }
    if (*free >= room.resumeAt()) // a look at the file where it is there
        folder.makeBallast(m_state->options.ballastBytes, m_state->options.writeBytesMin);
    return std::nullopt;
}

Status PrivateCluster::releaseBallast()
{
    return m_state->folder.removeBallast();
}

} // namespace chrona::storage
