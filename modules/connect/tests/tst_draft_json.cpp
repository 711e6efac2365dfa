// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/draft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace chrona;
using namespace Qt::StringLiterals;
using connect::Draft;

class TestDraftJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypeHasEveryField_data();
    void everyTypeHasEveryField();
    void eventIsWrittenWhole();
    void hostileTextStaysOneValidLine_data();
    void hostileTextStaysOneValidLine();
    void numbersThatJsonLacksAreNull();
    void geometryIsGeoJson_data();
    void geometryIsGeoJson();
};

namespace {

QJsonObject parsed(const Draft &draft)
{
    const std::string line = connect::draftToJson(draft);
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(line), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s in %s", qPrintable(error.errorString()), line.c_str());
    return document.object();
}

} // namespace

Q_DECLARE_METATYPE(chrona::connect::Draft)

void TestDraftJson::everyTypeHasEveryField_data()
{
    QTest::addColumn<Draft>("draft");
    QTest::addColumn<int>("fields"); // those of the struct, times counting five, and the type
    QTest::newRow("event") << Draft(schema::Event{}) << 25;
    QTest::newRow("observation") << Draft(schema::Observation{}) << 8;
    QTest::newRow("bar") << Draft(schema::PriceBar{}) << 15;
    QTest::newRow("quote") << Draft(schema::Quote{}) << 10;
    QTest::newRow("entity") << Draft(schema::Entity{}) << 10;
    QTest::newRow("series") << Draft(schema::Series{}) << 11;
    QTest::newRow("instrument") << Draft(schema::Instrument{}) << 10;
    QTest::newRow("rejected") << Draft(connect::Rejected{}) << 3;
}

void TestDraftJson::everyTypeHasEveryField()
{
    QFETCH(Draft, draft);
    QFETCH(int, fields);
    const auto json = parsed(draft);
    QCOMPARE(json.value("type"_L1).toString(), QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(json.size(), fields);
}

void TestDraftJson::eventIsWrittenWhole()
{
    schema::Event event;
    event.id = {9'007'199'254'740'993}; // one more than a double can tell from its neighbour
    event.type = schema::EventType::Earthquake;
    event.title = "M 5.1 - Somewhere";
    event.times.observedAt = Instant(std::chrono::milliseconds(1'537'603'200'250));
    event.geometry = schema::Geometry::at({149.1234, -32.2345});
    event.entities = {{{7}, schema::EntityRole::Topic, 0.5F}};
    event.attributes = {{"magnitude", 5.1},
                        {"tsunami", true},
                        {"felt_reports", std::int64_t{12}},
                        {"place", std::string("Somewhere")}};
    event.state = schema::EventState::Retracted;
    const auto json = parsed(event);
    QCOMPARE(json.value("id"_L1).toString(), u"9007199254740993"_s);
    QCOMPARE(json.value("event_type"_L1).toString(), u"earthquake"_s);
    QCOMPARE(json.value("category"_L1).toString(), u"disasters"_s);
    QCOMPARE(json.value("observed_at"_L1).toString(), u"2018-09-22T08:00:00.250Z"_s);
    QVERIFY(json.value("published_at"_L1).isNull());
    QCOMPARE(
        json.value("geometry"_L1).toObject().value("coordinates"_L1).toArray().at(0).toDouble(),
        149.1234);
    QCOMPARE(json.value("entities"_L1).toArray().at(0).toObject().value("role"_L1).toString(),
             u"topic"_s);
    const auto attributes = json.value("attributes"_L1).toObject();
    QCOMPARE(attributes.value("magnitude"_L1).toDouble(), 5.1);
    QCOMPARE(attributes.value("tsunami"_L1), QJsonValue(true));
    QCOMPARE(attributes.value("felt_reports"_L1).toInteger(), 12);
    QCOMPARE(json.value("state"_L1).toString(), u"retracted"_s);
}

void TestDraftJson::hostileTextStaysOneValidLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("read");
    QTest::newRow("quotes and backslashes") << QByteArray("a\"b\\c") << u"a\"b\\c"_s;
    QTest::newRow("a line end") << QByteArray("a\r\nb") << u"a\r\nb"_s;
    QTest::newRow("a NUL and an escape")
        << QByteArray("a\0\x1b[31m", 7) << QString::fromLatin1("a\0\x1b[31m", 7);
    QTest::newRow("bytes that are not UTF-8") << QByteArray("a\xff\xc3") << u"a\uFFFD\uFFFD"_s;
    QTest::newRow("beyond the basic plane")
        << QByteArray("\xF0\x9F\x8C\x8B") << QString::fromUtf8("\xF0\x9F\x8C\x8B");
}

void TestDraftJson::hostileTextStaysOneValidLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, read);
    schema::Event event;
    event.title = text.toStdString();
    QVERIFY(!connect::draftToJson(event).contains('\n'));
    QCOMPARE(parsed(event).value("title"_L1).toString(), read);
}

void TestDraftJson::numbersThatJsonLacksAreNull()
{
    schema::Observation observation;
    observation.value = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(parsed(observation).value("value"_L1).isNull());
    schema::Quote quote;
    quote.bid = -std::numeric_limits<double>::infinity();
    QVERIFY(parsed(quote).value("bid"_L1).isNull());
}

void TestDraftJson::geometryIsGeoJson_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("type");
    using Kind = schema::Geometry::Kind;
    QTest::newRow("many points") << int(Kind::Point) << u"MultiPoint"_s;
    QTest::newRow("lines") << int(Kind::Lines) << u"MultiLineString"_s;
    QTest::newRow("areas") << int(Kind::Areas) << u"MultiPolygon"_s;
}

void TestDraftJson::geometryIsGeoJson()
{
    QFETCH(int, kind);
    QFETCH(QString, type);
    const std::vector<schema::GeoPoint> points{{0, 0}, {1, 0}, {1, 1}, {0, 0}};
    schema::Event event;
    event.geometry.kind = static_cast<schema::Geometry::Kind>(kind);
    event.geometry.points = points;
    event.geometry.lines = {points};
    event.geometry.areas = {{points}};
    const auto json = parsed(event).value("geometry"_L1).toObject();
    QCOMPARE(json.value("type"_L1).toString(), type);
    QJsonArray inner = json.value("coordinates"_L1).toArray();
    while (inner.size() == 1)
        inner = inner.at(0).toArray();
    QCOMPARE(inner.size(), 4);
    QCOMPARE(inner.at(2).toArray().at(1).toDouble(), 1.0);
}

QTEST_GUILESS_MAIN(TestDraftJson)
#include "tst_draft_json.moc"
