// SPDX-License-Identifier: AGPL-3.0-or-later
#include "help.h"

#include <algorithm>
#include <format>

namespace chrona::cli {
namespace {

constexpr OptionSpec kCommonOptions[] = {
    {"json", "", "one JSON document on stdout (NDJSON where a list can be long)"},
    {"data", "DIR", "the data folder; default: $CHRONA_DATA_DIR, else the user's own"},
    {"start", "", "start the service when it is not running"},
    {"help", "", "this text"},
    {"version", "", "the version"},
};

void printOptions(std::ostream &out, std::span<const OptionSpec> options)
{
    const auto labelOf = [](const OptionSpec &option) {
        return option.valueName.empty() ? std::format("--{}", option.name)
                                        : std::format("--{} {}", option.name, option.valueName);
    };
    std::size_t width = 0;
    for (const OptionSpec &option : options)
        width = std::max(width, labelOf(option).size());
    for (const OptionSpec &option : options)
        out << std::format("  {:{}}  {}\n", labelOf(option), width, option.summary);
}

} // namespace

std::span<const OptionSpec> commonOptions()
{
    return kCommonOptions;
}

void printOverview(std::ostream &out)
{
    out << "Usage: chronactl COMMAND [OPTIONS]\n\n"
           "The shell's way to everything that Chrona does.\n\nCommands:\n";
    std::size_t width = 0;
    for (const Command *command : allCommands())
        width = std::max(width, command->name.size());
    for (const Command *command : allCommands())
        out << std::format("  {:{}}  {}\n", command->name, width, command->summary);
    out << "\nOptions of all commands:\n";
    printOptions(out, commonOptions());
    out << "\nExit codes: 0 done, 1 the work failed, 2 wrong usage, 3 the service is not "
           "reachable,\n"
           "4 refused. Times are ISO 8601 UTC. More about one command: chronactl COMMAND --help\n";
}

void printHelp(std::ostream &out, const Command &command)
{
    out << std::format("Usage: chronactl {}{}{}\n\n{}.\n", command.name,
                       command.usage.empty() ? "" : " ", command.usage, command.summary);
    if (!command.notes.empty())
        out << "\n" << command.notes << "\n";
    if (!command.options.empty()) {
        out << "\nOptions:\n";
        printOptions(out, command.options);
    }
    out << "\nOptions of all commands:\n";
    printOptions(out, commonOptions());
}

void printVersion(std::ostream &out)
{
    out << "chronactl " CHRONA_VERSION "\n";
}

} // namespace chrona::cli
