// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "source_feeds.h"
#include "words.h"

#include "chrona/schema/redistribution.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

void writeRate(JsonWriter &json, const schema::RatePolicy &rate)
{
    json.key("rate")
        .beginObject()
        .member("requests_per_second", rate.requestsPerSecond)
        .member("burst", rate.burst)
        .key("requests_per_day");
    if (rate.requestsPerDay)
        json.value(*rate.requestsPerDay);
    else
        json.null();
    json.member("concurrent_max", rate.concurrentMax).endObject();
}

void writeHealth(JsonWriter &json, const schema::SourceHealth &health)
{
    json.key("health").beginObject().member("state", toString(health.state));
    writeInstant(json, "last_success_at", health.lastSuccessAt);
    writeInstant(json, "last_attempt_at", health.lastAttemptAt);
    writeInstant(json, "next_run_at", health.nextRunAt);
    json.member("last_error", health.lastError)
        .member("failures_in_row", health.failuresInRow)
        .member("items_total", health.itemsTotal)
        .member("requests_today", health.requestsToday)
        .endObject();
}

void writeEntry(JsonWriter &json, const ipc::SourceEntry &entry)
{
    const schema::Source &source = entry.source;
    json.beginObject()
        .member("id", source.key)
        .member("name", source.name)
        .member("connector", source.connector)
        .member("homepage", source.homepage)
        .member("address", source.address)
        .member("licence", source.licence)
        .member("terms_url", source.termsUrl)
        .member("terms_checked_on", source.termsCheckedOn)
        .member("redistribution", toString(source.redistribution))
        .member("retention", toString(source.retention))
        .member("attribution", source.attribution);
    writeRate(json, source.rate);
    json.member("user_agent_rule", source.userAgentRule)
        .member("auth", toString(source.auth))
        .member("publisher_family", source.publisherFamily)
        .member("cadence_seconds", secondsOf(source.cadence))
        .member("mode", toString(source.mode))
        .key("hosts")
        .beginArray();
    for (const std::string &host : source.hosts)
        json.value(host);
    json.endArray()
        .member("keeps_to_robots", source.keepsToRobots)
        .member("enabled", source.enabled)
        .member("synthetic", source.synthetic);
    writeHealth(json, entry.health);
    json.endObject();
}

void printTable(std::ostream &out, const std::vector<ipc::SourceEntry> &entries)
{
    Table table({{"SOURCE"},
                 {"ENABLED"},
                 {"STATE"},
                 {"LAST SUCCESS"},
                 {"NEXT RUN"},
                 {"ITEMS", Table::Align::Right},
                 {"LICENCE"},
                 {"NAME"}});
    for (const auto &[source, health] : entries)
        table.add({source.key, source.enabled ? "yes" : "no", std::string(toString(health.state)),
                   textOf(health.lastSuccessAt), textOf(health.nextRunAt),
                   std::to_string(health.itemsTotal), source.licence, source.name});
    table.print(out);
}

void printFacts(std::ostream &out, const ipc::SourceEntry &entry)
{
    const auto &[source, health] = entry;
    std::string hosts;
    for (const std::string &host : source.hosts)
        hosts += (hosts.empty() ? "" : ", ") + host;
    FactList facts;
    facts.add("source", source.key);
    facts.add("name", source.name);
    facts.add("connector", source.connector.empty() ? "none (imports only)" : source.connector);
    facts.add("homepage", source.homepage);
    if (!source.address.empty())
        facts.add("own feed", source.address);
    facts.add("licence", source.licence);
    facts.add("terms", std::format("{} (read on {})", source.termsUrl, source.termsCheckedOn));
    facts.add("redistribution", std::string(toString(source.redistribution)));
    if (const auto why = schema::withheldBy(source))
        facts.add("exports", std::format("withheld ({})", toString(*why)));
    facts.add("retention", std::string(toString(source.retention)));
    facts.add("attribution", source.attribution);
    facts.add("mode", std::string(toString(source.mode)));
    facts.add("rate",
              std::format("{} requests/s, burst {}, {} a day", source.rate.requestsPerSecond,
                          source.rate.burst,
                          source.rate.requestsPerDay ? std::to_string(*source.rate.requestsPerDay)
                                                     : "any number"));
    facts.add("cadence", formatSeconds(secondsOf(source.cadence)));
    facts.add("hosts", hosts);
    facts.add("robots.txt", source.keepsToRobots ? "kept to" : "not asked for by its terms");
    facts.add("enabled", source.enabled ? "yes" : "no");
    facts.add("synthetic", source.synthetic ? "yes" : "no");
    facts.add("state", std::string(toString(health.state)));
    facts.add("requests today",
              source.rate.requestsPerDay
                  ? std::format("{} of {}", health.requestsToday, *source.rate.requestsPerDay)
                  : std::to_string(health.requestsToday));
    facts.add("last success", textOf(health.lastSuccessAt));
    facts.add("next run", textOf(health.nextRunAt));
    facts.add("last error", health.lastError.empty() ? "-" : health.lastError);
    facts.print(out);
}

ExitCode listSources(Invocation &invocation, const std::vector<ipc::SourceEntry> &entries)
{
    if (!invocation.asJson) {
        printTable(invocation.out(), entries);
        return ExitCode::Done;
    }
    std::string document;
    JsonWriter json(document);
    json.beginArray();
    for (const auto &entry : entries)
        writeEntry(json, entry);
    json.endArray();
    invocation.out() << document << "\n";
    return ExitCode::Done;
}

ExitCode showSource(Invocation &invocation, const std::vector<ipc::SourceEntry> &entries,
                    const std::string &key)
{
    const auto found =
        std::ranges::find(entries, key, [](const auto &entry) { return entry.source.key; });
    if (found == entries.end())
        return invocation.failed({ErrorCode::NotFound, std::format("there is no source {}", key),
                                  "chronactl sources list shows them"});
    if (!invocation.asJson) {
        printFacts(invocation.out(), *found);
        return ExitCode::Done;
    }
    std::string document;
    JsonWriter json(document);
    writeEntry(json, *found);
    invocation.out() << document << "\n";
    return ExitCode::Done;
}

ExitCode commandSource(Invocation &invocation, ServiceLink &link, const std::string &key,
                       ipc::SourceAction action)
{
    const auto done = link.request(ipc::SourceCommand{.source = key, .action = action});
    if (!done)
        return invocation.failed(done.error());
    return ExitCode::Done;
}

ExitCode runSources(Invocation &invocation)
{
    const auto &words = invocation.arguments.positionals();
    const std::string verb = words.empty() ? "list" : words[0];
    const bool list = verb == "list";
    if (verb == "add")
        return words.size() == 1 ? addFeed(invocation) : invocation.usage("add takes --feed URL");
    if (verb != "remove" && verb != "list" && verb != "show" && verb != "enable" &&
        verb != "disable" && verb != "run")
        return invocation.usage(std::format("there is no \"sources {}\"", verb));
    if (words.size() > (list ? 1U : 2U) || (!list && words.size() != 2))
        return invocation.usage(list ? "list takes no source" : verb + " takes one source");
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (verb == "enable")
        return commandSource(invocation, *link, words[1], ipc::SourceAction::Enable);
    if (verb == "disable")
        return commandSource(invocation, *link, words[1], ipc::SourceAction::Disable);
    if (verb == "run")
        return commandSource(invocation, *link, words[1], ipc::SourceAction::RunNow);
    if (verb == "remove") {
        const auto done = link->request(ipc::SourceRemove{words[1]});
        return done ? ExitCode::Done : invocation.failed(done.error());
    }
    const auto reply = link->request(ipc::SourcesRequest{});
    if (!reply)
        return invocation.failed(reply.error());
    return list ? listSources(invocation, reply->sources)
                : showSource(invocation, reply->sources, words[1]);
}

constexpr OptionSpec kOwnOptions[] = {
    {"feed", "URL", "add: the RSS, Atom, RDF or JSON feed, or with --connector your own system"},
    {"connector", "ID",
     "add: what reads that system: directus (https://HOST/items/COLLECTION), twenty"},
    {"name", "TEXT", "add: what it is called (default: its host)"},
};
constexpr auto kSourcesOptions = joinOptions(kOwnOptions, kTermsOptions);

} // namespace

const Command kSources{
    .name = "sources",
    .summary = "Shows the source registry with terms, rates and health; adds feeds of your own",
    .usage = "[list | show ID | enable ID | disable ID | run ID | add --feed URL … | remove ID]",
    .options = kSourcesOptions,
    .notes =
        "A feed of your own is read when you have said what its terms are: --terms, --licence and\n"
        "--redistribution must be given. remove takes such a feed out; what came from it stays.\n"
        "A feed of your own is asked for what the robots.txt of its host allows, and shows "
        "refused\n"
        "where that asks programs to stay away.\n"
        "A source that takes your own key shows needs_key until chronactl key add ID.\n"
        "With --connector a system of your own is added, by https and in the public internet; its\n"
        "key is entered with chronactl key add, and chronactl brief --publish lays drafts down "
        "there.",
    .run = runSources,
};

} // namespace chrona::cli
