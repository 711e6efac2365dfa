// SPDX-License-Identifier: AGPL-3.0-or-later
#include "folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <format>

namespace chrona::storage {

Result<FolderLock> FolderLock::take(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(ErrorCode::Denied,
                    std::format("cannot write {}: {}", file.string(), std::strerror(errno)));
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::Conflict,
                    std::format("another instance uses {}", file.parent_path().string()),
                    "close it, or choose another data folder");
    }
    return lock;
}

FolderLock::~FolderLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

Status makePrivateFolder(const std::filesystem::path &folder)
{
    std::error_code failed;
    if (folder.has_parent_path())
        std::filesystem::create_directories(folder.parent_path(), failed);
    if (!failed && ::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        failed = std::error_code(errno, std::generic_category());
    if (failed) {
        return fail(ErrorCode::Denied,
                    std::format("cannot make {}: {}", folder.string(), failed.message()));
    }
    // Without following links: in /tmp somebody may have laid one there before us.
    struct stat info{};
    if (::lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) ||
        info.st_uid != ::geteuid()) {
        return fail(ErrorCode::Denied,
                    std::format("{} is not a folder of this user", folder.string()));
    }
    if ((info.st_mode & 0077) != 0 && ::chmod(folder.c_str(), 0700) != 0)
        return fail(ErrorCode::Denied, std::format("others may enter {}", folder.string()));
    return {};
}

} // namespace chrona::storage
