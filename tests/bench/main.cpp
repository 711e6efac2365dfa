// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include <QGuiApplication>

#include <algorithm>
#include <cstdio>
#include <format>
#include <string_view>

using namespace chrona::bench;

namespace {

int complain(std::string_view words)
{
    std::fputs(std::format("chrona-bench: {}\n", words).c_str(), stderr);
    return 2;
}

} // namespace

int main(int argc, char *argv[])
{
    // Pages need fonts, and nothing here a display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    std::string_view name;
    bool asJson = false;
    for (int index = 1; index < argc; ++index) {
        const std::string_view word = argv[index];
        if (word == "--json")
            asJson = true;
        else if (word == "--list" || !name.empty() || word.starts_with("-"))
            name = "--list";
        else
            name = word;
    }
    const auto benchmarks = allBenchmarks();
    const auto found = std::ranges::find(benchmarks, name, &Benchmark::name);
    if (found == benchmarks.end()) {
        for (const Benchmark &benchmark : benchmarks)
            std::puts(std::format("{:10}  {}", benchmark.name, benchmark.summary).c_str());
        return name == "--list" ? 0 : complain(std::format("there is no benchmark \"{}\"", name));
    }
    const auto report = found->run();
    if (!report) {
        std::fputs(std::format("chrona-bench {}: {}\n", name, describe(report.error())).c_str(),
                   stderr);
        return 1;
    }
    if (asJson)
        printJson(name, *report);
    else
        printTable(*report);
    return 0;
}
