// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "scratch_service.h"

namespace chrona::bench {

Result<Report> benchStart()
{
    constexpr int kLaterStarts = 5;
    ScratchService service;
    const Stopwatch first;
    if (auto started = service.start(); !started)
        return std::unexpected(started.error());
    const double firstSeconds = first.seconds();
    std::vector<double> later, stops;
    for (int round = 0; round < kLaterStarts; ++round) {
        const Stopwatch stopping;
        service.stop();
        stops.push_back(stopping.seconds() * 1e3);
        const Stopwatch starting;
        if (auto started = service.start(); !started)
            return std::unexpected(started.error());
        later.push_back(starting.seconds() * 1e3);
    }
    return Report{
        {"start.first", firstSeconds * 1e3, "ms",
         "initdb, start, all migrations, to a ready status"},
        {"start.later_p50", percentile(later, 0.5), "ms",
         "the median of 5 starts, to a ready status"},
        {"start.later_max", percentile(later, 1), "ms", "the slowest of 5 starts"},
        {"stop.max", percentile(stops, 1), "ms", "the slowest of 5 stops in order, without load"},
    };
}

} // namespace chrona::bench
