// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"

#include "payload_file.h"

#include "../plugins_folder.h"

#include "chrona/base/clock.h"
#include "chrona/connect/connector_library.h"
#include "chrona/formats/json_writer.h"

#include <QCoreApplication>

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kParseOptions[] = {
    {"connector", "ID", "the connector whose normalize() reads the files"},
    {"kind", "KIND", "what the files are; default: the kind that makes the most of each"},
    {"list", "", "print the connectors and their kinds"},
    {"plugins", "DIR",
     "the folder with connectors; default: the build's or the installation's own"},
};

void printRejected(Invocation &invocation, const std::string &file, std::string_view sourceRef,
                   std::string_view reason)
{
    std::string line;
    formats::JsonWriter json(line);
    json.beginObject().member("type", "rejected").member("file", file);
    if (!sourceRef.empty())
        json.member("source_ref", sourceRef);
    json.member("reason", reason).endObject();
    invocation.out() << line << "\n";
}

/// What one kind makes of a payload.
struct Reading {
    std::vector<connect::Draft> drafts{};
    std::string failure{}; ///< nothing could be read at all
    std::size_t rejected = 0;

    [[nodiscard]] std::size_t accepted() const { return drafts.size() - rejected; }
    [[nodiscard]] bool isBetterThan(const Reading &other) const
    {
        if (accepted() != other.accepted())
            return accepted() > other.accepted();
        return failure.empty() && (!other.failure.empty() || rejected < other.rejected);
    }
};

Reading readAs(const connect::Connector &connector, connect::RawItem &item, std::string kind)
{
    item.kind = std::move(kind);
    auto drafts = connector.normalize(item);
    if (!drafts)
        return {.failure = std::format("{}: {}", item.kind, describe(drafts.error()))};
    Reading reading{.drafts = std::move(*drafts)};
    reading.rejected =
        static_cast<std::size_t>(std::ranges::count_if(reading.drafts, [](const auto &draft) {
            return std::holds_alternative<connect::Rejected>(draft);
        }));
    return reading;
}

/// False when the file gave nothing but rejections. Of several kinds the one that makes the most of
/// it is taken.
bool parseFile(Invocation &invocation, const connect::Connector &connector,
               const std::vector<std::string> &kinds, const std::string &path)
{
    auto payload = readPayload(path);
    if (!payload) {
        printRejected(invocation, path, {}, describe(payload.error()));
        return false;
    }
    connect::RawItem item;
    // Some payloads do not say what they are about; then their name does.
    item.sourceRef = std::filesystem::path(path).filename().string();
    item.payload = std::move(*payload);
    item.fetchedAt = SystemClock().now();
    std::optional<Reading> best;
    for (const std::string &kind : kinds) {
        Reading reading = readAs(connector, item, kind);
        if (best && !best->failure.empty() && !reading.failure.empty())
            best->failure += "; " + reading.failure;
        else if (!best || reading.isBetterThan(*best))
            best = std::move(reading);
    }
    if (!best->failure.empty())
        printRejected(invocation, path, {}, best->failure);
    for (const connect::Draft &draft : best->drafts) {
        if (const auto *rejected = std::get_if<connect::Rejected>(&draft))
            printRejected(invocation, path, rejected->sourceRef, rejected->reason);
        else
            invocation.out() << connect::draftToJson(draft) << "\n";
    }
    return best->failure.empty() && (best->rejected == 0 || best->accepted() > 0);
}

ExitCode listConnectors(Invocation &invocation, const connect::ConnectorLibrary &library)
{
    for (const auto &refusal : library.refusals())
        invocation.err() << std::format("chronactl parse: {} is no connector: {}\n",
                                        refusal.file.string(), refusal.reason);
    if (invocation.asJson) {
        std::string document;
        formats::JsonWriter json(document);
        json.beginArray();
        for (const auto &entry : library.entries()) {
            json.beginObject().member("connector", entry.description.id).key("kinds").beginArray();
            for (const connect::Kind &kind : entry.description.kinds)
                json.beginObject().member("kind", kind.id).member("title", kind.title).endObject();
            json.endArray().endObject();
        }
        json.endArray();
        invocation.out() << document << "\n";
        return ExitCode::Done;
    }
    Table table({{"CONNECTOR"}, {"KIND"}, {"READS"}});
    for (const auto &entry : library.entries())
        for (const connect::Kind &kind : entry.description.kinds)
            table.add({entry.description.id, kind.id, kind.title});
    table.print(invocation.out());
    return ExitCode::Done;
}

/// The kind that was asked for, or all there are.
Result<std::vector<std::string>> chooseKinds(const connect::Description &description,
                                             const std::optional<std::string> &asked)
{
    std::string known;
    std::vector<std::string> kinds;
    for (const connect::Kind &kind : description.kinds) {
        if (!asked || kind.id == *asked)
            kinds.push_back(kind.id);
        known += (known.empty() ? "" : ", ") + kind.id;
    }
    if (kinds.empty())
        return fail(ErrorCode::InvalidInput,
                    std::format("{} has no kind {}; it reads {}", description.id, *asked, known));
    return kinds;
}

ExitCode runParse(Invocation &invocation)
{
    const Arguments &arguments = invocation.arguments;
    const bool list = arguments.has("list");
    const auto connectorId = arguments.value("connector");
    if (!list && !connectorId)
        return invocation.usage("--connector is missing; --list prints what there is");
    if (!list && arguments.positionals().empty())
        return invocation.usage("which file?");
    const auto library = connect::ConnectorLibrary::load(pluginsFolder(
        QCoreApplication::applicationDirPath().toStdString(), arguments.value("plugins")));
    if (!library)
        return invocation.failed(library.error());
    if (list)
        return listConnectors(invocation, **library);
    const auto *entry = (*library)->find(*connectorId);
    if (!entry)
        return invocation.usage(
            std::format("there is no connector {}; --list prints what there is", *connectorId));
    const auto kinds = chooseKinds(entry->description, arguments.value("kind"));
    if (!kinds)
        return invocation.usage(kinds.error());
    bool areRead = true;
    for (const std::string &path : arguments.positionals())
        areRead = parseFile(invocation, *entry->connector, *kinds, path) && areRead;
    return areRead ? ExitCode::Done : ExitCode::Failed;
}

} // namespace

const Command kParse{
    .name = "parse",
    .summary = "Runs a connector's normalize() on payloads as the source serves them",
    .usage = "--connector ID [--kind KIND] FILE… | --list",
    .options = kParseOptions,
    .notes =
        "Prints NDJSON drafts with every field of the canonical record. What cannot be read is a\n"
        "line {\"type\":\"rejected\",\"file\":…,\"reason\":…}; the exit code is 1 where that is "
        "all that\n"
        "a file gave. Needs no service.",
    .run = runParse,
};

} // namespace chrona::cli
