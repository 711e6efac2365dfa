// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include <ostream>
#include <span>

namespace chrona::cli {

/// Options that every command understands.
[[nodiscard]] std::span<const OptionSpec> commonOptions();

void printOverview(std::ostream &out);
void printHelp(std::ostream &out, const Command &command);
void printVersion(std::ostream &out);

} // namespace chrona::cli
