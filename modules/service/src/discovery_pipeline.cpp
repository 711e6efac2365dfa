// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery_pipeline.h"

#include "discovery_record.h"

#include "chrona/base/clock.h"
#include "chrona/base/executor.h"
#include "chrona/base/hash.h"
#include "chrona/base/log.h"
#include "chrona/discovery/running_sums.h"
#include "chrona/jobs/cron.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <functional>
#include <optional>
#include <stop_token>

namespace chrona::service {
namespace {

constexpr float kReadShare = 0.2F; ///< of the work, as it is shown
constexpr float kSweptShare = 0.95F;

std::string searchHashOf(const DiscoveryInput &input, const std::string &parameters)
{
    std::string parts = toHex(sha256(parameters));
    for (const schema::Feature &feature : input.features)
        parts += toHex(sha256(std::format("{} {}", feature.key, feature.version)));
    for (const schema::Instrument &target : input.targets)
        parts += toHex(sha256(target.symbol));
    return toHex(sha256(parts));
}

discovery::TrialLedger ledgerOf(const storage::Trials &trials)
{
    return {static_cast<std::uint64_t>(trials.runs), static_cast<std::uint64_t>(trials.pairs),
            static_cast<std::uint64_t>(trials.tests), trials.squaredT};
}

storage::Trials trialsOf(const discovery::TrialLedger &ledger)
{
    return {static_cast<std::int64_t>(ledger.runs), static_cast<std::int64_t>(ledger.pairs),
            static_cast<std::int64_t>(ledger.tests), ledger.squaredT};
}

/// What was tried before this search. The same search on a further day is the same trial.
Result<storage::Trials> trialsBefore(storage::Connection &connection, const std::string &searchHash)
{
    const auto last = storage::latestRun(connection);
    if (!last)
        return std::unexpected(last.error());
    if (!*last)
        return storage::Trials{};
    return (*last)->searchHash == searchHash ? (*last)->before : (*last)->after;
}

/// The features of the signals alone, each as it was known day by day.
Result<discovery::AsOfPanel> panelOf(const DiscoveryInput &input,
                                     const std::vector<std::size_t> &features)
{
    const discovery::AsOfPanel &panel = input.panel;
    std::vector<discovery::FeatureHistory> histories;
    for (const std::size_t feature : features) {
        discovery::FeatureHistory history{panel.featureName(feature), {}};
        const auto known = panel.known(feature);
        for (std::size_t day = 0; day < known.size(); ++day) {
            const auto at = panel.days()[day].decisionAt.time_since_epoch().count();
            history.vintages.push_back({at, at, known[day]});
        }
        histories.push_back(std::move(history));
    }
    std::vector<discovery::TargetHistory> targets;
    for (std::size_t i = 0; i < panel.targetCount(); ++i)
        targets.push_back({panel.targetName(i), {panel.prices(i).begin(), panel.prices(i).end()}});
    return discovery::AsOfPanel::build({panel.days().begin(), panel.days().end()},
                                       std::move(histories), std::move(targets));
}

/// For each signal the effect on the whole return by lag, at the horizon where it was found.
Result<std::vector<std::vector<double>>> lagCurves(const DiscoveryInput &input,
                                                   const discovery::Report &report,
                                                   Executor &executor, std::stop_token stop)
{
    std::vector<std::size_t> features;
    for (const discovery::Signal &signal : report.signals)
        if (!std::ranges::contains(features, signal.feature))
            features.push_back(signal.feature);
    std::vector<std::vector<double>> curves;
    if (features.empty())
        return curves;
    const auto panel = panelOf(input, features);
    if (!panel)
        return std::unexpected(panel.error());
    const auto sums =
        discovery::RunningSums::build(*panel, report.parameters, executor, std::move(stop));
    if (!sums)
        return std::unexpected(sums.error());
    const auto &horizons = report.parameters.horizons;
    const std::size_t lags = report.parameters.lagMax + 1;
    for (const discovery::Signal &signal : report.signals) {
        const auto place = static_cast<std::size_t>(std::ranges::find(features, signal.feature) -
                                                    features.begin());
        const auto horizon = static_cast<std::size_t>(std::ranges::find(horizons, signal.horizon) -
                                                      horizons.begin());
        const std::vector<float> t = sums->tOf(place);
        const std::size_t first = (signal.target * horizons.size() + horizon) * lags;
        std::vector<double> curve;
        for (std::size_t lag = 0; lag < lags && first + lag < t.size(); ++lag)
            curve.push_back(static_cast<double>(t[first + lag]) /
                            std::sqrt(std::max(1.0, static_cast<double>(signal.rows))));
        curves.push_back(std::move(curve));
    }
    return curves;
}

storage::DiscoveryRun runOf(const DiscoveryInput &input, const discovery::Report &report)
{
    storage::DiscoveryRun run;
    run.dataUntil = input.panel.days().back().decisionAt;
    run.engineVersion = report.engineVersion;
    run.kernel = report.kernel;
    run.parameters = parametersAsJson(report.parameters);
    run.inputHash = input.hash;
    run.features = static_cast<std::int64_t>(input.features.size());
    run.targets = static_cast<std::int64_t>(input.targets.size());
    run.days = static_cast<std::int64_t>(input.panel.dayCount());
    run.pairsTested = static_cast<std::int64_t>(report.pairsTested);
    run.testsRun = static_cast<std::int64_t>(report.testsRun);
    run.overfit = std::isfinite(report.overfit) ? report.overfit : 0;
    run.nullShare = report.nullShare;
    run.before = trialsOf(report.parameters.earlier);
    run.after = trialsOf(report.ledger);
    run.synthetic = input.synthetic;
    return run;
}

Result<JobEffect> runDiscovery(storage::Connection &connection, RunningJob &job)
{
    const Instant startedAt = SystemClock().now();
    const std::stop_token stop = job.stopToken();
    std::optional<std::stop_callback<std::function<void()>>> breakOff;
    breakOff.emplace(stop, connection.canceller());
    job.report({.share = 0, .note = "discovery.reading"});
    const auto input = loadDiscoveryInput(connection, startedAt, stop);
    if (!input)
        return std::unexpected(input.error());
    discovery::Parameters parameters;
    const std::string searchHash = searchHashOf(*input, parametersAsJson(parameters));
    const auto before = trialsBefore(connection, searchHash);
    if (!before)
        return std::unexpected(before.error());
    breakOff.reset(); // from here the connection rests until the run is stored
    parameters.earlier = ledgerOf(*before);
    ThreadPool executor;
    const auto report =
        discovery::discover(input->panel, parameters, executor, stop, [&job](double part) {
            job.report({.share = kReadShare + (kSweptShare - kReadShare) * static_cast<float>(part),
                        .note = "discovery.searching"});
        });
    if (!report)
        return std::unexpected(report.error());
    const auto curves = lagCurves(*input, *report, executor, stop);
    if (!curves)
        return std::unexpected(curves.error());
    storage::DiscoveryRun run = runOf(*input, *report);
    run.searchHash = searchHash;
    run.startedAt = startedAt;
    run.finishedAt = SystemClock().now();
    auto signals = recordsOf(*input, *report, *curves);
    auto refused = refusedOf(*input, *report);
    log::info("discovery", "{} signals from {} pairs, {} refused", signals.size(),
              report->pairsTested, refused.size());
    std::string result = std::format(R"({{"signals":{},"refused":{},"pairs_tested":{}}})",
                                     signals.size(), refused.size(), report->pairsTested);
    return JobEffect{.store = [run = std::move(run), signals = std::move(signals),
                               refused = std::move(refused)](storage::Connection &to) -> Status {
                         return storage::storeDiscovery(to, run, signals, refused)
                             .transform([](schema::DiscoveryRunId) {});
                     },
                     .resultJson = std::move(result)};
}

} // namespace

std::vector<JobRunner::Kind> discoveryKinds()
{
    return {{std::string(jobs::queue::kDiscovery), kDiscoveryRun, runDiscovery}};
}

Status scheduleDiscovery(storage::Connection &connection, Instant now)
{
    // After the features of the hour in which the day's decision is taken.
    return jobs::saveSchedule(connection,
                              {.name = kDiscoveryRun,
                               .queue = std::string(jobs::queue::kDiscovery),
                               .kind = kDiscoveryRun,
                               .cron = "42 21 * * *"},
                              now);
}

} // namespace chrona::service
