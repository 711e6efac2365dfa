// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <algorithm>
#include <chrono>
#include <format>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chrona::bench {

/// One measured figure, with the work behind it and what the same machine does at best.
struct Figure {
    std::string name; ///< "ipc.round_trip_p50"
    double value = 0;
    std::string unit;              ///< "us", "rows/s", "MiB"
    std::string work;              ///< "20000 round trips of 64 bytes"
    std::string limitName{};       ///< "bare QLocalSocket echo"; empty: there is none to compare
    std::optional<double> limit{}; ///< in the same unit, measured in the same run
};

using Report = std::vector<Figure>;

/// One benchmark, run to its end.
struct Benchmark {
    std::string_view name;
    std::string_view summary;
    Result<Report> (*run)();
};

void printTable(const Report &report);
void printJson(std::string_view name, const Report &report);

/// The value below which `share` (0–1) of the samples lie. Sorts them.
[[nodiscard]] double percentile(std::vector<double> &samples, double share);

class Stopwatch {
public:
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

/// The best of some rounds, in seconds: the machine is shared.
template <class Work> double bestOf(int rounds, const Work &work)
{
    double best = 1e300;
    for (int round = 0; round < rounds; ++round) {
        const Stopwatch watch;
        work();
        best = std::min(best, watch.seconds());
    }
    return best;
}

/// Some runs of the same work in milliseconds. The machine is shared: what a user beside the others
/// sees, the best, and the processor time of all threads together.
struct Rounds {
    double median = 0;
    double best = 0;
    double processor = 0; ///< median
    [[nodiscard]] std::string said() const
    {
        return std::format("best {:.1f}, processor time {:.1f}", best, processor);
    }
};
/// The first run, which fills what is kept, does not count.
[[nodiscard]] Rounds inRounds(int count, const std::function<void(int)> &run);

} // namespace chrona::bench
