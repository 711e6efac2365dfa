// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "service_link.h"
#include "verbs.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;
using Watchlist = ipc::WatchlistEntry;

constexpr OptionSpec kWatchlistOptions[] = {
    {"note", "TEXT", "add: why it is watched"},
    {"why", "TEXT", "expose: a clause that says how it reaches there"},
};

constexpr std::string_view kListVerbs =
    "list, show NAME, new NAME, add NAME WHAT…, remove NAME "
    "[WHAT…], exposures, expose FROM TO WEIGHT or unexpose FROM TO";

/// "SPY" means the instrument; everything else says its kind: "country:JP".
std::string nodeFor(const std::string &word)
{
    return word.contains(':') ? word : "instrument:" + word;
}

void writeList(JsonWriter &json, const Watchlist &list)
{
    json.beginObject().member("id", std::to_string(list.id.value)).member("name", list.name);
    json.member("revision", list.revision).key("items").beginArray();
    for (const ipc::WatchEntry &item : list.items)
        json.beginObject()
            .member("node", item.node)
            .member("note", item.note)
            .member("added_at", formatInstant(item.addedAt))
            .endObject();
    json.endArray().endObject();
}

ExitCode print(Invocation &invocation, const std::vector<Watchlist> &lists)
{
    if (invocation.asJson)
        return printList(invocation, lists, writeList);
    Table table({{"WATCHLIST"}, {"ITEMS", Table::Align::Right}, {"WATCHED"}});
    for (const Watchlist &list : lists) {
        std::string watched;
        for (const ipc::WatchEntry &item : list.items)
            watched += (watched.empty() ? "" : " ") + item.node;
        table.add({list.name, std::to_string(list.items.size()), watched});
    }
    table.print(invocation.out());
    return ExitCode::Done;
}

Result<Watchlist> find(ServiceLink &link, const std::string &name)
{
    const auto reply = link.request(ipc::WatchlistsRequest{});
    if (!reply)
        return std::unexpected(reply.error());
    const auto found = std::ranges::find(reply->lists, name, &Watchlist::name);
    if (found == reply->lists.end())
        return fail(ErrorCode::NotFound, std::format("there is no watchlist \"{}\"", name),
                    "chronactl watchlist list shows them");
    return *found;
}

/// What a verb does with a list, and then the list as it is stored.
Result<std::vector<Watchlist>> save(ServiceLink &link, Watchlist list)
{
    return link.request(ipc::WatchlistSave{std::move(list)}).transform([](auto reply) {
        return std::move(reply.lists);
    });
}

using Words = std::span<const std::string>;

Result<std::vector<Watchlist>> add(ServiceLink &link, const std::string &name, Words what,
                                   const std::string &note)
{
    auto list = find(link, name);
    if (!list)
        return std::unexpected(list.error());
    for (const std::string &word : what) {
        ipc::WatchEntry item;
        item.node = nodeFor(word);
        item.note = note;
        if (!std::ranges::contains(list->items, item.node, &ipc::WatchEntry::node))
            list->items.push_back(std::move(item));
    }
    return save(link, std::move(*list));
}

Result<std::vector<Watchlist>> remove(ServiceLink &link, const std::string &name, Words what)
{
    auto list = find(link, name);
    if (!list)
        return std::unexpected(list.error());
    if (what.empty()) {
        const auto done = link.request(ipc::WatchlistRemove{list->id});
        if (!done)
            return std::unexpected(done.error());
        return std::vector<Watchlist>{};
    }
    for (const std::string &word : what)
        if (std::erase_if(list->items, [&](const ipc::WatchEntry &item) {
                return item.node == nodeFor(word);
            }) == 0)
            return fail(ErrorCode::NotFound,
                        std::format("\"{}\" is not on \"{}\"", nodeFor(word), name));
    return save(link, std::move(*list));
}

Result<std::vector<Watchlist>> lists(ServiceLink &link, Words words, const std::string &note)
{
    const std::string &verb = words[0];
    if (verb == "list")
        return link.request(ipc::WatchlistsRequest{}).transform([](auto reply) {
            return std::move(reply.lists);
        });
    const std::string &name = words[1];
    if (verb == "show")
        return find(link, name).transform([](Watchlist list) { return std::vector{list}; });
    if (verb == "new") {
        Watchlist list;
        list.name = name;
        return save(link, std::move(list));
    }
    return verb == "add" ? add(link, name, words.subspan(2), note)
                         : remove(link, name, words.subspan(2));
}

ExitCode printExposures(Invocation &invocation, ServiceLink &link)
{
    const auto reply = link.request(ipc::ExposuresRequest{});
    if (!reply)
        return invocation.failed(reply.error());
    if (!invocation.asJson) {
        Table table({{"FROM"}, {"TO"}, {"WEIGHT", Table::Align::Right}, {"OWN"}, {"WHY"}});
        for (const ipc::ExposureEntry &rule : reply->rules)
            table.add({rule.from, rule.to, std::format("{:.2f}", rule.weight),
                       rule.own ? "yes" : "", rule.why});
        table.print(invocation.out());
        return ExitCode::Done;
    }
    return printList(invocation, reply->rules,
                     [](JsonWriter &json, const ipc::ExposureEntry &rule) {
                         json.beginObject()
                             .member("from", rule.from)
                             .member("to", rule.to)
                             .member("weight", rule.weight)
                             .member("why", rule.why)
                             .member("own", rule.own)
                             .endObject();
                     });
}

Result<double> weightFrom(const std::string &text)
{
    double weight = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
    if (error != std::errc{} || end != text.data() + text.size() || !(weight >= 0 && weight <= 1))
        return fail(ErrorCode::InvalidInput, "WEIGHT is a number from 0 to 1");
    return weight;
}

ExitCode changeExposure(Invocation &invocation, ServiceLink &link, Words words)
{
    Result<ipc::Done> done;
    if (words[0] == "expose") {
        const auto weight = weightFrom(words[3]);
        if (!weight)
            return invocation.usage(weight.error());
        done = link.request(ipc::ExposureSave{
            {words[1], words[2], *weight, invocation.arguments.value("why").value_or(""), true}});
    } else {
        done = link.request(ipc::ExposureRemove{words[1], words[2]});
    }
    return done ? ExitCode::Done : invocation.failed(done.error());
}

constexpr Verb kListVerbWords[] = {
    {"list", 0, 0},         {"exposures", 0, 0},       {"show", 1, 1},   {"new", 1, 1},
    {"add", 2, kManyWords}, {"remove", 1, kManyWords}, {"expose", 3, 3}, {"unexpose", 2, 2},
};

ExitCode runWatchlist(Invocation &invocation)
{
    const std::vector<std::string> words = verbWords(invocation);
    if (!verbFits(words, kListVerbWords))
        return invocation.usage(kListVerbs);
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    if (words[0] == "exposures")
        return printExposures(invocation, *link);
    if (words[0] == "expose" || words[0] == "unexpose")
        return changeExposure(invocation, *link, words);
    const auto shown = lists(*link, words, invocation.arguments.value("note").value_or(""));
    if (!shown)
        return invocation.failed(shown.error());
    return print(invocation, *shown);
}

} // namespace

const Command kWatchlist{
    .name = "watchlist",
    .summary = "Shows and changes watchlists, and what depends on what",
    .usage = "[list | show NAME | new NAME | add NAME WHAT… | remove NAME [WHAT…] | exposures | "
             "expose FROM TO WEIGHT | unexpose FROM TO]",
    .options = kWatchlistOptions,
    .notes =
        "WHAT is a symbol (SPY) or a node: instrument:SPY, country:JP, sector:energy,\n"
        "commodity:copper, topic:trade. exposures lists the rules by which news reaches what is\n"
        "watched; expose adds one or replaces the shipped one with its ends (weight 0 switches it\n"
        "off), unexpose lets the shipped one hold again. remove NAME alone removes the list.",
    .run = runWatchlist,
};

} // namespace chrona::cli
