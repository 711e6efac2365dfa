// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/buckets.h"

#include <QTest>

using namespace chrona;
using namespace chrona::features;
using namespace std::chrono;

namespace {

Date on(int y, unsigned m, unsigned d)
{
    return sys_days(year(y) / month(m) / std::chrono::day(d));
}

Instant at(std::string_view text)
{
    return parseInstant(text).value();
}

} // namespace

class TestFeatureBuckets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void daysEndAtTheDecisionAndHolidaysBelongToTheNextSession()
    {
        // Thursday 3 July 2025 is a half day, Friday a holiday.
        const auto buckets = Buckets::daily({}, on(2025, 7, 2), on(2025, 7, 9));
        QVERIFY(buckets);
        QCOMPARE(buckets->count(), std::size_t{4}); // 2, 3, 7, 8 July
        QVERIFY(buckets->begin(0) == at("2025-07-01T21:00:00Z"));
        QVERIFY(buckets->end(2) == at("2025-07-07T21:00:00Z"));
        QCOMPARE(*buckets->indexOf(at("2025-07-03T21:00:00Z")), std::size_t{1});
        QCOMPARE(*buckets->indexOf(at("2025-07-03T21:00:01Z")), std::size_t{2});
        QCOMPARE(*buckets->indexOf(at("2025-07-05T12:00:00Z")), std::size_t{2});
        QVERIFY(!buckets->indexOf(at("2025-07-01T21:00:00Z")));
        QVERIFY(!buckets->indexOf(at("2025-07-08T21:00:01Z")));
        QVERIFY(buckets->label(2) == at("2025-07-03T00:00:00Z"));
    }

    void halfDaysDecideEarlierWhereTheCloseRules()
    {
        const DecisionClock clock{schema::Calendar::NewYork, DecisionClock::Rule::AfterClose,
                                  minutes(15)};
        const auto decisions = decisionsBetween(clock, on(2025, 7, 2), on(2025, 7, 4));
        QVERIFY(decisions);
        QVERIFY(decisions->at(0).at == at("2025-07-02T20:15:00Z"));
        QVERIFY(decisions->at(1).at == at("2025-07-03T17:15:00Z"));
    }

    void hoursAreHours()
    {
        const auto buckets = Buckets::hourly(on(2024, 1, 1), on(2024, 1, 3));
        QVERIFY(buckets);
        QCOMPARE(buckets->count(), std::size_t{48});
        QVERIFY(buckets->label(5) == at("2024-01-01T05:00:00Z"));
        QCOMPARE(*buckets->indexOf(at("2024-01-01T05:30:00Z")), std::size_t{5});
    }

    void impossibleSpansAreRefused()
    {
        QVERIFY(!Buckets::hourly(on(2024, 1, 3), on(2024, 1, 1)));
        QVERIFY(!Buckets::hourly(on(1000, 1, 1), on(1900, 1, 1)));
        QVERIFY(!Buckets::hourly(on(2024, 1, 1), on(2024, 1, 1)));
        QVERIFY(!Buckets::daily({}, on(2024, 1, 6), on(2024, 1, 8))); // a weekend
        DecisionClock clock;
        clock.offset = hours(30);
        QVERIFY(!decisionsBetween(clock, on(2024, 1, 1), on(2024, 2, 1)));
    }
};

QTEST_GUILESS_MAIN(TestFeatureBuckets)
#include "tst_feature_buckets.moc"
