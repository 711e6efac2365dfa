// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/service/service.h"

#include <QStringList>

#include <string>

namespace chrona::app {

struct CommandLine {
    service::ServiceOptions options;
    std::string text; ///< --help or --version: print this and end
    bool upgradesDatabase = false; ///< --upgrade-database: do that and end
};

/// InvalidInput for what cannot be right.
[[nodiscard]] Result<CommandLine> readCommandLine(const QStringList &words);

} // namespace chrona::app
