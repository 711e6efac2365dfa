// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <format>
#include <unistd.h>

namespace chrona::cli {
namespace {

/// Becomes the benchmark program beside this one, so that Ctrl-C and the exit code are its own. It
/// is a program of its own because it links the service side, which a client must not.
ExitCode runBench(Invocation &invocation)
{
    if (invocation.arguments.positionals().empty())
        return invocation.usage("which benchmark? chrona-bench --list names them");
    const std::filesystem::path program =
        std::filesystem::path(QCoreApplication::applicationDirPath().toStdString()) /
        "chrona-bench";
    std::vector<std::string> words{program.string()};
    if (invocation.asJson)
        words.emplace_back("--json");
    for (const std::string &word : invocation.arguments.positionals())
        words.push_back(word);
    std::vector<char *> pointers;
    for (std::string &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    invocation.out().flush();
    ::execv(program.c_str(), pointers.data());
    return invocation.failed(
        {ErrorCode::Unavailable,
         std::format("cannot run {}: {}", program.string(), std::strerror(errno)),
         "benchmarks come with a build from source and are not installed"});
}

} // namespace

const Command kBench{
    .name = "bench",
    .summary = "Runs one of the project's own benchmarks",
    .usage = "NAME",
    .options = {},
    .notes = "Figures come with the size of the work and the hardware limit measured beside them.",
    .run = runBench,
};

} // namespace chrona::cli
