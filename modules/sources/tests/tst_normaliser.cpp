// SPDX-License-Identifier: AGPL-3.0-or-later
#include "normaliser_fixture.h"

#include "chrona/storage/entity_store.h"

#include <format>

using namespace chrona;
using namespace std::chrono_literals;
using sources::Normaliser;

/// From the raw log to stored events, over a real Postgres and the real connector.
class TestNormaliser : public NormaliserFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { begin(); }
    void payloadBecomesEvents();
    void revisionAndRetractionSupersede();
    void poisonIsSetAsideAndTheCursorMovesOn_data();
    void poisonIsSetAsideAndTheCursorMovesOn();
    void hostileFeatureDoesNotStopItsNeighbours();
    void itemOfAnUnknownConnectorIsSetAside();
    void whatTheDatabaseRefusesIsSetAside();
    void namesFoundInTextsAreLinkedAndReplaceNothing();
    void restartGoesOnAtTheCursor();
    void secondNormaliserTakesNothingTwice();
    void floodIsTakenInBatches();
};

void TestNormaliser::payloadBecomesEvents()
{
    append(quakeFeed({{"us1"}, {"us2", 6.5}}));
    auto consumer = normaliser();
    const auto report = consume(consumer);
    QCOMPARE(report.items, 1);
    QCOMPARE(report.events.accepted, 2);
    QCOMPARE(report.quarantined, 0);
    const auto events = stored();
    QCOMPARE(events.size(), 2U);
    for (const auto &event : events) {
        QVERIFY(event.source == m_usgs);
        QVERIFY(event.type == schema::EventType::Earthquake);
        QVERIFY(event.times.ingestedAt == kFetchedFrom + std::chrono::minutes(m_minute - 1));
        QCOMPARE(event.entities.size(), 1U);
    }
    QCOMPARE(m_told.size(), 1U);
    QCOMPARE(m_told.front().source.key, std::string("usgs-earthquakes"));
    QCOMPARE(m_told.front().events.size(), 2U);
    QCOMPARE(consume(consumer).items, 0);
}

void TestNormaliser::revisionAndRetractionSupersede()
{
    auto consumer = normaliser();
    append(quakeFeed({{"us1", 5}}));
    QCOMPARE(consume(consumer).events.accepted, 1);
    append(quakeFeed({{"us1", 5}, {"us2", 4}})); // the same with a neighbour
    const auto second = consume(consumer);
    QCOMPARE(second.events.duplicates, 1);
    QCOMPARE(second.events.accepted, 1);
    append(quakeFeed({{"us1", 5.4, 1'795'247'000'000}}));
    QCOMPARE(consume(consumer).events.revised, 1);
    append(quakeFeed({{"us1", 5.4, 1'795'247'900'000, "deleted"}}));
    QCOMPARE(consume(consumer).events.revised, 1);
    const auto events = stored();
    QCOMPARE(events.size(), 2U);
    const auto us1 = std::ranges::find(events, "us1", &schema::Event::sourceRef);
    QVERIFY(us1 != events.end());
    QVERIFY(us1->state == schema::EventState::Retracted);
    QCOMPARE(us1->revision, 3U);
    CHECKED(revisions, storage::loadRevisions(*m_connection, us1->id));
    QCOMPARE(revisions->size(), 3U); // nothing is erased
    QCOMPARE(revisions->front().title, std::string("M 5 - Testville"));
}

void TestNormaliser::poisonIsSetAsideAndTheCursorMovesOn_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("a maintenance page") << QByteArray("<html>Back soon</html>");
    QTest::newRow("cut JSON") << QByteArray(R"({"type":"FeatureColl)");
    QTest::newRow("bytes that are not text") << QByteArray("\0\xff\xfe", 3);
    QTest::newRow("nothing that can be a fact") << QByteArray(
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{}}]})");
}

void TestNormaliser::poisonIsSetAsideAndTheCursorMovesOn()
{
    QFETCH(QByteArray, payload);
    append(payload.toStdString(), "poison");
    append(quakeFeed({{"us1"}}));
    auto consumer = normaliser();
    const auto report = consume(consumer);
    QCOMPARE(report.items, 2);
    QCOMPARE(report.quarantined, 1);
    QCOMPARE(report.events.accepted, 1);
    CHECKED(aside, storage::loadQuarantine(*m_connection));
    QCOMPARE(aside->size(), 1U);
    QCOMPARE(aside->front().sourceRef, std::string("poison"));
    QVERIFY(!aside->front().reason.empty());
}

void TestNormaliser::hostileFeatureDoesNotStopItsNeighbours()
{
    append(quakeFeed({{"us1"}, {.id = "us2", .latitude = 91}, {"us3"}}));
    auto consumer = normaliser();
    const auto report = consume(consumer);
    QCOMPARE(report.events.accepted, 2);
    QCOMPARE(report.rejected, 1);
    QCOMPARE(report.quarantined, 0);
}

void TestNormaliser::itemOfAnUnknownConnectorIsSetAside()
{
    schema::Source own = m_library->find("usgs-earthquakes")->description.sources.front();
    own.key = "somebody-else";
    own.id = schema::sourceIdFor(own.key);
    own.connector = "not-loaded";
    CHECKED(done, storage::storeSources(*m_connection, std::span(&own, 1)));
    append(quakeFeed({{"us1"}}), "theirs", own.id);
    append(quakeFeed({{"us1"}}));
    auto consumer = normaliser();
    const auto report = consume(consumer);
    QCOMPARE(report.quarantined, 1);
    QCOMPARE(report.events.accepted, 1);
}

void TestNormaliser::whatTheDatabaseRefusesIsSetAside()
{
    append(quakeFeed({{"us1"}}));
    append(quakeFeed({{"us2"}}), "refused");
    append(quakeFeed({{"us3"}}), "third");
    // An engine with a fault: it lets a number through that the table's check forbids.
    auto consumer = normaliser([](schema::Event draft, const schema::Source &source, Instant at) {
        const bool isFaulty = draft.sourceRef == "us2";
        auto event = canonicalise(std::move(draft), source, at);
        if (event && isFaulty)
            event->severity = 7;
        return event;
    });
    const auto report = consume(consumer);
    QCOMPARE(report.items, 3);
    QCOMPARE(report.quarantined, 1);
    QCOMPARE(report.events.accepted, 2);
    CHECKED(aside, storage::loadQuarantine(*m_connection));
    QCOMPARE(aside->front().sourceRef, std::string("refused"));
    QCOMPARE(stored().size(), 2U);
}

void TestNormaliser::namesFoundInTextsAreLinkedAndReplaceNothing()
{
    schema::Entity known;
    known.kind = schema::EntityKind::Country;
    known.key = "country:CL";
    known.name = "Chile";
    known.id = schema::entityIdFor(known.key);
    known.location = schema::GeoPoint{-71, -30};
    CHECKED(before, storage::storeEntities(*m_connection, std::span(&known, 1)));
    append(quakeFeed({{"us1"}}));
    const auto enrich = [](schema::Event &event) {
        std::vector<schema::Entity> named(2);
        named[0].kind = schema::EntityKind::Country;
        named[0].key = "country:CL";
        named[0].name = "a bare name";
        named[1].kind = schema::EntityKind::Location;
        named[1].key = "city:arica";
        named[1].name = "Arica";
        event.region = "CL";
        for (const schema::Entity &entity : named)
            event.entities.push_back(
                {schema::entityIdFor(entity.key), schema::EntityRole::Subject, 1});
        return named;
    };
    Normaliser consumer({*m_library, canonicalise, {}, enrich});
    QCOMPARE(consume(consumer).events.accepted, 1);
    QCOMPARE(stored().front().region, std::string("CL"));
    const schema::EntityId ids[] = {known.id, schema::entityIdFor("city:arica")};
    CHECKED(entities, storage::loadEntities(*m_connection, ids));
    QCOMPARE(entities->size(), 2U);
    for (const schema::Entity &entity : *entities)
        if (entity.id == known.id)
            QVERIFY(entity == known);
}

void TestNormaliser::restartGoesOnAtTheCursor()
{
    append(quakeFeed({{"us1"}}));
    {
        auto first = normaliser();
        QCOMPARE(consume(first).items, 1);
    }
    append(quakeFeed({{"us1"}, {"us2"}}));
    auto second = normaliser();
    const auto report = consume(second);
    QCOMPARE(report.items, 1);
    QCOMPARE(report.events.accepted, 1);
    QCOMPARE(stored().size(), 2U);
}

void TestNormaliser::secondNormaliserTakesNothingTwice()
{
    const std::string address = m_database->freshConnectionString();
    m_connection.reset();
    CHECKED(mine, storage::Connection::open(address));
    CHECKED(theirs, storage::Connection::open(address));
    m_connection.emplace(std::move(*mine));
    CHECKED(done, storage::storeSources(*m_connection,
                                        m_library->find("usgs-earthquakes")->description.sources));
    append(quakeFeed({{"us1"}}));
    auto quick = normaliser();
    // The quick one goes by while the slow one, which has read the log already, is at its engine.
    bool overtaken = false;
    auto slow = normaliser([&](schema::Event draft, const schema::Source &source, Instant at) {
        if (!overtaken)
            overtaken = quick.step(*theirs).has_value();
        return canonicalise(std::move(draft), source, at);
    });
    const auto report = slow.step(*m_connection);
    QVERIFY(overtaken);
    QVERIFY(!report.has_value());
    QVERIFY2(report.error().code == ErrorCode::Conflict, describe(report.error()).c_str());
    QCOMPARE(consume(slow).items, 0);
    QCOMPARE(stored().size(), 1U);
    QCOMPARE(m_told.size(), 1U); // the slow one told nothing
}

/// Twenty times the live rate of 3,000 a second, for a third of a second, before anybody reads:
/// what is held at once is a batch, whatever waits, and every item that was acknowledged comes out.
void TestNormaliser::floodIsTakenInBatches()
{
    constexpr int kItems = 20'000, kBatch = 500;
    std::vector<storage::RawItem> items;
    for (int i = 0; i < kItems; ++i)
        items.push_back({.sourceRef = std::format("flood-{}", i),
                         .kind = "geojson",
                         .url = "https://earthquake.usgs.gov/flood",
                         .contentType = "application/json",
                         .payload = quakeFeed({{std::format("us{}", i)}}),
                         .publishedAt = {},
                         .fetchedAt = kFetchedFrom});
    CHECKED(appended, storage::appendRaw(*m_connection, m_usgs, items));
    QCOMPARE(appended->appended, kItems);
    auto consumer = normaliser();
    std::int64_t read = 0, stored = 0;
    for (;;) {
        m_told.clear();
        CHECKED(report, consumer.step(*m_connection));
        if (report->items == 0)
            break;
        QVERIFY(report->items <= kBatch);
        std::size_t held = 0;
        for (const auto &batch : m_told)
            held += batch.events.size();
        QVERIFY(held <= kBatch);
        read += report->items;
        stored += report->events.accepted;
    }
    QCOMPARE(read, kItems);
    QCOMPARE(stored, kItems);
    CHECKED(count, storage::countEvents(*m_connection, {}));
    QCOMPARE(*count, kItems);
}

QTEST_GUILESS_MAIN(TestNormaliser)
#include "tst_normaliser.moc"
