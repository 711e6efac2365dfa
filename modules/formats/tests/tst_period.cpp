// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/period.h"
#include "chrona/formats/wall_clock.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;

/// Periods and local times as statistics offices write them.
class TestPeriod : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void periods_data();
    void periods();
    void numbers_data();
    void numbers();
    void wallTimes_data();
    void wallTimes();
};

namespace {

std::string shown(const Period &period)
{
    return formatInstant(period.from) + " " + formatInstant(period.until) + " " +
           std::string(toString(period.frequency));
}

} // namespace

void TestPeriod::periods_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto row = [](const char *what, const char *text, const char *expected) {
        QTest::newRow(what) << text << expected;
    };
    row("a year", "2019", "2019-01-01T00:00:00Z 2020-01-01T00:00:00Z year");
    row("a year of the reporting kind", "2019-A1",
        "2019-01-01T00:00:00Z 2020-01-01T00:00:00Z year");
    row("a quarter", "2019-Q4", "2019-10-01T00:00:00Z 2020-01-01T00:00:00Z quarter");
    row("a quarter without hyphen", "2026Q2", "2026-04-01T00:00:00Z 2026-07-01T00:00:00Z quarter");
    row("a month", "2019-01", "2019-01-01T00:00:00Z 2019-02-01T00:00:00Z month");
    row("a month with its letter", "2026M07", "2026-07-01T00:00:00Z 2026-08-01T00:00:00Z month");
    row("a week of a year that begins on a Tuesday", "2019-W05",
        "2019-01-28T00:00:00Z 2019-02-04T00:00:00Z week");
    row("the 53rd week of a long year", "2020-W53",
        "2020-12-28T00:00:00Z 2021-01-04T00:00:00Z week");
    row("half a year", "2019-S2", "2019-07-01T00:00:00Z 2020-01-01T00:00:00Z irregular");
    row("four months", "2019-T3", "2019-09-01T00:00:00Z 2020-01-01T00:00:00Z irregular");
    row("a day", "2020-02-29", "2020-02-29T00:00:00Z 2020-03-01T00:00:00Z day");
    row("a day of the year", "2020-D060", "2020-02-29T00:00:00Z 2020-03-01T00:00:00Z day");
    row("an hour", "2026-01-05T13", "2026-01-05T13:00:00Z 2026-01-05T14:00:00Z hour");
    row("a moment", "2026-01-05T13:30:00Z", "2026-01-05T13:30:00Z 2026-01-05T13:30:00Z tick");
    row("the year 0", "0000", "");
    row("a year of five digits", "12019", "");
    row("the 53rd week of a short year", "2019-W53", "");
    row("the 13th month", "2019-13", "");
    row("the fifth quarter", "2019-Q5", "");
    row("the third half", "2019-S3", "");
    row("a day that is not", "2019-02-29", "");
    row("the 366th day of 365", "2019-D366", "");
    row("a letter of no meaning", "2019-X1", "");
    row("nothing", "", "");
    row("words", "January 2019", "");
    row("something behind it", "2019-01 ", "");
}

void TestPeriod::periods()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto period = parsePeriod(text.toStdString());
    QCOMPARE(period ? QString::fromStdString(shown(*period)) : QString(), expected);
}

void TestPeriod::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("expected"); // NaN: refused
    QTest::newRow("a decimal") << "31.10" << 31.1;
    QTest::newRow("negative") << "-0.585" << -.585;
    QTest::newRow("with a plus") << "+3" << 3.;
    QTest::newRow("with an exponent") << "1.5E3" << 1500.;
    QTest::newRow("not a number") << "NaN" << qQNaN();
    QTest::newRow("infinite") << "-inf" << qQNaN();
    QTest::newRow("beyond a double") << "1e999" << qQNaN();
    QTest::newRow("beyond sense") << "1e31" << qQNaN();
    QTest::newRow("two signs") << "+-3" << qQNaN();
    QTest::newRow("hexadecimal") << "0x1f" << qQNaN();
    QTest::newRow("a comma") << "1,5" << qQNaN();
    QTest::newRow("blanks") << " 1" << qQNaN();
    QTest::newRow("nothing") << "" << qQNaN();
}

void TestPeriod::numbers()
{
    QFETCH(QString, text);
    QFETCH(double, expected);
    const auto number = parseNumber(text.toStdString());
    QCOMPARE(number.value_or(qQNaN()), expected);
}

void TestPeriod::wallTimes_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto row = [](const char *what, const char *zone, const char *time,
                        const char *expected) { QTest::newRow(what) << zone << time << expected; };
    row("summer in New York", "US-Eastern", "2026-10-14T08:30", "2026-10-14T12:30:00Z");
    row("winter in New York", "Eastern Standard Time", "2026-11-04 10:00", "2026-11-04T15:00:00Z");
    row("the hour that spring leaves out", "America/New_York", "2026-03-08T02:30:00",
        "2026-03-08T07:30:00Z");
    row("autumn's doubled hour is the first one", "America/New_York", "2026-11-01T01:30:00",
        "2026-11-01T05:30:00Z");
    row("midnight in Chicago on the day of the change", "America/Chicago", "2026-03-08",
        "2026-03-08T06:00:00Z");
    row("Chicago changes an hour after New York", "America/Chicago", "2026-03-08T01:59",
        "2026-03-08T07:59:00Z");
    row("summer in Frankfurt", "Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z");
    row("winter in Frankfurt", "CET", "2026-03-29T01:59", "2026-03-29T00:59:00Z");
    row("an abbreviation means what it says", "EST", "2026-07-01T12:00", "2026-07-01T17:00:00Z");
    row("an unknown zone", "Mars/Olympus", "2026-07-01T12:00", "");
    row("an offset is no wall clock", "CET", "2026-07-01T12:00+02:00", "");
    row("no time", "CET", "noon", "");
}

void TestPeriod::wallTimes()
{
    QFETCH(QString, zone);
    QFETCH(QString, time);
    QFETCH(QString, expected);
    const auto found = zoneFrom(zone.toStdString());
    const auto read = parseWallTime(time.toStdString());
    const std::string instant =
        found && read ? formatInstant(instantFrom(*found, *read)) : std::string();
    QCOMPARE(QString::fromStdString(instant), expected);
}

QTEST_APPLESS_MAIN(TestPeriod)
#include "tst_period.moc"
