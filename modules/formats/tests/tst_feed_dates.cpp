// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/feed_dates.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;

class TestFeedDates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void TestFeedDates::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("instant");
    const auto row = [](const char *text, const char *instant) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(instant);
    };
    // RFC 822 and what writers make of it
    row("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z");
    row("Thu, 1 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z");
    row("Fri, 1 Jan 99 19:48:21 GMT", "1999-01-01T19:48:21Z");
    row("01 Jan 2004 19:48 EST", "2004-01-02T00:48:00Z");
    row("Thu, 01 January 2004 19:48:21 PDT", "2004-01-02T02:48:21Z");
    row("Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00Z");
    row("Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z");
    row("June 22, 2017 at 12:00 GMT", "2017-06-22T12:00:00Z");
    row("Thu,  5 Apr 2012 10:00:00 +0200", "2012-04-05T08:00:00Z");
    row("Thu, 5 Apr 2012 10:00:00+02:00", "2012-04-05T08:00:00Z");
    row("Thu, 5 Apr 2012 10:00:00 +0200 (CEST)", "2012-04-05T08:00:00Z");
    row("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z");
    row("Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z");
    row("Wed, 19 Feb 2012 22:40:00 GMT +0100", "2012-02-19T21:40:00Z");
    row("Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z");
    row("August 30, 2012 5:26 PM", "2012-08-30T17:26:00Z");
    row("30-Aug-2012 17:26:16", "2012-08-30T17:26:16Z");
    row("30-Aug-12 17:26:16", "2012-08-30T17:26:16Z");
    row("Thu, 01 Jan 2004", "2004-01-01T00:00:00Z");
    row("Thu, 01 Jan 2004 19:48:21 XYZ", "2004-01-01T19:48:21Z");
    row("Mon, 31 Dec 2012 23:59:60 GMT", "2013-01-01T00:00:00Z");
    // ISO 8601
    row("2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z");
    row("2003-12-31T10:14:55.25Z", "2003-12-31T10:14:55.250Z");
    row("2003-12-31 10:14:55", "2003-12-31T10:14:55Z");
    row("2003-12-31T10:14", "2003-12-31T10:14:00Z");
    row("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z");
    row("20031231T101455Z", "2003-12-31T10:14:55Z");
    row("20031231101455", "2003-12-31T10:14:55Z");
    row("2003-12-31", "2003-12-31T00:00:00Z");
    row("2003-12", "2003-12-01T00:00:00Z");
    row("2003", "2003-01-01T00:00:00Z");
    row("2003-335", "2003-12-01T00:00:00Z");
    row("2003335", "2003-12-01T00:00:00Z");
    row("03335", "2003-12-01T00:00:00Z");
    row("2004-366", "2004-12-31T00:00:00Z");
    row("2003-W01-3", "2003-01-01T00:00:00Z");
    row("2003W013", "2003-01-01T00:00:00Z");
    row("03-12-31", "2003-12-31T00:00:00Z");
    row("031231", "2003-12-31T00:00:00Z");
    row("-03-12", "2003-12-01T00:00:00Z");
    row("-0312", "2003-12-01T00:00:00Z");
    row("2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z");
    row("2004-07-08T23:56:58 EST", "2004-07-09T04:56:58Z");
    // Others
    row("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z");
    row("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z");
    row("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z");
    row("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z");
    row("2004-május-3T10:15Z", "2004-05-03T10:15:00Z");
    row("2004-március-3T10:15Z", "2004-03-03T10:15:00Z");
    row("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z");
    row("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z");
    row("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z");
    row("2004-05-25 오전 11:23:17", "2004-05-25T02:23:17Z");
}

void TestFeedDates::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, instant);
    const auto read = parseFeedDate(text.toStdString());
    QVERIFY2(read.has_value(), read ? "" : read.error().what.c_str());
    QCOMPARE(formatInstant(*read), instant.toStdString());
}

void TestFeedDates::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             "   ",
                             "not a date",
                             "yesterday",
                             "Thu, 31 Jun 2004 19:48:21 GMT",
                             "Sun, 16 zzz 2012 11:47:32 GMT",
                             "Sun, Dec x 2012 11:47:32 GMT",
                             "Sun, 16 Dec 2012 1:2:3:4 GMT",
                             "Sun, 16 Dec 2012 25:00:00 GMT",
                             "Sun, 16 Dec 2012 11:60:00 GMT",
                             "2003-02-29",
                             "2003-13-01",
                             "2003-00-01",
                             "2003-366",
                             "2003-W54-1",
                             "2003-W10-8",
                             "0000-01-01",
                             "10000-01-01",
                             "2003-12-31T25:00:00Z",
                             "2003-12-31T10:14:55+99:00",
                             "99999999999999999999",
                             "--12-31",
                             "T10:14:55Z",
                             "2004년 13월 28일 01:31:15",
                             "12/31",
                             "1"})
        QTest::addRow("'%s'", text) << QByteArray(text);
    QTest::newRow("what is longer than any date")
        << QByteArray("2003-12-31").append(QByteArray(200, 'x'));
}

void TestFeedDates::refuses()
{
    QFETCH(QByteArray, text);
    const auto read = parseFeedDate(text.toStdString());
    QVERIFY2(!read.has_value(), read ? formatInstant(*read).c_str() : "");
    QVERIFY(read.error().code == ErrorCode::InvalidInput);
}

QTEST_APPLESS_MAIN(TestFeedDates)
#include "tst_feed_dates.moc"
