// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/private_cluster.h"

#include "chrona/base/log.h"
#include "chrona/storage/connection.h"
#include "child_process.h"
#include "cluster_folder.h"
#include "cluster_user.h"
#include "folder_lock.h"
#include "postgres_binaries.h"
#include "postmaster_file.h"

#include <libpq-fe.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kPollStep = 5ms;
constexpr auto kFastStopMax = 4s;
constexpr auto kImmediateStopMax = 10s;
constexpr const char *kDatabase = "chrona";

/// A value of a connection string.
std::string conninfoValue(std::string_view value)
{
    std::string result = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '\'';
}

std::string tailOf(const fs::path &file)
{
    constexpr std::size_t kBytesMax = 1000;
    std::ifstream stream(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    return text.size() > kBytesMax ? text.substr(text.size() - kBytesMax) : text;
}

/// What a desktop wants: little memory, a short recovery, no TCP. Given on the command line, so
/// that every start has this version's settings.
Arguments postgresArguments(const PostgresBinaries &binaries, const ClusterFolder &folder,
                            const fs::path &sockets, PrivateCluster::Durability durability)
{
    Arguments arguments{(binaries.folder / "postgres").string(), "-D", folder.cluster().string(),
                        "-k", sockets.string(), "-h", "", "-p", "5432"};
    std::vector<std::string> settings{
        "unix_socket_permissions=0700",
        "max_connections=40",
        "shared_buffers=96MB", // all of it counts as ours, and the system caches files too
        "work_mem=16MB",
        "maintenance_work_mem=128MB",
        "max_wal_size=1GB", // bounds the recovery after a crash and the last checkpoint of a stop
        "min_wal_size=128MB",
        "checkpoint_completion_target=0.9",
        "wal_level=replica",
        "wal_compression=on",
        "jit=off", // our statements are short; compiling them costs more than it saves
        "autovacuum_naptime=15s",
        "track_io_timing=on",
        "log_min_duration_statement=500ms",
        "log_checkpoints=off",
        "log_min_messages=log", // failures of statements reach the client, which logs them
        "log_line_prefix=%m [%p] ",
        "lc_messages=C",
        "restart_after_crash=on",
    };
#ifdef __APPLE__
    // Plain fsync leaves data in the drive's cache there.
    settings.emplace_back("wal_sync_method=fsync_writethrough");
#endif
    if (durability == PrivateCluster::Durability::Scratch)
        settings.insert(settings.end(), {"fsync=off", "full_page_writes=off"});
    for (std::string &setting : settings) {
        arguments.emplace_back("-c");
        arguments.push_back(std::move(setting));
    }
    return arguments;
}

/// Sleeps a step; false on a stop request.
bool pause(const std::stop_token &stop)
{
    std::this_thread::sleep_for(kPollStep);
    return !stop.stop_requested();
}

/// A cluster that a killed process left running is stopped and started anew rather than taken over:
/// one way to run, with this version's settings, as our child. It costs some tenths of a second.
Status endPostmaster(const Postmaster &found, const fs::path &cluster, const std::stop_token &stop)
{
    log::warning("storage", "stopping Postgres {} that an earlier run left behind", found.id);
    if (found.state == PostmasterState::Running)
        ::kill(found.id, SIGINT);
    const auto begin = std::chrono::steady_clock::now();
    bool isImmediate = false;
    while (isAlive(found.id) && findPostmaster(cluster).id == found.id) {
        if (!pause(stop))
            return fail(ErrorCode::Cancelled,
                        "stopped while waiting for an earlier Postgres to end");
        const auto waited = std::chrono::steady_clock::now() - begin;
        if (waited > kFastStopMax && !isImmediate && found.state == PostmasterState::Running) {
            ::kill(found.id, SIGQUIT);
            isImmediate = true;
        }
        if (waited > kFastStopMax + kImmediateStopMax) {
            return fail(ErrorCode::Conflict,
                        std::format("process {} of an earlier run still uses {}", found.id,
                                    cluster.string()),
                        std::format("end it: kill -QUIT {}", found.id));
        }
    }
    return {};
}

Status clearLeftovers(const fs::path &cluster, const fs::path &sockets, const std::stop_token &stop)
{
    for (;;) {
        const Postmaster found = findPostmaster(cluster);
        switch (found.state) {
        case PostmasterState::None: return {};
        case PostmasterState::Recycled:
            log::warning("storage", "process {} is not the Postgres that a pid file names",
                         found.id);
            removeRecycledFiles(cluster, sockets);
            return {};
        case PostmasterState::Running:
        case PostmasterState::Backends:
            if (Status ended = endPostmaster(found, cluster, stop); !ended)
                return ended;
        }
    }
}

} // namespace

struct PrivateCluster::State {
    Options options;
    ClusterFolder folder;
    FolderLock lock;
    fs::path sockets;
    PostgresBinaries binaries;
    std::string user;
    std::unique_ptr<ChildProcess> postmaster;

    [[nodiscard]] std::string connectionString(std::string_view database) const
    {
        return std::format("host={} port=5432 user={} dbname={}", conninfoValue(sockets.string()),
                           conninfoValue(user), conninfoValue(database));
    }

    Status start(const std::stop_token &stop);
    Status waitUntilReady(const std::stop_token &stop);
    Status makeDatabase();
    Status end();
};

Status PrivateCluster::State::start(const std::stop_token &stop)
{
    folder.rotateLog();
    auto child = ChildProcess::start(
        postgresArguments(binaries, folder, sockets, options.durability), folder.logFile());
    if (!child)
        return std::unexpected(child.error());
    postmaster = std::move(*child);
    if (Status ready = waitUntilReady(stop); !ready) {
        std::ignore = end();
        return ready;
    }
    if (Status made = makeDatabase(); !made) {
        std::ignore = end();
        return made;
    }
    return {};
}

Status PrivateCluster::State::waitUntilReady(const std::stop_token &stop)
{
    const std::string target = connectionString("postgres");
    while (PQping(target.c_str()) != PQPING_OK) {
        // Recovery may take minutes; only death or the caller ends the wait.
        if (postmaster->waitFor(kPollStep)) {
            return fail(ErrorCode::Unavailable,
                        std::format("Postgres ended while starting: {}",
                                    tailOf(folder.logFile())),
                        std::format("see {}", folder.logFile().string()));
        }
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped while Postgres was starting");
    }
    return {};
}

Status PrivateCluster::State::makeDatabase()
{
    auto connection = Connection::open(connectionString("postgres"));
    if (!connection)
        return std::unexpected(connection.error());
    auto found = connection->query("SELECT FROM pg_database WHERE datname = $1", {kDatabase});
    if (!found)
        return std::unexpected(found.error());
    if (!found->isEmpty())
        return {};
    return connection->script(std::format("CREATE DATABASE {}", kDatabase));
}

Status PrivateCluster::State::end()
{
    if (!postmaster)
        return {};
    postmaster->signal(SIGINT);
    if (!postmaster->waitFor(kFastStopMax)) {
        log::warning("storage",
                     "Postgres takes long to stop; leaving its checkpoint to the next start");
        postmaster->signal(SIGQUIT);
        // It kills what does not answer after 5 s by itself; killing the postmaster could leave
        // backends that write without it.
        if (!postmaster->waitFor(kImmediateStopMax))
            return fail(ErrorCode::Timeout, "Postgres does not stop");
    }
    postmaster.reset();
    return {};
}

PrivateCluster::PrivateCluster(std::unique_ptr<State> state) : m_state(std::move(state)) {}

PrivateCluster::~PrivateCluster()
{
    if (Status stopped = stop(); !stopped)
        log::error("storage", "{}", describe(stopped.error()));
}

Result<std::unique_ptr<PrivateCluster>> PrivateCluster::open(const Options &options,
                                                             std::stop_token stop)
{
    auto user = clusterUser(::geteuid());
    if (!user)
        return std::unexpected(user.error());
    auto folder = ClusterFolder::prepare(options.dataFolder);
    if (!folder)
        return std::unexpected(folder.error());
    auto lock = FolderLock::take(folder->lockFile());
    if (!lock)
        return std::unexpected(lock.error());
    if (Status room = folder->checkRoom(options.freeBytesMin); !room)
        return std::unexpected(room.error());
    auto binaries = choosePostgres(findPostgres(), clusterMajorOf(folder->cluster()));
    if (!binaries)
        return std::unexpected(binaries.error());
    auto sockets = options.socketFolder.empty() ? socketFolderFor(options.dataFolder)
                                                : Result<fs::path>(options.socketFolder);
    if (!sockets)
        return std::unexpected(sockets.error());
    if (Status made = makePrivateFolder(*sockets); !made)
        return std::unexpected(made.error());

    if (Status done = folder->makeCluster(*binaries, options.durability, stop); !done)
        return std::unexpected(done.error());
    if (Status cleared = clearLeftovers(folder->cluster(), *sockets, stop); !cleared)
        return std::unexpected(cleared.error());
    std::unique_ptr<State> state(new State{options, std::move(*folder), std::move(*lock),
                                           std::move(*sockets), std::move(*binaries),
                                           std::move(*user), nullptr});
    if (Status started = state->start(stop); !started)
        return std::unexpected(started.error());
    state->folder.makeBallast(options.ballastBytes, options.freeBytesMin);
    log::info("storage", "Postgres {} runs in {}", state->binaries.version,
              state->folder.cluster().string());
    return std::unique_ptr<PrivateCluster>(new PrivateCluster(std::move(state)));
}

std::string PrivateCluster::connectionString() const
{
    return connectionString(kDatabase);
}

std::string PrivateCluster::connectionString(std::string_view database) const
{
    return m_state->connectionString(database);
}

bool PrivateCluster::isRunning() const
{
    return m_state->postmaster && m_state->postmaster->isRunning();
}

const std::string &PrivateCluster::serverVersion() const
{
    return m_state->binaries.version;
}

std::int64_t PrivateCluster::processId() const
{
    return m_state->postmaster ? m_state->postmaster->id() : 0;
}

Status PrivateCluster::stop()
{
    return m_state->end();
}

Status PrivateCluster::releaseBallast()
{
    return m_state->folder.removeBallast();
}

} // namespace chrona::storage
