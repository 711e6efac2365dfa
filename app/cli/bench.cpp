// SPDX-License-Identifier: AGPL-3.0-or-later
#include "commands.h"
#include "sibling_program.h"

namespace chrona::cli {
namespace {

/// Becomes the benchmark program beside this one, so that Ctrl-C and the exit code are its own. It
/// is a program of its own because it links the service side, which a client must not.
ExitCode runBench(Invocation &invocation)
{
    if (invocation.arguments.positionals().empty())
        return invocation.usage("which benchmark? chrona-bench --list names them");
    std::vector<std::string> words;
    if (invocation.asJson)
        words.emplace_back("--json");
    for (const std::string &word : invocation.arguments.positionals())
        words.push_back(word);
    return becomeProgram(invocation, {.name = "chrona-bench", .words = std::move(words),
                                      .remedy = "benchmarks come with a build from source and are "
                                                "not installed"});
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
