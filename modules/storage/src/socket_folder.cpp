// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/private_cluster.h"

#include "chrona/base/hash.h"
#include "folder_lock.h"

#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <format>

namespace chrona::storage {
namespace {

// "/.s.PGSQL.5432" and its end must still fit what the system takes as a socket's address
// (108 bytes on Linux, 104 on macOS).
constexpr std::size_t kFolderBytesMax = sizeof(sockaddr_un::sun_path) - sizeof("/.s.PGSQL.5432");

} // namespace

Result<std::filesystem::path> socketFolderFor(const std::filesystem::path &dataFolder)
{
    std::error_code failed;
    const std::filesystem::path whole = std::filesystem::weakly_canonical(dataFolder, failed);
    const Hash256 hash = sha256((failed ? dataFolder : whole).string());
    const std::string name = toHex(std::span(hash).first(4));
    std::filesystem::path folder;
    if (const char *runtime = std::getenv("XDG_RUNTIME_DIR");
        runtime != nullptr && *runtime == '/') {
        folder = std::filesystem::path(runtime) / std::format("chrona-{}", name);
        if (folder.string().size() <= kFolderBytesMax && makePrivateFolder(folder))
            return folder;
    }
    folder = std::format("/tmp/chrona-{}-{}", ::geteuid(), name);
    if (Status made = makePrivateFolder(folder); !made)
        return std::unexpected(made.error());
    return folder;
}

} // namespace chrona::storage
