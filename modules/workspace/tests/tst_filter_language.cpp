// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/event.h"
#include "chrona/workspace/event_ids.h"
#include "chrona/workspace/filter_language.h"

#include <QTest>

#include <random>

using namespace chrona;
using namespace chrona::workspace;
using namespace Qt::StringLiterals;

using FaultKind = FilterFault::Kind;

namespace {

const FilterNames kNames{{u""_s, u"US"_s, u"US-TX"_s, u"US-LA"_s, u"CA"_s, u"DE"_s},
                         {u"usgs"_s, u"noaa"_s, u"sample-news"_s}};

std::uint32_t bit(schema::EventType type)
{
    return 1U << static_cast<std::uint32_t>(type);
}

} // namespace

class TestFilterLanguage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadAs_data();
    void textIsReadAs();
    void textIsRefused_data();
    void textIsRefused();
    void writtenFilterIsReadBack_data();
    void writtenFilterIsReadBack();
    void anyTextIsReadOrRefused();
    void completionFits_data();
    void completionFits();
    void idsAreFound();
};

void TestFilterLanguage::textIsReadAs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<EventFilter>("expected");
    const auto row = [](const char *name, const QString &text, auto change) {
        EventFilter filter;
        change(filter);
        QTest::newRow(name) << text << filter;
    };
    using Filter = EventFilter;
    using schema::EventType;
    row("nothing", u"  "_s, [](Filter &) {});
    row("words", u"storm  gulf"_s, [](Filter &f) { f.words = {u"storm"_s, u"gulf"_s}; });
    row("a phrase", u"\"gulf coast\" x"_s, [](Filter &f) { f.words = {u"gulf coast"_s, u"x"_s}; });
    row("a word twice counts once", u"a a"_s, [](Filter &f) { f.words = {u"a"_s}; });
    row("a word with a minus is a word", u"-3"_s, [](Filter &f) { f.words = {u"-3"_s}; });
    row("types", u"type:earthquake,rate_decision"_s,
        [](Filter &f) { f.types = bit(EventType::Earthquake) | bit(EventType::RateDecision); });
    row("types of two terms widen", u"type:flood TYPE:Wildfire"_s,
        [](Filter &f) { f.types = bit(EventType::Flood) | bit(EventType::Wildfire); });
    row("all but a type", u"-type:news"_s, [](Filter &f) { f.types = ~bit(EventType::News); });
    row("a category without one of its types", u"category:weather -type:weather_alert"_s,
        [](Filter &f) { f.types = bit(EventType::TropicalCyclone); });
    row("a country takes its parts along", u"region:us"_s,
        [](Filter &f) { f.regions = {1, 2, 3}; });
    row("a part alone", u"region:US-LA,CA"_s, [](Filter &f) { f.regions = {3, 4}; });
    row("a country without a part", u"region:US -region:US-TX"_s,
        [](Filter &f) { f.regions = {1, 3}; });
    row("events without a region", u"region:none"_s, [](Filter &f) { f.regions = {0}; });
    row("all sources but one", u"-source:noaa"_s, [](Filter &f) { f.sources = {0, 2}; });
    row("shares in three ways", u"severity>=50 confidence:0.25"_s, [](Filter &f) {
        f.severityMin = 0.5F;
        f.confidenceMin = 0.25F;
    });
    row("a share with its sign", u"severity>=0.5%"_s, [](Filter &f) { f.severityMin = 0.005F; });
    row("a box", u"box:170,-10,-170,10"_s,
        [](Filter &f) { f.box = schema::GeoBox{170, -10, -170, 10}; });
}

void TestFilterLanguage::textIsReadAs()
{
    QFETCH(QString, text);
    QFETCH(EventFilter, expected);
    const auto filter = parseFilter(text, kNames);
    QVERIFY2(filter, filter ? "" : qPrintable(filter.error().token));
    QVERIFY(*filter == expected);
}

void TestFilterLanguage::textIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<FaultKind>("kind");
    QTest::addColumn<QString>("token");
    const auto row = [](const QString &text, FaultKind kind, const QString &token) {
        QTest::newRow(qPrintable(text)) << text << kind << token;
    };
    row(u"storm \"gulf"_s, FaultKind::OpenQuote, u"\"gulf"_s);
    row(u"kind:news"_s, FaultKind::UnknownField, u"kind"_s);
    row(u"type:news,quake"_s, FaultKind::UnknownType, u"quake"_s);
    row(u"type:macro"_s, FaultKind::UnknownType, u"macro"_s);
    row(u"region:XX"_s, FaultKind::UnknownRegion, u"XX"_s);
    row(u"source:bbc"_s, FaultKind::UnknownSource, u"bbc"_s);
    row(u"type:"_s, FaultKind::MissingValue, u"type:"_s);
    row(u"a type:news, b"_s, FaultKind::MissingValue, u"type:news,"_s);
    row(u"\"\""_s, FaultKind::MissingValue, u"\"\""_s);
    row(u"severity>=high"_s, FaultKind::NotANumber, u"high"_s);
    row(u"severity>=101"_s, FaultKind::OutOfRange, u"101"_s);
    row(u"severity>=nan"_s, FaultKind::OutOfRange, u"nan"_s);
    row(u"box:1,2,3"_s, FaultKind::MissingValue, u"3"_s);
    row(u"box:1,20,3,10"_s, FaultKind::OutOfRange, u"10"_s);
    row(u"box:1,2,181,3"_s, FaultKind::OutOfRange, u"181"_s);
    row(u"region:US-TX -region:US"_s, FaultKind::NothingLeft, u"US"_s);
    row(u"type:news -category:news"_s, FaultKind::NothingLeft, u"news"_s);
    row(u"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"_s, FaultKind::TooManyWords, u"17"_s);
}

void TestFilterLanguage::textIsRefused()
{
    QFETCH(QString, text);
    QFETCH(FaultKind, kind);
    QFETCH(QString, token);
    const auto filter = parseFilter(text, kNames);
    QVERIFY(!filter);
    QCOMPARE(filter.error().token, token);
    QVERIFY(filter.error().kind == kind);
    QCOMPARE(text.sliced(filter.error().at, filter.error().length), token);
}

void TestFilterLanguage::writtenFilterIsReadBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const QString &text, const QString &written) {
        QTest::newRow(qPrintable(text)) << text << written;
    };
    row(u""_s, u""_s);
    row(u"\"gulf coast\" storm"_s, u"\"gulf coast\" storm"_s);
    row(u"\"type:news\""_s, u"\"type:news\""_s);
    row(u"type:tropical_cyclone,weather_alert"_s, u"category:weather"_s);
    row(u"-type:news"_s, u"-type:news"_s);
    row(u"region:US-TX,US-LA,US"_s, u"region:US"_s);
    row(u"region:US -region:US-TX"_s, u"region:US -region:US-TX"_s);
    row(u"-region:US,CA"_s, u"region:none,DE"_s);
    row(u"source:usgs,noaa"_s, u"-source:sample-news"_s);
    row(u"severity>=0.5 confidence>=12.5"_s, u"severity>=50 confidence>=12.5"_s);
    row(u"box:-10.25,35,30,60.125"_s, u"box:-10.25,35,30,60.125"_s);
}

void TestFilterLanguage::writtenFilterIsReadBack()
{
    QFETCH(QString, text);
    QFETCH(QString, written);
    const auto filter = parseFilter(text, kNames);
    QVERIFY(filter);
    const QString again = filterText(*filter, kNames);
    QCOMPARE(again, written);
    const auto back = parseFilter(again, kNames);
    QVERIFY2(back, qPrintable(again));
    QVERIFY2(*back == *filter, qPrintable(again));
}

void TestFilterLanguage::anyTextIsReadOrRefused()
{
    const QStringList pieces{
        u"type"_s,     u":"_s,      u">="_s,  u","_s,     u"\""_s,  u" "_s, u"-"_s,
        u"US"_s,       u"region"_s, u"box"_s, u"1e999"_s, u"nan"_s, u"ä"_s, QString(QChar(0)),
        u"severity"_s, u"none"_s,   u"𝄞"_s,   u"news"_s};
    std::mt19937 random(20261126);
    int readable = 0;
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        for (auto length = random() % 12; length > 0; --length)
            text += pieces[static_cast<qsizetype>(random() % static_cast<unsigned>(pieces.size()))];
        const auto filter = parseFilter(text, kNames);
        if (filter) {
            ++readable;
            const QString again = filterText(*filter, kNames);
            const auto back = parseFilter(again, kNames);
            QVERIFY2(back, qPrintable(text + u" → "_s + again));
            QVERIFY2(back->types == filter->types && back->regions == filter->regions &&
                         back->words.size() == filter->words.size(),
                     qPrintable(text + u" → "_s + again));
        } else {
            const FilterFault &fault = filter.error();
            QVERIFY(fault.at >= 0 && fault.at + fault.length <= text.size());
        }
        const qsizetype cursor =
            text.isEmpty() ? 0 : static_cast<qsizetype>(random() % unsigned(text.size() + 1));
        const auto completion = completeFilter(text, cursor, kNames);
        QVERIFY(completion.at >= 0 && completion.at + completion.length <= text.size());
    }
    QVERIFY(readable > 1000);
}

void TestFilterLanguage::completionFits_data()
{
    QTest::addColumn<QString>("before"); // the cursor stands at its end
    QTest::addColumn<QString>("replaced");
    QTest::addColumn<QStringList>("candidates");
    const auto row = [](const char *name, const QString &before, const QString &replaced,
                        const QStringList &candidates) {
        QTest::newRow(name) << before << replaced << candidates;
    };
    row("a field", u"storm s"_s, u"s"_s, {u"severity>="_s, u"source:"_s});
    row("a field with a minus", u"-re"_s, u"re"_s, {u"region:"_s});
    row("a word that is no field", u"storm"_s, u"storm"_s, {});
    row("a region", u"region:us"_s, u"us"_s, {u"US"_s, u"US-LA"_s, u"US-TX"_s});
    row("the second value", u"source:usgs,sa"_s, u"sa"_s, {u"sample-news"_s});
    row("a category", u"category:m"_s, u"m"_s, {u"macro"_s, u"markets"_s});
    row("what is complete", u"type:earthquake"_s, u"earthquake"_s, {});
    row("nothing begun", u"storm "_s, u""_s, {});
}

void TestFilterLanguage::completionFits()
{
    QFETCH(QString, before);
    QFETCH(QString, replaced);
    QFETCH(QStringList, candidates);
    const QString text = before + u" rest"_s;
    const auto completion = completeFilter(text, before.size(), kNames);
    QCOMPARE(completion.candidates, candidates);
    QCOMPARE(text.sliced(completion.at, completion.length), replaced);
}

void TestFilterLanguage::idsAreFound()
{
    std::mt19937_64 random(7);
    std::vector<std::int64_t> ids;
    std::vector<std::uint32_t> values;
    for (std::uint32_t index = 0; index < 10'000; ++index) {
        ids.push_back(index % 2 == 0 ? static_cast<std::int64_t>(index)
                                     : static_cast<std::int64_t>(random()));
        values.push_back(index);
    }
    const EventIdTable table(ids, values);
    QCOMPARE(table.size(), ids.size());
    for (std::size_t index = 0; index < ids.size(); ++index)
        QCOMPARE(table.find(ids[index]), std::optional(values[index]));
    QVERIFY(!table.contains(1));
    QVERIFY(!EventIdTable().contains(0));
}

QTEST_GUILESS_MAIN(TestFilterLanguage)
#include "tst_filter_language.moc"
