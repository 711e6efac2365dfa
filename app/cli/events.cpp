// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "event_writer.h"
#include "export_check.h"
#include "query.h"

#include <map>

namespace chrona::cli {
namespace {

constexpr OptionSpec kEventsOptions[] = {
    {"from", "TIME", "observed at or after"},
    {"to", "TIME", "observed before"},
    {"bbox", "W,S,E,N", "inside this box, in degrees"},
    {"type", "TYPE", "of this type (earthquake, rate_decision, …); may be repeated"},
    {"entity", "ENTITY", "that names this entity: its key or its name"},
    {"text", "WORDS", "with these words in title or summary"},
    {"min-confidence", "NUMBER", "at least this confidence, 0 to 1"},
    {"as-of", "TIME", "only what was available then"},
    {"limit", "N", "at most so many (default 1000; 0: all)"},
    {"format", "FORMAT", "ndjson (default), csv or geojson"},
    kOwnUseOption,
};

Status readTypes(const Arguments &arguments, ipc::EventQuery &query)
{
    for (const std::string &word : arguments.values("type")) {
        const auto type = schema::eventTypeFrom(word);
        if (!type)
            return fail(ErrorCode::InvalidInput, std::format("there is no event type {}", word));
        query.types.push_back(*type);
    }
    return {};
}

Result<ipc::EventQuery> eventQueryFrom(const Arguments &arguments)
{
    ipc::EventQuery query;
    const auto from = arguments.instant("from");
    const auto to = arguments.instant("to");
    const auto asOf = arguments.instant("as-of");
    const auto box = boxFrom(arguments);
    const auto confidence = arguments.number("min-confidence");
    for (const Error *error : {from ? nullptr : &from.error(), to ? nullptr : &to.error(),
                               asOf ? nullptr : &asOf.error(), box ? nullptr : &box.error(),
                               confidence ? nullptr : &confidence.error()})
        if (error)
            return std::unexpected(*error);
    if (*confidence && (**confidence < 0 || **confidence > 1))
        return fail(ErrorCode::InvalidInput, "--min-confidence must be 0 to 1");
    if (auto types = readTypes(arguments, query); !types)
        return std::unexpected(types.error());
    query.from = *from;
    query.to = *to;
    query.asOf = *asOf;
    query.box = *box;
    query.confidenceMin = confidence->value_or(0);
    query.entity = arguments.value("entity").value_or("");
    query.text = arguments.value("text").value_or("");
    return query;
}

ExitCode runEvents(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    if (!arguments.positionals().empty())
        return invocation.usage("events takes options only");
    const auto query = eventQueryFrom(arguments);
    if (!query)
        return invocation.usage(query.error());
    const auto format = formatFrom(arguments, true);
    if (!format)
        return invocation.usage(format.error());
    const auto limit = limitFrom(arguments);
    if (!limit)
        return invocation.usage(limit.error());
    auto check = ExportCheck::open(invocation, *format);
    if (!check)
        return check.error();
    EventWriter writer(invocation.out(), *format);
    const ExitCode code =
        walkPages(invocation, *query, *limit, [&](const ipc::EventQueryReply &page) {
            for (const schema::Event &event : page.events)
                if (check->admits(event.source))
                    writer.write(event);
            return page.events.size();
        });
    if (code == ExitCode::Done)
        writer.finish();
    check->tell(invocation);
    return code;
}

} // namespace

const Command kEvents{
    .name = "events",
    .summary = "Queries events, newest first",
    .usage = "[OPTIONS]",
    .options = kEventsOptions,
    .notes =
        "Prints NDJSON with every field of the canonical record. CSV has the columns that import\n"
        "reads. CSV and GeoJSON leave out what the terms of its source do not let you pass on,\n"
        "and say so on stderr.",
    .run = runEvents,
};

} // namespace chrona::cli
