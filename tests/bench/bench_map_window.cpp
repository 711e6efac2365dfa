// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include <QCoreApplication>
#include <QProcess>

#include <format>
#include <map>
#include <string>

namespace chrona::bench {
namespace {

constexpr int kMapProbeMsMax = 400'000;
constexpr std::size_t kScrolledRows = 10'500'000; ///< of 400 bytes: four gigabytes

struct MapRun {
    std::string renderer;
    std::map<std::string, double> figures;
};

/// What chrona-map-probe printed.
Result<MapRun> probeMap(std::size_t events, const char *backend)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/chrona-map-probe"),
                  {QString::number(events), QString::fromLatin1(backend)});
    if (!process.waitForFinished(kMapProbeMsMax) || process.exitCode() != 0)
        return fail(ErrorCode::Unavailable, "the map did not come or did not move",
                    "it needs a display: run it in a session, or under xvfb-run");
    MapRun run;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        const auto blank = line.indexOf(' ');
        if (line.startsWith("renderer "))
            run.renderer = line.sliced(blank + 1).toStdString();
        else if (blank > 0)
            run.figures[line.first(blank).toStdString()] = line.sliced(blank + 1).toDouble();
    }
    return run;
}

Status addMapRun(Report &report, std::size_t events, const char *backend)
{
    auto run = probeMap(events, backend);
    if (!run)
        return std::unexpected(run.error());
    const std::string work =
        std::format("{} events, 1440 × 900, moving; {}", events, run->renderer);
    const auto add = [&](const char *what, const char *figure, const char *unit) {
        report.push_back({std::format("render_window.{}_{}k_{}", backend, events / 1'000, what),
                          run->figures[figure], unit, work});
    };
    add("frames", "frames_per_second", "frames/s");
    add("p95", "frame_p95_ms", "ms");
    add("pictures", "pictures_per_second", "/s");
    return {};
}

/// OpenGL that the processor computes would take minutes for millions of blended dots.
bool isComputed(const std::string &renderer)
{
    return renderer.contains("llvmpipe") || renderer.contains("softpipe") ||
           renderer.contains("SwiftShader");
}

} // namespace

Result<Report> benchMapWindow()
{
    Report report;
    struct Case {
        std::size_t events;
        const char *backend;
    };
    for (const auto [events, backend] :
         {Case{100'000, "software"}, Case{1'000'000, "software"}, Case{5'000'000, "software"},
          Case{1'000'000, "picture"}, Case{5'000'000, "picture"}, Case{100'000, "opengl"}})
        if (auto done = addMapRun(report, events, backend); !done)
            return std::unexpected(done.error());
    const std::string moving = report.back().work;
    auto table = probeMap(10'000'000, "table");
    if (!table)
        return std::unexpected(table.error());
    report.insert(report.begin(), {"window.table_open_10m", table->figures["open_ms"], "ms",
                                   "10,000,000 rows of seven columns, to the first paint"});
    auto scrolled = probeMap(kScrolledRows, "scroll");
    if (!scrolled)
        return std::unexpected(scrolled.error());
    const std::string scrolledWork = std::format(
        "{} rows with titles of 400 bytes in a file of {:.0f} MiB, {:.0f} stops from end to end, "
        "{:.0f} titles read, {:.0f} kept",
        kScrolledRows, scrolled->figures["file_mib"], scrolled->figures["stops"],
        scrolled->figures["titles_read"], scrolled->figures["titles_kept"]);
    report.push_back(
        {"window.table_scroll_page_p95", scrolled->figures["page_p95_ms"], "ms", scrolledWork});
    report.push_back({"window.table_scroll_memory",
                      scrolled->figures["pss_after_mib"] - scrolled->figures["pss_before_mib"],
                      "MiB",
                      "the same: memory after it beyond that of the first page, of " +
                          std::format("{:.0f} MiB", scrolled->figures["pss_before_mib"])});
    if (isComputed(moving))
        return report;
    for (const std::size_t events : {1'000'000UZ, 10'000'000UZ})
        if (auto done = addMapRun(report, events, "opengl"); !done)
            return std::unexpected(done.error());
    return report;
}

} // namespace chrona::bench
