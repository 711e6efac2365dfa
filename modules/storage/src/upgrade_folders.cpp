// SPDX-License-Identifier: AGPL-3.0-or-later
#include "upgrade_folders.h"

#include "chrona/base/durable.h"
#include "chrona/base/log.h"
#include "postgres_server.h"

#include <fcntl.h>
#include <unistd.h>

#include <format>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kKeptPrefix = "data.old-";

/// Postgres leaves files alone that it does not know.
fs::path wholeMark(const fs::path &cluster)
{
    return cluster / "chrona_upgraded";
}

fs::path servedMark(const fs::path &cluster)
{
    return cluster / "chrona_upgrade_served";
}

bool isThere(const fs::path &path)
{
    std::error_code failed;
    return fs::exists(path, failed);
}

Status move(const ClusterFolder &folder, const fs::path &from, const fs::path &to)
{
    std::error_code failed;
    fs::rename(from, to, failed);
    if (failed) {
        return fail(ErrorCode::Denied, std::format("cannot rename {} to {}: {}", from.string(),
                                                   to.string(), failed.message()));
    }
    folder.sync();
    return {};
}

} // namespace

fs::path upgradeFolder(const ClusterFolder &folder)
{
    return folder.root() / "data.upgrade";
}

std::optional<fs::path> keptFolder(const ClusterFolder &folder)
{
    std::error_code failed;
    for (fs::directory_iterator at(folder.root(), failed), end; at != end; at.increment(failed)) {
        if (at->path().filename().string().starts_with(kKeptPrefix))
            return at->path();
    }
    return std::nullopt;
}

Status markWhole(const ClusterFolder &folder)
{
    const fs::path mark = wholeMark(upgradeFolder(folder));
    const int file = ::open(mark.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const bool isKept = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    if (!isKept)
        return fail(ErrorCode::Exhausted, std::format("cannot write {}", mark.string()));
    syncFolder(upgradeFolder(folder));
    return {};
}

Status putOldAside(const ClusterFolder &folder, int oldMajor)
{
    return move(folder, folder.cluster(),
                folder.root() / std::format("{}{}", kKeptPrefix, oldMajor));
}

Status putNewInPlace(const ClusterFolder &folder)
{
    return move(folder, upgradeFolder(folder), folder.cluster());
}

Status settleUpgrade(const ClusterFolder &folder, const fs::path &sockets,
                     const std::stop_token &stop)
{
    const fs::path fresh = upgradeFolder(folder);
    const bool hasCluster = isThere(folder.cluster());
    if (!hasCluster && isThere(wholeMark(fresh))) {
        log::warning("storage", "an upgrade was killed in its last step, which is made up for");
        return putNewInPlace(folder);
    }
    // Beside a cluster the new one never counts: nobody can tell what the old one took in since.
    if (hasCluster && isThere(fresh)) {
        log::warning("storage", "an upgrade was killed; the data is as it was before it");
        return dropUpgrade(folder, sockets, stop);
    }
    if (const auto kept = keptFolder(folder); !hasCluster && kept) {
        return fail(
            ErrorCode::Corrupt,
            std::format("there is no {}, but the data of before an upgrade is in {}",
                        folder.cluster().string(), kept->string()),
            std::format("to go back to it: mv {} {}", kept->string(), folder.cluster().string()));
    }
    return {};
}

Status dropUpgrade(const ClusterFolder &folder, const fs::path &sockets,
                   const std::stop_token &stop)
{
    const fs::path fresh = upgradeFolder(folder);
    if (!isThere(fresh))
        return {};
    if (Status cleared = clearLeftovers(fresh, sockets, stop); !cleared)
        return cleared;
    std::error_code failed;
    fs::remove_all(fresh, failed);
    if (failed)
        return fail(ErrorCode::Denied,
                    std::format("cannot delete {}: {}", fresh.string(), failed.message()));
    return {};
}

void markUpgradeServed(const ClusterFolder &folder)
{
    std::error_code failed;
    if (isThere(wholeMark(folder.cluster())))
        fs::rename(wholeMark(folder.cluster()), servedMark(folder.cluster()), failed);
}

void dropServedUpgrade(const ClusterFolder &folder)
{
    const fs::path served = servedMark(folder.cluster());
    const auto kept = keptFolder(folder);
    if (!isThere(served))
        return;
    std::error_code failed;
    if (kept) {
        // Half of a cluster must not go by the name of a whole one.
        const fs::path going = folder.root() / "data.gone";
        fs::remove_all(going, failed);
        fs::rename(*kept, going, failed);
        if (!failed)
            fs::remove_all(going, failed);
        if (failed)
            return log::warning("storage", "cannot delete {}: {}", kept->string(),
                                failed.message());
        log::info("storage", "the data of before the upgrade is gone: {}", kept->string());
    }
    fs::remove(served, failed);
}

} // namespace chrona::storage
