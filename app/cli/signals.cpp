// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "query.h"
#include "signal_writer.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kSignalOptions[] = {
    {"text", "WORDS", "with these words in the feature's key or name"},
    {"target", "SYMBOL", "of this target"},
    {"as-of", "TIME", "of the newest search that had ended then"},
    {"refused", "", "what was refused instead, with the rule that refused it"},
    {"rule", "RULE", "with --refused: by this rule only"},
    {"run", "", "the search itself instead: parameters, hashes and counts"},
    {"limit", "N", "at most so many (default 1000; 0: all)"},
    {"format", "FORMAT", "ndjson (default) or csv"},
};

void sayNothingSearched(Invocation &invocation)
{
    invocation.err() << "chronactl signals: nothing was searched yet; chronactl run discovery\n";
}

/// What both lists are asked by.
template <class Query> Result<Query> signalQueryFrom(const Arguments &arguments)
{
    const auto asOf = arguments.instant("as-of");
    if (!asOf)
        return std::unexpected(asOf.error());
    Query query;
    query.text = arguments.value("text").value_or("");
    query.target = arguments.value("target").value_or("");
    query.asOf = *asOf;
    return query;
}

ExitCode listSignals(Invocation &invocation, const ipc::SignalQuery &query, std::int64_t limit,
                     QueryFormat format)
{
    return printPages(invocation, query, limit,
                      ListForm<ipc::SignalQueryReply, ipc::SignalEntry>{
                          format, kSignalCsvHeader, &ipc::SignalQueryReply::signals, signalAsCsv,
                          signalAsJson, [&invocation](const ipc::SignalQueryReply &page) {
                              if (!page.run)
                                  sayNothingSearched(invocation);
                          }});
}

ExitCode listRefused(Invocation &invocation, const ipc::RefusedQuery &query, std::int64_t limit,
                     QueryFormat format)
{
    return printPages(invocation, query, limit,
                      ListForm<ipc::RefusedQueryReply, ipc::RefusedEntry>{
                          format, kRefusedCsvHeader, &ipc::RefusedQueryReply::refused, refusedAsCsv,
                          refusedAsJson});
}

ExitCode showRun(Invocation &invocation, ipc::SignalQuery query)
{
    query.limit = 1;
    const auto reply = askService(invocation, query);
    if (!reply)
        return reply.error();
    if (!reply->run)
        sayNothingSearched(invocation);
    else
        invocation.out() << runAsJson(*reply->run) << "\n";
    return ExitCode::Done;
}

ExitCode runSignals(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    if (!arguments.positionals().empty())
        return invocation.usage("options only");
    const auto limit = limitFrom(arguments);
    const auto format = formatFrom(arguments, false);
    const auto signals = signalQueryFrom<ipc::SignalQuery>(arguments);
    auto refused = signalQueryFrom<ipc::RefusedQuery>(arguments);
    if (!limit || !format || !signals || !refused)
        return invocation.usage(!limit    ? limit.error()
                                : !format ? format.error()
                                          : signals.error());
    if (arguments.has("run"))
        return showRun(invocation, *signals);
    if (!arguments.has("refused"))
        return listSignals(invocation, *signals, *limit, *format);
    refused->rule = arguments.value("rule").value_or("");
    return listRefused(invocation, *refused, *limit, *format);
}

} // namespace

const Command kSignals{
    .name = "signals",
    .summary = "Features that lead targets, with their evidence, and what was refused",
    .usage = "[OPTIONS]",
    .options = kSignalOptions,
    .notes =
        "Best first, of the newest search (chronactl run discovery). Each line holds what is\n"
        "needed to doubt it: blocks, regimes, walk-forward folds, controls, failure modes,\n"
        "episodes. \"measure\" says what of the target is led: its return, or how far it moves;\n"
        "in CSV SYMBOL:volatility. Research, not advice.",
    .run = runSignals,
};

} // namespace chrona::cli
