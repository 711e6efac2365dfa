// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/provider_money.h"

#include "chrona/workspace/provider_economics.h"
#include "inspector/fact_sections.h"
#include "oracle/chain_words.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

/// The context that such words have in the catalogs.
struct MoneyWords {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

workspace::ProviderPrices pricesOf(const ipc::FtsoEconomicsReply &economics)
{
    return {economics.coinUsd, economics.hostUsdPerMonth};
}

QString dollars(double usd, int digits)
{
    return MoneyWords::tr("%1 USD").arg(QLocale().toString(usd, 'f', digits));
}

QString feeText(const workspace::ProviderAccount &account, const ipc::FtsoEconomicsReply &economics)
{
    const QString coins = coinsText(account.feeMedian, fromUtf8(economics.coin));
    const auto usd = workspace::feeUsd(account, pricesOf(economics));
    return usd ? MoneyWords::tr("%1, %2; the goal is %3")
                     .arg(coins, dollars(*usd, 4), dollars(workspace::kFeeUsdGoal, 2))
               : coins;
}

QString nameOfScenario(std::string_view key)
{
    if (key == "half_delegation")
        return MoneyWords::tr("Half the delegation");
    if (key == "twice_delegation")
        return MoneyWords::tr("Twice the delegation");
    if (key == "gas_twenty_times")
        return MoneyWords::tr("Gas at twenty times");
    if (key == "coin_half")
        return MoneyWords::tr("Coin at half");
    return key == "coin_twice" ? MoneyWords::tr("Coin at twice") : MoneyWords::tr("As it is");
}

QString points(double change)
{
    return (change > 0 ? u"+"_s : QString()) + QLocale().toString(change, 'f', 1);
}

double shareOfHundred(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? 100 * static_cast<double>(part) / static_cast<double>(whole) : 0;
}

} // namespace

void addEconomics(FactColumn &column, const ipc::FtsoEconomicsReply &economics)
{
    const auto prices = pricesOf(economics);
    const auto accounts = workspace::providerAccounts(economics, prices);
    const workspace::ProviderAccount *base = workspace::lastWhole(accounts);
    if (base == nullptr)
        return;
    const auto coins = [coin = fromUtf8(economics.coin)](double sum) {
        return coinsText(sum, coin);
    };
    column.addSection(MoneyWords::tr("Economics, reward epoch %1").arg(base->epoch));
    QList<Fact> facts{
        {MoneyWords::tr("A submission"), feeText(*base, economics),
         MoneyWords::tr("The median fee of one transaction")},
        {MoneyWords::tr("Own fee"), coins(base->expected),
         MoneyWords::tr("Of what the anchor feeds should pay the provider and its "
                        "delegators: %1")
             .arg(coins(base->predicted))},
        {MoneyWords::tr("Costs"),
         MoneyWords::tr("gas %1, machine %2").arg(coins(base->fees), coins(base->host)),
         MoneyWords::tr("chronactl config set flare.host_usd_month says what the "
                        "machine costs")},
        {MoneyWords::tr("Net"), coins(base->net())}};
    if (const auto beyond = base->beyond())
        facts += Fact{MoneyWords::tr("Other protocols"), coins(*beyond),
                      MoneyWords::tr("What was paid or is open beyond the anchor feeds' part, as "
                                     "far as delegators have claimed theirs")};
    if (const auto even = workspace::breakEvenVotePower(*base, economics))
        facts += Fact{MoneyWords::tr("Breaks even at"),
                      MoneyWords::tr("a vote power of %1").arg(coins(*even))};
    column.addFacts(facts);
    column.addSection(MoneyWords::tr("Net of that epoch if"));
    QList<Fact> scenarios;
    for (const workspace::ProviderScenario &each : workspace::providerScenarios()) {
        const auto outcome = workspace::outcomeOf(each, *base, prices);
        scenarios += Fact{nameOfScenario(each.key),
                          outcome.netUsd
                              ? u"%1 · %2"_s.arg(coins(outcome.net()), dollars(*outcome.netUsd, 2))
                              : coins(outcome.net())};
    }
    column.addFacts(scenarios);
}

void addTrend(FactColumn &column, std::span<const ipc::FtsoProviderEpoch> history)
{
    if (history.size() < 2)
        return;
    const ipc::FtsoProviderEpoch &now = history[0], &before = history[1];
    const auto change = [&](auto part, auto whole) {
        return MoneyWords::tr("%1 %, %2 points")
            .arg(QLocale().toString(shareOfHundred(now.*part, now.*whole), 'f', 1),
                 points(shareOfHundred(now.*part, now.*whole) -
                        shareOfHundred(before.*part, before.*whole)));
    };
    using Epoch = ipc::FtsoProviderEpoch;
    QList<Fact> facts{{MoneyWords::tr("Revealed"), change(&Epoch::reveals, &Epoch::rounds)},
                      {MoneyWords::tr("In the quartiles"), change(&Epoch::primary, &Epoch::feeds)},
                      {MoneyWords::tr("In the band"), change(&Epoch::secondary, &Epoch::feeds)}};
    const auto percentile = percentileOf(now), percentileBefore = percentileOf(before);
    if (percentile && percentileBefore)
        facts +=
            Fact{MoneyWords::tr("Percentile"), MoneyWords::tr("%1, %2 points")
                                                   .arg(*percentile)
                                                   .arg(points(*percentile - *percentileBefore))};
    facts += Fact{MoneyWords::tr("Signing weight"),
                  MoneyWords::tr("%1, %2 points")
                      .arg(percentText(now.share), points(100 * (now.share - before.share)))};
    column.addSection(
        MoneyWords::tr("Reward epoch %1 beside %2").arg(now.rewardEpoch).arg(before.rewardEpoch));
    column.addFacts(facts);
}

std::string economicsCsv(const ipc::FtsoEconomicsReply &economics)
{
    const auto prices = pricesOf(economics);
    return workspace::providerCsv(workspace::providerAccounts(economics, prices), economics,
                                  prices);
}

} // namespace chrona::ui
