// SPDX-License-Identifier: AGPL-3.0-or-later
#include "postgres_server.h"

#include "chrona/base/log.h"
#include "postmaster_file.h"

#include <libpq-fe.h>
#include <signal.h>

#include <algorithm>
#include <format>
#include <fstream>
#include <thread>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kPollStep = 5ms;
constexpr auto kFastStopMax = 4s;
constexpr auto kImmediateStopMax = 10s;

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

/// Bounds the recovery after a crash and the last checkpoint of a stop. What the log has taken it
/// keeps to use it again, so on a small disk it must leave most of the room to the data.
std::string logSizeMax(const fs::path &cluster)
{
    std::error_code failed;
    const fs::space_info space = fs::space(cluster, failed);
    const std::uintmax_t mebibytes =
        failed ? 1024 : std::clamp<std::uintmax_t>((space.available >> 20) / 8, 128, 1024);
    return std::format("max_wal_size={}MB", mebibytes);
}

/// Whether this build can compress by LZ4. Some tenths of what its own way costs, which was a
/// seventh of the server's time while feeds came in (docs/adr/0093-cheaper-statements.md).
bool hasLz4(const PostgresServer::Options &options, const std::stop_token &stop)
{
    const Arguments question{(options.binaries.folder / "postgres").string(),
                             "-D",
                             options.cluster.string(),
                             "-c",
                             "wal_compression=lz4",
                             "-C",
                             "wal_compression"};
    return runChild(question, stop).has_value();
}

/// What a desktop wants: little memory, a short recovery, no TCP. Given on the command line, so
/// that every start has this version's settings.
Arguments postgresArguments(const PostgresServer::Options &options, const std::stop_token &stop)
{
    Arguments arguments{(options.binaries.folder / "postgres").string(),
                        "-D",
                        options.cluster.string(),
                        "-k",
                        options.sockets.string(),
                        "-h",
                        "",
                        "-p",
                        "5432"};
    std::vector<std::string> settings{
        "unix_socket_permissions=0700",
        "max_connections=40",
        "shared_buffers=96MB", // all of it counts as ours, and the system caches files too
        "work_mem=16MB",
        "maintenance_work_mem=128MB",
        logSizeMax(options.cluster),
        "min_wal_size=128MB",
        "checkpoint_completion_target=0.9",
        "wal_level=replica",
        "jit=off", // our statements are short; compiling them costs more than it saves
        "autovacuum_naptime=15s",
        "track_io_timing=on",
        "log_min_duration_statement=500ms",
        "log_checkpoints=off",
        "log_min_messages=log", // failures of statements reach the client, which logs them
        "log_line_prefix=%m [%p] ",
        "lc_messages=C",
        "restart_after_crash=on",
        // With places for these, each checkpoint writes a new file about them, and a full disk
        // there is a PANIC. Nothing of ours replicates.
        "max_replication_slots=0",
    };
    if (hasLz4(options, stop))
        settings.insert(settings.end(), {"wal_compression=lz4", "default_toast_compression=lz4"});
    else
        settings.emplace_back("wal_compression=on");
    if (options.binaries.major >= 18)
        settings.emplace_back("max_active_replication_origins=0");
#ifdef __APPLE__
    // Plain fsync leaves data in the drive's cache there.
    settings.emplace_back("wal_sync_method=fsync_writethrough");
#endif
    if (options.durability == PrivateCluster::Durability::Scratch)
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

} // namespace

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

Result<std::unique_ptr<PostgresServer>> PostgresServer::start(Options options,
                                                              const std::stop_token &stop)
{
    if (Status cleared = clearLeftovers(options.cluster, options.sockets, stop); !cleared)
        return std::unexpected(cleared.error());
    std::unique_ptr<PostgresServer> server(new PostgresServer(std::move(options)));
    auto process = ChildProcess::start(postgresArguments(server->m_options, stop),
                                       server->m_options.logFile);
    if (!process)
        return std::unexpected(process.error());
    server->m_process = std::move(*process);
    if (Status ready = server->waitUntilReady(stop); !ready)
        return std::unexpected(ready.error()); // its end stops what has started
    return server;
}

PostgresServer::~PostgresServer()
{
    if (Status stopped = stop(); !stopped)
        log::error("storage", "{}", describe(stopped.error()));
}

std::string PostgresServer::connectionString(std::string_view database) const
{
    return std::format("host={} port=5432 user={} dbname={}",
                       conninfoValue(m_options.sockets.string()), conninfoValue(m_options.user),
                       conninfoValue(database));
}

Status PostgresServer::waitUntilReady(const std::stop_token &stop)
{
    const std::string target = connectionString("postgres");
    while (PQping(target.c_str()) != PQPING_OK) {
        // Recovery may take minutes; only death or the caller ends the wait.
        if (m_process->waitFor(kPollStep)) {
            return fail(ErrorCode::Unavailable,
                        std::format("Postgres ended while starting: {}", tailOf(m_options.logFile)),
                        std::format("see {}", m_options.logFile.string()));
        }
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped while Postgres was starting");
    }
    return {};
}

Status PostgresServer::stop()
{
    if (!m_process)
        return {};
    m_process->signal(SIGINT);
    if (!m_process->waitFor(kFastStopMax)) {
        log::warning("storage",
                     "Postgres takes long to stop; leaving its checkpoint to the next start");
        m_process->signal(SIGQUIT);
        // It kills what does not answer after 5 s by itself; killing the postmaster could leave
        // backends that write without it.
        if (!m_process->waitFor(kImmediateStopMax))
            return fail(ErrorCode::Timeout, "Postgres does not stop");
    }
    m_process.reset();
    return {};
}

} // namespace chrona::storage
