// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery_pipeline.h"

#include "discovery_record.h"
#include "feature_pipeline.h"
#include "instants.h"
#include "kept_search.h"

#include "chrona/base/clock.h"
#include "chrona/base/executor.h"
#include "chrona/base/hash.h"
#include "chrona/base/log.h"
#include "chrona/formats/json.h"
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

/// What is known now; of a job that was broken off earlier on the same day what was known then.
Instant asOfFor(const jobs::ClaimedJob &job, Instant now)
{
    const auto checkpoint =
        formats::JsonDocument::parse(job.checkpoint.empty() ? "{}" : job.checkpoint);
    const auto asOf = checkpoint ? checkpoint->root()["as_of"].asInteger() : std::nullopt;
    if (!asOf)
        return now;
    const Instant then{std::chrono::microseconds(*asOf)};
    return then <= now && decidedUntil(then) == decidedUntil(now) ? then : now;
}

/// Under which a search's parts are kept.
std::string partsKeyOf(const DiscoveryInput &input, const std::string &parameters)
{
    return toHex(sha256(
        std::format("{} {} {}", input.hash, toHex(sha256(parameters)), discovery::kEngineVersion)));
}

Result<JobEffect> runDiscovery(storage::Connection &connection, RunningJob &job,
                               const Settings &settings)
{
    const Instant startedAt = asOfFor(job.claimed(), SystemClock().now());
    const std::stop_token stop = job.stopToken();
    std::optional<storage::BreakOff> breakOff;
    breakOff.emplace(connection, stop);
    job.report({.share = 0,
                .note = "discovery.reading",
                .checkpoint = std::format(R"({{"as_of":{}}})", microseconds(startedAt))});
    const auto input =
        loadDiscoveryInput(connection, startedAt,
                           {settings.folder(), settings.number("discovery.memory_values")}, stop);
    if (!input)
        return std::unexpected(input.error());
    discovery::Parameters parameters;
    parameters.targets = discovery::Parameters::Targets::ReturnsAndVolatility;
    const std::string searchHash = searchHashOf(*input, parametersAsJson(parameters));
    const auto before = trialsBefore(connection, searchHash);
    if (!before)
        return std::unexpected(before.error());
    breakOff.reset(); // from here the connection only keeps parts, until the run is stored
    KeptSearch kept(connection, partsKeyOf(*input, parametersAsJson(parameters)));
    parameters.earlier = ledgerOf(*before);
    ThreadPool executor;
    const auto report = discovery::discover(
        input->panel, parameters, executor, stop,
        [&job](double part) {
            job.report({.share = kReadShare + (kSweptShare - kReadShare) * static_cast<float>(part),
                        .note = "discovery.searching"});
        },
        &kept);
    if (!report)
        return std::unexpected(report.error());
    storage::DiscoveryRun run = runOf(*input, *report);
    run.searchHash = searchHash;
    run.startedAt = startedAt;
    run.finishedAt = SystemClock().now();
    auto signals = recordsOf(*input, *report);
    auto refused = refusedOf(*input, *report);
    log::info("discovery", "{} signals from {} pairs, {} refused; {} parts were there already{}",
              signals.size(), report->pairsTested, refused.size(), kept.takenUp(),
              input->isInFile ? "; columns in a file" : "");
    std::string result = std::format(
        R"({{"signals":{},"refused":{},"pairs_tested":{},"parts_kept":{},"columns_in_file":{}}})",
        signals.size(), refused.size(), report->pairsTested, kept.takenUp(), input->isInFile);
    return JobEffect{.store = [run = std::move(run), signals = std::move(signals),
                               refused = std::move(refused)](storage::Connection &to) -> Status {
                         return storage::storeDiscovery(to, run, signals, refused)
                             .transform([](schema::DiscoveryRunId) {})
                             .and_then([&to] { return storage::dropSearchParts(to); });
                     },
                     .resultJson = std::move(result)};
}

} // namespace

std::vector<JobRunner::Kind> discoveryKinds(const Settings &settings)
{
    return {{std::string(jobs::queue::kDiscovery), kDiscoveryRun,
             [&settings](storage::Connection &connection, RunningJob &job) {
                 return runDiscovery(connection, job, settings);
             }}};
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
