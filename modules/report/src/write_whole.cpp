// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/durable.h"
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

} // namespace

Status writeWhole(const std::filesystem::path &path, std::string_view content)
{
    // The process's number keeps two writers of one name from sharing a half-written file.
    const std::filesystem::path part = path.string() + std::format(".{}.part", ::getpid());
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return failWith(path, "create");
    const bool written = writeFully(file, content) && ::fsync(file) == 0;
    const int cause = errno;
    ::close(file);
    if (!written || ::rename(part.c_str(), path.c_str()) != 0) {
        const int reason = written ? errno : cause;
        ::unlink(part.c_str());
        errno = reason;
        return failWith(path, "write");
    }
    syncFolderOf(path);
    return {};
}

} // namespace chrona::report
