// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/durable.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace chrona {

bool writeFully(int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void syncFolder(const std::filesystem::path &folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    (void)::fsync(descriptor);
    ::close(descriptor);
}

void syncFolderOf(const std::filesystem::path &file)
{
    syncFolder(file.has_parent_path() ? file.parent_path() : ".");
}

} // namespace chrona
