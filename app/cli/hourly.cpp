// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"

#include "chrona/briefing/alerts.h"
#include "chrona/formats/briefing_json.h"

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kHourlyOptions[] = {
    {"at", "INSTANT", "the last full hour at that moment (default now)"},
    {"rebuild", "", "make it again, from what was known then"},
};

void print(std::ostream &out, const schema::HourlyUpdate &update,
           const std::vector<schema::Alert> &alerts)
{
    out << std::format("Hour from {}{}\n", formatInstant(update.hour),
                       update.synthetic ? " (synthetic)" : "");
    for (const schema::Alert &alert : alerts)
        out << "! " << printable(briefing::alertStatement(alert).text) << "\n";
    for (const schema::Change &change : update.changes)
        out << std::format("- {} {:.2f}  {}\n", schema::toString(change.kind), change.relevance,
                           printable(change.statement.text));
    if (update.changes.empty())
        out << "Nothing that reaches a watchlist.\n";
    for (const schema::Statement &statement : update.dataHealth)
        out << "  " << printable(statement.text) << "\n";
}

ExitCode runHourly(Invocation &invocation)
{
    if (!invocation.arguments.positionals().empty())
        return invocation.usage("only options");
    const auto at = invocation.arguments.instant("at");
    if (!at)
        return invocation.usage(at.error());
    ipc::HourlyRequest request;
    request.at = *at;
    if (invocation.arguments.has("rebuild"))
        request.build = ipc::BriefingBuild::Always;
    const auto reply = askService(invocation, request);
    if (!reply)
        return reply.error();
    const auto update = formats::readHourlyJson(reply->document);
    if (!update)
        return invocation.failed(update.error());
    if (invocation.asJson)
        invocation.out() << reply->document << "\n";
    else
        print(invocation.out(), *update, reply->alerts);
    return ExitCode::Done;
}

} // namespace

const Command kHourly{
    .name = "hourly",
    .summary = "Shows what the last full hour changed for the watchlists",
    .usage = "[--at INSTANT] [--rebuild]",
    .options = kHourlyOptions,
    .notes = "Made where there is none yet. Each thing is told once; --json prints the document.",
    .run = runHourly,
};

} // namespace chrona::cli
