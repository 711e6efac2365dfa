// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "discover_files.h"
#include "interrupt.h"
#include "row_files.h"

#include "chrona/base/executor.h"
#include "chrona/report/export.h"

#include <chrono>
#include <filesystem>
#include <format>
#include <fstream>
#include <iterator>

namespace chrona::cli {
namespace {

constexpr OptionSpec kDiscoverOptions[] = {
    {"out", "FILE.csv", "where the signals go (required)"},
    {"report", "FILE.json", "parameters, controls, evidence and what was refused, by rule"},
    {"q", "LEVEL", "share of false discoveries that is accepted (default 0.10)"},
    {"volatility", "",
     "search for what leads the size of moves too; targets named NAME:volatility"},
    {"rates", "FEATURE", "the feature whose change over 63 days tells rising from falling rates"},
    {"ledger", "FILE.json", "counts the trials of all runs on this history; read and written"},
    {"threads", "N", "how many to use (default: as many as the machine runs at once)"},
};

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void printSummary(Invocation &invocation, const DiscoveryInput &input,
                  const discovery::Report &report)
{
    for (const std::string &row : input.refusedRows)
        invocation.err() << "observations.csv, " << row << "\n";
    if (input.refusedCount > input.refusedRows.size())
        invocation.err() << std::format("… and {} more rows\n",
                                        input.refusedCount - input.refusedRows.size());
    invocation.out() << std::format(
        "{} signals from {} pairs ({} features, {} targets, {} days); {} candidates refused\n",
        report.signals.size(), report.pairsTested, input.panel.featureCount(),
        input.panel.targetCount(), input.panel.dayCount(), report.refusals.size());
}

Result<discovery::Parameters> parametersOf(const Arguments &arguments)
{
    discovery::Parameters parameters;
    const auto level = arguments.number("q");
    if (!level)
        return std::unexpected(level.error());
    if (*level && !(**level > 0 && **level <= parameters.shortListQ))
        return fail(ErrorCode::InvalidInput, "--q lies above 0 and is at most 0.5");
    parameters.q = level->value_or(parameters.q);
    if (arguments.has("volatility"))
        parameters.targets = discovery::Parameters::Targets::ReturnsAndVolatility;
    parameters.rateFeature = arguments.value("rates").value_or("");
    if (const auto path = arguments.value("ledger"); path && std::filesystem::exists(*path)) {
        std::ifstream file{std::filesystem::path(*path)};
        const auto ledger = readLedger(std::string(std::istreambuf_iterator<char>(file), {}));
        if (!ledger)
            return fail(ledger.error().code, std::format("{}: {}", *path, ledger.error().what),
                        ledger.error().remedy);
        parameters.earlier = *ledger;
    }
    return parameters;
}

Status search(Invocation &invocation, const discovery::Parameters &parameters, std::size_t threads,
              const std::filesystem::path &out)
{
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();
    auto input = readDiscoveryFolder(invocation.arguments.positionals().front());
    if (!input)
        return std::unexpected(input.error());
    const double readSeconds = secondsSince(start);
    ThreadPool pool(threads);
    const auto searchStart = std::chrono::steady_clock::now();
    const auto report = discovery::discover(input->panel, parameters, pool, interrupt.token());
    if (!report)
        return std::unexpected(report.error());
    const double searchSeconds = secondsSince(searchStart);
    const std::string document = reportAsJson(*input, *report, readSeconds, searchSeconds);
    if (auto done = report::writeWhole(out, signalsAsCsv(*input, *report)); !done)
        return done;
    if (const auto path = invocation.arguments.value("report"))
        if (auto done = report::writeWhole(*path, document); !done)
            return done;
    if (const auto path = invocation.arguments.value("ledger"))
        if (auto done = writeWhole(*path, ledgerAsJson(report->ledger)); !done)
            return done;
    if (invocation.asJson)
        invocation.out() << document;
    else
        printSummary(invocation, *input, *report);
    return {};
}

ExitCode runDiscover(Invocation &invocation)
{
    const auto out = invocation.arguments.value("out");
    if (invocation.arguments.positionals().size() != 1 || !out)
        return invocation.usage("which folder, and where does the result go? Both are needed");
    const auto parameters = parametersOf(invocation.arguments);
    if (!parameters)
        return invocation.usage(parameters.error());
    const auto threads = invocation.arguments.integer("threads");
    if (!threads)
        return invocation.usage(threads.error());
    if (*threads && (**threads < 1 || **threads > 1'024))
        return invocation.usage("--threads is between 1 and 1024");
    if (auto done =
            search(invocation, *parameters, static_cast<std::size_t>(threads->value_or(0)), *out);
        !done)
        return invocation.failed(done.error());
    return ExitCode::Done;
}

} // namespace

const Command kDiscover{
    .name = "discover",
    .summary = "Searches a folder of vintages and prices for features that lead targets",
    .usage = "DIR --out FILE.csv",
    .options = kDiscoverOptions,
    .notes =
        "DIR holds calendar.csv (date,decision_at), prices.csv (date and a column a target) and\n"
        "observations.csv (feature,observed_at,ingested_at,value: every vintage). Only what was\n"
        "ingested by a day's decision_at is used on that day. The result has one row a pair, best\n"
        "first: feature,target,horizon,lag,sign,effect,q,stability,n,label,regime.",
    .run = runDiscover,
};

} // namespace chrona::cli
