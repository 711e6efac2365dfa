// SPDX-License-Identifier: AGPL-3.0-or-later
#include "column_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <string>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

namespace chrona::service {
namespace {

/// What is left on the disk for everything else.
constexpr std::uintmax_t kRoomLeft = std::uintmax_t{1} << 30;

std::unexpected<Error> noRoom(const std::string &why)
{
    return fail(ErrorCode::Exhausted,
                std::format("the panel's columns find no room on the disk: {}", why),
                "make room where the data folder is, or search fewer features");
}

/// Room that is there when it is written to: a page of a file with holes that finds the disk full
/// would end the process.
int reserve(int file, std::uint64_t from, std::size_t bytes)
{
#ifdef __linux__
    return ::posix_fallocate(file, static_cast<off_t>(from), static_cast<off_t>(bytes));
#else
    const std::vector<char> zeros(std::size_t{1} << 20);
    for (std::size_t done = 0; done < bytes;) {
        const std::size_t part = std::min(zeros.size(), bytes - done);
        const ssize_t written = ::pwrite(file, zeros.data(), part, static_cast<off_t>(from + done));
        if (written <= 0)
            return errno;
        done += static_cast<std::size_t>(written);
    }
    return 0;
#endif
}

} // namespace

Result<std::shared_ptr<ColumnFile>> ColumnFile::make(const std::filesystem::path &folder)
{
    std::string name = (folder / "columns-XXXXXX").string();
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0)
        return noRoom(std::strerror(errno));
    ::unlink(name.c_str());
    std::error_code failed;
    const auto room = std::filesystem::space(folder, failed);
    const std::uintmax_t free = failed ? 0 : room.available;
    return std::shared_ptr<ColumnFile>(
        new ColumnFile(file, free > kRoomLeft ? static_cast<std::size_t>(free - kRoomLeft) : 0));
}

ColumnFile::~ColumnFile()
{
    for (const Stretch &stretch : m_stretches)
        ::munmap(stretch.at, stretch.bytes);
    ::close(m_file);
}

Result<std::byte *> ColumnFile::makeStretch(std::size_t bytes)
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t size = (bytes + page - 1) / page * page;
    if (m_size + size > m_bytesMax)
        return noRoom(std::format("{} MiB are too many", (m_size + size) >> 20));
    if (const int failed = reserve(m_file, m_size, size); failed != 0)
        return noRoom(std::strerror(failed));
    void *at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, m_file,
                      static_cast<off_t>(m_size));
    if (at == MAP_FAILED)
        return noRoom(std::strerror(errno));
    m_size += size;
    m_stretches.push_back({at, size});
    return static_cast<std::byte *>(at);
}

} // namespace chrona::service
