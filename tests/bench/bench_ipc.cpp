// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bare_echo.h"
#include "benchmarks.h"
#include "scratch_service.h"

#include <format>

namespace chrona::bench {
namespace {

constexpr std::size_t kWarmUp = 500;
constexpr std::size_t kTrips = 20'000;
/// Some bytes more than a Ping frame has.
constexpr std::size_t kBytes = 32;

Result<std::vector<double>> measurePing(ipc::BlockingClient &client)
{
    std::vector<double> samples;
    for (std::size_t round = 0; round < kWarmUp + kTrips; ++round) {
        const Stopwatch watch;
        const auto pong = client.request(ipc::Ping{.number = static_cast<std::int64_t>(round)});
        if (!pong)
            return std::unexpected(pong.error());
        if (round >= kWarmUp)
            samples.push_back(watch.seconds() * 1e6);
    }
    return samples;
}

} // namespace

Result<Report> benchIpc()
{
    ScratchService service;
    if (auto started = service.start(); !started)
        return std::unexpected(started.error());
    auto ours = measurePing(service.client());
    if (!ours)
        return std::unexpected(ours.error());
    auto bare = measureBareEcho(kTrips, kBytes);
    if (!bare)
        return std::unexpected(bare.error());
    const std::string work = std::format("{} round trips to chronad, one after the other", kTrips);
    const std::string limit = "bare QLocalSocket echo between two threads";
    return Report{
        {"ipc.round_trip_p50", percentile(*ours, 0.50), "us", work, limit, percentile(*bare, 0.50)},
        {"ipc.round_trip_p99", percentile(*ours, 0.99), "us", work, limit, percentile(*bare, 0.99)},
    };
}

} // namespace chrona::bench
