// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/small_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mount.h>
#endif

#include <cstdlib>
#include <format>
#include <fstream>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBytesMax = std::uint64_t{2} << 30;

fs::path &ownDisk()
{
    static fs::path folder;
    return folder;
}

/// A folder that somebody only called so could be the whole disk of the machine.
bool isSmallDisk(const fs::path &folder)
{
    struct stat here{};
    struct stat above{};
    std::error_code failed;
    return ::stat(folder.c_str(), &here) == 0 && ::stat((folder / "..").c_str(), &above) == 0 &&
           here.st_dev != above.st_dev && fs::space(folder, failed).capacity <= kBytesMax;
}

#ifdef __linux__
bool write(const char *file, const std::string &text)
{
    std::ofstream stream(file);
    return static_cast<bool>(stream << text << std::flush);
}

/// In a user's own namespace a plain user may mount. It ends with this process and its children,
/// and the user keeps the number that Postgres wants to be no root.
void mountOwn()
{
    const uid_t user = ::geteuid();
    const gid_t group = ::getegid();
    std::string pattern = (fs::temp_directory_path() / "chrona-disk-XXXXXX").string();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 || ::mkdtemp(pattern.data()) == nullptr)
        return;
    const bool isMounted = write("/proc/self/setgroups", "deny") &&
                           write("/proc/self/uid_map", std::format("{} {} 1", user, user)) &&
                           write("/proc/self/gid_map", std::format("{} {} 1", group, group)) &&
                           ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                           ::mount("small-disk", pattern.c_str(), "tmpfs", MS_NOSUID | MS_NODEV,
                                   "size=800m,mode=700") == 0;
    if (isMounted)
        ownDisk() = pattern;
}
#else
void mountOwn() {}
#endif

} // namespace

void SmallDisk::prepare()
{
    if (const char *given = std::getenv("CHRONA_SMALL_DISK"); given && isSmallDisk(given))
        ownDisk() = given;
    else
        mountOwn();
}

std::unique_ptr<SmallDisk> SmallDisk::open()
{
    if (ownDisk().empty())
        return nullptr;
    // A test that was killed left its filler behind, which nobody else needs.
    std::error_code ignored;
    for (const auto &left : fs::directory_iterator(ownDisk(), ignored))
        if (left.path().filename().string().starts_with("test-"))
            fs::remove_all(left.path(), ignored);
    std::string pattern = (ownDisk() / "test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return nullptr;
    return std::unique_ptr<SmallDisk>(new SmallDisk(pattern));
}

SmallDisk::~SmallDisk()
{
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

std::uint64_t SmallDisk::freeBytes() const
{
    std::error_code failed;
    return fs::space(m_folder, failed).available;
}

void SmallDisk::leave(std::uint64_t bytes)
{
    const fs::path file = m_folder / "filler";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct stat info{};
    if (descriptor < 0 || ::fstat(descriptor, &info) != 0)
        return;
    auto taken = static_cast<std::uint64_t>(info.st_blocks) * 512;
    if (const std::uint64_t free = freeBytes(); free < bytes) {
        taken -= std::min(taken, bytes - free);
        std::ignore = ::ftruncate(descriptor, static_cast<off_t>(taken));
    }
#ifdef __linux__
    // Others write at the same time, and a piece that finds no room is taken back whole.
    constexpr std::uint64_t kPageBytes = 4096;
    std::uint64_t piece = 16 << 20;
    while (piece >= kPageBytes && freeBytes() >= bytes + kPageBytes) {
        const bool isTaken =
            piece <= freeBytes() - bytes && ::posix_fallocate(descriptor, static_cast<off_t>(taken),
                                                              static_cast<off_t>(piece)) == 0;
        if (isTaken)
            taken += piece;
        else
            piece /= 2;
    }
#endif
    ::close(descriptor);
}

} // namespace chrona::storage
