// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include <string>
#include <vector>

namespace chrona::cli {

struct SiblingProgram {
    std::string name; ///< beside this one
    std::vector<std::string> words;
    std::string remedy; ///< what to do when it is not there
};
/// Becomes another of our programs, so that Ctrl-C, the terminal and the exit code are its own.
/// Comes back only with the reason why that could not be.
[[nodiscard]] ExitCode becomeProgram(Invocation &invocation, const SiblingProgram &program);

} // namespace chrona::cli
