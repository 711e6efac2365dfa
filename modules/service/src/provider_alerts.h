// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_alerts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chrona::service {

/// How the provider that is followed stands, as far as it is known.
struct ProviderFacts {
    struct Account {
        std::string role;
        double transactionsLeft = 0; ///< by what one cost lately
    };
    std::int64_t atMs = 0;
    std::optional<double> indexerBehindSeconds{};
    std::optional<bool> registeredNext{}; ///< nothing: nobody is yet
    std::vector<Account> accounts{};      ///< those whose balance and costs are known
    std::vector<std::string> changedContracts{};
    // Of the reward epoch that runs:
    std::int64_t rounds = 0, reveals = 0;
    std::optional<int> percentile{};
    std::int64_t feeds = 0, near = 0;
    std::int64_t fdcRounds = 0, fdcSignatures = 0;
    std::int64_t fastUpdatesAll = 0, fastUpdates = 0;
    double share = 0; ///< of the signing weight
    /// Where validators are a condition: the one that was there least, and all their self-bond.
    std::int64_t validatorChecks = 0, validatorConnected = 0;
    std::optional<double> selfBondCoins{};
};

/// Where the ids of such alerts begin: listed beside those of prices.
inline constexpr std::int64_t kProviderAlertIds = std::int64_t{1} << 40;

/// Raises what an operator should hear of, by the goals that the network's rules and common sense
/// set: 99.9 % of the rounds revealed, the best quarter, minimal conditions met, a day's fees held.
void observeProvider(AlertBook &book, const ProviderFacts &facts);

} // namespace chrona::service
