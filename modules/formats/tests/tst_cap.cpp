// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/cap.h"
#include "chrona/formats/stated_time.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;

class TestCap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alertHoldsWhatTheMessageSays();
    void faultsLeaveTheRestStanding();
    void polygons_data();
    void polygons();
    void circlesAreRoundAndClosed();
    void vtecIsTheEventsIdentity();
    void times_data();
    void times();
    void easternTimeKnowsSummer_data();
    void easternTimeKnowsSummer();
    void refusals_data();
    void refusals();
};

namespace {

std::string alertWith(std::string_view head, std::string_view info = {})
{
    return "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>i</identifier>"
           "<sender>s</sender><sent>2026-06-01T10:00:00-05:00</sent><status>Actual</status>"
           "<msgType>Update</msgType>" +
           std::string(head) + "<info>" + std::string(info) + "</info></alert>";
}

} // namespace

void TestCap::alertHoldsWhatTheMessageSays()
{
    const auto alert = readCap(alertWith(
        "<references>s,a,2026-06-01T09:00:00-05:00 s,b,c,2026-06-01T09:30:00-05:00</references>"
        "<code>profile:CAP-CP:0.4</code>",
        "<language>fr-CA</language><event>orages</event><severity>extreme</severity>"
        "<certainty>Very Likely</certainty><urgency>Past</urgency><responseType>AllClear"
        "</responseType><expires>2026-06-01T20:00:00-05:00</expires><area><areaDesc>x</areaDesc>"
        "<polygon>10,20 11,20 11,21 10,20</polygon><circle>1,2 3.5</circle><geocode><valueName>SAME"
        "</valueName><value>048439</value></geocode></area>"));
    QVERIFY2(alert.has_value(), alert ? "" : alert.error().what.c_str());
    QCOMPARE(formatInstant(alert->sent), std::string("2026-06-01T15:00:00Z"));
    QVERIFY(alert->message == CapMessage::Update);
    QCOMPARE(alert->references.size(), 2U);
    QCOMPARE(alert->references[1].identifier, std::string("b,c")); // commas may be in the name
    QCOMPARE(alert->codes, std::vector<std::string>{"profile:CAP-CP:0.4"});
    QCOMPARE(alert->infos.size(), 1U);
    const CapInfo &info = alert->infos[0];
    QVERIFY(info.severity == CapSeverity::Extreme);
    QVERIFY(info.certainty == CapCertainty::Likely);
    QVERIFY(info.urgency == CapUrgency::Past);
    QCOMPARE(info.responses, std::vector<std::string>{"AllClear"});
    QCOMPARE(formatInstant(*info.expires), std::string("2026-06-02T01:00:00Z"));
    QCOMPARE(info.areas[0].polygons[0][0][1], (schema::GeoPoint{20, 11}));
    QCOMPARE(info.areas[0].circles[0].radiusKm, 3.5);
    QVERIFY(info.areas[0].geocodes[0] == (CapValue{"SAME", "048439"}));
    QVERIFY(alert->faults.empty());
}

void TestCap::faultsLeaveTheRestStanding()
{
    const auto alert = readCap(alertWith(
        "<references>nonsense</references>",
        "<severity>Awful</severity><expires>0000-00-00T00:00:00Z</expires><area><polygon>1,2 3,4"
        "</polygon><polygon>1,2 1,3 2,3 1,2</polygon><circle>1,2 -5</circle></area>"));
    QVERIFY(alert.has_value());
    QCOMPARE(alert->faults.size(), 5U);
    QCOMPARE(alert->faults[0].field, std::string("references"));
    QCOMPARE(alert->faults[1].field, std::string("info[0].severity"));
    QCOMPARE(alert->faults[2].field, std::string("info[0].expires"));
    QCOMPARE(alert->faults[3].field, std::string("info[0].area[0].polygon"));
    QCOMPARE(alert->infos[0].areas[0].polygons.size(), 1U);
    QVERIFY(alert->infos[0].areas[0].circles.empty());
}

void TestCap::polygons_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("points"); // 0: refused
    QTest::newRow("closed") << QByteArray("1,2 1,3 2,3 1,2") << 4;
    QTest::newRow("left open") << QByteArray("1,2 1,3 2,3") << 4;
    QTest::newRow("line ends and GeoRSS blanks") << QByteArray("\n1 2\t1 3\r\n2 3 1 2 ") << 4;
    QTest::newRow("two points") << QByteArray("1,2 1,3") << 0;
    QTest::newRow("walked there and back") << QByteArray("1,2 1,3 1,4 1,2") << 0;
    QTest::newRow("half a point") << QByteArray("1,2 1,3 2,3 1") << 0;
    QTest::newRow("beyond the pole") << QByteArray("91,2 1,3 2,3 91,2") << 0;
    QTest::newRow("NaN") << QByteArray("nan,2 1,3 2,3 nan,2") << 0;
    QTest::newRow("infinity") << QByteArray("1,inf 1,3 2,3 1,inf") << 0;
    QTest::newRow("beyond numbers") << QByteArray("1e400,2 1,3 2,3 1,2") << 0;
    QTest::newRow("words") << QByteArray("1,2 1,3 here 1,2") << 0;
    QTest::newRow("nothing") << QByteArray() << 0;
}

void TestCap::polygons()
{
    QFETCH(QByteArray, text);
    QFETCH(int, points);
    const auto ring = readCapPolygon(text.toStdString());
    QCOMPARE(ring ? int(ring->size()) : 0, points);
    if (ring)
        QVERIFY(ring->front() == ring->back());
}

void TestCap::circlesAreRoundAndClosed()
{
    const auto ring = ringAround({{10, 60}, 111.195});
    QCOMPARE(ring.size(), 37U);
    QVERIFY(ring.front() == ring.back());
    QVERIFY(std::abs(ring[0].longitude - 12) < 1e-9); // a degree of longitude is half as long
    QVERIFY(std::abs(ring[9].latitude - 61) < 1e-9);
    QVERIFY(!readCapCircle("1,2").has_value());
    QVERIFY(!readCapCircle("1,2 3 4").has_value());
}

void TestCap::vtecIsTheEventsIdentity()
{
    const auto vtec = readVtec("/O.CON.KPQR.FA.A.0004.000000T0000Z-191222T1800Z/\n"
                               "/00000.0.ER.000000T0000Z.000000T0000Z.000000T0000Z.OO/");
    QVERIFY(vtec.has_value());
    QCOMPARE(vtec->action, std::string("CON"));
    QCOMPARE(vtec->office, std::string("KPQR"));
    QCOMPARE(vtec->phenomenon, std::string("FA"));
    QCOMPARE(vtec->significance, std::string("A"));
    QCOMPARE(vtec->number, std::string("0004"));
    QVERIFY(!vtec->begins.has_value());
    QCOMPARE(formatInstant(*vtec->ends), std::string("2019-12-22T18:00:00Z"));
    QVERIFY(!readVtec("/O.CON.KPQR/").has_value());
    QVERIFY(!readVtec("").has_value());
}

void TestCap::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // empty: refused
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("ISO with an offset", "2010-08-30T04:07:00-06:00", "2010-08-30T10:07:00Z");
    row("ISO with minus zero", "2012-05-02T23:21:04-00:00", "2012-05-02T23:21:04Z");
    row("a day", " 2021-06-17\n", "2021-06-17T00:00:00Z");
    row("mail", "Mon, 30 Dec 2019 01:35:11 GMT", "2019-12-30T01:35:11Z");
    row("mail without weekday and seconds", "1 Jan 2026 08:00 +0530", "2026-01-01T02:30:00Z");
    row("mail in a named zone", "Sat, 08 Aug 2026 20:00:00 EDT", "2026-08-09T00:00:00Z");
    row("year 0", "0000-01-01T00:00:00Z", "");
    row("year 0 in mail", "Sat, 01 Jan 0000 00:00:00 GMT", "");
    row("the far future", "2200-01-01T00:00:00Z", "");
    row("the far past", "1899-12-31T23:59:59Z", "");
    row("a day that no month has", "Mon, 31 Jun 2026 00:00:00 GMT", "");
    row("an hour that no day has", "Mon, 01 Jun 2026 24:00:00 GMT", "");
    row("a zone that nobody knows", "Mon, 01 Jun 2026 00:00:00 XYZ", "");
    row("nothing", " ", "");
    row("words", "yesterday", "");
}

void TestCap::times()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto instant = readStatedTime(text.toStdString());
    QCOMPARE(instant ? QByteArray::fromStdString(formatInstant(*instant)) : QByteArray(), expected);
}

void TestCap::easternTimeKnowsSummer_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("winter", "2024-01-19 16:21:45", "2024-01-19T21:21:45Z");
    row("summer", "2024-07-01 16:00:00", "2024-07-01T20:00:00Z");
    row("before the change in March", "2024-03-10 01:59:59", "2024-03-10T06:59:59Z");
    row("after it", "2024-03-10 03:00:00", "2024-03-10T07:00:00Z");
    row("after the change in November", "2024-11-03 02:00:00", "2024-11-03T07:00:00Z");
    row("April before 2007", "2006-04-02 12:00:00", "2006-04-02T16:00:00Z");
    row("March before 2007", "2006-03-20 12:00:00", "2006-03-20T17:00:00Z");
}

void TestCap::easternTimeKnowsSummer()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto instant = readEasternTime(text.toStdString());
    QVERIFY(instant.has_value());
    QCOMPARE(QByteArray::fromStdString(formatInstant(*instant)), expected);
}

void TestCap::refusals_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("reason");
    const std::string sound = alertWith("");
    const auto row = [&](const char *name, const char *from, const char *to, const char *reason) {
        QTest::newRow(name) << QByteArray::fromStdString(sound).replace(from, to)
                            << QByteArray(reason);
    };
    row("another namespace", "cap:1.2", "cap:2.0", "not an alert of CAP");
    row("another element", "alert", "alarm", "not an alert of CAP");
    row("no identifier", "<identifier>i<", "<identifier><", "identifier");
    row("no sender", "<sender>s<", "<sender> <", "sender");
    row("no time", "2026-06-01T10:00:00-05:00", "", "sent");
    row("year 0", "2026-06-01", "0000-06-01", "sent");
    row("a status that CAP lacks", "Actual", "Real", "status");
    row("a message type that CAP lacks", "Update", "Upgrade", "msgType");
    row("a bomb", "<alert", "<!DOCTYPE alert []><alert", "DOCTYPE");
}

void TestCap::refusals()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, reason);
    const auto alert = readCap(document.toStdString());
    QVERIFY(!alert.has_value());
    QVERIFY2(QByteArray(alert.error().what.c_str()).contains(reason), alert.error().what.c_str());
}

QTEST_GUILESS_MAIN(TestCap)
#include "tst_cap.moc"
