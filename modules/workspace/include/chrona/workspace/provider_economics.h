// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_ftso_money.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A provider's income beside its costs, in coins: for people, not for the chain. Pure; any thread.
namespace chrona::workspace {

struct ProviderPrices {
    std::optional<double> coinUsd{}; ///< absent: nothing is told in dollars
    double hostUsdPerMonth = 0;      ///< left out where the coin has no price
};

/// One reward epoch.
struct ProviderAccount {
    std::int64_t epoch = 0, rounds = 0, predictedRounds = 0, transactions = 0;
    double predicted = 0; ///< of the provider and its delegators, by the anchor feeds alone
    double expected = 0;  ///< the provider's own part: its fee
    double claimed = 0, open = 0, fees = 0, feeMedian = 0;
    double host = 0; ///< of the machine
    [[nodiscard]] double costs() const { return fees + host; }
    [[nodiscard]] double net() const { return expected - costs(); }
    /// What was paid or is open beyond what the anchor feeds earned: other protocols' part, as far
    /// as delegators have claimed theirs. Nothing before there is something to claim.
    [[nodiscard]] std::optional<double> beyond() const;
};
[[nodiscard]] std::vector<ProviderAccount>
providerAccounts(const ipc::FtsoEconomicsReply &economics, const ProviderPrices &prices);
/// The newest whole one: the newest of all is under way. nullptr: there is none at all.
[[nodiscard]] const ProviderAccount *lastWhole(std::span<const ProviderAccount> accounts);

/// The vote power, in coins, at which the fee of what is expected would just pay for the costs.
[[nodiscard]] std::optional<double> breakEvenVotePower(const ProviderAccount &account,
                                                       const ipc::FtsoEconomicsReply &economics);
/// What one transaction costs at the median, in dollars; the goal is kFeeUsdGoal.
inline constexpr double kFeeUsdGoal = 0.10;
[[nodiscard]] std::optional<double> feeUsd(const ProviderAccount &account,
                                           const ProviderPrices &prices);

/// What an epoch would be with another price, delegation or gas.
struct ProviderScenario {
    std::string_view key; ///< as_it_is, half_delegation, …
    double votePower = 1, gas = 1, price = 1;
};
[[nodiscard]] std::span<const ProviderScenario> providerScenarios();
struct ScenarioOutcome {
    double fee = 0, costs = 0;
    std::optional<double> netUsd{};
    [[nodiscard]] double net() const { return fee - costs; }
};
[[nodiscard]] ScenarioOutcome outcomeOf(const ProviderScenario &scenario,
                                        const ProviderAccount &base, const ProviderPrices &prices);

/// All of it as comma-separated values with a head, for a table program.
[[nodiscard]] std::string providerCsv(std::span<const ProviderAccount> accounts,
                                      const ipc::FtsoEconomicsReply &economics,
                                      const ProviderPrices &prices);

} // namespace chrona::workspace
