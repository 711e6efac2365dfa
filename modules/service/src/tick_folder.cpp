// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_folder.h"

#include "instants.h"

#include "chrona/base/log.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace chrona::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTicksSuffix = ".ticks";
constexpr int kNamesMax = 1'000; ///< of files begun in one second

Status diskFailure(const fs::path &path, int error)
{
    return fail(error == ENOSPC ? ErrorCode::Exhausted : ErrorCode::Unavailable,
                std::format("{}: {}", path.string(), std::strerror(error)),
                "ticks are kept again when the disk takes them");
}

/// Cuts a file where it stops being sound; one that is none at all is removed.
void mendFile(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    auto reader = formats::TickSegmentReader::open(bytes);
    std::error_code error;
    if (!reader) {
        fs::remove(path, error);
        return log::warning("oracle", "{} was no recording and is removed", path.string());
    }
    while (reader->skip()) {
    }
    if (reader->isAtEnd())
        return;
    fs::resize_file(path, reader->soundBytes(), error);
    log::warning("oracle", "{} ended in half a block, which is cut off", path.string());
}

/// The day in a file's folder name, as formatDate() writes it.
std::optional<Date> dayOf(const fs::path &file)
{
    const auto day = parseDate(file.parent_path().filename().string());
    return day ? std::optional(*day) : std::nullopt;
}

} // namespace

std::vector<fs::path> tickFilesBelow(const fs::path &folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error))
        if (it->path().extension() == kTicksSuffix && it->is_regular_file(error))
            files.push_back(it->path());
    std::ranges::sort(files); // names sort by time
    return files;
}

TickFolder::TickFolder(Options options, std::string about)
    : m_options(std::move(options)), m_about(std::move(about))
{
}

TickFolder::~TickFolder()
{
    closeFile();
}

Status TickFolder::open()
{
    std::error_code error;
    fs::create_directories(m_options.folder, error);
    if (error)
        return diskFailure(m_options.folder, error.value());
    const auto files = tickFilesBelow(m_options.folder);
    // Only the newest can have been written to when a program ended.
    if (!files.empty())
        mendFile(files.back());
    return {};
}

void TickFolder::closeFile()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

Status TickFolder::beginFile(Instant at)
{
    closeFile();
    forgetOld(at);
    m_day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - m_day));
    const fs::path folder = m_options.folder / formatDate(m_day);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return diskFailure(folder, error.value());
    for (int number = 0; number < kNamesMax && m_file < 0; ++number) {
        m_path = folder / std::format("{:02}{:02}{:02}-{:03}{}", time.hours().count(),
                                      time.minutes().count(), time.seconds().count(), number,
                                      kTicksSuffix);
        m_file = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
        if (m_file < 0 && errno != EEXIST)
            return diskFailure(m_path, errno);
    }
    if (m_file < 0)
        return fail(ErrorCode::Conflict, std::format("{} is taken", m_path.string()));
    m_size = 0;
    if (auto done = writeWhole(formats::tickSegmentHead(m_about)); !done) {
        closeFile();
        fs::remove(m_path, error);
        return done;
    }
    return {};
}

/// All of it and synced, or the file as it was.
Status TickFolder::writeWhole(std::string_view bytes)
{
    std::size_t written = 0;
    int failure = 0;
    while (written < bytes.size() && failure == 0) {
        const ssize_t part = ::write(m_file, bytes.data() + written, bytes.size() - written);
        if (part > 0)
            written += static_cast<std::size_t>(part);
        else if (errno != EINTR)
            failure = errno == 0 ? EIO : errno;
    }
    if (failure == 0 && ::fsync(m_file) != 0)
        failure = errno;
    if (failure != 0) {
        if (::ftruncate(m_file, static_cast<off_t>(m_size)) != 0)
            closeFile(); // the next block begins another file, and open() mends this one
        return diskFailure(m_path, failure);
    }
    m_size += bytes.size();
    return {};
}

Status TickFolder::append(std::span<const formats::TickRecord> records)
{
    if (records.empty())
        return {};
    const Instant at = instantOfMillis(records.front().atMs);
    if (m_file < 0 || m_size > m_options.segmentBytes ||
        std::chrono::floor<std::chrono::days>(at) != m_day)
        if (auto begun = beginFile(at); !begun)
            return begun;
    return writeWhole(formats::tickBlock(records));
}

void TickFolder::forgetOld(Instant now) const
{
    const auto files = tickFilesBelow(m_options.folder);
    std::uint64_t total = m_options.segmentBytes; // of what is begun now
    std::error_code error;
    for (const fs::path &file : files)
        total += fs::file_size(file, error);
    const Date lastKept =
        std::chrono::floor<std::chrono::days>(now) - std::chrono::days(m_options.daysMax);
    for (const fs::path &file : files) {
        const auto day = dayOf(file);
        if (!day || (*day >= lastKept && total <= m_options.bytesMax))
            continue;
        total -= std::min<std::uint64_t>(fs::file_size(file, error), total);
        fs::remove(file, error);
        fs::remove(file.parent_path(), error); // where it was the last of its day
    }
}

TickFolder::Figures TickFolder::figures() const
{
    Figures figures;
    std::error_code error;
    const auto files = tickFilesBelow(m_options.folder);
    for (const fs::path &file : files)
        figures.bytes += fs::file_size(file, error);
    figures.segments = files.size();
    if (!files.empty())
        if (const auto day = dayOf(files.front()))
            figures.oldest = Instant(*day);
    return figures;
}

} // namespace chrona::service
