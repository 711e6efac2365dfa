// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/service/collector.h"

#include <QStringList>

#include <optional>
#include <string>

namespace chrona::app {

struct CommandLine {
    service::ServiceOptions options;
    std::string text; ///< --help or --version: print this and end
    bool upgradesDatabase = false; ///< --upgrade-database: do that and end
    std::optional<service::CollectorOptions> collector{}; ///< --role collector
    bool printsPairing = false; ///< --pairing: print how to pair the collector and end
};

/// InvalidInput for what cannot be right.
[[nodiscard]] Result<CommandLine> readCommandLine(const QStringList &words);

} // namespace chrona::app
