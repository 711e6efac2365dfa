// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include "column_file.h"
#include "columns.h"
#include "direct_product.h"
#include "kernel.h"
#include "sweep.h"

#include "chrona/base/executor.h"
#include "chrona/discovery/engine.h"
#include "chrona/discovery/running_sums.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <format>
#include <random>
#include <sys/resource.h>

namespace chrona::bench {

namespace {

using namespace discovery;

constexpr std::size_t kDays = 2'520;
constexpr std::size_t kSearchTargets = 15;
constexpr std::size_t kWindows = 105;
constexpr double kMicrosecondsADay = 86'400e6;

using Random = std::mt19937_64;

std::vector<DecisionDay> noiseSessions()
{
    std::vector<DecisionDay> sessions;
    for (Date date = std::chrono::sys_days(std::chrono::year(2015) / 1 / 2);
         sessions.size() < kDays; date += std::chrono::days(1))
        if (const unsigned day = std::chrono::weekday(date).c_encoding(); day != 0 && day != 6)
            sessions.push_back({date, date + std::chrono::hours(21)});
    return sessions;
}

FeatureHistory noiseFeature(std::size_t number, const std::vector<DecisionDay> &sessions,
                            Random &random, std::normal_distribution<double> &noise)
{
    FeatureHistory history{std::format("F{:05}", number), {}};
    double level = 0;
    for (const auto &day : sessions) {
        level = 0.7 * level + noise(random);
        const auto at = day.decisionAt.time_since_epoch().count();
        history.vintages.push_back(
            {at - static_cast<std::int64_t>(kMicrosecondsADay / 4), at - 1, level});
    }
    return history;
}

std::vector<TargetHistory> noiseTargets(Random &random, std::normal_distribution<double> &noise)
{
    std::vector<TargetHistory> targets;
    std::vector<double> shared(kDays);
    for (auto &value : shared)
        value = 0.008 * noise(random);
    for (std::size_t j = 0; j < kSearchTargets; ++j) {
        TargetHistory target{std::format("T{:02}", j), {}};
        double log = 4.6;
        for (std::size_t t = 0; t < kDays; ++t)
            target.prices.push_back(std::exp(log += shared[t] + 0.008 * noise(random)));
        targets.push_back(std::move(target));
    }
    return targets;
}

Result<AsOfPanel> noisePanel(std::size_t features)
{
    Random random(7);
    std::normal_distribution<double> noise;
    std::vector<DecisionDay> sessions = noiseSessions();
    std::vector<FeatureHistory> histories;
    for (std::size_t f = 0; f < features; ++f)
        histories.push_back(noiseFeature(f, sessions, random, noise));
    std::vector<TargetHistory> targets = noiseTargets(random, noise);
    return AsOfPanel::build(std::move(sessions), std::move(histories), std::move(targets));
}

/// Feature by feature into columns that lie in a file, as the service does it above ten million
/// values.
Result<AsOfPanel> widePanel(std::size_t features, const QString &folder)
{
    const auto file = service::ColumnFile::make(folder.toStdString());
    if (!file)
        return std::unexpected(file.error());
    Random random(7);
    std::normal_distribution<double> noise;
    const std::vector<DecisionDay> sessions = noiseSessions();
    auto builder = PanelBuilder::begin(sessions, noiseTargets(random, noise), features, *file);
    if (!builder)
        return std::unexpected(builder.error());
    for (std::size_t f = 0; f < features; ++f) {
        FeatureHistory history = noiseFeature(f, sessions, random, noise);
        if (auto added = builder->add(std::move(history.name), history.vintages); !added)
            return std::unexpected(added.error());
    }
    return std::move(*builder).finish();
}

/// What this processor's matrix product reaches in single precision, in GFLOP/s.
double productRate()
{
    constexpr std::size_t kRows = 1'024;
    constexpr std::size_t kColumns = 512;
    const std::vector<float> left(kDays * kRows, 0.5F);
    const std::vector<float> right(kDays * kColumns, 0.25F);
    std::vector<float> out(kRows * kColumns);
    const auto product = directProduct();
    const double seconds =
        bestOf(5, [&] { product(left.data(), right.data(), out.data(), kDays, kRows, kColumns); });
    return 2.0 * kDays * kRows * kColumns / seconds / 1e9;
}

/// The sweep alone: every window of the whole returns, with robust errors.
double plainSweep(const AsOfPanel &panel)
{
    const CalendarBasis basis(panel.days());
    auto prepared = preparedTargets(panel, basis);
    prepared.views.resize(panel.targetCount());
    const SweepTargets layout(prepared.views, {{1, 3, 5, 10, 15}, 20});
    std::vector<std::vector<double>> series;
    for (std::size_t f = 0; f < panel.featureCount(); ++f)
        series.push_back(preparedFeature(panel.known(f), basis));
    InlineExecutor executor;
    double kept = 0;
    return bestOf(3, [&] {
        sweep(
            layout, panel.featureCount(), [&](std::size_t f) { return series[f]; },
            [&](std::size_t, std::span<const float> t) { kept += static_cast<double>(t[0]); },
            executor, {});
    });
}

double wholeJob(const AsOfPanel &panel, Executor &executor, int rounds)
{
    return bestOf(rounds, [&] { static_cast<void>(discover(panel, {}, executor)); });
}

/// From the request to the return, the slowest of a few moments.
double cancelSeconds(const AsOfPanel &panel)
{
    double slowest = 0;
    for (const double part : {0.05, 0.3, 0.6}) {
        InlineExecutor executor;
        std::stop_source source;
        std::optional<Stopwatch> watch;
        static_cast<void>(discover(panel, {}, executor, source.get_token(), [&](double done) {
            if (done < part || watch)
                return;
            watch.emplace();
            source.request_stop();
        }));
        if (watch)
            slowest = std::max(slowest, watch->seconds());
    }
    return slowest;
}

struct Nightly {
    double build = 0, append = 0;
};
Result<Nightly> nightly(const AsOfPanel &panel)
{
    InlineExecutor executor;
    const Stopwatch building;
    auto sums = RunningSums::build(panel, {}, executor);
    if (!sums)
        return std::unexpected(sums.error());
    Nightly result{building.seconds(), 1e9};
    std::vector<double> known;
    std::vector<double> prices;
    for (std::size_t f = 0; f < panel.featureCount(); ++f)
        known.push_back(panel.known(f).back());
    for (std::size_t j = 0; j < panel.targetCount(); ++j)
        prices.push_back(panel.prices(j).back() * 1.01);
    Date date = panel.days().back().date;
    for (int night = 0; night < 5; ++night) {
        date += std::chrono::days(1);
        const Stopwatch watch;
        if (auto done = sums->append({date, known, prices}, executor); !done)
            return std::unexpected(done.error());
        result.append = std::min(result.append, watch.seconds());
    }
    return result;
}

/// One product a lag, correlations only, as numpy does it with its library told the processor's
/// type; nullopt where there is no numpy.
std::optional<double> numpySeconds()
{
    const QString script = QStringLiteral(
        "import numpy as np,time\n"
        "T,F,M,H=2520,1000,15,(1,3,5,10,15)\n"
        "g=np.random.default_rng(1);x=g.standard_normal((T,F));r=g.standard_normal((T,M))\n"
        "c=np.vstack([np.zeros((1,M)),np.cumsum(r,0)])\n"
        "y=np.zeros((T,M*len(H)))\n"
        "for i,h in enumerate(H): y[:T-h,i*M:(i+1)*M]=c[1+h:]-c[1:-h]\n"
        "best=9\n"
        "for k in range(4):\n"
        "  s=time.perf_counter()\n"
        "  for l in range(21):\n"
        "    a=x[:T-l];b=y[l:];a=(a-a.mean(0))/a.std(0);b=(b-b.mean(0))/b.std(0);q=a.T@b/len(a)\n"
        "  best=min(best,time.perf_counter()-s)\n"
        "print(best)\n");
    QProcess python;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("OPENBLAS_NUM_THREADS"), QStringLiteral("1"));
    environment.insert(QStringLiteral("OPENBLAS_CORETYPE"),
                       QString::fromLatin1(chooseKernel().name).startsWith(u"x86-64-v4")
                           ? QStringLiteral("SkylakeX")
                           : QStringLiteral("Haswell"));
    python.setProcessEnvironment(environment);
    python.start(QStringLiteral("python3"), {QStringLiteral("-c"), script});
    if (!python.waitForFinished(120'000) || python.exitCode() != 0)
        return std::nullopt;
    bool isNumber = false;
    const double seconds = python.readAllStandardOutput().trimmed().toDouble(&isNumber);
    return isNumber ? std::optional(seconds) : std::nullopt;
}

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
#if defined(__APPLE__)
    return static_cast<double>(usage.ru_maxrss) / (1 << 20);
#else
    return static_cast<double>(usage.ru_maxrss) / 1'024;
#endif
}

/// Memory of this process that is not a file's, which the system cannot give to others; Linux only.
double ownMiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("RssAnon:");
    if (at < 0)
        return 0;
    const QByteArray line = text.mid(at + 8, text.indexOf('\n', at) - at - 8).trimmed();
    return line.left(line.indexOf(' ')).toDouble() / 1'024;
}

} // namespace

Result<Report> benchDiscovery()
{
    const auto small = noisePanel(1'000);
    if (!small)
        return std::unexpected(small.error());
    const double rate = productRate();
    const double direct = 2.0 * kDays * kWindows * kSearchTargets * 1'000 / (rate * 1e9);
    const double flops = 2.0 * kDays * kSearchTargets * (35 + kWindows) * 1'000;
    const double swept = plainSweep(*small);
    InlineExecutor one;
    ThreadPool two(2);
    const double alone = wholeJob(*small, one, 3);
    const double together = wholeJob(*small, two, 3);
    Report report{
        {"gemm.rate", rate, "GFLOP/s", "single precision, Eigen, one thread"},
        {"sweep.plain", swept * 1e3, "ms", "1000 features, 15 targets, 105 windows, with robust t",
         "direct matrix product", direct * 1e3},
        {"sweep.rate", flops / swept / 1e9, "GOP/s",
         std::format("multiplications and additions of the sweep, {}", chooseKernel().name),
         "direct matrix product", rate},
        {"job.1000", alone * 1e3, "ms", "the whole robust job, one thread"},
        {"job.1000.two", together * 1e3, "ms",
         std::format("two threads: {:.2f} times as fast", alone / together)},
        {"cancel.max", cancelSeconds(*small) * 1e3, "ms", "from the request to the return"},
    };
    if (const auto numpy = numpySeconds())
        report.push_back({"numpy.plain", *numpy * 1e3, "ms",
                          "numpy, one product a lag, correlations only, double precision"});
    const auto large = noisePanel(5'000);
    if (!large)
        return std::unexpected(large.error());
    const double before = peakMiB();
    const double largeSeconds = wholeJob(*large, one, 1);
    report.push_back({"job.5000", largeSeconds * 1e3, "ms", "5000 features, one thread"});
    report.push_back({"job.5000.memory", peakMiB(), "MiB",
                      std::format("peak of the process; {:.0f} before the job", before)});
    const auto night = nightly(*large);
    if (!night)
        return std::unexpected(night.error());
    report.push_back({"nightly.append", night->append * 1e3, "ms",
                      "one more day in the block sums of 5000 features, one thread"});
    report.push_back({"nightly.build", night->build * 1e3, "ms", "the sums from the beginning"});
    return report;
}

/// What a search takes with its columns in a file. Alone in its process: memory that another
/// search has given back would count as its own.
Result<Report> benchDiscoveryWide()
{
    constexpr std::size_t kWide = 10'000;
    QTemporaryDir folder;
    const double before = ownMiB();
    const auto panel = widePanel(kWide, folder.path());
    if (!panel)
        return std::unexpected(panel.error());
    const double built = ownMiB();
    InlineExecutor one;
    double most = built;
    const Stopwatch watch;
    const auto found =
        discover(*panel, {}, one, {}, [&most](double) { most = std::max(most, ownMiB()); });
    if (!found)
        return std::unexpected(found.error());
    Report report;
    report.push_back({"wide.job", watch.seconds() * 1e3, "ms",
                      std::format("{} features, {:.1f} million values, columns in a file", kWide,
                                  double(kWide * kDays) / 1e6)});
    report.push_back(
        {"wide.memory", most - before, "MiB",
         std::format("most of its own at the steps it tells; the panel {:.0f}, the "
                     "file {} beside it",
                     built - before,
                     kWide * kDays * (sizeof(double) + sizeof(stats::Vintage)) >> 20)});
    return report;
}

} // namespace chrona::bench
