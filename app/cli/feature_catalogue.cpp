// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feature_catalogue.h"

#include "payload_file.h"
#include "verbs.h"
#include "words.h"

#include "chrona/features/definition.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

constexpr Verb kCatalogueVerbs[] = {
    {"catalogue", 0, 0}, {"check", 1, 1},   {"define", 1, 1},
    {"enable", 1, 1},    {"disable", 1, 1}, {"remove", 1, 1},
};

std::string definitionAsCsv(const ipc::DefinitionEntry &entry)
{
    return std::format("{},{},{},{},{},{},{},{}\n", csvField(entry.key), csvField(entry.name),
                       entry.isOwn, entry.isEnabled, entry.inDiscovery, entry.features,
                       csvField(entry.fault), csvField(entry.rule));
}

std::string definitionAsJson(const ipc::DefinitionEntry &entry)
{
    std::string line;
    formats::JsonWriter json(line);
    json.beginObject()
        .member("type", "definition")
        .member("key", entry.key)
        .member("name", entry.name)
        .member("own", entry.isOwn)
        .member("enabled", entry.isEnabled)
        .member("in_discovery", entry.inDiscovery)
        .member("features", entry.features);
    writeInstant(json, "refreshed_at", entry.refreshedAt);
    if (!entry.fault.empty())
        json.member("fault", entry.fault);
    json.member("rule", entry.rule).endObject();
    return line;
}

ExitCode listCatalogue(Invocation &invocation, QueryFormat format)
{
    const auto reply = askService(invocation, ipc::CatalogueQuery{});
    if (!reply)
        return reply.error();
    if (format == QueryFormat::Csv)
        invocation.out() << "key,name,own,enabled,in_discovery,features,fault,rule\n";
    for (const ipc::DefinitionEntry &entry : reply->definitions)
        invocation.out() << (format == QueryFormat::Csv ? definitionAsCsv(entry)
                                                        : definitionAsJson(entry) + "\n");
    return ExitCode::Done;
}

/// As compilers write it, so that editors can jump there.
template <class Faults>
ExitCode tellFaults(Invocation &invocation, const std::string &path, const Faults &faults)
{
    for (const auto &fault : faults)
        invocation.err() << std::format("{}:{}: {}{}{}\n", path, fault.line, fault.what,
                                        fault.remedy.empty() ? "" : "; ", fault.remedy);
    return invocation.failed(
        {ErrorCode::InvalidInput,
         std::format("{} of the definitions of {} cannot be computed", faults.size(), path),
         "nothing was stored"});
}

ExitCode defineFrom(Invocation &invocation, const std::string &path, bool checkOnly)
{
    const auto text = readPayload(path);
    if (!text)
        return invocation.failed(text.error());
    // What can be said without the service is.
    const features::CheckedCatalogue checked = features::checkOwnCatalogue(*text);
    if (!checked.faults.empty())
        return tellFaults(invocation, path, checked.faults);
    if (checkOnly) {
        for (const features::Definition &definition : checked.definitions)
            invocation.out() << features::textOf(definition) << "\n";
        return ExitCode::Done;
    }
    const auto reply = askService(
        invocation, ipc::DefineFeatures{*text, false, !invocation.arguments.has("unsearched")});
    if (!reply)
        return reply.error();
    if (!reply->faults.empty())
        return tellFaults(invocation, path, reply->faults);
    for (const auto &[done, keys] :
         {std::pair("added", &reply->added), std::pair("changed", &reply->changed),
          std::pair("unchanged", &reply->unchanged)})
        for (const std::string &key : *keys)
            invocation.out() << std::format("{} {}\n", done, key);
    if (!reply->added.empty() || !reply->changed.empty())
        invocation.err() << "chronactl features: computed with the next hourly refresh; "
                            "chronactl run features does it now\n";
    return ExitCode::Done;
}

ExitCode changeDefinition(Invocation &invocation, const std::string &action, const std::string &key)
{
    const auto reply = askService(invocation, ipc::ChangeDefinition{key, action});
    if (!reply)
        return reply.error();
    if (action == "remove")
        invocation.err() << std::format("chronactl features: {} features went with it\n",
                                        reply->features);
    return ExitCode::Done;
}

} // namespace

bool isCatalogueVerb(std::string_view word)
{
    return std::ranges::contains(kCatalogueVerbs, word, &Verb::name);
}

ExitCode runCatalogue(Invocation &invocation, QueryFormat format)
{
    const auto &words = invocation.arguments.positionals();
    if (!verbFits(words, kCatalogueVerbs))
        return invocation.usage("catalogue, check FILE, define FILE, enable KEY, disable KEY or "
                                "remove KEY");
    if (words[0] == "catalogue")
        return listCatalogue(invocation, format);
    if (words[0] == "check" || words[0] == "define")
        return defineFrom(invocation, words[1], words[0] == "check");
    return changeDefinition(invocation, words[0], words[1]);
}

} // namespace chrona::cli
