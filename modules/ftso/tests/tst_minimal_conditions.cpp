// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/minimal_conditions.h"

#include <QTest>

using namespace chrona::ftso;

Q_DECLARE_METATYPE(chrona::ftso::EpochParticipation)
Q_DECLARE_METATYPE(chrona::ftso::MinimalConditions)

class TestMinimalConditions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBordersCount_data();
    void theBordersCount();
    void passesAreEarnedAndLost_data();
    void passesAreEarnedAndLost();
};

void TestMinimalConditions::theBordersCount_data()
{
    QTest::addColumn<EpochParticipation>("epoch");
    QTest::addColumn<MinimalConditions>("met");
    const EpochParticipation all{1'000, 800, 1'000, 600, 10'000, 160, 0.02};
    const MinimalConditions everything{true, true, true};
    const auto but = [&all](auto field, auto value) {
        EpochParticipation epoch = all;
        epoch.*field = value;
        return epoch;
    };
    using Epoch = EpochParticipation;
    QTest::newRow("each just met") << all << everything;
    QTest::newRow("one value less near the median")
        << but(&Epoch::near, 799) << MinimalConditions{false, true, true};
    QTest::newRow("one round less of the data connector")
        << but(&Epoch::connectorRewarded, 599) << MinimalConditions{true, false, true};
    QTest::newRow("one fast update less")
        << but(&Epoch::updates, 159) << MinimalConditions{true, true, false};
    EpochParticipation small = but(&Epoch::updates, 0);
    small.weightShare = 0.0019;
    QTest::newRow("below 0.2 % of the weight none are expected") << small << everything;
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
    QTest::newRow("all met: one more") << 1 << 0 << 2 << false;
    QTest::newRow("never more than three") << 3 << 0 << 3 << false;
    QTest::newRow("one failed") << 2 << 1 << 1 << false;
    QTest::newRow("down to none") << 2 << 2 << 0 << false;
    QTest::newRow("below none: all is burnt") << 1 << 2 << 0 << true;
    QTest::newRow("without passes") << 0 << 1 << 0 << true;
}

void TestMinimalConditions::passesAreEarnedAndLost()
{
    QFETCH(const int, before);
    QFETCH(const int, failed);
    QFETCH(const int, after);
    QFETCH(const bool, burnt);
    const MinimalConditions met{failed < 1, failed < 2, failed < 3};
    QVERIFY((passesAfter(before, met) == Passes{after, burnt}));
}

QTEST_GUILESS_MAIN(TestMinimalConditions)
#include "tst_minimal_conditions.moc"
