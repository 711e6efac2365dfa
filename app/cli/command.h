// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "arguments.h"
#include "exit_code.h"
#include "output.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace chrona::cli {

/// What a running command is given.
struct Invocation {
    std::string_view command;
    Arguments arguments;
    Output output;
    bool asJson = false;              ///< --json
    bool mayStartService = false;     ///< --start
    std::filesystem::path dataFolder; ///< --data, else the one that chronad takes

    [[nodiscard]] std::ostream &out() { return output.out; }
    [[nodiscard]] std::ostream &err() { return output.err; }

    /// Says one line on stderr and returns the exit code that goes with it.
    ExitCode failed(const Error &error);
    /// The same for a command line that cannot be right, with the way to --help.
    ExitCode usage(std::string_view complaint);
    ExitCode usage(const Error &error) { return usage(describe(error)); }
};

/// One entry of the command table. A command group is one file; it defines one or more of these and
/// command_table.cpp lists them.
struct Command {
    std::string_view name;
    std::string_view summary;            ///< one line, without a full stop
    std::string_view usage;              ///< what follows the name: "[--kind KIND] FILE…"
    std::span<const OptionSpec> options; ///< beyond the common ones
    std::string_view notes;              ///< further text of --help; may be empty
    ExitCode (*run)(Invocation &invocation);
};

/// All commands of this build, in the order of --help.
[[nodiscard]] std::span<const Command *const> allCommands();
/// Commands of the contract that later versions bring; never listed, never pretended.
[[nodiscard]] std::span<const std::string_view> commandsNotInThisBuild();

/// Whether a command line needs fonts and so a QGuiApplication; the others start without one.
[[nodiscard]] bool drawsPages(std::span<const std::string> words);

/// Runs one command line (without the program's name).
[[nodiscard]] ExitCode runCommandLine(std::span<const std::string> words, Output output);

} // namespace chrona::cli
