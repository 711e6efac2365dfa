// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "event_filter.h"
#include "event_writer.h"
#include "export_check.h"

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
    {"topic", "TOPIC", "correct: what it is about (inflation, …, none)"},
    {"story", "STORY", "correct: the story that it belongs to, or apart"},
    {"add-entity", "KEY", "correct: it names this entity"},
    {"remove-entity", "KEY", "correct: it does not name this entity"},
    {"relevance", "yes|no", "correct: whether it matters to you"},
    {"undo", "", "correct: take back what was said"},
    {"like", "TEXT", "search: events whose meaning is like this text's"},
    {"like-event", "ID", "search: events that are like this one"},
    kOwnUseOption,
};

ExitCode runWord(Invocation &invocation, std::string_view word)
{
    if (word == "correct")
        return runCorrect(invocation);
    if (word == "corrections")
        return runCorrections(invocation);
    if (word == "search")
        return runSearch(invocation);
    return invocation.usage("events takes options, or one of correct, corrections and search");
}

ExitCode runEvents(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    if (!arguments.positionals().empty())
        return runWord(invocation, arguments.positionals().front());
    const auto filter = eventFilterFrom(arguments);
    if (!filter)
        return invocation.usage(filter.error());
    ipc::EventQuery query;
    setFilter(*filter, query);
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
        walkPages(invocation, query, *limit, [&](const ipc::EventQueryReply &page) {
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
    .usage = "[correct ID | corrections | search] [OPTIONS]",
    .options = kEventsOptions,
    .notes =
        "Prints NDJSON with every field of the canonical record. CSV has the columns that import\n"
        "reads. CSV and GeoJSON leave out what the terms of its source do not let you pass on,\n"
        "and say so on stderr.\n"
        "correct puts one thing of an event right: your word outranks what is found, also when\n"
        "the event is read again, and is learned from (chronactl run topics does so at once).\n"
        "corrections lists them, after the models that learned and their scores on corrections\n"
        "that were held out. search finds events by likeness, among those that are relevant and\n"
        "new enough to have a vector.",
    .run = runEvents,
};

} // namespace chrona::cli
