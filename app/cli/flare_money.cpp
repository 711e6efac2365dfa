// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_verbs.h"

#include "chrona/formats/json_writer.h"

#include <cstdlib>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr double kDaysOfMonth = 30.4375, kBips = 10'000;

/// Wei as coins; for people and sums of money, not for the chain.
double coinsOf(const std::string &wei)
{
    return std::strtod(wei.c_str(), nullptr) / 1e18;
}

/// One reward epoch in coins.
struct EpochAccount {
    std::int64_t epoch = 0, rounds = 0, predictedRounds = 0, transactions = 0;
    double predicted = 0; ///< of the provider and its delegators
    double expected = 0;  ///< the provider's own part: its fee
    double claimed = 0, open = 0, fees = 0, feeMedian = 0;
    double host = 0; ///< of the machine, as coins
    [[nodiscard]] double costs() const { return fees + host; }
    [[nodiscard]] double net() const { return expected - costs(); }
};

struct Prices {
    std::optional<double> coinUsd;
    double hostUsdPerMonth = 0;
};

EpochAccount accountOf(const ipc::FtsoEpochMoney &each, const ipc::FtsoEconomicsReply &reply,
                       const Prices &prices)
{
    EpochAccount account{.epoch = each.rewardEpoch,
                         .rounds = each.rounds,
                         .predictedRounds = each.predictedRounds,
                         .transactions = each.transactions,
                         .predicted = coinsOf(each.predicted) + coinsOf(each.predictedSigning),
                         .claimed = coinsOf(each.claimed),
                         .open = coinsOf(each.open),
                         .fees = coinsOf(each.fees),
                         .feeMedian = coinsOf(each.feeMedian)};
    account.expected = account.predicted * reply.feeBips / kBips;
    if (prices.coinUsd && *prices.coinUsd > 0)
        account.host = prices.hostUsdPerMonth * reply.epochDays / kDaysOfMonth / *prices.coinUsd;
    return account;
}

/// The vote power at which the fee of what is expected would just pay for an epoch's costs.
std::optional<double> breakEven(const EpochAccount &account, const ipc::FtsoEconomicsReply &reply)
{
    if (account.expected <= 0)
        return std::nullopt;
    return coinsOf(reply.votePower) * account.costs() / account.expected;
}

std::string money(double coins)
{
    return std::format("{:.4f}", coins);
}

std::string usd(double coins, const Prices &prices)
{
    return prices.coinUsd ? std::format("{:.4f}", coins * *prices.coinUsd) : "-";
}

void printCsv(std::ostream &out, const std::vector<EpochAccount> &accounts,
              const ipc::FtsoEconomicsReply &reply, const Prices &prices)
{
    out << "reward_epoch,rounds,predicted_rounds,predicted,expected_fee,claimed,open,transactions,"
           "fees,fee_median,fee_median_usd,host,net,break_even_vote_power\n";
    for (const EpochAccount &each : accounts) {
        const auto even = breakEven(each, reply);
        out << std::format(
            "{},{},{},{:.18g},{:.18g},{:.18g},{:.18g},{},{:.18g},{:.18g},{},{:.18g},"
            "{:.18g},{}\n",
            each.epoch, each.rounds, each.predictedRounds, each.predicted, each.expected,
            each.claimed, each.open, each.transactions, each.fees, each.feeMedian,
            prices.coinUsd ? std::format("{:.10g}", each.feeMedian * *prices.coinUsd) : "",
            each.host, each.net(), even ? std::format("{:.10g}", *even) : "");
    }
}

void printTable(std::ostream &out, const std::vector<EpochAccount> &accounts, const Prices &prices)
{
    constexpr auto kRight = Table::Align::Right;
    Table table({{"EPOCH", kRight},
                 {"ROUNDS", kRight},
                 {"PREDICTED", kRight},
                 {"OWN FEE", kRight},
                 {"CLAIMED", kRight},
                 {"OPEN", kRight},
                 {"GAS", kRight},
                 {"HOST", kRight},
                 {"NET", kRight},
                 {"USD A TRANSACTION", kRight}});
    for (const EpochAccount &each : accounts)
        table.add({std::to_string(each.epoch), std::to_string(each.rounds), money(each.predicted),
                   money(each.expected), money(each.claimed), money(each.open), money(each.fees),
                   money(each.host), money(each.net()), usd(each.feeMedian, prices)});
    table.print(out);
}

/// What the newest whole epoch would be with another price, delegation or fee floor.
void printScenarios(std::ostream &out, const EpochAccount &base, const Prices &prices)
{
    struct Scenario {
        const char *name;
        double votePower, gas, price;
    };
    constexpr Scenario kScenarios[] = {{"as it is", 1, 1, 1},
                                       {"half the delegation", 0.5, 1, 1},
                                       {"twice the delegation", 2, 1, 1},
                                       {"gas costs twenty times as much", 1, 20, 1},
                                       {"the coin at half its price", 1, 1, 0.5},
                                       {"the coin at twice its price", 1, 1, 2}};
    constexpr auto kRight = Table::Align::Right;
    Table table({{"SCENARIO"},
                 {"OWN FEE", kRight},
                 {"COSTS", kRight},
                 {"NET", kRight},
                 {"NET USD", kRight}});
    for (const Scenario &each : kScenarios) {
        const double fee = base.expected * each.votePower;
        const double costs = base.fees * each.gas + base.host / each.price;
        const std::optional<double> price =
            prices.coinUsd ? std::optional(*prices.coinUsd * each.price) : std::nullopt;
        table.add({each.name, money(fee), money(costs), money(fee - costs),
                   price ? std::format("{:.2f}", (fee - costs) * *price) : "-"});
    }
    table.print(out);
}

std::string asJson(const std::vector<EpochAccount> &accounts, const ipc::FtsoEconomicsReply &reply,
                   const Prices &prices)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject()
        .member("network", reply.network)
        .member("identity", reply.identity)
        .member("coin", reply.coin)
        .member("epoch_days", reply.epochDays)
        .member("fee_bips", reply.feeBips)
        .member("vote_power_wei", reply.votePower);
    if (prices.coinUsd)
        json.member("coin_usd", *prices.coinUsd);
    json.key("epochs").beginArray();
    for (const EpochAccount &each : accounts) {
        json.beginObject()
            .member("reward_epoch", each.epoch)
            .member("rounds", each.rounds)
            .member("predicted_rounds", each.predictedRounds)
            .member("predicted", each.predicted)
            .member("expected_fee", each.expected)
            .member("claimed", each.claimed)
            .member("open", each.open)
            .member("transactions", each.transactions)
            .member("fees", each.fees)
            .member("fee_median", each.feeMedian)
            .member("host", each.host)
            .member("net", each.net());
        if (const auto even = breakEven(each, reply))
            json.member("break_even_vote_power", *even);
        json.endObject();
    }
    json.endArray().endObject();
    return document;
}

} // namespace

ExitCode showEconomics(Invocation &invocation, ServiceLink &link)
{
    const Arguments &arguments = invocation.arguments;
    const auto coin = arguments.number("coin-usd"), host = arguments.number("host-cost");
    if (!coin || !host)
        return invocation.usage(!coin ? coin.error() : host.error());
    const std::string format = arguments.value("format").value_or("table");
    if (format != "table" && format != "csv")
        return invocation.usage("a format is table or csv");
    ipc::FtsoEconomicsQuery query;
    query.network = arguments.value("network").value_or("");
    query.identity = arguments.value("identity").value_or("");
    const auto reply = link.request(query);
    if (!reply)
        return invocation.failed(reply.error());
    const Prices prices{.coinUsd = *coin ? *coin : reply->coinUsd,
                        .hostUsdPerMonth = host->value_or(0)};
    if (prices.hostUsdPerMonth > 0 && !prices.coinUsd)
        invocation.err() << "the host's cost is left out: --coin-usd says what the coin is worth\n";
    std::vector<EpochAccount> accounts;
    for (const ipc::FtsoEpochMoney &each : reply->epochs)
        accounts.push_back(accountOf(each, *reply, prices));
    if (invocation.asJson) {
        invocation.out() << asJson(accounts, *reply, prices) << "\n";
        return ExitCode::Done;
    }
    if (format == "csv") {
        printCsv(invocation.out(), accounts, *reply, prices);
        return ExitCode::Done;
    }
    printTable(invocation.out(), accounts, prices);
    // The newest epoch is under way: the one before it is whole.
    if (!accounts.empty()) {
        const EpochAccount &base = accounts[accounts.size() > 1 ? 1 : 0];
        invocation.out() << "\n";
        printScenarios(invocation.out(), base, prices);
        if (const auto even = breakEven(base, *reply))
            invocation.out() << std::format(
                "\nreward epoch {} breaks even at a vote power of {:.0f} {}\n", base.epoch, *even,
                reply->coin);
    }
    return ExitCode::Done;
}

} // namespace chrona::cli
