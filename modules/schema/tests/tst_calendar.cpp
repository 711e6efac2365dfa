// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/calendar.h"

#include <QFile>
#include <QTest>
#include <zlib.h>

#include <set>

using namespace chrona;
using namespace chrona::schema;

class TestCalendar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void easter_data();
    void easter();
    void newYorkDay_data();
    void newYorkDay();
    void session_data();
    void session();
    void ordinarySessionIsThereOnHolidays();
    void alwaysOpen();
    void neighbours();
    void yearsHaveTheirSessions_data();
    void yearsHaveTheirSessions();
    void twentyYearsOfRealTradingDays();
};

namespace {

Date day(const QByteArray &text)
{
    return *parseDate(text.toStdString());
}

QByteArray text(Instant instant)
{
    return QByteArray::fromStdString(formatInstant(instant));
}

QByteArray unzipped(const QString &path)
{
    QByteArray bytes;
    gzFile file = gzopen(QFile::encodeName(path).constData(), "rb");
    if (file == nullptr)
        return bytes;
    char buffer[65'536];
    for (int count; (count = gzread(file, buffer, sizeof buffer)) > 0;)
        bytes.append(buffer, count);
    gzclose(file);
    return bytes;
}

} // namespace

void TestCalendar::easter_data()
{
    QTest::addColumn<QByteArray>("expected");
    for (const char *sunday : {"1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21",
                               "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"})
        QTest::newRow(sunday) << QByteArray(sunday);
}

void TestCalendar::easter()
{
    QFETCH(QByteArray, expected);
    const Date date = day(expected);
    QVERIFY(easterSunday(std::chrono::year_month_day(date).year()) == date);
}

void TestCalendar::newYorkDay_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("closure"); // empty: trading
    const auto row = [](const char *name, const char *date, const char *closure) {
        QTest::newRow(name) << QByteArray(date) << QByteArray(closure);
    };
    row("an ordinary Friday", "2026-11-20", "");
    row("a Saturday", "2026-11-21", "weekend");
    row("New Year's Day on a Sunday moves to Monday", "2023-01-02", "New Year's Day");
    row("New Year's Day on a Saturday costs no Friday", "2021-12-31", "");
    row("nor did it in 2010", "2010-12-31", "");
    row("Martin Luther King's day came in 1998", "1998-01-19", "Martin Luther King Jr. Day");
    row("and was not kept before", "1997-01-20", "");
    row("Washington's birthday", "2026-02-16", "Washington's Birthday");
    row("Good Friday", "2026-04-03", "Good Friday");
    row("Easter Monday is a trading day", "2026-04-06", "");
    row("Memorial Day is the last Monday", "2027-05-31", "Memorial Day");
    row("Juneteenth on a Sunday, kept on Monday", "2022-06-20", "Juneteenth");
    row("Juneteenth was not kept in 2021", "2021-06-18", "");
    row("Juneteenth on a Saturday, kept on Friday", "2027-06-18", "Juneteenth");
    row("4 July on a Saturday, kept on Friday", "2026-07-03", "Independence Day");
    row("4 July on a Sunday, kept on Monday", "2021-07-05", "Independence Day");
    row("Labor Day", "2026-09-07", "Labor Day");
    row("Columbus Day is a trading day", "2026-10-12", "");
    row("Thanksgiving", "2026-11-26", "Thanksgiving Day");
    row("Christmas on a Saturday, kept on Friday", "2021-12-24", "Christmas Day");
    row("Christmas on a Sunday, kept on Monday", "2022-12-26", "Christmas Day");
    row("September 2001, Tuesday", "2001-09-11", "attacks of 11 September");
    row("September 2001, Friday", "2001-09-14", "attacks of 11 September");
    row("September 2001, Monday after", "2001-09-17", "");
    row("Reagan", "2004-06-11", "funeral of President Reagan");
    row("Ford", "2007-01-02", "mourning for President Ford");
    row("Sandy, second day", "2012-10-30", "Hurricane Sandy");
    row("Sandy, third day", "2012-10-31", "");
    row("Bush", "2018-12-05", "mourning for President G. H. W. Bush");
    row("Carter", "2025-01-09", "mourning for President Carter");
}

void TestCalendar::newYorkDay()
{
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, closure);
    QCOMPARE(QByteArray::fromStdString(std::string(closureOn(Calendar::NewYork, day(date)))),
             closure);
    QCOMPARE(sessionOn(Calendar::NewYork, day(date)).has_value(), closure.isEmpty());
}

void TestCalendar::session_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("opens");
    QTest::addColumn<QByteArray>("closes");
    const auto row = [](const char *name, const char *date, const char *opens, const char *closes) {
        QTest::newRow(name) << QByteArray(date) << QByteArray(date) + 'T' + opens + ":00Z"
                            << QByteArray(date) + 'T' + closes + ":00Z";
    };
    row("winter", "2026-01-05", "14:30", "21:00");
    row("summer", "2026-07-06", "13:30", "20:00");
    row("Friday before clocks go forward", "2026-03-06", "14:30", "21:00");
    row("Monday after clocks went forward", "2026-03-09", "13:30", "20:00");
    row("Friday before clocks go back", "2026-10-30", "13:30", "20:00");
    row("Monday after clocks went back", "2026-11-02", "14:30", "21:00");
    row("in 2006 summer began in April", "2006-03-31", "14:30", "21:00");
    row("and had begun on the third", "2006-04-03", "13:30", "20:00");
    row("and ended in October", "2006-10-30", "14:30", "21:00");
    row("in 1986 it began at the end of April", "1986-04-25", "14:30", "21:00");
    row("the day after Thanksgiving", "2026-11-27", "14:30", "18:00");
    row("Christmas Eve", "2026-12-24", "14:30", "18:00");
    row("3 July on a Monday", "2023-07-03", "13:30", "17:00");
    row("3 July on a Wednesday since 2013", "2024-07-03", "13:30", "17:00");
    row("3 July on a Wednesday before 2013", "2002-07-03", "13:30", "20:00");
    row("5 July on a Friday before 2013", "2002-07-05", "13:30", "17:00");
    row("5 July on a Friday since 2013", "2013-07-05", "13:30", "20:00");
    row("2 July is a full day", "2026-07-02", "13:30", "20:00");
    row("the day after Christmas 2003", "2003-12-26", "14:30", "18:00");
    row("New Year's Eve is a full day", "2024-12-31", "14:30", "21:00");
}

void TestCalendar::session()
{
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, opens);
    QFETCH(QByteArray, closes);
    const auto found = sessionOn(Calendar::NewYork, day(date));
    QVERIFY(found.has_value());
    QCOMPARE(text(found->opensAt), opens);
    QCOMPARE(text(found->closesAt), closes);
    const auto hours = found->closesAt - found->opensAt;
    QCOMPARE(found->length == SessionLength::Half, hours < std::chrono::hours(4));
}

void TestCalendar::ordinarySessionIsThereOnHolidays()
{
    QCOMPARE(text(ordinarySessionOn(Calendar::NewYork, day("2026-12-25")).closesAt),
             QByteArray("2026-12-25T21:00:00Z"));
    QCOMPARE(text(ordinarySessionOn(Calendar::NewYork, day("2026-12-24")).closesAt),
             QByteArray("2026-12-24T18:00:00Z"));
}

void TestCalendar::alwaysOpen()
{
    QVERIFY(calendarFrom("24x7") == Calendar::AlwaysOpen);
    QVERIFY(calendarFrom("XNYS") == Calendar::NewYork);
    QVERIFY(!calendarFrom("XLON"));
    const auto sunday = sessionOn(Calendar::AlwaysOpen, day("2026-11-22"));
    QVERIFY(sunday.has_value());
    QCOMPARE(text(sunday->closesAt), QByteArray("2026-11-23T00:00:00Z"));
    QCOMPARE(sessionCount(Calendar::AlwaysOpen, day("2026-01-01"), day("2027-01-01")),
             std::size_t(365));
}

void TestCalendar::neighbours()
{
    QVERIFY(sessionAfter(Calendar::NewYork, day("2001-09-10")).day == day("2001-09-17"));
    QVERIFY(sessionBefore(Calendar::NewYork, day("2001-09-17")).day == day("2001-09-10"));
    const auto week = sessionsBetween(Calendar::NewYork, day("2026-11-23"), day("2026-11-30"));
    QCOMPARE(week.size(), std::size_t(4));
    QVERIFY(week.back().length == SessionLength::Half);
}

void TestCalendar::yearsHaveTheirSessions_data()
{
    QTest::addColumn<int>("year");
    QTest::addColumn<int>("sessions");
    QTest::newRow("2001") << 2001 << 248;
    QTest::newRow("2012") << 2012 << 250;
    QTest::newRow("2020") << 2020 << 253;
    QTest::newRow("2021") << 2021 << 252;
    QTest::newRow("2022") << 2022 << 251;
    QTest::newRow("2023") << 2023 << 250;
    QTest::newRow("2024") << 2024 << 252;
    QTest::newRow("2025") << 2025 << 250;
}

void TestCalendar::yearsHaveTheirSessions()
{
    QFETCH(int, year);
    QFETCH(int, sessions);
    using namespace std::chrono;
    QCOMPARE(int(sessionCount(Calendar::NewYork, sys_days(std::chrono::year(year) / 1 / 1),
                              sys_days(std::chrono::year(year + 1) / 1 / 1))),
             sessions);
}

/// The days on which the S&P 500 was quoted from 2000 to 2019 are exactly the sessions.
void TestCalendar::twentyYearsOfRealTradingDays()
{
    const QByteArray csv =
        unzipped(QStringLiteral(CHRONA_SHARED_DIR "/samples/history/ohlcv_daily.csv.gz"));
    QVERIFY2(!csv.isEmpty(), "the history samples are missing");
    std::set<Date> quoted;
    for (const QByteArray &line : csv.split('\n')) {
        if (line.startsWith("SPX,"))
            quoted.insert(day(line.mid(4, 10)));
    }
    std::set<Date> expected;
    for (const Session &one :
         sessionsBetween(Calendar::NewYork, day("2000-01-01"), day("2020-01-01")))
        expected.insert(one.day);
    QByteArrayList different;
    std::set<Date> difference;
    std::ranges::set_symmetric_difference(quoted, expected,
                                          std::inserter(difference, difference.end()));
    for (const Date one : difference)
        different << QByteArray::fromStdString(formatDate(one));
    QCOMPARE(different.join(' '), QByteArray());
}

QTEST_GUILESS_MAIN(TestCalendar)
#include "tst_calendar.moc"
