// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cluster_folder.h"

#include "child_process.h"
#include "chrona/base/durable.h"
#include "chrona/base/log.h"
#include "folder_lock.h"

#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#endif

#include <format>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;

/// btrfs rewrites each changed block elsewhere, which turns a database into fragments. Only an
/// empty folder can be told not to.
void turnOffCopyOnWrite([[maybe_unused]] const fs::path &folder)
{
#ifdef __linux__
    struct statfs info{};
    if (::statfs(folder.c_str(), &info) != 0 || info.f_type != BTRFS_SUPER_MAGIC)
        return;
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int flags = 0;
    if (file >= 0 && ::ioctl(file, FS_IOC_GETFLAGS, &flags) == 0) {
        flags |= FS_NOCOW_FL;
        ::ioctl(file, FS_IOC_SETFLAGS, &flags);
    }
    if (file >= 0)
        ::close(file);
#endif
}

/// Collation by code point: text indexes survive an update of the system's libraries. Since 17
/// Postgres has that with Unicode's upper and lower case built in; before, only "C" is as safe.
Arguments initdbArguments(const PostgresBinaries &binaries, const fs::path &folder,
                          PrivateCluster::Durability durability)
{
    Arguments arguments{(binaries.folder / "initdb").string(),
                        "-D",
                        folder.string(),
                        "--encoding=UTF8",
                        "--locale=C",
                        "--data-checksums",
                        "--auth-local=peer",
                        "--auth-host=reject",
                        "--no-instructions"};
    if (binaries.major >= 17) {
        arguments.insert(arguments.end(),
                         {"--locale-provider=builtin", "--builtin-locale=C.UTF-8"});
    }
    // Without its sync a power cut soon after could leave a cluster that looks whole and is not:
    // later checkpoints write only what changed since. Once for the file system is some seconds
    // quicker on a busy disk than once for each of a thousand files.
    if (durability == PrivateCluster::Durability::Scratch)
        arguments.emplace_back("--no-sync");
#ifdef __linux__
    else if (binaries.major >= 17)
        arguments.emplace_back("--sync-method=syncfs");
#endif
    return arguments;
}

} // namespace

Result<ClusterFolder> ClusterFolder::prepare(const fs::path &root)
{
    if (root.empty() || !root.is_absolute())
        return fail(ErrorCode::InvalidInput, "the data folder needs an absolute path");
    ClusterFolder folder(root);
    for (const fs::path &each : {root, folder.logFile().parent_path()}) {
        if (Status made = makePrivateFolder(each); !made)
            return std::unexpected(made.error());
    }
    return folder;
}

void ClusterFolder::rotateLog() const
{
    constexpr std::uintmax_t kLogBytesMax = 4 << 20;
    std::error_code failed;
    if (const auto size = fs::file_size(logFile(), failed); !failed && size > kLogBytesMax)
        fs::rename(logFile(), logFile().string() + ".1", failed);
}

std::optional<std::uint64_t> ClusterFolder::freeBytes() const
{
    std::error_code failed;
    const fs::space_info space = fs::space(m_root, failed);
    return failed ? std::nullopt : std::optional<std::uint64_t>(space.available);
}

Status ClusterFolder::checkRoom(std::uint64_t bytesMin) const
{
    const std::optional<std::uint64_t> free = freeBytes();
    if (!free || *free >= bytesMin)
        return {};
    return fail(ErrorCode::Exhausted,
                std::format("the disk of {} has {} MiB left, the database needs {}",
                            m_root.string(), *free >> 20, bytesMin >> 20),
                "free room on this disk, or move the data folder to another one");
}

Status ClusterFolder::checkRoom(const PrivateCluster::Options &options) const
{
    if (!clusterMajorOf(cluster()))
        return checkRoom(options.freeBytesMin);
    const Status room = checkRoom(options.startBytesMin);
    if (room)
        return room;
    std::ignore = removeBallast();
    return checkRoom(options.startBytesMin);
}

Status ClusterFolder::makeCluster(const PostgresBinaries &binaries,
                                  PrivateCluster::Durability durability,
                                  const std::stop_token &stop) const
{
    std::error_code failed;
    if (fs::exists(cluster() / "PG_VERSION", failed))
        return {};
    if (fs::exists(cluster(), failed) && !fs::is_empty(cluster(), failed)) {
        return fail(ErrorCode::Corrupt,
                    std::format("{} holds something, but no database", cluster().string()),
                    "restore a backup, or move that folder away to begin anew");
    }
    const fs::path fresh = m_root / "data.new";
    fs::remove_all(fresh, failed);
    if (Status made = initialise(fresh, binaries, durability, stop); !made)
        return made;
    fs::rename(fresh, cluster(), failed);
    if (failed)
        return fail(ErrorCode::Denied,
                    std::format("cannot make {}: {}", cluster().string(), failed.message()));
    sync();
    return {};
}

Status ClusterFolder::initialise(const fs::path &fresh, const PostgresBinaries &binaries,
                                 PrivateCluster::Durability durability, const std::stop_token &stop)
{
    if (Status made = makePrivateFolder(fresh); !made)
        return made;
    turnOffCopyOnWrite(fresh);
    auto output = runChild(initdbArguments(binaries, fresh, durability), stop);
    if (output)
        return {};
    std::error_code ignored;
    fs::remove_all(fresh, ignored);
    return std::unexpected(output.error());
}

void ClusterFolder::sync() const
{
    syncFolder(m_root);
}

void ClusterFolder::makeBallast(std::uint64_t bytes, std::uint64_t freeBytesMin) const
{
    std::error_code failed;
    const fs::path file = m_root / "ballast";
    if (bytes == 0 || fs::file_size(file, failed) == bytes)
        return;
    if (const auto free = freeBytes(); !free || *free < freeBytesMin + bytes) {
        log::warning("storage", "the disk is too full for a ballast file");
        return;
    }
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return;
#ifdef __APPLE__
    // Has no posix_fallocate; F_PREALLOCATE holds the blocks.
    fstore_t wanted{F_ALLOCATEALL, F_PEOFPOSMODE, 0, static_cast<off_t>(bytes), 0};
    const bool isMade = ::fcntl(descriptor, F_PREALLOCATE, &wanted) == 0 &&
                        ::ftruncate(descriptor, static_cast<off_t>(bytes)) == 0;
#else
    const bool isMade = ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes)) == 0;
#endif
    ::close(descriptor);
    if (!isMade)
        fs::remove(file, failed);
}

Status ClusterFolder::removeBallast() const
{
    std::error_code failed;
    fs::remove(m_root / "ballast", failed);
    if (failed)
        return fail(ErrorCode::Denied,
                    std::format("cannot delete the ballast: {}", failed.message()));
    return {};
}

} // namespace chrona::storage
