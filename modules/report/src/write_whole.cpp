// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/export.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <unistd.h>

namespace chrona::report {
namespace {

Status failWith(const std::filesystem::path &path, const char *doing)
{
    return fail(ErrorCode::Unavailable,
                std::format("cannot {} {}: {}", doing, path.string(), std::strerror(errno)),
                "check that the folder exists, is writable and has space");
}

bool writeAll(int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        content.remove_prefix(std::size_t(written));
    }
    return ::fsync(file) == 0;
}

/// Makes the new name itself durable; a folder that cannot be synced costs nothing but that.
void syncFolder(const std::filesystem::path &path)
{
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return;
    ::fsync(handle);
    ::close(handle);
}

} // namespace

Status writeWhole(const std::filesystem::path &path, std::string_view content)
{
    // The process's number keeps two writers of one name from sharing a half-written file.
    const std::filesystem::path part = path.string() + std::format(".{}.part", ::getpid());
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return failWith(path, "create");
    const bool written = writeAll(file, content);
    const int cause = errno;
    ::close(file);
    if (!written || ::rename(part.c_str(), path.c_str()) != 0) {
        const int reason = written ? errno : cause;
        ::unlink(part.c_str());
        errno = reason;
        return failWith(path, "write");
    }
    syncFolder(path);
    return {};
}

} // namespace chrona::report
