// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "scratch_service.h"

#include <QThread>

#include <filesystem>
#include <format>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace chrona::bench {
namespace {

constexpr std::chrono::seconds kWatched{30};
constexpr std::chrono::seconds kSettle{5};

std::string fileText(const std::string &path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Processor seconds that a process has used; 0 when it is gone.
double processorSeconds(qint64 pid)
{
    // Fields 14 and 15 behind the name, which may hold anything but ends in the last parenthesis.
    const std::string stat = fileText(std::format("/proc/{}/stat", pid));
    std::istringstream rest(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string skipped;
    for (int field = 3; field < 14; ++field)
        rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// Proportional share: what is shared with others counts in part.
double memoryMib(qint64 pid)
{
    std::istringstream lines(fileText(std::format("/proc/{}/smaps_rollup", pid)));
    for (std::string word; lines >> word;)
        if (word == "Pss:") {
            double kibibytes = 0;
            lines >> kibibytes;
            return kibibytes / 1024;
        }
    return 0;
}

std::vector<qint64> childrenOf(qint64 parent)
{
    std::vector<qint64> found;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != name.npos)
            continue;
        std::istringstream lines(fileText(entry.path().string() + "/status"));
        for (std::string word; lines >> word;)
            if (word == "PPid:") {
                qint64 its = 0;
                lines >> its;
                if (its == parent)
                    found.push_back(std::stoll(name));
                break;
            }
    }
    return found;
}

qint64 postmasterOf(const std::string &dataFolder)
{
    std::ifstream file(dataFolder + "/postgres/data/postmaster.pid");
    qint64 pid = 0;
    file >> pid;
    return pid;
}

} // namespace

Result<Report> benchIdle()
{
    ScratchService service;
    if (auto started = service.start(); !started)
        return std::unexpected(started.error());
    QThread::sleep(kSettle);
    std::vector<qint64> postgres{postmasterOf(service.dataFolder())};
    for (const qint64 child : childrenOf(postgres.front()))
        postgres.push_back(child);
    const auto used = [&] {
        double seconds = processorSeconds(service.processId());
        for (const qint64 pid : postgres)
            seconds += processorSeconds(pid);
        return seconds;
    };
    const double before = used();
    const Stopwatch watch;
    QThread::sleep(kWatched);
    const double share = 100 * (used() - before) / watch.seconds();
    double postgresMib = 0;
    for (const qint64 pid : postgres)
        postgresMib += memoryMib(pid);
    const std::string work = std::format("nothing to do, watched for {} s", kWatched.count());
    return Report{
        {"idle.processor", share, "%", work + ", chronad and Postgres, of one core"},
        {"idle.chronad_memory", memoryMib(service.processId()), "MiB", work + ", proportional set"},
        {"idle.postgres_memory", postgresMib, "MiB",
         std::format("{} processes, proportional set", postgres.size())},
    };
}

} // namespace chrona::bench
