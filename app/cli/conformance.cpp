// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"

#include "../plugins_folder.h"
#include "conformance/conformance.h"

#include "chrona/formats/json_writer.h"

#include <QCoreApplication>

#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kConformanceOptions[] = {
    {"venues", "DIR", "the folder with trading venues; default: the build's or the installation's"},
};

void printJson(Invocation &invocation, const std::vector<conformance::FileResult> &results)
{
    std::string document;
    formats::JsonWriter json(document);
    json.beginArray();
    for (const auto &result : results) {
        json.beginObject().member("file", result.file);
        json.member("passed", result.passed).member("failed", result.failed);
        json.key("failures").beginArray();
        for (const std::string &failure : result.firstFailures)
            json.value(failure);
        json.endArray().endObject();
    }
    json.endArray();
    invocation.out() << document << "\n";
}

void printText(Invocation &invocation, const std::vector<conformance::FileResult> &results)
{
    for (const auto &result : results) {
        invocation.out() << std::format("{} passed {} failed {}\n", printable(result.file),
                                        result.passed, result.failed);
        for (const std::string &failure : result.firstFailures)
            invocation.out() << "  " << printable(failure) << "\n";
    }
}

ExitCode runConformance(Invocation &invocation)
{
    if (invocation.arguments.positionals().size() != 1)
        return invocation.usage("which folder?");
    const auto venues = venuesFolder(QCoreApplication::applicationDirPath().toStdString(),
                                     invocation.arguments.value("venues"));
    const auto results =
        conformance::checkFolder(invocation.arguments.positionals().front(), venues);
    if (!results)
        return invocation.failed(results.error());
    if (invocation.asJson)
        printJson(invocation, *results);
    else
        printText(invocation, *results);
    for (const auto &result : *results)
        if (result.failed > 0)
            return ExitCode::Failed;
    return ExitCode::Done;
}

} // namespace

const Command kConformance = {
    .name = "conformance",
    .summary = "check this build against files of known answers",
    .usage = "DIR",
    .options = kConformanceOptions,
    .notes =
        "Walks the case files (.json) below DIR and prints for each how many cases passed and\n"
        "failed, and the first failing ones. A file that no checker knows counts as failed.\n"
        "Payloads of exchanges are read by the venues' plugins.",
    .run = runConformance,
};

} // namespace chrona::cli
