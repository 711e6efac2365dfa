// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "scratch_service.h"

#include "chrona/ipc/columns.h"

#include <cstring>
#include <format>

namespace chrona::bench {
namespace {

constexpr std::uint32_t kSnapshotEvents = 1'000'000;

struct Fetch {
    double seconds = 0;
    std::uint64_t rows = 0;
};

Result<Fetch> fetch(ipc::BlockingClient &client)
{
    const Stopwatch watch;
    const auto answer = client.request(ipc::EventSnapshotRequest{});
    if (!answer)
        return std::unexpected(answer.error());
    return Fetch{watch.seconds(), answer->reply.rows};
}

/// Bytes of the same size copied once in memory: nothing moves them faster.
double copyMilliseconds(std::size_t bytes)
{
    const std::vector<char> from(bytes, 1);
    std::vector<char> to(bytes);
    const Stopwatch watch;
    std::memcpy(to.data(), from.data(), bytes);
    return watch.seconds() * 1e3;
}

} // namespace

Result<Report> benchSnapshot()
{
    ScratchService service;
    if (auto started = service.start(); !started)
        return std::unexpected(started.error());
    ipc::DemoLoad load;
    load.events = kSnapshotEvents;
    ipc::BlockingClient::Limits limits;
    limits.timeout = std::chrono::minutes(10);
    if (auto loaded = service.client().request(load, limits); !loaded)
        return std::unexpected(loaded.error());
    const auto cold = fetch(service.client());
    if (!cold)
        return std::unexpected(cold.error());
    std::vector<double> warm;
    for (int round = 0; round < 5; ++round) {
        const auto again = fetch(service.client());
        if (!again)
            return std::unexpected(again.error());
        warm.push_back(again->seconds * 1e3);
    }
    service.stop();
    if (auto started = service.start(); !started)
        return std::unexpected(started.error());
    const auto first = fetch(service.client());
    if (!first)
        return std::unexpected(first.error());
    const std::size_t bytes = cold->rows * ipc::bytesPerRow<schema::EventColumns>();
    const std::string limit = std::format("one copy of {} MiB in memory", bytes >> 20);
    const double copy = copyMilliseconds(bytes);
    return Report{
        {"snapshot.from_postgres", first->seconds * 1e3, "ms",
         std::format("{} events, all columns, first question after a start", first->rows), limit,
         copy},
        {"snapshot.after_storing", cold->seconds * 1e3, "ms",
         std::format("{} events, all columns, asked in the moment they were stored", cold->rows),
         limit, copy},
        {"snapshot.from_memory_p50", percentile(warm, 0.5), "ms",
         std::format("{} events, all columns, asked again, median of 5", cold->rows), limit, copy},
    };
}

} // namespace chrona::bench
