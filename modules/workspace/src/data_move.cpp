// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/data_move.h"

#include "chrona/ipc/endpoint.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <format>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace chrona::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRoomLeft = 256ULL << 20;

/// Held while the files move, so that no service starts in between.
class FolderLock {
public:
    explicit FolderLock(const fs::path &folder)
        : m_lock(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
    }
    ~FolderLock()
    {
        if (m_lock >= 0)
            ::close(m_lock);
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;
    [[nodiscard]] bool isHeld() const
    {
        return m_lock >= 0 && ::flock(m_lock, LOCK_EX | LOCK_NB) == 0;
    }

private:
    int m_lock;
};

std::unexpected<Error> failed(const fs::path &path, const std::error_code &error)
{
    return fail(ErrorCode::Denied, std::format("{}: {}", path.string(), error.message()));
}

struct Entry {
    fs::path path; ///< below the folder
    fs::file_status status;
    std::uint64_t bytes = 0;
};

/// Folders before what is in them.
Result<std::vector<Entry>> entriesOf(const fs::path &folder)
{
    std::vector<Entry> entries;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error);
         !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        Entry entry{at->path().lexically_relative(folder), at->symlink_status(error), 0};
        if (!error && fs::is_regular_file(entry.status))
            entry.bytes = at->file_size(error);
        if (error)
            break;
        entries.push_back(std::move(entry));
    }
    if (error)
        return failed(folder, error);
    return entries;
}

/// On the disk, before what it was copied from goes.
Status flushed(const fs::path &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const bool isDown = file >= 0 && ::fsync(file) == 0;
    const std::error_code error(errno, std::generic_category());
    if (file >= 0)
        ::close(file);
    return isDown ? Status() : failed(path, error);
}

/// What stays where copying ends early is taken away again.
class Copy {
public:
    Copy(const fs::path &from, const fs::path &to) : m_from(from), m_to(to) {}
    ~Copy()
    {
        std::error_code ignored;
        if (!m_isKept)
            fs::remove_all(m_to, ignored);
    }
    Copy(const Copy &) = delete;
    Copy &operator=(const Copy &) = delete;
    void keep() { m_isKept = true; }

    Status take(const Entry &entry) const
    {
        const fs::path from = m_from / entry.path, to = m_to / entry.path;
        std::error_code error;
        if (fs::is_directory(entry.status))
            fs::create_directory(to, error);
        else if (fs::is_symlink(entry.status))
            fs::copy_symlink(from, to, error);
        else if (fs::is_regular_file(entry.status))
            fs::copy_file(from, to, error);
        else
            return {}; // sockets: they are made anew
        if (!error && !fs::is_symlink(entry.status))
            fs::permissions(to, entry.status.permissions(), error);
        if (!error && fs::is_regular_file(entry.status) && fs::file_size(to, error) != entry.bytes)
            return fail(ErrorCode::Corrupt,
                        std::format("{} was not copied whole", entry.path.string()));
        if (error)
            return failed(to, error);
        return fs::is_symlink(entry.status) ? Status() : flushed(to);
    }

private:
    fs::path m_from, m_to;
    bool m_isKept = false;
};

Status copyAll(const fs::path &from, const fs::path &to,
               const std::function<void(const MoveProgress &)> &progress, std::stop_token stop)
{
    const auto entries = entriesOf(from);
    if (!entries)
        return std::unexpected(entries.error());
    MoveProgress state;
    for (const Entry &entry : *entries)
        state.totalBytes += entry.bytes;
    std::error_code error;
    fs::create_directories(to, error);
    if (error)
        return failed(to, error);
    Copy copy(from, to);
    if (const auto space = fs::space(to, error);
        !error && space.available < state.totalBytes + kRoomLeft)
        return fail(ErrorCode::Exhausted,
                    std::format("{} has {} MiB free, and {} MiB are needed", to.string(),
                                space.available >> 20, (state.totalBytes + kRoomLeft) >> 20),
                    "choose another place");
    fs::permissions(to, fs::perms::owner_all, error);
    for (const Entry &entry : *entries) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the data stay where they are");
        if (Status taken = copy.take(entry); !taken)
            return taken;
        state.doneBytes += entry.bytes;
        if (progress)
            progress(state);
    }
    for (const fs::path &folder : {to, to.parent_path()})
        if (Status down = flushed(folder); !down)
            return down;
    // From here on the new place counts; what is left of the old one is only in the way.
    if (Status noted = ipc::noteDataFolder(to); !noted)
        return noted;
    copy.keep();
    fs::remove_all(from, error);
    return {};
}

Status checkPlaces(const fs::path &from, const fs::path &to)
{
    std::error_code error;
    if (!fs::is_directory(from, error))
        return fail(ErrorCode::NotFound, std::format("there is no folder {}", from.string()));
    if (const fs::path inside = to.lexically_relative(from);
        !inside.empty() && *inside.begin() != "..")
        return fail(ErrorCode::InvalidInput,
                    std::format("{} lies within what is to be moved", to.string()),
                    "choose another place");
    if (fs::exists(to, error) && (!fs::is_directory(to, error) || !fs::is_empty(to, error)))
        return fail(ErrorCode::InvalidInput, std::format("{} is not empty", to.string()),
                    "choose an empty or a new folder");
    return {};
}

} // namespace

Status moveDataFolder(const fs::path &from, const fs::path &to,
                      const std::function<void(const MoveProgress &)> &progress,
                      std::stop_token stop)
{
    const fs::path source = fs::absolute(from).lexically_normal();
    const fs::path target = fs::absolute(to).lexically_normal();
    if (Status sound = checkPlaces(source, target); !sound)
        return sound;
    const FolderLock lock(source);
    if (!lock.isHeld())
        return fail(ErrorCode::Conflict, std::format("a service still uses {}", source.string()),
                    "stop it first");
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error)
        return failed(target.parent_path(), error);
    fs::remove(target, error); // an empty one
    fs::rename(source, target, error);
    if (error == std::errc::cross_device_link)
        return copyAll(source, target, progress, stop);
    if (error)
        return failed(target, error);
    Status noted = ipc::noteDataFolder(target);
    if (!noted)
        fs::rename(target, source, error);
    return noted;
}

} // namespace chrona::workspace
