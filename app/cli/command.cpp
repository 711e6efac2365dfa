// SPDX-License-Identifier: AGPL-3.0-or-later
#include "command.h"

#include "chrona/ipc/endpoint.h"
#include "help.h"

#include <algorithm>

namespace chrona::cli {
namespace {

/// Options may stand before the command ("chronactl --json status"): the first other word names it.
/// `--data` takes the word after it along.
std::size_t commandIndex(std::span<const std::string> words)
{
    for (std::size_t index = 0; index < words.size(); ++index) {
        if (words[index] == "--data")
            ++index;
        else if (!words[index].starts_with("-"))
            return index;
    }
    return words.size();
}

ExitCode complain(Output output, std::string_view complaint)
{
    output.err << "chronactl: " << complaint << "\n";
    return ExitCode::Usage;
}

ExitCode runWithoutCommand(std::span<const std::string> words, Output output)
{
    const auto arguments = Arguments::parse(words, commonOptions());
    if (!arguments)
        return complain(output, describe(arguments.error()) + "; see chronactl --help");
    if (arguments->has("version")) {
        printVersion(output.out);
        return ExitCode::Done;
    }
    if (arguments->has("help")) {
        printOverview(output.out);
        return ExitCode::Done;
    }
    printOverview(output.err);
    return ExitCode::Usage;
}

ExitCode runUnknown(std::string_view name, Output output)
{
    if (std::ranges::contains(commandsNotInThisBuild(), name))
        return complain(output, std::format("this build has no {} yet", name));
    return complain(output,
                    std::format("there is no command {}; see chronactl --help", printable(name)));
}

} // namespace

ExitCode exitCodeFor(const Error &error)
{
    return error.code == ErrorCode::Denied ? ExitCode::Refused : ExitCode::Failed;
}

ExitCode Invocation::failed(const Error &error)
{
    err() << "chronactl " << command << ": " << printable(describe(error)) << "\n";
    return exitCodeFor(error);
}

ExitCode Invocation::usage(std::string_view complaint)
{
    err() << "chronactl " << command << ": " << printable(complaint) << "; see chronactl "
          << command << " --help\n";
    return ExitCode::Usage;
}

ExitCode runCommandLine(std::span<const std::string> words, Output output)
{
    const std::size_t at = commandIndex(words);
    if (at == words.size())
        return runWithoutCommand(words, output);
    const std::string &name = words[at];
    const auto commands = allCommands();
    const auto found = std::ranges::find(commands, name, [](const Command *c) { return c->name; });
    if (found == commands.end())
        return runUnknown(name, output);
    const Command &command = **found;

    std::vector<std::string> rest(words.begin(), words.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    std::vector<OptionSpec> specs(commonOptions().begin(), commonOptions().end());
    specs.insert(specs.end(), command.options.begin(), command.options.end());
    auto arguments = Arguments::parse(rest, specs);
    Invocation invocation{
        .command = command.name, .arguments = {}, .output = output, .dataFolder = {}};
    if (!arguments)
        return invocation.usage(arguments.error());
    if (arguments->has("help")) {
        printHelp(output.out, command);
        return ExitCode::Done;
    }
    invocation.asJson = arguments->has("json");
    invocation.mayStartService = arguments->has("start");
    const auto dataFolder = arguments->value("data");
    invocation.dataFolder =
        dataFolder ? std::filesystem::absolute(*dataFolder) : ipc::defaultDataFolder();
    invocation.arguments = std::move(*arguments);
    return command.run(invocation);
}

} // namespace chrona::cli
