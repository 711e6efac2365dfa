// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestFred : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void seriesIsNamed_data();
    void seriesIsNamed();
    void vintages_data();
    void vintages();
    void missingIsNoNumber();
    void seriesAreDescribed();
    void releaseDatesAreEvents();
    void whatIsPublishedIsAnEvent_data();
    void whatIsPublishedIsAnEvent();
    void refusals_data();
    void refusals();
    void faultsCostNoOther();
    void keyIsLeftToThePort();
    void recordedObservations();

private:
    LoadedConnector m_connector{"fred"};
};

namespace {

std::string shown(const schema::Observation &observation)
{
    const auto &times = observation.times;
    return formatInstant(times.observedAt) + " " +
           (times.publishedAt ? formatInstant(*times.publishedAt) : std::string("-"));
}

} // namespace

void TestFred::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(m_connector.description().sources.at(0).mode == schema::IngestMode::OwnKeyLocal);
}

void TestFred::seriesIsNamed_data()
{
    QTest::addColumn<QString>("ref");
    QTest::addColumn<QString>("url");
    QTest::newRow("by the address")
        << "x.json"
        << "https://api.stlouisfed.org/fred/series/observations?series_id=DGS10&file_type=json";
    QTest::newRow("by the payload's name") << "observations-dgs10.json"
                                           << "";
}

void TestFred::seriesIsNamed()
{
    QFETCH(QString, ref);
    QFETCH(QString, url);
    const auto drafts =
        m_connector.drafts("observations", R"({"observations":[{"date":"2026-01-01","value":"4.1"},
        {"date":"2026-04-01","value":"4.2"}]})",
                           {ref.toStdString(), url.toStdString()});
    const auto series = only<schema::Series>(drafts).at(0);
    QCOMPARE(series.key, std::string("fred:DGS10"));
    QVERIFY(series.frequency == schema::Frequency::Quarter);
}

void TestFred::vintages_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("expected");
    QTest::newRow("each revision is known after its day in Chicago")
        << R"({"realtime_start":"1776-07-04","realtime_end":"9999-12-31","observations":[
        {"realtime_start":"2026-01-30","realtime_end":"2026-02-26","date":"2025-10-01","value":"1"},
        {"realtime_start":"2026-07-30","realtime_end":"9999-12-31","date":"2025-10-01",
        "value":"2"}]})"
        << "2025-10-01T00:00:00Z 2026-01-31T06:00:00Z, "
           "2025-10-01T00:00:00Z 2026-07-31T05:00:00Z";
    QTest::newRow("asked about a day: known on it at the latest")
        << R"({"observations":[{"realtime_start":"2026-03-02","realtime_end":"2026-03-02",
        "date":"2025-10-01","value":"1"}]})"
        << "2025-10-01T00:00:00Z 2026-03-03T06:00:00Z";
    QTest::newRow("asked about today: known since it was fetched")
        << R"({"observations":[{"realtime_start":"2026-11-21","realtime_end":"2026-11-21",
        "date":"2025-10-01","value":"1"}]})"
        << "2025-10-01T00:00:00Z -";
    QTest::newRow("since ever")
        << R"({"observations":[{"realtime_start":"1776-07-04","realtime_end":"9999-12-31",
        "date":"2025-10-01","value":"1"}]})"
        << "2025-10-01T00:00:00Z -";
    QTest::newRow("a column for each vintage")
        << R"({"observations":[{"date":"2025-10-01","GDPC1_20260130":"1","GDPC1_20260730":"2"}]})"
        << "2025-10-01T00:00:00Z 2026-01-31T06:00:00Z, "
           "2025-10-01T00:00:00Z 2026-07-31T05:00:00Z";
}

void TestFred::vintages()
{
    QFETCH(QString, payload);
    QFETCH(QString, expected);
    const auto drafts = m_connector.drafts("observations", payload.toStdString(), {"gdpc1.json"});
    QCOMPARE(only<schema::Series>(drafts).at(0).key, std::string("fred:GDPC1"));
    QStringList found;
    double value = 0;
    for (const auto &observation : only<schema::Observation>(drafts)) {
        found += QString::fromStdString(shown(observation));
        QCOMPARE(observation.value, ++value);
        QCOMPARE(observation.times.basis == schema::AvailabilityBasis::Stated,
                 observation.times.publishedAt.has_value());
    }
    QCOMPARE(found.join(QStringLiteral(", ")), expected);
}

void TestFred::missingIsNoNumber()
{
    const auto drafts = m_connector.drafts(
        "observations", R"({"observations":[{"date":"2026-07-03","value":"."}]})", {"dgs10"});
    QVERIFY(std::isnan(only<schema::Observation>(drafts).at(0).value));
}

void TestFred::seriesAreDescribed()
{
    const auto series = only<schema::Series>(m_connector.drafts(
        "series", R"({"seriess":[{"id":"UNRATE","title":"Unemployment Rate","frequency_short":"M",
        "units":"Percent","last_updated":"2026-11-06 07:44:03-06"}]})"));
    QCOMPARE(series.at(0).key, std::string("fred:UNRATE"));
    QCOMPARE(series.at(0).name, std::string("Unemployment Rate"));
    QVERIFY(series.at(0).frequency == schema::Frequency::Month);
    QCOMPARE(series.at(0).unit, std::string("Percent"));
}

void TestFred::releaseDatesAreEvents()
{
    const auto events = only<schema::Event>(m_connector.drafts(
        "release-dates",
        R"({"release_dates":[{"release_id":10,"release_name":"Consumer Price Index",
        "date":"2026-12-10"}]})"));
    QVERIFY(events.at(0).type == schema::EventType::CalendarEntry);
    QCOMPARE(events.at(0).title, std::string("Consumer Price Index"));
    QCOMPARE(events.at(0).sourceRef, std::string("release:10:2026-12-10"));
    QCOMPARE(formatInstant(events.at(0).times.observedAt), std::string("2026-12-10T00:00:00Z"));
}

void TestFred::whatIsPublishedIsAnEvent_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("expected");
    const QString august = QStringLiteral("2026-09-11 2026-08-01 101");
    const QString september = QStringLiteral("2026-10-13 2026-09-01 102");
    const QString july = QStringLiteral("2026-08-12 2026-07-01 100");
    QTest::newRow("the first of all has nothing before it")
        << "1776-07-04" << july << "2026-08-12 Consumer price index, 2026-07: 100";
    QTest::newRow("and then one after the other")
        << "1776-07-04" << july + u';' + august + u';' + september
        << "2026-08-12 Consumer price index, 2026-07: 100, "
           "2026-09-11 Consumer price index, 2026-08: 101 after 100, "
           "2026-10-13 Consumer price index, 2026-09: 102 after 101";
    QTest::newRow("with it the one before is revised")
        << "1776-07-04" << july + u';' + august + QStringLiteral(";2026-09-11 2026-07-01 100.5")
        << "2026-08-12 Consumer price index, 2026-07: 100, "
           "2026-09-11 Consumer price index, 2026-08: 101 after 100 revised 100.5 by 0.5";
    QTest::newRow("a second estimate")
        << "1776-07-04" << july + u';' + august + QStringLiteral(";2026-09-25 2026-08-01 101.25")
        << "2026-08-12 Consumer price index, 2026-07: 100, "
           "2026-09-11 Consumer price index, 2026-08: 101 after 100, "
           "2026-09-25 Consumer price index, 2026-08: 101.25 after 100 by 0.25";
    QTest::newRow("what only revises the past is none")
        << "1776-07-04" << july + u';' + august + QStringLiteral(";2026-09-25 2026-07-01 99")
        << "2026-08-12 Consumer price index, 2026-07: 100, "
           "2026-09-11 Consumer price index, 2026-08: 101 after 100";
    QTest::newRow("nor is the beginning of what was asked for")
        << "2026-09-15"
        << QStringLiteral("2026-09-15 2026-07-01 100;2026-09-15 2026-08-01 101;") + september
        << "2026-10-13 Consumer price index, 2026-09: 102 after 101";
}

void TestFred::whatIsPublishedIsAnEvent()
{
    QFETCH(QString, asked);
    QFETCH(QString, values);
    QFETCH(QString, expected);
    QStringList rows;
    for (const QString &value : values.split(u';')) {
        const QStringList parts = value.split(u' ');
        rows += QStringLiteral(R"({"realtime_start":"%1","date":"%2","value":"%3"})")
                    .arg(parts[0], parts[1], parts[2]);
    }
    // Two more periods say that the series is monthly.
    for (const char *day : {"2026-06-01", "2026-05-01"})
        rows.prepend(QStringLiteral(R"({"realtime_start":"1776-07-04","date":"%1","value":"."})")
                         .arg(QLatin1StringView(day)));
    const QString payload = QStringLiteral(R"({"realtime_start":"%1","observations":[%2]})")
                                .arg(asked, rows.join(u','));
    const auto drafts =
        m_connector.drafts("observations", payload.toStdString(), {"observations-cpiaucsl"});
    const auto numberIn = [](const schema::Event &event, const char *key) {
        const auto *value = schema::find(event.attributes, key);
        return value == nullptr ? QString() : QString::number(std::get<double>(*value));
    };
    QStringList found;
    for (const schema::Event &event : only<schema::Event>(drafts)) {
        QVERIFY(event.type == schema::EventType::MacroRelease);
        QVERIFY(event.times.publishedAt > event.times.observedAt);
        QString line = QString::fromStdString(formatInstant(event.times.observedAt)).left(11);
        line[10] = u' ';
        line += QString::fromStdString(event.title);
        if (const QString revised = numberIn(event, "previous_revised"); !revised.isEmpty())
            line += QStringLiteral(" revised ") + revised;
        if (const QString by = numberIn(event, "revision"); !by.isEmpty())
            line += QStringLiteral(" by ") + by;
        found += line;
    }
    QCOMPARE(found.join(QStringLiteral(", ")), expected);
}

void TestFred::refusals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    for (const char *kind : {"observations", "series", "release-dates"}) {
        QTest::addRow("%s: an error", kind)
            << kind << R"({"error_code":400,"error_message":"Bad Request."})";
        QTest::addRow("%s: a page", kind) << kind << "<html/>";
        QTest::addRow("%s: another document", kind) << kind << "{}";
        QTest::addRow("%s: cut off", kind) << kind << R"({"observations":[{"date":"2026)";
    }
    QTest::newRow("a number beyond a double")
        << "observations"
        << R"({"observations":[{"date":"2026-01-01","value":1e999}]})";
}

void TestFred::refusals()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QVERIFY(!m_connector.normalize(qPrintable(kind), payload.toStdString(), {"dgs10"}).has_value());
}

void TestFred::faultsCostNoOther()
{
    const auto drafts =
        m_connector.drafts("observations", R"({"observations":[{"date":"0000-01-01","value":"1"},
        {"date":"2026-01-01","value":"NaN"},{"date":"2026-01-01","value":"1e301"},
        {"date":"2026-01-01"},{"date":"2026-01-01","value":"5"}]})",
                           {"dgs10"});
    QCOMPARE(only<Rejected>(drafts).size(), 4U);
    QCOMPARE(only<schema::Observation>(drafts).size(), 1U);
}

void TestFred::keyIsLeftToThePort()
{
    EchoFetcher fetcher(R"({"seriess":[],"observations":[],"release_dates":[]})");
    const auto fetched = m_connector.fetch("fred", fetcher);
    QVERIFY2(fetched.has_value(), fetched ? "" : fetched.error().what.c_str());
    QVERIFY(!fetcher.asked.empty());
    for (const Request &request : fetcher.asked) {
        QCOMPARE(hostOf(request.url), std::string("api.stlouisfed.org"));
        QCOMPARE(request.key, (KeyPlace{KeyPlace::In::Query, "api_key", ""}));
        QVERIFY(!request.url.contains("api_key"));
    }
}

void TestFred::recordedObservations()
{
    if (!hasSamples())
        return;
    const auto drafts =
        m_connector.drafts("observations", sampleText("fred/observations-dexchus.json"),
                           {"observations-dexchus.json"});
    QCOMPARE(drafts.size(), 3U);
    QCOMPARE(only<schema::Series>(drafts).at(0).key, std::string("fred:DEXCHUS"));
    const auto values = only<schema::Observation>(drafts);
    QCOMPARE(shown(values.at(0)), std::string("2026-07-09T00:00:00Z -"));
    QCOMPARE(values.at(0).value, 7.171);
    QCOMPARE(values.at(1).value, 7.1842);
}

QTEST_GUILESS_MAIN(TestFred)
#include "tst_fred.moc"
