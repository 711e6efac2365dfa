// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "scratch_service.h"

#include <QCoreApplication>
#include <QProcess>

#include <format>
#include <map>
#include <string>

namespace chrona::bench {
namespace {

using Lines = std::map<std::string, std::vector<double>>;
constexpr int kStarts = 5;
constexpr int kProbeMsMax = 300'000;

/// What chrona-window-probe printed, by name.
Result<Lines> probe(const ScratchService &service, const char *map, const char *work)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // The benchmarks draw without a screen; a window is measured on one.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    process.setProcessEnvironment(environment);
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const QString program =
        QCoreApplication::applicationDirPath() + QStringLiteral("/chrona-window-probe");
    process.start(program,
                  {QString::fromStdString(service.dataFolder()), QString::number(now.count()),
                   QString::fromLatin1(map), QString::fromLatin1(work)});
    if (!process.waitForFinished(kProbeMsMax) || process.exitCode() != 0)
        return fail(ErrorCode::Unavailable, "the window did not come or did not follow",
                    "it needs a display: run it in a session, or under xvfb-run");
    Lines lines;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n'))
        if (const auto blank = line.indexOf(' '); blank > 0)
            lines[line.first(blank).toStdString()].push_back(line.sliced(blank + 1).toDouble());
    return lines;
}

Status load(ScratchService &service, std::uint32_t events)
{
    if (auto started = service.start(); !started)
        return started;
    ipc::DemoLoad load;
    load.events = events;
    ipc::BlockingClient::Limits limits;
    limits.timeout = std::chrono::minutes(10);
    const auto loaded = service.client().request(load, limits);
    return loaded ? Status() : std::unexpected(loaded.error());
}

/// The median of some starts; the first, which brings the program into memory, does not count.
Result<double> startMs(const ScratchService &service, const char *map, const char *what)
{
    std::vector<double> times;
    for (int round = 0; round <= kStarts; ++round) {
        auto lines = probe(service, map, "open");
        if (!lines)
            return std::unexpected(lines.error());
        if (round > 0)
            times.push_back((*lines)[what].at(0));
    }
    return percentile(times, 0.5);
}

Status addStarts(Report &report, const ScratchService &service)
{
    const auto plain = startMs(service, "plain", "window_ms");
    if (!plain)
        return std::unexpected(plain.error());
    const auto mapped = startMs(service, "map", "map_ms");
    if (!mapped)
        return std::unexpected(mapped.error());
    report.push_back({"window.without_map", *plain, "ms",
                      "from making the process to the first paint, median of 5"});
    report.push_back({"window.with_map", *mapped, "ms",
                      "from making the process to the map's first picture, median of 5"});
    return {};
}

Status addBrush(Report &report, const ScratchService &service, const char *name)
{
    auto lines = probe(service, "map", "brush");
    if (!lines)
        return std::unexpected(lines.error());
    std::vector<double> &steps = (*lines)["brush_ms"];
    const std::string work = std::format("{} events, {} steps of a brush, to the pixels of map "
                                         "and table",
                                         (*lines)["events"].at(0), steps.size());
    report.push_back(
        {std::format("window.brush_{}_p50", name), percentile(steps, 0.5), "ms", work});
    report.push_back(
        {std::format("window.brush_{}_p95", name), percentile(steps, 0.95), "ms", work});
    return {};
}

Status addRest(Report &report, const ScratchService &service)
{
    auto lines = probe(service, "map", "rest");
    if (!lines)
        return std::unexpected(lines.error());
    const std::string work =
        std::format("{} events and the map, nothing to do for 10 s", (*lines)["events"].at(0));
    report.push_back({"window.idle_frames", (*lines)["idle_frames"].at(0), "frames", work});
    report.push_back({"window.idle_processor", (*lines)["idle_percent"].at(0), "%", work});
    report.push_back(
        {"window.memory", (*lines)["pss_mib"].at(0), "MiB", work + ", proportional set"});
    return {};
}

} // namespace

Result<Report> benchWindow()
{
    Report report;
    {
        ScratchService small;
        const Status done =
            load(small, 250'000).and_then([&] { return addStarts(report, small); }).and_then([&] {
                return addBrush(report, small, "250k");
            });
        if (!done)
            return std::unexpected(done.error());
    }
    ScratchService large;
    const Status done = load(large, 1'000'000)
                            .and_then([&] { return addBrush(report, large, "1000k"); })
                            .and_then([&] { return addRest(report, large); });
    if (!done)
        return std::unexpected(done.error());
    return report;
}

} // namespace chrona::bench
