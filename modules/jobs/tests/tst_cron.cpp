// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/jobs/cron.h"

#include <QTest>

using namespace chrona;

class TestCron : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nextMomentFollowsTheRule_data();
    void nextMomentFollowsTheRule();
    void wrongRuleIsRefused_data();
    void wrongRuleIsRefused();
    void ruleThatNeverMatchesIsTold();
};

void TestCron::nextMomentFollowsTheRule_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("next");
    const auto row = [](const char *name, const char *rule, const char *after, const char *next) {
        QTest::newRow(name) << QByteArray(rule) << QByteArray(after) << QByteArray(next);
    };
    row("every minute", "* * * * *", "2026-11-21T08:00:30Z", "2026-11-21T08:01:00Z");
    row("the same minute does not count", "0 8 * * *", "2026-11-21T08:00:00Z",
        "2026-11-22T08:00:00Z");
    row("a quarter of an hour", "*/15 * * * *", "2026-11-21T08:50:00Z", "2026-11-21T09:00:00Z");
    row("a range with a step", "10-50/20 * * * *", "2026-11-21T08:30:00Z", "2026-11-21T08:50:00Z");
    row("from a number on by steps", "5/20 * * * *", "2026-11-21T08:26:00Z",
        "2026-11-21T08:45:00Z");
    row("a list of hours", "30 6,18 * * *", "2026-11-21T08:00:00Z", "2026-11-21T18:30:00Z");
    row("weekdays", "0 6 * * 1-5", "2026-11-21T08:00:00Z", "2026-11-23T06:00:00Z");
    row("Sunday is 7 too", "0 0 * * 7", "2026-11-21T08:00:00Z", "2026-11-22T00:00:00Z");
    row("over the end of the year", "0 0 1 1 *", "2026-11-21T08:00:00Z", "2027-01-01T00:00:00Z");
    row("29 February", "0 0 29 2 *", "2026-11-21T08:00:00Z", "2028-02-29T00:00:00Z");
    row("29 February over 2100", "0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z");
    row("either day field", "0 0 13 * 5", "2026-11-21T08:00:00Z", "2026-11-27T00:00:00Z");
}

void TestCron::nextMomentFollowsTheRule()
{
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, after);
    const auto parsed = jobs::CronRule::parse(rule.toStdString());
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().what.c_str());
    const auto next = parsed->nextAfter(*parseInstant(after.toStdString()));
    QVERIFY(next.has_value());
    QTEST(QByteArray::fromStdString(formatInstant(*next)), "next");
}

void TestCron::wrongRuleIsRefused_data()
{
    QTest::addColumn<QByteArray>("rule");
    for (const char *rule : {"* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                             "* * * 13 *", "* * * * 8", "5-3 * * * *", "*/0 * * * *", "a * * * *",
                             "1,,2 * * * *", "-1 * * * *", "9999999999 * * * *"})
        QTest::newRow(rule) << QByteArray(rule);
    QTest::newRow("nothing") << QByteArray();
}

void TestCron::wrongRuleIsRefused()
{
    QFETCH(QByteArray, rule);
    QVERIFY(!jobs::CronRule::parse(rule.toStdString()).has_value());
}

void TestCron::ruleThatNeverMatchesIsTold()
{
    const auto rule = jobs::CronRule::parse("0 0 30 2 *");
    QVERIFY(rule.has_value());
    QVERIFY(!rule->nextAfter(Instant{}).has_value());
}

QTEST_APPLESS_MAIN(TestCron)
#include "tst_cron.moc"
