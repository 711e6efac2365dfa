// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/provider_economics.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::workspace;

/// A provider's income beside its costs.
class TestProviderEconomics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEpochIsCounted();
    void withoutAPriceNothingIsInDollars();
    void whatIsBeyondTheAnchorFeedsIsTold();
    void breaksEvenWhereTheFeePaysTheCosts();
    void scenariosChangeWhatTheySay();
    void theTableHasALineAnEpoch();

private:
    static ipc::FtsoEconomicsReply economics()
    {
        ipc::FtsoEconomicsReply reply;
        reply.coin = "FLR";
        reply.epochDays = 3.5;
        reply.coinUsd = 0.02;
        reply.hostUsdPerMonth = 60.875; // seven dollars in 3.5 days
        reply.votePower = "1000000000000000000000000";
        reply.feeBips = 2'000;
        reply.epochs = {{.rewardEpoch = 11,
                         .predicted = "0",
                         .predictedSigning = "0",
                         .claimed = "0",
                         .open = "0",
                         .fees = "0",
                         .feeMedian = "0"},
                        {.rewardEpoch = 10,
                         .rounds = 3'360,
                         .predictedRounds = 3'360,
                         .predicted = "4000000000000000000000",
                         .predictedSigning = "1000000000000000000000",
                         .claimed = "2000000000000000000000",
                         .open = "6000000000000000000000",
                         .transactions = 10'080,
                         .fees = "50000000000000000000",
                         .feeMedian = "4000000000000000"}};
        return reply;
    }
    static ProviderPrices prices() { return {economics().coinUsd, economics().hostUsdPerMonth}; }
};

void TestProviderEconomics::anEpochIsCounted()
{
    const auto accounts = providerAccounts(economics(), prices());
    QCOMPARE(accounts.size(), std::size_t{2});
    const ProviderAccount *whole = lastWhole(accounts);
    QVERIFY(whole != nullptr && whole->epoch == 10); // the newest one runs
    QCOMPARE(whole->predicted, 5'000.0);
    QCOMPARE(whole->expected, 1'000.0);
    QVERIFY(std::abs(whole->host - 350) < 1e-6);
    QVERIFY(std::abs(whole->net() - (1'000 - 50 - 350)) < 1e-6);
    QVERIFY(std::abs(*feeUsd(*whole, prices()) - 0.004 * 0.02) < 1e-12);
    QVERIFY(lastWhole({}) == nullptr);
}

void TestProviderEconomics::withoutAPriceNothingIsInDollars()
{
    const auto accounts = providerAccounts(economics(), {{}, 100});
    QCOMPARE(accounts[1].host, 0.0);
    QVERIFY(!feeUsd(accounts[1], {{}, 100}));
    QVERIFY(!outcomeOf(providerScenarios().front(), accounts[1], {{}, 100}).netUsd);
}

void TestProviderEconomics::whatIsBeyondTheAnchorFeedsIsTold()
{
    const auto accounts = providerAccounts(economics(), prices());
    QCOMPARE(accounts[1].beyond(), std::optional(3'000.0));
    QVERIFY(!accounts[0].beyond()); // nothing to claim yet
    ProviderAccount poor = accounts[1];
    poor.open = 0;
    QCOMPARE(poor.beyond(), std::optional(0.0)); // delegators have not claimed theirs
}

void TestProviderEconomics::breaksEvenWhereTheFeePaysTheCosts()
{
    const auto accounts = providerAccounts(economics(), prices());
    const auto even = breakEvenVotePower(accounts[1], economics());
    QVERIFY(even && std::abs(*even - 400'000) < 1e-3); // costs of 400 of a fee of 1,000
    QVERIFY(!breakEvenVotePower(accounts[0], economics()));
}

void TestProviderEconomics::scenariosChangeWhatTheySay()
{
    const auto accounts = providerAccounts(economics(), prices());
    std::map<std::string_view, double> net;
    for (const ProviderScenario &each : providerScenarios())
        net[each.key] = *outcomeOf(each, accounts[1], prices()).netUsd;
    const auto is = [&](const char *key, double usd) { return std::abs(net.at(key) - usd) < 1e-6; };
    QVERIFY(is("as_it_is", 12));
    QVERIFY(is("half_delegation", 2));
    QVERIFY(is("twice_delegation", 32));
    QVERIFY(is("gas_twenty_times", -7));
    QVERIFY(is("coin_half", 9.5 - 7)); // the machine costs as many dollars as before
    QVERIFY(is("coin_twice", 38 - 7));
}

void TestProviderEconomics::theTableHasALineAnEpoch()
{
    const auto accounts = providerAccounts(economics(), prices());
    const QString csv = QString::fromStdString(providerCsv(accounts, economics(), prices()));
    const QStringList lines = csv.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    for (const QString &line : lines)
        QCOMPARE(line.count(QLatin1Char(',')), lines.front().count(QLatin1Char(',')));
    QVERIFY(lines[2].startsWith(QStringLiteral("10,3360,3360,5000,1000,2000,6000,3000,10080,")));
}

QTEST_GUILESS_MAIN(TestProviderEconomics)
#include "tst_provider_economics.moc"
