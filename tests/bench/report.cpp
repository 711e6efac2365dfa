// SPDX-License-Identifier: AGPL-3.0-or-later
#include "report.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <format>

namespace chrona::bench {

void printTable(const Report &report)
{
    std::size_t width = 0;
    for (const Figure &figure : report)
        width = std::max(width, figure.name.size());
    for (const Figure &figure : report) {
        std::string line =
            std::format("{:{}}  {:>12.1f} {:<8}", figure.name, width, figure.value, figure.unit);
        if (figure.limit)
            line += std::format("  limit here {:>12.1f} ({})", *figure.limit, figure.limitName);
        std::puts(line.c_str());
        std::puts(std::format("{:{}}  {}", "", width, figure.work).c_str());
    }
}

void printJson(std::string_view name, const Report &report)
{
    std::string document;
    formats::JsonWriter json(document);
    json.beginObject().member("benchmark", name).key("figures").beginArray();
    for (const Figure &figure : report) {
        json.beginObject()
            .member("name", figure.name)
            .member("value", figure.value)
            .member("unit", figure.unit)
            .member("work", figure.work);
        if (figure.limit)
            json.member("limit", *figure.limit).member("limit_is", figure.limitName);
        json.endObject();
    }
    json.endArray().endObject();
    std::puts(document.c_str());
}

double percentile(std::vector<double> &samples, double share)
{
    if (samples.empty())
        return 0;
    std::ranges::sort(samples);
    const auto at = static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1));
    return samples[at];
}

Rounds inRounds(int count, const std::function<void(int)> &run)
{
    run(0);
    std::vector<double> times, spent;
    for (int round = 1; round <= count; ++round) {
        const std::clock_t begin = std::clock();
        const Stopwatch watch;
        run(round);
        times.push_back(watch.seconds() * 1e3);
        spent.push_back(double(std::clock() - begin) * 1e3 / CLOCKS_PER_SEC);
    }
    return {.median = percentile(times, 0.5),
            .best = *std::ranges::min_element(times),
            .processor = percentile(spent, 0.5)};
}

} // namespace chrona::bench
