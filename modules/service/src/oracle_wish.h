// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_alerts.h"
#include "oracle_ears.h"
#include "tick_folder.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::service {

class Settings;

/// Everything that, when it changes, needs another run of the oracle.
struct OracleWish {
    bool isLive = false;
    std::vector<std::string> feeds, venues;
    AlertRules rules;
    QuietHours quiet;
    std::string network; ///< whose rounds are the epochs, and whose reveals teach; empty: none
    std::optional<TickFolder::Options> recording;
    std::vector<PairedCollector> elsewhere;
    std::map<std::string, std::string> preferred; ///< venue → collector

    /// One text for all of it: another text, another run.
    [[nodiscard]] std::string text(std::string_view tape) const;
};
[[nodiscard]] OracleWish readWish(const Settings &settings,
                                  const std::filesystem::path &dataFolder);

} // namespace chrona::service
