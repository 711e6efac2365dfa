// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_verbs.h"

#include "chrona/formats/json_writer.h"
#include "chrona/workspace/provider_economics.h"

#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

using workspace::ProviderAccount;
using workspace::ProviderPrices;

std::string money(double coins)
{
    return std::format("{:.4f}", coins);
}

std::string usd(const std::optional<double> &dollars, int digits)
{
    return dollars ? std::format("{:.{}f}", *dollars, digits) : "-";
}

void printTable(std::ostream &out, const std::vector<ProviderAccount> &accounts,
                const ProviderPrices &prices)
{
    constexpr auto kRight = Table::Align::Right;
    Table table({{"EPOCH", kRight},
                 {"ROUNDS", kRight},
                 {"PREDICTED", kRight},
                 {"OWN FEE", kRight},
                 {"CLAIMED", kRight},
                 {"OPEN", kRight},
                 {"BEYOND ANCHOR", kRight},
                 {"GAS", kRight},
                 {"HOST", kRight},
                 {"NET", kRight},
                 {"USD A TRANSACTION", kRight}});
    for (const ProviderAccount &each : accounts)
        table.add({std::to_string(each.epoch), std::to_string(each.rounds), money(each.predicted),
                   money(each.expected), money(each.claimed), money(each.open),
                   each.beyond() ? money(*each.beyond()) : "-", money(each.fees), money(each.host),
                   money(each.net()), usd(workspace::feeUsd(each, prices), 4)});
    table.print(out);
}

std::string wordsFor(std::string_view scenario)
{
    if (scenario == "half_delegation")
        return "half the delegation";
    if (scenario == "twice_delegation")
        return "twice the delegation";
    if (scenario == "gas_twenty_times")
        return "gas costs twenty times as much";
    if (scenario == "coin_half")
        return "the coin at half its price";
    return scenario == "coin_twice" ? "the coin at twice its price" : "as it is";
}

/// What the newest whole epoch would be with another price, delegation or gas.
void printScenarios(std::ostream &out, const ProviderAccount &base, const ProviderPrices &prices)
{
    constexpr auto kRight = Table::Align::Right;
    Table table({{"SCENARIO"},
                 {"OWN FEE", kRight},
                 {"COSTS", kRight},
                 {"NET", kRight},
                 {"NET USD", kRight}});
    for (const workspace::ProviderScenario &each : workspace::providerScenarios()) {
        const workspace::ScenarioOutcome outcome = workspace::outcomeOf(each, base, prices);
        table.add({wordsFor(each.key), money(outcome.fee), money(outcome.costs),
                   money(outcome.net()), usd(outcome.netUsd, 2)});
    }
    table.print(out);
}

std::string asJson(const std::vector<ProviderAccount> &accounts,
                   const ipc::FtsoEconomicsReply &reply, const ProviderPrices &prices)
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
    for (const ProviderAccount &each : accounts) {
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
        if (const auto beyond = each.beyond())
            json.member("beyond_anchor", *beyond);
        if (const auto dollars = workspace::feeUsd(each, prices))
            json.member("fee_median_usd", *dollars);
        if (const auto even = workspace::breakEvenVotePower(each, reply))
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
    const ProviderPrices prices{.coinUsd = *coin ? *coin : reply->coinUsd,
                                .hostUsdPerMonth = host->value_or(reply->hostUsdPerMonth)};
    if (prices.hostUsdPerMonth > 0 && !prices.coinUsd)
        invocation.err() << "the host's cost is left out: --coin-usd says what the coin is worth\n";
    const auto accounts = workspace::providerAccounts(*reply, prices);
    if (invocation.asJson) {
        invocation.out() << asJson(accounts, *reply, prices) << "\n";
        return ExitCode::Done;
    }
    if (format == "csv") {
        invocation.out() << workspace::providerCsv(accounts, *reply, prices);
        return ExitCode::Done;
    }
    printTable(invocation.out(), accounts, prices);
    if (const ProviderAccount *base = workspace::lastWhole(accounts)) {
        invocation.out() << "\n";
        printScenarios(invocation.out(), *base, prices);
        if (const auto even = workspace::breakEvenVotePower(*base, *reply))
            invocation.out() << std::format(
                "\nreward epoch {} breaks even at a vote power of {:.0f} {}\n", base->epoch, *even,
                reply->coin);
    }
    return ExitCode::Done;
}

} // namespace chrona::cli
