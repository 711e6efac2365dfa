// SPDX-License-Identifier: AGPL-3.0-or-later
#include "postmaster_file.h"

#include <signal.h>
#include <unistd.h>
#ifdef __APPLE__
#include <libproc.h>
#endif

#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

namespace chrona::storage {
namespace {

namespace fs = std::filesystem;

struct ProcessView {
    std::string program; ///< file name of its executable
    fs::path folder;     ///< its working folder: postmaster and backends work in their cluster
};

#ifdef __APPLE__
std::optional<ProcessView> look(pid_t id)
{
    char program[PROC_PIDPATHINFO_MAXSIZE];
    proc_vnodepathinfo folders{};
    if (proc_pidpath(id, program, sizeof program) <= 0 ||
        proc_pidinfo(id, PROC_PIDVNODEPATHINFO, 0, &folders, sizeof folders) <= 0)
        return std::nullopt;
    return ProcessView{fs::path(program).filename(), folders.pvi_cdir.vip_path};
}

std::vector<pid_t> allProcesses()
{
    std::vector<pid_t> ids(16'384);
    const int bytes = proc_listallpids(ids.data(), static_cast<int>(ids.size() * sizeof(pid_t)));
    ids.resize(static_cast<std::size_t>(std::max(bytes, 0)));
    return ids;
}
#else
std::optional<ProcessView> look(pid_t id)
{
    const fs::path entry = "/proc/" + std::to_string(id);
    std::error_code failed;
    const fs::path program = fs::read_symlink(entry / "exe", failed);
    if (failed)
        return std::nullopt;
    const fs::path folder = fs::read_symlink(entry / "cwd", failed);
    if (failed)
        return std::nullopt;
    // A binary that an update replaced reads "postgres (deleted)".
    std::string name = program.filename().string();
    return ProcessView{name.substr(0, name.find(' ')), folder};
}

std::vector<pid_t> allProcesses()
{
    std::vector<pid_t> ids;
    std::error_code ignored;
    for (fs::directory_iterator at("/proc", ignored), end; at != end; at.increment(ignored)) {
        const std::string name = at->path().filename().string();
        if (name.find_first_not_of("0123456789") == std::string::npos)
            ids.push_back(static_cast<pid_t>(std::stol(name)));
    }
    return ids;
}
#endif

bool isOfCluster(pid_t id, const fs::path &cluster)
{
    const std::optional<ProcessView> view = look(id);
    std::error_code failed;
    return view && view->program == "postgres" && fs::equivalent(view->folder, cluster, failed);
}

pid_t firstLine(const fs::path &file)
{
    std::ifstream stream(file);
    long id = 0;
    stream >> id;
    // A postmaster that is shutting down after a failed start writes a negative number.
    return static_cast<pid_t>(id < 0 ? -id : id);
}

} // namespace

bool isAlive(pid_t id)
{
    if (id <= 0 || (::kill(id, 0) != 0 && errno != EPERM))
        return false;
#ifdef __linux__
    // One that has ended but that nobody has asked about yet still has its number.
    std::ifstream file("/proc/" + std::to_string(id) + "/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t state = line.rfind(") ");
    if (state != std::string::npos && state + 2 < line.size() && line[state + 2] == 'Z')
        return false;
#endif
    return true;
}

Postmaster findPostmaster(const fs::path &cluster)
{
    const pid_t id = firstLine(cluster / "postmaster.pid");
    if (id <= 0)
        return {};
    if (isAlive(id) && isOfCluster(id, cluster))
        return {PostmasterState::Running, id};
    for (const pid_t other : allProcesses()) {
        if (isOfCluster(other, cluster))
            return {PostmasterState::Backends, other};
    }
    return {isAlive(id) ? PostmasterState::Recycled : PostmasterState::None, id};
}

void removeRecycledFiles(const fs::path &cluster, const fs::path &sockets)
{
    std::error_code ignored;
    fs::remove(cluster / "postmaster.pid", ignored);
    fs::remove(sockets / ".s.PGSQL.5432.lock", ignored);
    fs::remove(sockets / ".s.PGSQL.5432", ignored);
}

} // namespace chrona::storage
