// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/attributes.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/boundary.h"
#include "chrona/schema/cluster.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"
#include "chrona/schema/feature.h"
#include "chrona/schema/oracle_round.h"
#include "chrona/schema/signal.h"
#include "chrona/schema/source.h"
#include "chrona/schema/targets.h"
#include "chrona/schema/text.h"
#include "chrona/schema/topic_exposure.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <format>
#include <limits>
#include <set>

using namespace chrona;
using namespace chrona::schema;

class TestSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWordIsReadBack();
    void everyEventTypeHasACategory();
    void availability_data();
    void availability();
    void idsFollowFromKeys();
    void eventKey_data();
    void eventKey();
    void bounds_data();
    void bounds();
    void boxesTouch_data();
    void boxesTouch();
    void anchor_data();
    void anchor();
    void utf8_data();
    void utf8();
    void attributesStayInOrder();
    void columnsHoldWhatTheEventSays();
    void columnsOfDifferentLengthsAreRefused();
    void defaultTargetsAreSound();
    void topicsExposeDefaultTargets();
    void targetWarnings_data();
    void targetWarnings();
};

namespace {

/// Each value has a word of its own that reads back as the value, and nothing else is read.
template <class Enum, class From> void checkWords(std::size_t count, From from)
{
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<Enum>(i);
        words.insert(toString(value));
        QVERIFY(from(toString(value)) == value);
    }
    QCOMPARE(words.size(), count);
    QCOMPARE(toString(static_cast<Enum>(count)), std::string_view("unknown"));
    QVERIFY(!from("unknown"));
    QVERIFY(!from(""));
}

Instant instantOf(const char *text)
{
    return *parseInstant(text);
}

} // namespace

void TestSchema::everyWordIsReadBack()
{
    checkWords<EventType>(kEventTypeCount, eventTypeFrom);
    checkWords<EntityKind>(9, entityKindFrom);
    checkWords<EntityRole>(7, entityRoleFrom);
    checkWords<AvailabilityBasis>(3, availabilityBasisFrom);
    checkWords<Frequency>(9, frequencyFrom);
    checkWords<VintageRule>(3, vintageRuleFrom);
    checkWords<InstrumentClass>(8, instrumentClassFrom);
    checkWords<IngestMode>(3, ingestModeFrom);
    checkWords<Redistribution>(3, redistributionFrom);
    checkWords<RetentionClass>(5, retentionClassFrom);
    checkWords<AuthNeed>(3, authNeedFrom);
    checkWords<PlaceKind>(5, placeKindFrom);
    checkWords<FeatureKind>(8, featureKindFrom);
    checkWords<Control>(kControlCount, controlFrom);
    checkWords<FailureMode>(kFailureModeCount, failureModeFrom);
    checkWords<SignalLabel>(3, signalLabelFrom);
    checkWords<RelationKind>(11, relationKindFrom);
    checkWords<Network>(4, networkFrom);
    checkWords<SubmissionKind>(4, submissionKindFrom);
    checkWords<SubmissionState>(7, submissionStateFrom);
}

void TestSchema::everyEventTypeHasACategory()
{
    std::set<EventCategory> categories;
    for (std::size_t i = 0; i < kEventTypeCount; ++i)
        categories.insert(categoryOf(static_cast<EventType>(i)));
    QCOMPARE(categories.size(), kEventCategoryCount);
}

void TestSchema::availability_data()
{
    QTest::addColumn<AvailabilityBasis>("basis");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("seen to arrive")
        << AvailabilityBasis::Measured << QByteArray("2026-01-03T00:00:00Z");
    QTest::newRow("stated by the source")
        << AvailabilityBasis::Stated << QByteArray("2026-01-02T00:00:00Z");
    QTest::newRow("assumed a lag after it happened")
        << AvailabilityBasis::Assumed << QByteArray("2026-01-01T06:00:00Z");
}

void TestSchema::availability()
{
    QFETCH(AvailabilityBasis, basis);
    QFETCH(QByteArray, expected);
    const FactTimes times{instantOf("2026-01-01"), instantOf("2026-01-02"), instantOf("2026-01-03"),
                          basis, std::chrono::hours(6)};
    QCOMPARE(QByteArray::fromStdString(formatInstant(times.availableAt())), expected);
}

void TestSchema::idsFollowFromKeys()
{
    QVERIFY(entityIdFor("country:US") == entityIdFor("country:US"));
    QVERIFY(entityIdFor("country:US") != entityIdFor("country:CA"));
    // The same word names different things in different tables.
    QVERIFY(instrumentIdFor("SPY").value != seriesIdFor("SPY").value);
    QVERIFY(boundaryIdFor("a", "bc") != boundaryIdFor("ab", "c"));
    // Stored ids must not change with the program: this one is part of every database.
    QCOMPARE(instrumentIdFor("SPY").value, std::int64_t(1668944515454214256));
    const FeatureId feature = featureIdFor("f");
    const InstrumentId target = instrumentIdFor("SPY");
    QVERIFY(signalIdFor(feature, target, 0.1) == signalIdFor(feature, target, 0.3));
    QVERIFY(signalIdFor(feature, target, 0.1) != signalIdFor(feature, target, -0.1));
}

void TestSchema::eventKey_data()
{
    QTest::addColumn<bool>("same");
    QTest::addColumn<QByteArray>("sourceRef");
    QTest::addColumn<QByteArray>("title");
    QTest::newRow("a revised title is the same event")
        << true << QByteArray("us7000") << QByteArray("new");
    QTest::newRow("another reference is another event")
        << false << QByteArray("us7001") << QByteArray("old");
    QTest::newRow("without a reference the title counts")
        << false << QByteArray() << QByteArray("new");
    QTest::newRow("without a reference the same title is the same")
        << true << QByteArray() << QByteArray("old");
}

void TestSchema::eventKey()
{
    QFETCH(bool, same);
    QFETCH(QByteArray, sourceRef);
    QFETCH(QByteArray, title);
    Event first;
    first.source = sourceIdFor("usgs");
    first.sourceRef = sourceRef.isEmpty() ? "" : "us7000";
    first.title = "old";
    Event second = first;
    second.sourceRef = sourceRef.toStdString();
    second.title = title.toStdString();
    QCOMPARE(eventIdFor(first) == eventIdFor(second), same);
    second = first;
    second.source = sourceIdFor("gdacs");
    QVERIFY(eventIdFor(first) != eventIdFor(second));
}

void TestSchema::bounds_data()
{
    QTest::addColumn<Geometry>("geometry");
    QTest::addColumn<GeoBox>("expected");
    const Ring square{{10, 20}, {30, 20}, {30, 40}, {10, 40}, {10, 20}};
    QTest::newRow("nothing") << Geometry{} << GeoBox{};
    QTest::newRow("a point") << Geometry::at({5, 6}) << GeoBox{5, 6, 5, 6};
    QTest::newRow("an area") << Geometry{Geometry::Kind::Areas, {}, {}, {{square}}}
                             << GeoBox{10, 20, 30, 40};
    QTest::newRow("points on both sides of the anti-meridian")
        << Geometry{Geometry::Kind::Point, {{179, 1}, {-178, -1}}, {}, {}}
        << GeoBox{179, -1, -178, 1};
    const Ring east{{177, -19}, {180, -19}, {180, -16}, {177, -16}, {177, -19}};
    const Ring west{{-180, -19}, {-178, -19}, {-178, -16}, {-180, -16}, {-180, -19}};
    QTest::newRow("islands that the anti-meridian cuts")
        << Geometry{Geometry::Kind::Areas, {}, {}, {{east}, {west}}} << GeoBox{177, -19, -178, -16};
    const Ring world{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}};
    QTest::newRow("the whole world is not a line at 180")
        << Geometry{Geometry::Kind::Areas, {}, {}, {{world}}} << GeoBox{-180, -90, 180, 90};
}

void TestSchema::bounds()
{
    QFETCH(Geometry, geometry);
    QFETCH(GeoBox, expected);
    QVERIFY(boundsOf(geometry) == expected);
}

void TestSchema::boxesTouch_data()
{
    QTest::addColumn<GeoBox>("one");
    QTest::addColumn<GeoBox>("other");
    QTest::addColumn<bool>("expected");
    const GeoBox pacific{170, -10, -170, 10};
    QTest::newRow("one in the other") << GeoBox{0, 0, 10, 10} << GeoBox{2, 2, 3, 3} << true;
    QTest::newRow("an edge in common") << GeoBox{0, 0, 10, 10} << GeoBox{10, 0, 20, 10} << true;
    QTest::newRow("side by side") << GeoBox{0, 0, 10, 10} << GeoBox{11, 0, 20, 10} << false;
    QTest::newRow("above each other") << GeoBox{0, 0, 10, 10} << GeoBox{0, 11, 10, 20} << false;
    QTest::newRow("west of the anti-meridian") << pacific << GeoBox{175, 0, 176, 1} << true;
    QTest::newRow("east of it") << pacific << GeoBox{-176, 0, -175, 1} << true;
    QTest::newRow("between its ends") << pacific << GeoBox{-160, 0, 160, 1} << false;
    QTest::newRow("both across") << pacific << GeoBox{179, 5, -179, 20} << true;
    QTest::newRow("both across, apart") << pacific << GeoBox{179, 15, -179, 20} << false;
}

void TestSchema::boxesTouch()
{
    QFETCH(GeoBox, one);
    QFETCH(GeoBox, other);
    QFETCH(bool, expected);
    QCOMPARE(doTouch(one, other), expected);
    QCOMPARE(doTouch(other, one), expected);
}

void TestSchema::anchor_data()
{
    QTest::addColumn<Geometry>("geometry");
    QTest::addColumn<GeoPoint>("expected");
    const Ring small{{100, 0}, {101, 0}, {101, 1}, {100, 1}, {100, 0}};
    const Ring large{{-10, -10}, {10, -10}, {10, 10}, {-10, 10}, {-10, -10}};
    const Ring flat{{0, 0}, {2, 0}, {0, 0}, {0, 0}};
    QTest::newRow("a point is its own") << Geometry::at({5, 6}) << GeoPoint{5, 6};
    QTest::newRow("half way along a line, not its middle vertex")
        << Geometry{Geometry::Kind::Lines, {}, {{{0, 0}, {1, 0}, {10, 0}}}, {}} << GeoPoint{5, 0};
    QTest::newRow("the centroid of the larger of two areas")
        << Geometry{Geometry::Kind::Areas, {}, {}, {{small}, {large}}} << GeoPoint{0, 0};
    QTest::newRow("an area without extent")
        << Geometry{Geometry::Kind::Areas, {}, {}, {{flat}}} << GeoPoint{2, 0};
    QTest::newRow("nothing") << Geometry{} << GeoPoint{};
}

void TestSchema::anchor()
{
    QFETCH(Geometry, geometry);
    QFETCH(GeoPoint, expected);
    const GeoPoint found = anchorOf(geometry);
    QVERIFY(std::abs(found.longitude - expected.longitude) < 1e-9);
    QVERIFY(std::abs(found.latitude - expected.latitude) < 1e-9);
}

void TestSchema::utf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("bad"); // -1: well-formed
    QTest::newRow("nothing") << QByteArray() << -1;
    QTest::newRow("ASCII longer than a word") << QByteArray("0123456789") << -1;
    QTest::newRow("two, three and four bytes")
        << QByteArray("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8C\x8D") << -1;
    QTest::newRow("a stray continuation after a word") << QByteArray("01234567\x80") << 8;
    QTest::newRow("an overlong slash") << QByteArray("\xC0\xAF") << 0;
    QTest::newRow("an overlong three-byte form") << QByteArray("\xE0\x80\x80") << 0;
    QTest::newRow("half of a surrogate pair") << QByteArray("a\xED\xA0\x80") << 1;
    QTest::newRow("above U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << 0;
    QTest::newRow("cut in the middle") << QByteArray("ab\xE2\x82") << 2;
    QTest::newRow("Latin-1") << QByteArray("caf\xE9") << 3;
}

void TestSchema::utf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, bad);
    const auto found =
        firstInvalidUtf8(std::string_view(bytes.constData(), std::size_t(bytes.size())));
    QCOMPARE(found ? int(*found) : -1, bad);
}

void TestSchema::attributesStayInOrder()
{
    Attributes attributes;
    QVERIFY(set(attributes, "magnitude", 5.4));
    QVERIFY(set(attributes, "depth_km", std::int64_t(10)));
    QVERIFY(!set(attributes, "magnitude", 5.5));
    QCOMPARE(attributes.front().key, std::string("depth_km"));
    QCOMPARE(std::get<double>(*find(attributes, "magnitude")), 5.5);
    QVERIFY(find(attributes, "zzz") == nullptr);
}

void TestSchema::columnsHoldWhatTheEventSays()
{
    Event event;
    event.id = {42};
    event.type = EventType::Flood;
    event.times = {instantOf("2026-01-01"), instantOf("2026-01-02"), instantOf("2026-01-03"),
                   AvailabilityBasis::Stated, Duration{0}};
    event.geometry = Geometry::at({-73.5, 45.25});
    event.severity = 0.5F;
    event.confidence = 1;
    event.synthetic = true;
    event.state = EventState::Retracted;
    EventColumns columns;
    columns.append(event, 3, 4);
    event.geometry = {};
    columns.append(event, 3, 4);
    EventColumns twice;
    twice.append(columns);
    twice.append(columns);
    QCOMPARE(twice.size(), std::size_t(4));
    QVERIFY(twice.isConsistent());
    QCOMPARE(twice.availableAt[2], instantOf("2026-01-02").time_since_epoch().count());
    QCOMPARE(twice.longitude[2], -73.5F);
    QCOMPARE(int(twice.severity[2]), 128);
    QCOMPARE(int(twice.confidence[2]), 255);
    QCOMPARE(int(twice.flags[2]),
             EventColumns::kSynthetic | EventColumns::kRetracted | EventColumns::kHasPlace);
    QCOMPARE(int(twice.flags[3]), EventColumns::kSynthetic | EventColumns::kRetracted);
}

void TestSchema::columnsOfDifferentLengthsAreRefused()
{
    EventColumns columns;
    columns.append(Event{}, 0, 0);
    columns.region.push_back(1);
    QVERIFY(!columns.isConsistent());
}

void TestSchema::defaultTargetsAreSound()
{
    std::set<std::string_view> symbols;
    for (const DefaultTarget &target : defaultTargets()) {
        symbols.insert(target.symbol);
        const Instrument instrument = instrumentFor(target);
        QVERIFY2(validate(instrument).empty(), describe(validate(instrument)).c_str());
        QVERIFY(instrument.isTarget);
        QCOMPARE(target.sector.empty(), target.group != TargetGroup::Sector);
    }
    QCOMPARE(symbols.size(), std::size_t(15));
    QVERIFY(symbols.contains("SPY") && symbols.contains("VIXY"));
}

void TestSchema::topicsExposeDefaultTargets()
{
    for (const TopicExposure &rule : topicExposures()) {
        QVERIFY(rule.topic != Topic::None && rule.weight >= kExposureMin && rule.weight < 1);
        const auto exposed = targetsExposedTo(rule.topic, 1);
        const auto found = std::ranges::find(exposed, rule.symbol, &ExposedTarget::symbol);
        QVERIFY(found != exposed.end());
        QCOMPARE(found->weight, rule.weight);
        QVERIFY(found->instrument == entityIdFor(found->key));
        QVERIFY(found->key == std::format("instrument:{}", rule.symbol));
        QVERIFY(std::ranges::contains(defaultTargets(), rule.symbol, &DefaultTarget::symbol));
    }
    QVERIFY(targetsExposedTo(Topic::None, 1).empty());
    QVERIFY(targetsExposedTo(Topic::Energy, 0.29F).empty()); // too unsure
    QVERIFY(targetsExposedTo(Topic::Energy, std::numeric_limits<float>::quiet_NaN()).empty());
    QCOMPARE(targetsExposedTo(Topic::Politics, 0.5F).size(), 0U); // the link would be too weak
}

void TestSchema::targetWarnings_data()
{
    QTest::addColumn<qulonglong>("sessions");
    QTest::addColumn<qulonglong>("expectedSessions");
    QTest::addColumn<double>("turnover"); // NaN: unknown
    QTest::addColumn<QByteArray>("warnings");
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("long, whole and liquid") << 1000ULL << 1000ULL << 5e7 << QByteArray();
    QTest::newRow("exactly at the floor") << 504ULL << 504ULL << 1e6 << QByteArray();
    QTest::newRow("a day short") << 503ULL << 503ULL << 5e7 << QByteArray("short_history");
    QTest::newRow("a tenth missing") << 900ULL << 1000ULL << 5e7 << QByteArray("gaps");
    QTest::newRow("hardly traded") << 1000ULL << 1000ULL << 5e5 << QByteArray("thin_trading");
    QTest::newRow("all of it") << 10ULL << 100ULL << unknown
                               << QByteArray("short_history,gaps,unknown_liquidity");
}

void TestSchema::targetWarnings()
{
    QFETCH(qulonglong, sessions);
    QFETCH(qulonglong, expectedSessions);
    QFETCH(double, turnover);
    QFETCH(QByteArray, warnings);
    TargetHistory history{sessions, expectedSessions, std::nullopt};
    if (!std::isnan(turnover))
        history.medianTurnover = turnover;
    QByteArrayList found;
    for (const TargetWarning warning : warningsFor(history))
        found << QByteArray::fromStdString(std::string(toString(warning)));
    QCOMPARE(found.join(','), warnings);
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
