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
    {"kind", "KIND", "what the files are, where the connector reads more than one kind"},
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

/// False when anything in the file was rejected.
bool parseFile(Invocation &invocation, const connect::Connector &connector, std::string_view kind,
               const std::string &path)
{
    auto payload = readPayload(path);
    if (!payload) {
        printRejected(invocation, path, {}, describe(payload.error()));
        return false;
    }
    connect::RawItem item;
    item.kind = kind;
    // Some payloads do not say what they are about; then their name does.
    item.sourceRef = std::filesystem::path(path).filename().string();
    item.payload = std::move(*payload);
    item.fetchedAt = SystemClock().now();
    const auto drafts = connector.normalize(item);
    if (!drafts) {
        printRejected(invocation, path, {}, describe(drafts.error()));
        return false;
    }
    bool whole = true;
    for (const connect::Draft &draft : *drafts) {
        if (const auto *rejected = std::get_if<connect::Rejected>(&draft)) {
            printRejected(invocation, path, rejected->sourceRef, rejected->reason);
            whole = false;
        } else {
            invocation.out() << connect::draftToJson(draft) << "\n";
        }
    }
    return whole;
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

/// The kind that was asked for, or the only one there is.
Result<std::string> chooseKind(const connect::Description &description,
                               const std::optional<std::string> &asked)
{
    std::string known;
    for (const connect::Kind &kind : description.kinds) {
        if (kind.id == asked || (!asked && description.kinds.size() == 1))
            return kind.id;
        known += (known.empty() ? "" : ", ") + kind.id;
    }
    if (!asked)
        return fail(
            ErrorCode::InvalidInput,
            std::format("{} reads several kinds; --kind is one of {}", description.id, known));
    return fail(ErrorCode::InvalidInput,
                std::format("{} has no kind {}; it reads {}", description.id, *asked, known));
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
    const auto kind = chooseKind(entry->description, arguments.value("kind"));
    if (!kind)
        return invocation.usage(kind.error());
    bool whole = true;
    for (const std::string &path : arguments.positionals())
        whole = parseFile(invocation, *entry->connector, *kind, path) && whole;
    return whole ? ExitCode::Done : ExitCode::Failed;
}

} // namespace

const Command kParse{
    .name = "parse",
    .summary = "Runs a connector's normalize() on payloads as the source serves them",
    .usage = "--connector ID [--kind KIND] FILE… | --list",
    .options = kParseOptions,
    .notes =
        "Prints NDJSON drafts with every field of the canonical record. What cannot be read is a\n"
        "line {\"type\":\"rejected\",\"file\":…,\"reason\":…} and the exit code is 1. Needs no "
        "service.",
    .run = runParse,
};

} // namespace chrona::cli
