// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestMacroCalendar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void movedAndCancelled();
    void beaDates();
    void treasuryAuctions();
    void fedTimes_data();
    void fedTimes();
    void refusals_data();
    void refusals();
    void faultsCostNoOther();
    void onlyItsHostsAreAsked_data();
    void onlyItsHostsAreAsked();
    void recordedCalendar();

private:
    LoadedConnector m_connector{"macro-calendar"};
};

namespace {

std::string fedEntry(const std::string &fields)
{
    return "\xEF\xBB\xBF{\"events\":[{\"title\":\"FOMC Meeting\"," + fields + "}]}";
}

} // namespace

void TestMacroCalendar::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QCOMPARE(m_connector.description().sources.size(), 4U);
}

void TestMacroCalendar::movedAndCancelled()
{
    const auto events = only<schema::Event>(m_connector.drafts(
        "ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@x\nSEQUENCE:2\n"
               "DTSTAMP:20261101T120000Z\nDTSTART:20261209T133000Z\nSUMMARY:CPI\n"
               "END:VEVENT\nBEGIN:VEVENT\nUID:b@x\nDTSTART:20261210T133000Z\n"
               "SUMMARY:PPI\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n"));
    QCOMPARE(events.size(), 2U);
    QVERIFY(events[0].state == schema::EventState::Revised);
    QCOMPARE(events[0].revision, 3U);
    QCOMPARE(formatInstant(*events[0].times.publishedAt), std::string("2026-11-01T12:00:00Z"));
    QVERIFY(events[0].times.observedAt > kNow);
    QVERIFY(events[1].state == schema::EventState::Retracted);
    QCOMPARE(events[1].sourceRef, std::string("b@x"));
}

void TestMacroCalendar::beaDates()
{
    const auto events = only<schema::Event>(m_connector.drafts(
        "bea-dates", R"({"file_date":"2026-11-20","Gross Domestic Product":{"release_dates":[
        "2026-09-30T12:30:00+00:00","2026-12-22T08:30:00-05:00"]},"note":{"a":1}})"));
    QCOMPARE(events.size(), 2U);
    QCOMPARE(events[0].title, std::string("Gross Domestic Product"));
    QCOMPARE(events[0].sourceRef, std::string("bea:gross-domestic-product:2026-09-30T12:30:00Z"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-09-30T12:30:00Z"));
    QCOMPARE(formatInstant(events[1].times.observedAt), std::string("2026-12-22T13:30:00Z"));
}

void TestMacroCalendar::treasuryAuctions()
{
    const auto drafts = m_connector.drafts("treasury-auctions", R"({"data":[
        {"record_date":"2026-11-20","security_type":"Note","security_term":"10-Year",
         "reopening":"Yes","cusip":"91282CZZ1","offering_amt":"39000000000",
         "announcemt_date":"2026-12-03","auction_date":"2026-12-09","issue_date":"2026-12-15"},
        {"security_type":"Bill","security_term":"4-Week","reopening":"No","cusip":"null",
         "offering_amt":"null","auction_date":"2026-12-10","issue_date":"null"},
        {"security_type":"Bill","security_term":"8-Week","auction_date":"null"}],"meta":{}})");
    const auto events = only<schema::Event>(drafts);
    QCOMPARE(events.size(), 2U);
    QCOMPARE(only<Rejected>(drafts).size(), 1U);
    QCOMPARE(events[0].title, std::string("Treasury auction: 10-Year Note, reopening"));
    QCOMPARE(events[0].sourceRef, std::string("ust:91282CZZ1:2026-12-09"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-12-09T00:00:00Z"));
    QVERIFY(!events[0].times.publishedAt); // the day alone would be hours too early
    QVERIFY(schema::find(events[0].attributes, "offering_usd") != nullptr);
    QCOMPARE(events[1].sourceRef, std::string("ust:4-week-bill:2026-12-10"));
    QVERIFY(schema::find(events[1].attributes, "offering_usd") == nullptr);
}

void TestMacroCalendar::fedTimes_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *what, const char *fields, const char *expected) {
        QTest::newRow(what) << fields << expected;
    };
    row("summer", R"("time":"2:00 p.m.","month":"2026-10","days":"28")", "2026-10-28T18:00:00Z");
    row("winter, second of two days", R"("time":"2:00 p.m.","month":"2026-12","days":"8-9")",
        "2026-12-09T19:00:00Z");
    row("noon", R"("time":"12:15 p.m.","month":"2026-12","days":"1, 2")", "2026-12-02T17:15:00Z");
    row("after midnight", R"("time":"12:15 AM","month":"2026-12","days":"1")",
        "2026-12-01T05:15:00Z");
    row("no time", R"("time":"","month":"2026-12","days":"1")", "2026-12-01T00:00:00Z");
    row("a time that is none", R"("time":"26:00 p.m.","month":"2026-12","days":"1")",
        "2026-12-01T00:00:00Z");
}

void TestMacroCalendar::fedTimes()
{
    QFETCH(QString, fields);
    QFETCH(QString, expected);
    const auto events =
        only<schema::Event>(m_connector.drafts("fed-calendar", fedEntry(fields.toStdString())));
    QCOMPARE(formatInstant(events.at(0).times.observedAt), expected.toStdString());
    QCOMPARE(std::get<bool>(*schema::find(events.at(0).attributes, "all_day")),
             expected.contains(QLatin1String("T00:00")));
}

void TestMacroCalendar::refusals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    for (const char *kind : {"ics", "bea-dates", "fed-calendar", "treasury-auctions"})
        for (const char *payload : {"", "<html>Access denied</html>", "{\"a\":1}", "[1,2]"})
            QTest::addRow("%s: %s", kind, payload) << kind << payload;
}

void TestMacroCalendar::refusals()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QVERIFY(!m_connector.normalize(qPrintable(kind), payload.toStdString()).has_value());
}

void TestMacroCalendar::faultsCostNoOther()
{
    const auto fed = m_connector.drafts(
        "fed-calendar", R"({"events":[{"title":"A","month":"2026-13","days":"1"},{"title":"B"},
        {"title":"C","month":"2026-12","days":"1"}]})");
    QCOMPARE(only<Rejected>(fed).size(), 2U);
    QCOMPARE(only<schema::Event>(fed).size(), 1U);
    const auto bea = m_connector.drafts(
        "bea-dates", R"({"A":{"release_dates":["0000-01-01T00:00:00Z","2026-12-01T13:30:00Z"]}})");
    QCOMPARE(only<Rejected>(bea).size(), 1U);
    QCOMPARE(only<schema::Event>(bea).size(), 1U);
}

void TestMacroCalendar::onlyItsHostsAreAsked_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("answer");
    QTest::newRow("BLS") << "bls-ics"
                         << "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
    QTest::newRow("BEA") << "bea-dates"
                         << R"({"A":{"release_dates":[]}})";
    QTest::newRow("Federal Reserve") << "fed-calendar"
                                     << R"({"events":[]})";
    QTest::newRow("Treasury") << "treasury-auctions"
                              << R"({"data":[]})";
}

void TestMacroCalendar::onlyItsHostsAreAsked()
{
    QFETCH(QString, source);
    QFETCH(QString, answer);
    EchoFetcher fetcher(answer.toStdString());
    const auto fetched = m_connector.fetch(source.toStdString(), fetcher);
    QVERIFY2(fetched.has_value(), fetched ? "" : fetched.error().what.c_str());
    QCOMPARE(fetcher.asked.size(), 1U);
    QVERIFY(std::ranges::contains(m_connector.source(source.toStdString()).hosts,
                                  hostOf(fetcher.asked[0].url)));
}

void TestMacroCalendar::recordedCalendar()
{
    if (!hasSamples())
        return;
    const auto drafts = m_connector.drafts("ics", sampleText("calendar/release-calendar.ics"));
    QVERIFY(only<Rejected>(drafts).empty());
    const auto events = only<schema::Event>(drafts);
    QCOMPARE(events.size(), 5U);
    const auto at = [&](std::size_t i) { return formatInstant(events.at(i).times.observedAt); };
    QCOMPARE(at(0), std::string("2026-10-14T12:30:00Z"));
    QCOMPARE(at(1), std::string("2026-10-02T12:30:00Z"));
    QCOMPARE(events[1].title, std::string("Employment Situation for September 2026"));
    QCOMPARE(events[1].summary, std::string("Moved by one week, see notice; times are local."));
    QVERIFY(events[1].state == schema::EventState::Revised);
    QCOMPARE(at(2), std::string("2026-11-04T15:00:00Z"));
    QVERIFY(events[2].state == schema::EventState::Retracted);
    QCOMPARE(at(3), std::string("2026-11-13T00:00:00Z"));
    QCOMPARE(at(4), std::string("2026-10-29T12:30:00Z"));
    QCOMPARE(events[4].title, std::string("GDP, 3rd Quarter 2026 (Advance Estimate)"));
}

QTEST_GUILESS_MAIN(TestMacroCalendar)
#include "tst_macro_calendar.moc"
