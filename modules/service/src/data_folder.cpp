// SPDX-License-Identifier: AGPL-3.0-or-later
#include "data_folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace chrona::service {
namespace {

Status makePrivate(const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(
            ErrorCode::Denied,
            std::format("cannot make the data folder {}: {}", folder.string(), error.message()),
            "choose another one with --data");
    struct stat found{};
    if (::stat(folder.c_str(), &found) != 0 || found.st_uid != ::geteuid())
        return fail(ErrorCode::Denied,
                    std::format("the data folder {} belongs to another user", folder.string()),
                    "choose another one with --data");
    // It holds the token and the database: nobody else has any business there.
    if (::chmod(folder.c_str(), 0700) != 0)
        return fail(ErrorCode::Denied,
                    std::format("cannot protect {}: {}", folder.string(), std::strerror(errno)));
    return {};
}

/// Who holds the lock, as it wrote itself; 0 when it cannot be told.
long holderOf(int lock)
{
    char text[24] = {};
    const ssize_t read = ::pread(lock, text, sizeof text - 1, 0);
    return read > 0 ? std::strtol(text, nullptr, 10) : 0;
}

void writeHolder(int lock)
{
    const std::string pid = std::format("{}\n", ::getpid());
    // Only for people who look: the lock itself is what counts, so a failure changes nothing.
    if (::ftruncate(lock, 0) == 0 && ::pwrite(lock, pid.data(), pid.size(), 0) < 0)
        return;
}

} // namespace

Result<DataFolder> DataFolder::open(const std::filesystem::path &folder)
{
    if (auto made = makePrivate(folder); !made)
        return std::unexpected(made.error());
    const std::filesystem::path file = folder / "lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return fail(ErrorCode::Denied,
                    std::format("cannot open {}: {}", file.string(), std::strerror(errno)));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const long holder = holderOf(lock);
        ::close(lock);
        return fail(ErrorCode::Conflict,
                    std::format("chronad (process {}) already serves {}", holder, folder.string()),
                    "use that one, or stop it first");
    }
    writeHolder(lock);
    return DataFolder(std::filesystem::absolute(folder), lock);
}

DataFolder::DataFolder(DataFolder &&other) noexcept
    : m_path(std::move(other.m_path)), m_lock(std::exchange(other.m_lock, -1))
{
}

DataFolder::~DataFolder()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

} // namespace chrona::service
