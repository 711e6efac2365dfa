// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/map_area_store.h"
#include "chrona/storage/partitions.h"
#include "sample_events.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::storage;

/// Areas of interest, and the outlines of events.
class TestMapStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { beginFresh(); }
    void areasComeBackByName();
    void staleAreaIsRefused();
    void nameIsTakenOnce();
    void wrongOutlinesAreRefused_data();
    void wrongOutlinesAreRefused();
    void outlinesComeForThoseThatHaveOne();
};

namespace {

const schema::Ring kSquare{{1, 1}, {4, 1}, {4.25, 3.0625}, {1, 3}, {1, 1}};

MapAreaRecord areaCalled(const char *name)
{
    return {{}, name, kSquare, {}, 1};
}

} // namespace

void TestMapStore::areasComeBackByName()
{
    QVERIFY(loadMapAreas(*m_connection).value().empty());
    const auto second = saveMapArea(*m_connection, areaCalled("Strait"));
    QVERIFY2(second, second ? "" : second.error().what.c_str());
    QVERIFY(!second->id.isNull());
    QVERIFY(saveMapArea(*m_connection, areaCalled("Gulf")));
    const auto areas = loadMapAreas(*m_connection).value();
    QCOMPARE(areas.size(), 2U);
    QCOMPARE(areas[0].name, std::string("Gulf"));
    QCOMPARE(areas[1].id, second->id);
    QVERIFY(areas[1].ring == kSquare);
    QVERIFY(areas[1].lookedAt == second->lookedAt);
    QVERIFY(removeMapArea(*m_connection, second->id));
    QVERIFY2(!removeMapArea(*m_connection, second->id), "what is gone cannot go");
    QCOMPARE(loadMapAreas(*m_connection).value().size(), 1U);
}

void TestMapStore::staleAreaIsRefused()
{
    MapAreaRecord area = saveMapArea(*m_connection, areaCalled("Gulf")).value();
    const MapAreaRecord before = area;
    area.lookedAt = parseInstant("2026-11-20T12:00").value();
    area.name = "Gulf of nowhere";
    area = saveMapArea(*m_connection, area).value();
    QCOMPARE(area.revision, 2U);
    const auto stale = saveMapArea(*m_connection, before);
    QVERIFY(!stale);
    QVERIFY(stale.error().code == ErrorCode::Conflict);
    const auto areas = loadMapAreas(*m_connection).value();
    QCOMPARE(areas[0].name, std::string("Gulf of nowhere"));
    QVERIFY(areas[0].lookedAt == area.lookedAt);
}

void TestMapStore::nameIsTakenOnce()
{
    QVERIFY(saveMapArea(*m_connection, areaCalled("Gulf")));
    QVERIFY(saveMapArea(*m_connection, areaCalled("Gulf")).error().code == ErrorCode::Conflict);
    MapAreaRecord other = saveMapArea(*m_connection, areaCalled("Strait")).value();
    other.name = "Gulf";
    QVERIFY(saveMapArea(*m_connection, other).error().code == ErrorCode::Conflict);
}

void TestMapStore::wrongOutlinesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QList<schema::GeoPoint>>("ring");
    using Ring = QList<schema::GeoPoint>;
    const QString gulf = QStringLiteral("Gulf");
    QTest::newRow("open") << gulf << Ring{{1, 1}, {4, 1}, {4, 3}, {1, 3}};
    QTest::newRow("no ring") << gulf << Ring{};
    QTest::newRow("beyond the pole") << gulf << Ring{{1, 1}, {4, 1}, {4, 99}, {1, 1}};
    QTest::newRow("no name") << QString() << Ring(kSquare.begin(), kSquare.end());
    QTest::newRow("too many corners") << gulf << Ring(20'000, schema::GeoPoint{1, 1});
}

void TestMapStore::wrongOutlinesAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QList<schema::GeoPoint>, ring);
    const auto saved = saveMapArea(
        *m_connection, {{}, name.toStdString(), {ring.begin(), ring.end()}, {}, 1});
    QVERIFY(!saved);
    QVERIFY(saved.error().code == ErrorCode::InvalidInput);
    QVERIFY(loadMapAreas(*m_connection).value().empty());
}

void TestMapStore::outlinesComeForThoseThatHaveOne()
{
    auto events = sampleEvents(30);
    schema::Event &area = events[3], &line = events[5];
    area.geometry = {schema::Geometry::Kind::Areas, {}, {}, {{kSquare}}};
    area.endsAt = area.times.observedAt + std::chrono::hours(2);
    line.geometry = {schema::Geometry::Kind::Lines, {}, {{{1, 2}, {3, 4}}}, {}};
    line.endsAt.reset();
    QVERIFY(storeEvents(*m_connection, events));
    std::vector<schema::EventId> ids{{12345}};
    for (const schema::Event &event : events)
        ids.push_back(event.id);
    const auto shapes = loadEventShapes(*m_connection, ids);
    QVERIFY2(shapes, shapes ? "" : shapes.error().what.c_str());
    QCOMPARE(shapes->size(), 2U);
    for (const EventShapeRecord &shape : *shapes) {
        const schema::Event &event = shape.id == area.id ? area : line;
        QCOMPARE(shape.id, event.id);
        QVERIFY(shape.geometry == event.geometry);
        QVERIFY(shape.observedAt == event.times.observedAt);
        QVERIFY(shape.endsAt == event.endsAt);
    }
    // And the columns say which have one.
    schema::EventColumns columns;
    EventTables tables;
    QVERIFY(loadEventColumns(*m_connection, columns, tables));
    for (std::size_t row = 0; row < columns.size(); ++row) {
        const bool hasOne = columns.id[row] == area.id.value || columns.id[row] == line.id.value;
        QCOMPARE((columns.flags[row] & schema::EventColumns::kHasShape) != 0, hasOne);
    }
}

QTEST_GUILESS_MAIN(TestMapStore)
#include "tst_map_store.moc"
