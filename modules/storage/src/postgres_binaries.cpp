// SPDX-License-Identifier: AGPL-3.0-or-later
#include "postgres_binaries.h"

#include "child_process.h"
#include "chrona/storage/cluster_upgrade.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <set>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;

void addSubfolders(std::vector<fs::path> &to, const fs::path &root, std::string_view prefix,
                   const fs::path &tail)
{
    std::error_code ignored;
    for (fs::directory_iterator at(root, ignored), end; at != end; at.increment(ignored)) {
        if (at->path().filename().string().starts_with(prefix))
            to.push_back(at->path() / tail);
    }
}

std::vector<fs::path> candidates()
{
    if (const char *chosen = std::getenv("CHRONA_POSTGRES_BIN");
        chosen != nullptr && *chosen != '\0')
        return {chosen};
    std::vector<fs::path> folders;
    addSubfolders(folders, "/usr/lib/postgresql", "", "bin");
    addSubfolders(folders, "/opt/homebrew/opt", "postgresql@", "bin");
    addSubfolders(folders, "/usr/local/opt", "postgresql@", "bin");
    addSubfolders(folders, "/Applications/Postgres.app/Contents/Versions", "", "bin");
    const char *path = std::getenv("PATH");
    std::string_view rest = path == nullptr ? "" : path;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        if (folder.starts_with('/'))
            folders.emplace_back(folder);
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    }
    return folders;
}

/// From "postgres (PostgreSQL) 17.6 (Debian 17.6-1)"; empty where that is not what it says.
std::string versionIn(std::string_view text)
{
    constexpr std::string_view kBefore = "(PostgreSQL) ";
    const std::size_t at = text.find(kBefore);
    if (at == std::string_view::npos)
        return {};
    text.remove_prefix(at + kBefore.size());
    return std::string(text.substr(0, text.find_first_of(" \n")));
}

int majorOf(std::string_view version)
{
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    return major;
}

} // namespace

std::vector<PostgresBinaries> findPostgres()
{
    std::vector<PostgresBinaries> found;
    std::set<fs::path> seen;
    for (const fs::path &folder : candidates()) {
        std::error_code ignored;
        const fs::path program = folder / "postgres";
        if (!fs::exists(program, ignored) || !fs::exists(folder / "initdb", ignored))
            continue;
        if (!seen.insert(fs::canonical(program, ignored)).second)
            continue;
        const Result<std::string> output = runChild({program.string(), "--version"});
        if (!output)
            continue;
        if (std::string version = versionIn(*output); !version.empty())
            found.push_back({folder, version, majorOf(version)});
    }
    std::ranges::stable_sort(found, std::greater{}, &PostgresBinaries::major);
    return found;
}

Result<PostgresBinaries> choosePostgres(const std::vector<PostgresBinaries> &found,
                                        std::optional<int> clusterMajor)
{
    if (found.empty()) {
        return fail(ErrorCode::Unavailable, "no PostgreSQL server is installed",
                    "install the package postgresql, or set CHRONA_POSTGRES_BIN to the folder "
                    "that holds postgres and initdb");
    }
    const PostgresBinaries &newest = found.front();
    if (!clusterMajor && newest.major >= kMajorMin)
        return newest;
    if (!clusterMajor) {
        return fail(ErrorCode::Unavailable,
                    std::format("PostgreSQL {} is too old, Chrona needs {} or later",
                                newest.version, kMajorMin),
                    "install a newer postgresql package");
    }
    const auto same = std::ranges::find(found, *clusterMajor, &PostgresBinaries::major);
    if (same != found.end())
        return *same;
    return fail(
        ErrorCode::Conflict,
        std::format("the data was written by PostgreSQL {}, but only PostgreSQL {} is "
                    "installed",
                    *clusterMajor, newest.version),
        std::format(
            "the data stays as it is; install PostgreSQL {0} (package postgresql-{0}) too; {1}",
            *clusterMajor, kUpgradeRemedy));
}

std::optional<int> clusterMajorOf(const std::filesystem::path &cluster)
{
    std::ifstream file(cluster / "PG_VERSION");
    int major = 0;
    if (file >> major)
        return major;
    return std::nullopt;
}

} // namespace chrona::storage
