// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "process_figures.h"
#include "scratch_service.h"

#include <QThread>

#include <format>
#include <fstream>

namespace chrona::bench {
namespace {

constexpr std::chrono::seconds kWatched{30};
constexpr std::chrono::seconds kSettle{5};

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
