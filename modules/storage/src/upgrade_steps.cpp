// SPDX-License-Identifier: AGPL-3.0-or-later
#include "upgrade_steps.h"

#include "child_process.h"
#include "chrona/base/log.h"
#include "chrona/storage/connection.h"
#include "folder_lock.h"
#include "postgres_server.h"
#include "upgrade_folders.h"

#include <format>
#include <fstream>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;

/// Files that vanish meanwhile do not matter.
std::uint64_t bytesIn(const fs::path &folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        std::error_code gone;
        if (at->is_regular_file(gone))
            bytes += at->file_size(gone);
    }
    return bytes;
}

/// What the two clusters must have in common. pg_upgrade copies files, so sizes are equal to the
/// byte.
struct Extent {
    std::int64_t relations = 0;
    std::int64_t bytes = 0;
    friend bool operator==(const Extent &, const Extent &) = default;
};

Result<Extent> extentOf(const PostgresServer &server)
{
    auto connection = Connection::open(server.connectionString("chrona"));
    if (!connection)
        return std::unexpected(connection.error());
    auto rows = connection->query(
        "SELECT count(*), coalesce(sum(pg_relation_size(c.oid)), 0)::bigint FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'");
    if (!rows)
        return std::unexpected(rows.error());
    return Extent{rows->first().int64(0), rows->first().int64(1)};
}

Status dropVectorSearch(const PostgresServer &server)
{
    auto connection = Connection::open(server.connectionString("chrona"));
    if (!connection)
        return std::unexpected(connection.error());
    return connection->script("DROP SCHEMA IF EXISTS chrona_vector CASCADE");
}

class Upgrade {
public:
    Upgrade(const ClusterFolder &folder, const UpgradePlan &plan, const std::stop_token &stop)
        : m_folder(folder), m_plan(plan), m_stop(stop)
    {
    }

    Status run()
    {
        using Step = Status (Upgrade::*)();
        constexpr std::pair<Step, UpgradeStep> kSteps[] = {
            {&Upgrade::stopOld, UpgradeStep::OldStopped},
            {&Upgrade::make, UpgradeStep::Made},
            {&Upgrade::copy, UpgradeStep::Copied},
            {&Upgrade::check, UpgradeStep::Checked},
            {&Upgrade::mark, UpgradeStep::Marked},
            {&Upgrade::putAside, UpgradeStep::OldAside},
            {&Upgrade::putInPlace, UpgradeStep::Swapped},
        };
        for (const auto &[step, reached] : kSteps) {
            if (Status done = (this->*step)(); !done)
                return done;
            m_plan.reached(reached);
        }
        return {};
    }

private:
    [[nodiscard]] PostgresServer::Options serverOf(const PostgresBinaries &binaries,
                                                   fs::path cluster) const
    {
        return {.binaries = binaries,
                .cluster = std::move(cluster),
                .sockets = m_plan.sockets,
                .logFile = m_folder.logFile(),
                .user = m_plan.user,
                .durability = m_plan.durability};
    }

    Status stopOld()
    {
        auto server = PostgresServer::start(serverOf(m_plan.from, m_folder.cluster()), m_stop);
        if (!server)
            return std::unexpected(server.error());
        // Made again from what is kept; the newer version may not have the extension.
        if (Status dropped = dropVectorSearch(**server); !dropped)
            return dropped;
        auto extent = extentOf(**server);
        if (!extent)
            return std::unexpected(extent.error());
        m_extent = *extent;
        return (*server)->stop();
    }

    Status make()
    {
        return ClusterFolder::initialise(upgradeFolder(m_folder), m_plan.to, m_plan.durability,
                                         m_stop);
    }

    /// It leaves a script where it works, so it works in a folder of its own.
    Status copy()
    {
        const fs::path work = m_folder.logFile().parent_path() / "upgrade";
        std::error_code ignored;
        fs::remove_all(work, ignored);
        if (Status made = makePrivateFolder(work); !made)
            return made;
        Arguments arguments{"/bin/sh",
                            "-c",
                            "cd \"$0\" && exec \"$@\"",
                            work.string(),
                            (m_plan.to.folder / "pg_upgrade").string(),
                            "--old-bindir",
                            m_plan.from.folder.string(),
                            "--new-bindir",
                            m_plan.to.folder.string(),
                            "--old-datadir",
                            m_folder.cluster().string(),
                            "--new-datadir",
                            upgradeFolder(m_folder).string(),
                            "--socketdir",
                            m_plan.sockets.string(),
                            "--old-port",
                            "5432",
                            "--new-port",
                            "5433",
                            "--username",
                            m_plan.user};
        if (m_plan.durability == PrivateCluster::Durability::Scratch)
            arguments.emplace_back("--no-sync");
        const auto output = runChild(arguments, m_stop);
        if (output) {
            fs::remove_all(work, ignored);
            return {};
        }
        // The reason is in its own logs, which would go with the folder.
        std::ofstream(work / "pg_upgrade.txt") << output.error().what << '\n';
        fs::copy(upgradeFolder(m_folder) / "pg_upgrade_output.d", work,
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing, ignored);
        return fail(output.error().code, std::format("pg_upgrade failed: {}", output.error().what),
                    std::format("see {}; the data is as it was", work.string()));
    }

    /// The new version gathers its statistics here: they do not come along before 18, and without
    /// them the first queries would be slow.
    Status check()
    {
        auto server = PostgresServer::start(serverOf(m_plan.to, upgradeFolder(m_folder)), m_stop);
        if (!server)
            return std::unexpected(server.error());
        auto extent = extentOf(**server);
        if (!extent)
            return std::unexpected(extent.error());
        if (*extent != m_extent) {
            return fail(ErrorCode::Corrupt,
                        std::format("the copy has {} tables and indexes of {} bytes, not {} of {}",
                                    extent->relations, extent->bytes, m_extent.relations,
                                    m_extent.bytes),
                        "keep the version that is in use; the data is as it was");
        }
        auto connection = Connection::open((*server)->connectionString("chrona"));
        if (!connection)
            return std::unexpected(connection.error());
        if (Status analysed = connection->script("ANALYZE"); !analysed)
            return analysed;
        return (*server)->stop();
    }

    Status mark() { return markWhole(m_folder); }
    Status putAside() { return putOldAside(m_folder, m_plan.from.major); }
    Status putInPlace() { return putNewInPlace(m_folder); }

    const ClusterFolder &m_folder;
    const UpgradePlan &m_plan;
    const std::stop_token &m_stop;
    Extent m_extent;
};

} // namespace

Status checkRoomForCopy(const ClusterFolder &folder, std::uint64_t clusterBytes)
{
    constexpr std::uint64_t kFixedBytes = 192 << 20; // an empty cluster, and logs of both
    const std::uint64_t needed = clusterBytes + clusterBytes * 3 / 10 + kFixedBytes;
    const auto free = folder.freeBytes();
    if (!free || *free >= needed)
        return {};
    return fail(ErrorCode::Exhausted,
                std::format("the upgrade copies the data and needs {} MiB, the disk of {} has {}",
                            needed >> 20, folder.root().string(), *free >> 20),
                "free room on this disk and try again; the data stays in use as it is");
}

Result<UpgradeReport> runUpgrade(const ClusterFolder &folder, const UpgradePlan &plan,
                                 const std::stop_token &stop)
{
    if (Status settled = settleUpgrade(folder, plan.sockets, stop); !settled)
        return std::unexpected(settled.error());
    if (const auto kept = keptFolder(folder)) {
        return fail(
            ErrorCode::Conflict,
            std::format("the data of before an earlier upgrade is still in {}", kept->string()),
            "start and stop the service once and start it again, which lets it go");
    }
    if (Status room = checkRoomForCopy(folder, bytesIn(folder.cluster())); !room)
        return std::unexpected(room.error());
    log::info("storage", "moving the database from Postgres {} to {}", plan.from.version,
              plan.to.version);
    if (Status done = Upgrade(folder, plan, stop).run(); !done) {
        // A swap that had begun stays for settleUpgrade(): it has a whole cluster for it.
        std::ignore = settleUpgrade(folder, plan.sockets, {});
        return std::unexpected(done.error());
    }
    return UpgradeReport{plan.from.version, plan.to.version,
                         keptFolder(folder).value_or(folder.root())};
}

} // namespace chrona::storage
