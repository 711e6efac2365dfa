// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database.h"

#include "chrona/base/log.h"
#include "chrona/storage/correction_store.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/private_cluster.h"

#include <utility>

using namespace std::chrono_literals;

namespace chrona::service {
namespace {

/// Sessions of this process. Idle ones cost Postgres some MiB each, so there are few.
/// One for each queue of jobs and the keeper, and some for questions.
constexpr std::size_t kPoolSize = 16;
/// A dead postmaster is noticed this soon. waitpid costs a microsecond.
constexpr auto kWatchPause = 500ms;
constexpr auto kServerProbePause = 10s;
constexpr auto kRetryFirst = 250ms;
constexpr auto kRetryLast = 30s;
constexpr std::size_t kWorkWaitingMax = 256;
/// People correct some hundreds; a start may take a minute for more.
constexpr std::uint32_t kCorrectionsRenewed = 20'000;

} // namespace

/// One successful opening; ends in the reverse order.
struct Database::Opened {
    std::unique_ptr<storage::PrivateCluster> cluster; ///< nullptr with a connection string
    std::shared_ptr<storage::Pool> pool;
    std::string serverVersion;
    int schemaVersion = 0;
    bool isPaused = false;
};

Database::Database(Options options) : m_options(std::move(options))
{
    m_status.privateCluster = m_options.connectionString.empty();
}

Database::~Database()
{
    close();
}

void Database::open()
{
    m_thread = std::jthread([this](std::stop_token stop) { work(std::move(stop)); });
}

void Database::close()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
    answerWaiting();
}

ipc::DatabaseStatus Database::status() const
{
    const std::scoped_lock lock(m_mutex);
    return m_status;
}

std::shared_ptr<storage::Pool> Database::pool() const
{
    const std::scoped_lock lock(m_mutex);
    return m_pool;
}

bool Database::isPaused() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isPaused;
}

void Database::whenReady(WhenReady ready)
{
    const ipc::DatabaseStatus now = status();
    if (now.state == ipc::DatabaseState::Starting && m_waiting.size() < kWorkWaitingMax) {
        m_waiting.push_back(std::move(ready));
        return;
    }
    if (auto ours = pool())
        ready(std::move(ours));
    else
        ready(fail(ErrorCode::Unavailable,
                   now.problem.empty() ? "the database is not ready" : now.problem,
                   "chronactl status tells more"));
}

void Database::answerWaiting()
{
    if (status().state == ipc::DatabaseState::Starting)
        return;
    for (WhenReady &ready : std::exchange(m_waiting, {}))
        whenReady(std::move(ready));
}

void Database::set(ipc::DatabaseState state, std::shared_ptr<storage::Pool> pool,
                   std::string problem, std::string serverVersion, int schemaVersion)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_status.state = state;
        m_status.problem = std::move(problem);
        m_status.serverVersion = std::move(serverVersion);
        m_status.schemaVersion = schemaVersion;
        m_isPaused = false;
        m_pool = std::move(pool);
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            answerWaiting();
            Q_EMIT stateChanged();
        },
        Qt::QueuedConnection);
}

bool Database::pauseFor(std::chrono::milliseconds pause, std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, pause, [] { return false; });
    return !stop.stop_requested();
}

void Database::work(std::stop_token stop)
{
    auto retry = std::chrono::milliseconds(kRetryFirst);
    while (!stop.stop_requested()) {
        auto opened = openOnce(stop);
        if (opened) {
            retry = kRetryFirst;
            log::info("database", "serving, Postgres {}, schema {}", opened->serverVersion,
                      opened->schemaVersion);
            set(ipc::DatabaseState::Ready, opened->pool, {}, opened->serverVersion,
                opened->schemaVersion);
            watch(*opened, stop);
            if (opened->cluster && stop.stop_requested())
                (void)opened->cluster->stop();
            if (!stop.stop_requested())
                set(ipc::DatabaseState::Starting, nullptr, "Postgres died and is started again", {},
                    0);
            continue;
        }
        if (stop.stop_requested())
            break;
        log::error("database", "{}", describe(opened.error()));
        set(ipc::DatabaseState::Failing, nullptr, describe(opened.error()), {}, 0);
        if (!pauseFor(retry, stop))
            break;
        retry = std::min<std::chrono::milliseconds>(retry * 2, kRetryLast);
    }
    set(ipc::DatabaseState::Stopped, nullptr, {}, {}, 0);
}

Result<Database::Opened> Database::openOnce(std::stop_token stop)
{
    Opened opened;
    std::string connectionString = m_options.connectionString;
    if (connectionString.empty()) {
        storage::PrivateCluster::Options options;
        options.dataFolder = m_options.clusterFolder;
        auto cluster = storage::PrivateCluster::open(options, stop);
        if (!cluster)
            return std::unexpected(cluster.error());
        opened.cluster = std::move(*cluster);
        connectionString = opened.cluster->connectionString();
    }
    auto pool = poolFor(std::move(connectionString));
    if (!pool)
        return std::unexpected(pool.error());
    opened.pool = std::move(*pool);
    if (auto prepared = prepare(opened); !prepared)
        return std::unexpected(prepared.error());
    return opened;
}

Result<std::shared_ptr<storage::Pool>> Database::poolFor(std::string connectionString)
{
    if (m_keptPool) {
        m_keptPool->refuseWrites(std::nullopt); // migrations are written before anybody looks
        m_keptPool->setConnectionString(std::move(connectionString));
        return m_keptPool;
    }
    auto pool = storage::Pool::open(std::move(connectionString), kPoolSize);
    if (pool)
        m_keptPool = *pool;
    return pool;
}

Status Database::prepare(Opened &opened) const
{
    auto lease = opened.pool->take();
    if (!lease)
        return std::unexpected(lease.error());
    storage::Connection &connection = **lease;
    if (auto migrated = storage::migrate(connection); !migrated)
        return migrated;
    if (auto made = storage::ensurePartitions(connection); !made)
        return made;
    // Before anybody holds a link in memory.
    if (const auto renewed = storage::renewCorrections(connection, kCorrectionsRenewed); !renewed)
        log::warning("database", "corrections: {}", describe(renewed.error()));
    else if (!renewed->empty())
        log::info("database", "{} corrections follow newer rules now", renewed->size());
    const auto schema = storage::schemaVersion(connection);
    const auto server = connection.query("SELECT current_setting('server_version')");
    if (!schema)
        return std::unexpected(schema.error());
    if (!server)
        return std::unexpected(server.error());
    opened.schemaVersion = *schema;
    opened.serverVersion = server->first().string(0);
    return {};
}

void Database::watch(Opened &opened, std::stop_token stop)
{
    if (opened.cluster) {
        while (opened.cluster->isRunning()) {
            watchRoom(opened);
            if (!pauseFor(kWatchPause, stop))
                return;
        }
        log::warning("database", "Postgres (process {}) died", opened.cluster->processId());
        return;
    }
    // The pool connects again by itself; a server that stays away is what people must know.
    while (pauseFor(kServerProbePause, stop)) {
        auto lease = opened.pool->take(stop);
        if (!lease || !(*lease)->query("SELECT 1"))
            return;
    }
}

void Database::watchRoom(Opened &opened)
{
    std::optional<Error> refusal = opened.cluster->watchRoom();
    if (refusal.has_value() == opened.isPaused)
        return;
    opened.isPaused = refusal.has_value();
    if (refusal)
        log::error("database", "{}", describe(*refusal));
    else
        log::info("database", "there is room on the disk again: writing goes on");
    {
        const std::scoped_lock lock(m_mutex);
        m_isPaused = opened.isPaused;
        m_status.problem = refusal ? describe(*refusal) : std::string();
    }
    opened.pool->refuseWrites(std::move(refusal));
    QMetaObject::invokeMethod(this, &Database::pausedChanged, Qt::QueuedConnection);
}

} // namespace chrona::service
