// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"

#include "chrona/formats/json_writer.h"

#include <limits>

namespace chrona::cli {
namespace {

constexpr OptionSpec kDemoOptions[] = {
    {"seed", "N", "load: which world; the same number gives the same world (default 1)"},
    {"events", "N", "load: how many events (default 250000)"},
    {"years", "N", "load: over how many years (default 6)"},
};

void printReport(Invocation &invocation, const ipc::DemoReport &report)
{
    if (invocation.asJson) {
        std::string document;
        formats::JsonWriter json(document);
        json.beginObject()
            .member("events", report.events)
            .member("entities", report.entities)
            .member("bars", report.bars)
            .member("observations", report.observations)
            .member("quotes", report.quotes)
            .member("boundaries", report.boundaries)
            .endObject();
        invocation.out() << document << "\n";
        return;
    }
    FactList facts;
    facts.add("events", std::to_string(report.events));
    facts.add("entities", std::to_string(report.entities));
    facts.add("bars", std::to_string(report.bars));
    facts.add("observations", std::to_string(report.observations));
    facts.add("quotes", std::to_string(report.quotes));
    facts.add("boundaries", std::to_string(report.boundaries));
    facts.print(invocation.out());
}

/// Reads one whole number into a field of the message, within what the field holds.
template <class Number>
Status readNumber(const Arguments &arguments, std::string_view name, std::int64_t least,
                  Number &into)
{
    const auto given = arguments.integer(name);
    if (!given)
        return std::unexpected(given.error());
    if (!*given)
        return {};
    if (**given < least || static_cast<std::uint64_t>(**given) >
                               static_cast<std::uint64_t>(std::numeric_limits<Number>::max()))
        return fail(ErrorCode::InvalidInput, std::format("--{} is out of range", name));
    into = static_cast<Number>(**given);
    return {};
}

Result<ipc::DemoLoad> loadRequest(const Arguments &arguments)
{
    ipc::DemoLoad load;
    if (auto read = readNumber(arguments, "seed", 0, load.seed); !read)
        return std::unexpected(read.error());
    if (auto read = readNumber(arguments, "events", 1, load.events); !read)
        return std::unexpected(read.error());
    if (auto read = readNumber(arguments, "years", 1, load.years); !read)
        return std::unexpected(read.error());
    return load;
}

template <class Request> ExitCode ask(Invocation &invocation, const Request &request)
{
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    ProgressLine line(invocation.output, "sample world");
    ipc::BlockingClient::Limits limits;
    limits.progress = [&line](const ipc::Progress &progress) {
        line.show(static_cast<std::uint64_t>(progress.done),
                  static_cast<std::uint64_t>(progress.total), "steps");
    };
    const auto report = link->request(request, std::move(limits));
    line.finish();
    if (!report)
        return invocation.failed(report.error());
    printReport(invocation, *report);
    return ExitCode::Done;
}

ExitCode runDemo(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    if (words.size() != 1 || (words[0] != "load" && words[0] != "clear"))
        return invocation.usage("load or clear");
    if (words[0] == "clear")
        return ask(invocation, ipc::DemoClear{});
    const auto load = loadRequest(invocation.arguments);
    if (!load)
        return invocation.usage(load.error());
    return ask(invocation, *load);
}

} // namespace

const Command kDemo{
    .name = "demo",
    .summary = "Loads the synthetic sample world, or takes it away again",
    .usage = "load [--seed N] [--events N] [--years N] | clear",
    .options = kDemoOptions,
    .notes =
        "The sample world is synthetic and marked as such everywhere it appears. Loading it twice\n"
        "changes nothing; clearing it removes everything synthetic and nothing else.",
    .run = runDemo,
};

} // namespace chrona::cli
