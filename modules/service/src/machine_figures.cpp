// SPDX-License-Identifier: AGPL-3.0-or-later
#include "machine_figures.h"

#include <fstream>
#include <system_error>
#include <unistd.h>

#ifdef __APPLE__
#include <mach/mach.h>
#endif

namespace chrona::service {
namespace {

std::uint64_t residentBytes()
{
#ifdef __APPLE__
    mach_task_basic_info info{};
    mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
    const auto target = reinterpret_cast<task_info_t>(&info);
    const bool known
        = task_info(mach_task_self(), MACH_TASK_BASIC_INFO, target, &count) == KERN_SUCCESS;
    return known ? info.resident_size : 0;
#else
    std::ifstream statm("/proc/self/statm");
    std::uint64_t sizePages = 0, residentPages = 0;
    statm >> sizePages >> residentPages;
    return residentPages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
#endif
}

} // namespace

std::uint64_t folderBytes(const std::filesystem::path &folder)
{
    namespace fs = std::filesystem;
    std::uint64_t bytes = 0;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        error);
    while (!error && at != fs::recursive_directory_iterator()) {
        std::error_code gone;
        if (at->is_regular_file(gone) && !at->is_symlink(gone))
            if (const auto size = at->file_size(gone); !gone)
                bytes += size;
        at.increment(error);
        if (error == std::errc::no_such_file_or_directory)
            error.clear();
    }
    return bytes;
}

MachineFigures measureMachine(const std::filesystem::path &dataFolder)
{
    MachineFigures figures;
    figures.memoryBytes = residentBytes();
    std::error_code error;
    const auto space = std::filesystem::space(dataFolder, error);
    if (!error) {
        figures.diskFreeBytes = space.available;
        figures.diskTotalBytes = space.capacity;
    }
    return figures;
}

} // namespace chrona::service
