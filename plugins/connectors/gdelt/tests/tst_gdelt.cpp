// SPDX-License-Identifier: AGPL-3.0-or-later
#include "connector_fixture.h"

#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace chrona;
using namespace chrona::connect;
using namespace chrona::connect::fixture;

class TestGdelt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void articlesBecomeEvents();
    void timelineBecomesSeries();
    void tableRows_data();
    void tableRows();
    void columnsAreThePublishers();
    void faultsCostNoOther();
    void refusals_data();
    void refusals();
    void topicsTakeTurns();

private:
    LoadedConnector m_connector{"gdelt"};
};

namespace {

/// A row of the event table with the given columns set; the rest is empty.
std::string rowOf(std::size_t width, const std::map<std::size_t, std::string> &set)
{
    std::string row;
    for (std::size_t i = 0; i < width; ++i) {
        row += i ? "\t" : "";
        if (const auto found = set.find(i); found != set.end())
            row += found->second;
    }
    return row + "\n";
}

std::map<std::size_t, std::string> commonColumns()
{
    return {{0, "900"},  {1, "20260105"}, {6, "FARMERS"}, {16, "GOVERNMENT"}, {25, "1"},
            {26, "141"}, {28, "14"},      {29, "3"},      {30, "-6.5"},       {31, "12"},
            {32, "3"},   {33, "10"},      {34, "-2.75"}};
}

std::string rowOne()
{
    auto columns = commonColumns();
    columns.insert({{50, "Sydney, Australia"},
                    {51, "AS"},
                    {53, "-33.88"},
                    {54, "151.2"},
                    {56, "20260106"},
                    {57, "https://news.test/a"}});
    return rowOf(58, columns);
}

std::string rowTwo()
{
    auto columns = commonColumns();
    columns.insert({{52, "Austin, Texas, United States"},
                    {53, "US"},
                    {54, "USTX"},
                    {56, "30.27"},
                    {57, "-97.74"},
                    {59, "20260105134500"},
                    {60, "https://news.test/b"}});
    return rowOf(61, columns);
}

} // namespace

void TestGdelt::initTestCase()
{
    QVERIFY(m_connector.isLoaded());
    QVERIFY(m_connector.description().sources.at(0).mode == schema::IngestMode::MetadataOnly);
}

void TestGdelt::articlesBecomeEvents()
{
    const auto events = only<schema::Event>(m_connector.drafts(
        "doc-artlist", R"({"articles":[{"url":"https://news.test/a","url_mobile":"","title":
        "Oil rises , again : OPEC ( and others ) meet","seendate":"20260105T134500Z","socialimage":
        "","domain":"news.test","language":"English","sourcecountry":"Norway"}]})"));
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].title, std::string("Oil rises, again: OPEC (and others) meet"));
    QCOMPARE(events[0].url, std::string("https://news.test/a"));
    QCOMPARE(formatInstant(events[0].times.observedAt), std::string("2026-01-05T13:45:00Z"));
    QCOMPARE(std::get<std::string>(*schema::find(events[0].attributes, "publisher")),
             std::string("news.test"));
    QVERIFY(m_connector.drafts("doc-artlist", "{}").empty());
}

void TestGdelt::timelineBecomesSeries()
{
    const auto drafts = m_connector.drafts(
        "doc-timeline", R"({"query_details":{"title":"oil"},"timeline":[{"series":
        "Volume Intensity","data":[{"date":"20260105T000000Z","value":0.125}]}]})");
    QCOMPARE(only<schema::Series>(drafts).at(0).key, std::string("gdelt:Volume_Intensity:oil"));
    QCOMPARE(only<schema::Observation>(drafts).at(0).value, .125);
}

void TestGdelt::tableRows_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("region");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<QString>("published");
    QTest::newRow("version 1.0") << "events-v1" << QString::fromStdString(rowOne()) << "AU"
                                 << -33.88 << "2026-01-06T00:00:00Z";
    QTest::newRow("version 2.0") << "events-v2" << QString::fromStdString(rowTwo()) << "US-TX"
                                 << 30.27 << "2026-01-05T13:45:00Z";
    QString early = QString::fromStdString(rowOne());
    early.truncate(early.lastIndexOf(u'\t'));
    QTest::newRow("version 1.0 before it told the address")
        << "events-v1" << early << "AU" << -33.88 << "2026-01-06T00:00:00Z";
}

void TestGdelt::tableRows()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QFETCH(QString, region);
    QFETCH(double, latitude);
    QFETCH(QString, published);
    const auto drafts = m_connector.drafts(qPrintable(kind), payload.toStdString());
    QVERIFY(only<Rejected>(drafts).empty());
    const auto event = only<schema::Event>(drafts).at(0);
    QVERIFY(event.type == schema::EventType::Protest);
    QCOMPARE(event.sourceRef, std::string("gdelt:900"));
    QVERIFY2(event.title.starts_with("FARMERS → GOVERNMENT: protest ("), event.title.c_str());
    QCOMPARE(formatInstant(event.times.observedAt), std::string("2026-01-05T00:00:00Z"));
    QCOMPARE(formatInstant(*event.times.publishedAt), published.toStdString());
    QCOMPARE(event.region, region.toStdString());
    QCOMPARE(event.geometry.points.at(0).latitude, latitude);
    QCOMPARE(event.severity, .65F);
    QCOMPARE(std::get<double>(*schema::find(event.attributes, "tone")), -2.75);
    QCOMPARE(std::get<std::int64_t>(*schema::find(event.attributes, "mentions")), 12);
}

/// The places of the columns, held against the publisher's list of them.
void TestGdelt::columnsAreThePublishers()
{
    if (!hasSamples())
        return;
    const QString list = QString::fromStdString(sampleText("gdelt/events-v1.csv"));
    QStringList names;
    static const QRegularExpression kEntry(QStringLiteral("^(\\w+),(?:INTEGER|FLOAT|STRING),"),
                                           QRegularExpression::MultilineOption);
    for (const auto &match : kEntry.globalMatch(list))
        names += match.captured(1);
    QCOMPARE(names.size(), 58);
    const std::map<int, const char *> places{{0, "GLOBALEVENTID"},
                                             {1, "SQLDATE"},
                                             {6, "Actor1Name"},
                                             {16, "Actor2Name"},
                                             {25, "IsRootEvent"},
                                             {26, "EventCode"},
                                             {28, "EventRootCode"},
                                             {29, "QuadClass"},
                                             {30, "GoldsteinScale"},
                                             {31, "NumMentions"},
                                             {32, "NumSources"},
                                             {33, "NumArticles"},
                                             {34, "AvgTone"},
                                             {50, "ActionGeo_FullName"},
                                             {51, "ActionGeo_CountryCode"},
                                             {52, "ActionGeo_ADM1Code"},
                                             {53, "ActionGeo_Lat"},
                                             {54, "ActionGeo_Long"},
                                             {56, "DATEADDED"},
                                             {57, "SOURCEURL"}};
    for (const auto &[place, name] : places)
        QCOMPARE(names.at(place), QLatin1String(name));
}

void TestGdelt::faultsCostNoOther()
{
    auto noDay = commonColumns(), noCode = commonColumns();
    noDay[1] = "00000105";
    noCode[28] = "99";
    const auto drafts = m_connector.drafts("events-v1", rowOf(58, noDay) + rowOf(58, noCode) +
                                                            "short\trow\n" + rowOne());
    QCOMPARE(only<Rejected>(drafts).size(), 3U);
    QCOMPARE(only<schema::Event>(drafts).size(), 1U);
    const auto articles = m_connector.drafts(
        "doc-artlist", R"json({"articles":[{"url":"javascript:alert(1)","title":"x","seendate":
        "20260105T134500Z"},{"url":"https://a.test","title":"x","seendate":
        "20261305T134500Z"}]})json");
    QCOMPARE(only<Rejected>(articles).size(), 2U);
}

void TestGdelt::refusals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<bool>("again");
    QTest::newRow("a rate note as plain text")
        << "doc-artlist" << "Please limit requests to one every 5 seconds" << true;
    QTest::newRow("a page") << "doc-artlist" << "<html/>" << false;
    QTest::newRow("another document") << "doc-artlist" << "{\"a\":1}" << false;
    QTest::newRow("no timeline") << "doc-timeline" << "{}" << false;
    QTest::newRow("an empty table") << "events-v1" << "" << false;
    QTest::newRow("no table") << "events-v2" << "name,type\n" << false;
    QTest::newRow("a line without end") << "events-v1" << QString(1 << 20, u'\t') << false;
}

void TestGdelt::refusals()
{
    QFETCH(QString, kind);
    QFETCH(QString, payload);
    QFETCH(bool, again);
    const auto read = m_connector.normalize(qPrintable(kind), payload.toStdString());
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().retryable, again);
}

void TestGdelt::topicsTakeTurns()
{
    EchoFetcher fetcher(R"({"articles":[]})");
    std::string cursor;
    for (int i = 0; i < 9; ++i)
        cursor = m_connector.fetch("gdelt-doc", fetcher, cursor)->nextCursor;
    QCOMPARE(fetcher.asked.size(), 9U);
    QVERIFY(fetcher.asked[0].url != fetcher.asked[1].url);
    QCOMPARE(fetcher.asked[0].url, fetcher.asked[8].url);
    for (const Request &request : fetcher.asked) {
        QCOMPARE(hostOf(request.url), std::string("api.gdeltproject.org"));
        QVERIFY(!request.url.contains(' '));
    }
}

QTEST_GUILESS_MAIN(TestGdelt)
#include "tst_gdelt.moc"
