// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/minimal_conditions.h"

#include <QTest>

using namespace chrona::ftso;

Q_DECLARE_METATYPE(chrona::ftso::EpochParticipation)
Q_DECLARE_METATYPE(chrona::ftso::MinimalConditions)
Q_DECLARE_METATYPE(chrona::ftso::Staking)

class TestMinimalConditions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBordersCount_data();
    void theBordersCount();
    void passesAreEarnedAndLost_data();
    void passesAreEarnedAndLost();
    void validatorsAreJudged_data();
    void validatorsAreJudged();
};

void TestMinimalConditions::theBordersCount_data()
{
    QTest::addColumn<EpochParticipation>("epoch");
    QTest::addColumn<MinimalConditions>("met");
    const EpochParticipation all{1'000, 800, 1'000, 600, 10'000, 160, 1'000, 50'000};
    const MinimalConditions everything{true, true, true, Staking::NotAsked};
    const auto but = [&all](auto field, auto value) {
        EpochParticipation epoch = all;
        epoch.*field = value;
        return epoch;
    };
    using Epoch = EpochParticipation;
    QTest::newRow("each just met") << all << everything;
    QTest::newRow("one value less near the median")
        << but(&Epoch::near, 799) << MinimalConditions{false, true, true, Staking::NotAsked};
    QTest::newRow("one round less of the data connector")
        << but(&Epoch::connectorRewarded, 599)
        << MinimalConditions{true, false, true, Staking::NotAsked};
    QTest::newRow("one fast update less")
        << but(&Epoch::updates, 159) << MinimalConditions{true, true, false, Staking::NotAsked};
    EpochParticipation small = but(&Epoch::updates, 0);
    small.signingWeight = 99;
    QTest::newRow("below 0.2 % of the weight none are expected") << small << everything;
    small.signingWeight = 100;
    QTest::newRow("at 0.2 % they are")
        << small << MinimalConditions{true, true, false, Staking::NotAsked};
    // 0.8 · 1,626 / 65,498 is 19,860.15 millionths, which would want 5,232 of these updates.
    const EpochParticipation cut{1, 1, 1, 1, 263'393, 5'231, 1'626, 65'498};
    QTest::newRow("parts of a millionth are cut off") << cut << everything;
    QTest::newRow("what nobody could do is done") << EpochParticipation{} << everything;
}

void TestMinimalConditions::theBordersCount()
{
    QFETCH(const EpochParticipation, epoch);
    QFETCH(const MinimalConditions, met);
    QVERIFY(minimalConditions(epoch) == met);
}

void TestMinimalConditions::passesAreEarnedAndLost_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("failed");
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("burnt");
    QTest::addColumn<Staking>("staking");
    QTest::newRow("all met: one more") << 1 << 0 << 2 << false << Staking::Met;
    QTest::newRow("never more than three") << 3 << 0 << 3 << false << Staking::Met;
    QTest::newRow("one failed") << 2 << 1 << 1 << false << Staking::Met;
    QTest::newRow("down to none") << 2 << 2 << 0 << false << Staking::Met;
    QTest::newRow("below none: all is burnt") << 1 << 2 << 0 << true << Staking::Met;
    QTest::newRow("without passes") << 0 << 1 << 0 << true << Staking::Met;
    QTest::newRow("too small a validator: as it was") << 1 << 0 << 1 << false << Staking::Kept;
    QTest::newRow("an absent validator") << 2 << 0 << 1 << false << Staking::Failed;
    QTest::newRow("it and another") << 1 << 1 << 0 << true << Staking::Failed;
    QTest::newRow("one that is not known: at least") << 2 << 0 << 1 << false << Staking::Unknown;
}

void TestMinimalConditions::passesAreEarnedAndLost()
{
    QFETCH(const int, before);
    QFETCH(const int, failed);
    QFETCH(const int, after);
    QFETCH(const bool, burnt);
    QFETCH(const Staking, staking);
    const MinimalConditions met{failed < 1, failed < 2, failed < 3, staking};
    QVERIFY((passesAfter(before, met) == Passes{after, burnt}));
}

void TestMinimalConditions::validatorsAreJudged_data()
{
    QTest::addColumn<QList<qint64>>(
        "figures"); // self-bond, stake, looks, connected; each validator
    QTest::addColumn<Staking>("staking");
    using L = QList<qint64>;
    QTest::newRow("none") << L{} << Staking::Failed;
    QTest::newRow("not looked at") << L{5, 20, 0, 0} << Staking::Unknown;
    QTest::newRow("one of two not looked at") << L{5, 20, 10, 10, 5, 20, 0, 0} << Staking::Unknown;
    QTest::newRow("just met") << L{3, 15, 10, 8} << Staking::Met;
    QTest::newRow("together") << L{1, 8, 10, 10, 2, 7, 5, 5} << Staking::Met;
    QTest::newRow("seldom there") << L{3, 15, 1'000, 799} << Staking::Failed;
    QTest::newRow("four fifths of the stake there")
        << L{3, 16, 10, 10, 3, 4, 10, 0} << Staking::Met;
    QTest::newRow("less than four fifths of the stake there")
        << L{3, 15, 10, 10, 3, 4, 10, 0} << Staking::Failed;
    QTest::newRow("too little of its own for passes") << L{2, 90, 10, 10} << Staking::Kept;
    QTest::newRow("too little stake for passes") << L{3, 14, 10, 10} << Staking::Kept;
    QTest::newRow("too little of its own") << L{0, 90, 10, 10} << Staking::Failed;
    QTest::newRow("no longer a validator") << L{0, 0, 10, 0} << Staking::Failed;
}

void TestMinimalConditions::validatorsAreJudged()
{
    QFETCH(const QList<qint64>, figures);
    QFETCH(const Staking, staking);
    const auto million = [](qint64 count) {
        using chrona::ethereum::Uint256;
        return Uint256(static_cast<std::uint64_t>(count) * 1'000'000) *
               Uint256(1'000'000'000'000'000'000);
    };
    std::vector<ValidatorSeen> validators;
    for (qsizetype i = 0; i < figures.size(); i += 4)
        validators.push_back(
            {million(figures[i]), million(figures[i + 1]), figures[i + 2], figures[i + 3]});
    QCOMPARE(stakingOf(validators), staking);
}

QTEST_GUILESS_MAIN(TestMinimalConditions)
#include "tst_minimal_conditions.moc"
