// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include <sstream>

namespace chrona::cli::tests {

struct Run {
    ExitCode code;
    std::string out, err;
};

/// The command line in this process, as somebody would have typed it.
inline Run run(const std::vector<std::string> &words)
{
    std::ostringstream out, err;
    const ExitCode code = runCommandLine(words, Output{out, err});
    return {code, out.str(), err.str()};
}

} // namespace chrona::cli::tests
