// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/calendar_file.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;

class TestCalendarFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entriesAreRead();
    void times_data();
    void times();
    void rules_data();
    void rules();
    void newestVersionStands();
    void movedAndCancelledOccurrences();
    void faultsCostNoOther_data();
    void faultsCostNoOther();
    void refusals_data();
    void refusals();
};

namespace {

std::string calendarOf(const std::string &entries)
{
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + entries + "END:VCALENDAR\r\n";
}

std::string entryOf(const std::string &lines, const std::string &uid = "a@test")
{
    return "BEGIN:VEVENT\r\nUID:" + uid + "\r\n" + lines + "\r\nEND:VEVENT\r\n";
}

Result<CalendarFile> read(const std::string &text)
{
    return readCalendarFile(text, "America/New_York");
}

QString startsOf(const CalendarFile &file)
{
    QStringList starts;
    for (const CalendarEntry &entry : file.entries)
        starts += QString::fromStdString(formatInstant(entry.startsAt));
    return starts.join(u' ');
}

} // namespace

void TestCalendarFile::entriesAreRead()
{
    const auto file = read("\xEF\xBB\xBF"
                           "BEGIN:VCALENDAR\nX-WR-CALNAME:Releases\n"
                           "BEGIN:VEVENT\nUID:cpi@test\nDTSTAMP:20260901T120000Z\nSEQUENCE:2\n"
                           "DTSTART;TZID=\"US-Eastern\":20261014T083000\n"
                           "SUMMARY;LANGUAGE=en:Consumer Pri\n ce Index\\, September\n"
                           "DESCRIPTION:two\\nlines\\; one \\\\\nSTATUS:CANCELLED\n"
                           "BEGIN:VALARM\nDESCRIPTION:Soon\nEND:VALARM\nDURATION:PT1H30M\n"
                           "END:VEVENT\nEND:VCALENDAR");
    QVERIFY2(file.has_value(), file ? "" : file.error().what.c_str());
    QCOMPARE(file->name, std::string("Releases"));
    QCOMPARE(file->entries.size(), 1U);
    const CalendarEntry &entry = file->entries[0];
    QCOMPARE(entry.summary, std::string("Consumer Price Index, September"));
    QCOMPARE(entry.description, std::string("two\nlines; one \\"));
    QCOMPARE(formatInstant(entry.startsAt), std::string("2026-10-14T12:30:00Z"));
    QCOMPARE(formatInstant(entry.endsAt.value()), std::string("2026-10-14T14:00:00Z"));
    QCOMPARE(formatInstant(entry.stampedAt.value()), std::string("2026-09-01T12:00:00Z"));
    QCOMPARE(entry.sequence, 2);
    QVERIFY(entry.status == CalendarStatus::Cancelled);
}

void TestCalendarFile::times_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("expected");
    QTest::newRow("in UTC") << "DTSTART:20261029T123000Z" << "2026-10-29T12:30:00Z";
    QTest::newRow("floating: where the publisher is")
        << "DTSTART:20261104T100000" << "2026-11-04T15:00:00Z";
    QTest::newRow("in a zone of Windows")
        << "DTSTART;TZID=Eastern Standard Time:20261104T100000" << "2026-11-04T15:00:00Z";
    QTest::newRow("a day") << "DTSTART;VALUE=DATE:20261113" << "2026-11-13T00:00:00Z";
}

void TestCalendarFile::times()
{
    QFETCH(QString, line);
    QFETCH(QString, expected);
    const auto file = read(calendarOf(entryOf(line.toStdString())));
    QCOMPARE(startsOf(file.value()), expected);
}

void TestCalendarFile::rules_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *what, const char *lines, const char *expected) {
        QTest::newRow(what) << lines << expected;
    };
    row("weekly across the change of clocks stays at its hour",
        "DTSTART;TZID=US-Eastern:20261029T083000\r\nRRULE:FREQ=WEEKLY;COUNT=2",
        "2026-10-29T12:30:00Z 2026-11-05T13:30:00Z");
    row("days of the week until a day",
        "DTSTART:20261005T100000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261012T100000Z",
        "2026-10-05T10:00:00Z 2026-10-07T10:00:00Z 2026-10-12T10:00:00Z");
    row("the first Friday of each month",
        "DTSTART:20261002T123000Z\r\nRRULE:FREQ=MONTHLY;BYDAY=1FR;COUNT=3",
        "2026-10-02T12:30:00Z 2026-11-06T12:30:00Z 2026-12-04T12:30:00Z");
    row("the last day of every third month",
        "DTSTART;VALUE=DATE:20260331\r\nRRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;COUNT=2",
        "2026-03-31T00:00:00Z 2026-06-30T00:00:00Z");
    row("the 31st leaves out short months",
        "DTSTART;VALUE=DATE:20260131\r\nRRULE:FREQ=MONTHLY;COUNT=2",
        "2026-01-31T00:00:00Z 2026-03-31T00:00:00Z");
    row("yearly but for one",
        "DTSTART;VALUE=DATE:20260704\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEXDATE;VALUE=DATE:20270704",
        "2026-07-04T00:00:00Z 2028-07-04T00:00:00Z");
    row("a day that never comes costs no time",
        "DTSTART;VALUE=DATE:20260704\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "");
    row("a rule that is not followed leaves its first day",
        "DTSTART;VALUE=DATE:20260704\r\nRRULE:FREQ=HOURLY;COUNT=3", "2026-07-04T00:00:00Z");
}

void TestCalendarFile::rules()
{
    QFETCH(QString, lines);
    QFETCH(QString, expected);
    const auto file = read(calendarOf(entryOf(lines.toStdString())));
    QCOMPARE(startsOf(file.value()), expected);
}

void TestCalendarFile::newestVersionStands()
{
    const auto file = read(calendarOf(entryOf("SEQUENCE:1\r\nDTSTART:20261002T123000Z") +
                                      entryOf("SEQUENCE:3\r\nDTSTART:20261009T123000Z") +
                                      entryOf("SEQUENCE:2\r\nDTSTART:20261005T123000Z")));
    QCOMPARE(startsOf(file.value()), QStringLiteral("2026-10-09T12:30:00Z"));
}

void TestCalendarFile::movedAndCancelledOccurrences()
{
    const auto file = read(calendarOf(
        entryOf("DTSTART:20261005T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3") +
        entryOf("SEQUENCE:1\r\nRECURRENCE-ID:20261012T100000Z\r\nDTSTART:20261013T110000Z") +
        entryOf("SEQUENCE:1\r\nRECURRENCE-ID:20261019T100000Z\r\nDTSTART:20261019T100000Z\r\n"
                "STATUS:CANCELLED")));
    QCOMPARE(startsOf(file.value()),
             QStringLiteral("2026-10-05T10:00:00Z 2026-10-13T11:00:00Z 2026-10-19T10:00:00Z"));
    QVERIFY(file->entries[1].status == CalendarStatus::Confirmed);
    QVERIFY(file->entries[2].status == CalendarStatus::Cancelled);
}

void TestCalendarFile::faultsCostNoOther_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no start") << "SUMMARY:x" << "DTSTART is missing";
    QTest::newRow("an unknown zone") << "DTSTART;TZID=Mars:20261002T123000" << "Mars";
    QTest::newRow("a day that is not") << "DTSTART:20260230T123000Z" << "no time";
    QTest::newRow("the year 0") << "DTSTART;VALUE=DATE:00000101" << "no time";
    QTest::newRow("an end before its start")
        << "DTSTART:20261002T123000Z\r\nDTEND:20261001T123000Z" << "before DTSTART";
    QTest::newRow("a sequence without end")
        << "DTSTART:20261002T123000Z\r\nSEQUENCE:99999999999999999999" << "no count";
}

void TestCalendarFile::faultsCostNoOther()
{
    QFETCH(QString, lines);
    QFETCH(QString, reason);
    const auto file = read(
        calendarOf(entryOf(lines.toStdString()) + entryOf("DTSTART:20261029T123000Z", "b@test")));
    QCOMPARE(startsOf(file.value()), QStringLiteral("2026-10-29T12:30:00Z"));
    QCOMPARE(file->faults.size(), 1U);
    QVERIFY2(QString::fromStdString(file->faults[0].reason).contains(reason),
             file->faults[0].reason.c_str());
}

void TestCalendarFile::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a web page") << QByteArray("<html>Access denied</html>");
    QTest::newRow("not UTF-8") << QByteArray("BEGIN:VCALENDAR\nX:\xE9\nEND:VCALENDAR");
    QTest::newRow("a line without end")
        << QByteArray("BEGIN:VCALENDAR\nX:") + QByteArray(1 << 20, 'a');
    QByteArray many("BEGIN:VCALENDAR\n");
    for (int i = 0; i < 51; ++i)
        many += "BEGIN:VEVENT\nUID:" + QByteArray::number(i) +
                "\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n";
    QTest::newRow("rules that make too much of little") << many + "END:VCALENDAR";
}

void TestCalendarFile::refusals()
{
    QFETCH(QByteArray, text);
    QVERIFY(!read(text.toStdString()).has_value());
}

QTEST_APPLESS_MAIN(TestCalendarFile)
#include "tst_calendar_file.moc"
