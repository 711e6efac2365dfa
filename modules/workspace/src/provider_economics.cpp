// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/provider_economics.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <format>

namespace chrona::workspace {
namespace {

constexpr double kDaysOfMonth = 30.4375, kBips = 10'000;

double coinsOfWei(const std::string &wei)
{
    return std::strtod(wei.c_str(), nullptr) / 1e18;
}

} // namespace

std::optional<double> ProviderAccount::beyond() const
{
    if (claimed + open <= 0 || predictedRounds == 0)
        return std::nullopt;
    return std::max(claimed + open - std::max(predicted, 0.0), 0.0);
}

std::vector<ProviderAccount> providerAccounts(const ipc::FtsoEconomicsReply &economics,
                                              const ProviderPrices &prices)
{
    std::vector<ProviderAccount> accounts;
    for (const ipc::FtsoEpochMoney &each : economics.epochs) {
        ProviderAccount account{.epoch = each.rewardEpoch,
                                .rounds = each.rounds,
                                .predictedRounds = each.predictedRounds,
                                .transactions = each.transactions,
                                .predicted =
                                    coinsOfWei(each.predicted) + coinsOfWei(each.predictedSigning),
                                .claimed = coinsOfWei(each.claimed),
                                .open = coinsOfWei(each.open),
                                .fees = coinsOfWei(each.fees),
                                .feeMedian = coinsOfWei(each.feeMedian)};
        account.expected = account.predicted * economics.feeBips / kBips;
        if (prices.coinUsd && *prices.coinUsd > 0)
            account.host =
                prices.hostUsdPerMonth * economics.epochDays / kDaysOfMonth / *prices.coinUsd;
        accounts.push_back(account);
    }
    return accounts;
}

const ProviderAccount *lastWhole(std::span<const ProviderAccount> accounts)
{
    return accounts.empty() ? nullptr : &accounts[accounts.size() > 1 ? 1 : 0];
}

std::optional<double> breakEvenVotePower(const ProviderAccount &account,
                                         const ipc::FtsoEconomicsReply &economics)
{
    if (account.expected <= 0)
        return std::nullopt;
    return coinsOfWei(economics.votePower) * account.costs() / account.expected;
}

std::optional<double> feeUsd(const ProviderAccount &account, const ProviderPrices &prices)
{
    if (!prices.coinUsd || account.transactions == 0)
        return std::nullopt;
    return account.feeMedian * *prices.coinUsd;
}

std::span<const ProviderScenario> providerScenarios()
{
    static constexpr std::array<ProviderScenario, 6> kScenarios{{{"as_it_is", 1, 1, 1},
                                                                 {"half_delegation", 0.5, 1, 1},
                                                                 {"twice_delegation", 2, 1, 1},
                                                                 {"gas_twenty_times", 1, 20, 1},
                                                                 {"coin_half", 1, 1, 0.5},
                                                                 {"coin_twice", 1, 1, 2}}};
    return kScenarios;
}

ScenarioOutcome outcomeOf(const ProviderScenario &scenario, const ProviderAccount &base,
                          const ProviderPrices &prices)
{
    ScenarioOutcome outcome{.fee = base.expected * scenario.votePower,
                            .costs = base.fees * scenario.gas + base.host / scenario.price};
    if (prices.coinUsd)
        outcome.netUsd = outcome.net() * *prices.coinUsd * scenario.price;
    return outcome;
}

std::string providerCsv(std::span<const ProviderAccount> accounts,
                        const ipc::FtsoEconomicsReply &economics, const ProviderPrices &prices)
{
    std::string csv = "reward_epoch,rounds,predicted_rounds,predicted,expected_fee,claimed,open,"
                      "beyond_anchor,transactions,fees,fee_median,fee_median_usd,host,net,"
                      "break_even_vote_power\n";
    const auto cell = [](const std::optional<double> &value) {
        return value ? std::format("{:.10g}", *value) : std::string();
    };
    for (const ProviderAccount &each : accounts)
        csv += std::format("{},{},{},{:.15g},{:.15g},{:.15g},{:.15g},{},{},{:.15g},{:.15g},{},{:."
                           "18g},{:.15g},{}\n",
                           each.epoch, each.rounds, each.predictedRounds, each.predicted,
                           each.expected, each.claimed, each.open, cell(each.beyond()),
                           each.transactions, each.fees, each.feeMedian, cell(feeUsd(each, prices)),
                           each.host, each.net(), cell(breakEvenVotePower(each, economics)));
    return csv;
}

} // namespace chrona::workspace
