// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canonicalise.h"
#include "quake_feed.h"

#include "chrona/events/canonical_event.h"
#include "chrona/sources/normaliser.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace std::chrono_literals;
using sources::Normaliser;

/// From the raw log to stored events, over a real Postgres and the real connector.
class TestNormaliser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void payloadBecomesEvents();
    void revisionAndRetractionSupersede();
    void poisonIsSetAsideAndTheCursorMovesOn_data();
    void poisonIsSetAsideAndTheCursorMovesOn();
    void hostileFeatureDoesNotStopItsNeighbours();
    void itemOfAnUnknownConnectorIsSetAside();
    void whatTheDatabaseRefusesIsSetAside();
    void namesFoundInTextsAreLinkedAndReplaceNothing();
    void repeatsGoNoFurtherThanMemory();
    void returnToEarlierWordsIsARevision();
    void whatAnotherNormaliserStoredIsHeeded();
    void whatWasRolledBackIsNotTakenForStored();
    void restartGoesOnAtTheCursor();
    void secondNormaliserTakesNothingTwice();
    void floodIsTakenInBatches();

private:
    void append(const std::string &payload, const std::string &ref = "feed",
                schema::SourceId source = {});
    sources::NormaliseReport consume(Normaliser &normaliser);
    [[nodiscard]] Normaliser normaliser(sources::Canonicalise engine = canonicalise);
    [[nodiscard]] std::vector<schema::Event> stored();

    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::optional<storage::Connection> m_connection;
    schema::SourceId m_usgs;
    std::vector<sources::StoredBatch> m_told;
    int m_minute = 0;
};

namespace {
constexpr Instant kNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z

#define CHECKED(name, expression)                                                                  \
    auto name = (expression);                                                                      \
    if (!(name))                                                                                   \
    qFatal("%s", describe((name).error()).c_str())
} // namespace

void TestNormaliser::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    CHECKED(library, connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR));
    m_library = std::move(*library);
    QVERIFY(m_library->find("usgs-earthquakes") != nullptr);
}

void TestNormaliser::init()
{
    m_connection.reset();
    m_connection.emplace(m_database->fresh());
    const auto &entries = m_library->find("usgs-earthquakes")->description.sources;
    CHECKED(done, storage::storeSources(*m_connection, entries));
    m_usgs = entries.front().id;
    m_told.clear();
}

void TestNormaliser::append(const std::string &payload, const std::string &ref,
                            schema::SourceId source)
{
    const storage::RawItem item{.sourceRef = ref,
                                .kind = "geojson",
                                .url = "https://earthquake.usgs.gov/" + ref,
                                .contentType = "application/json",
                                .payload = payload,
                                .publishedAt = {},
                                .fetchedAt = kNow + std::chrono::minutes(m_minute++)};
    CHECKED(done, storage::appendRaw(*m_connection, source.isNull() ? m_usgs : source,
                                     std::span(&item, 1)));
}

Normaliser TestNormaliser::normaliser(sources::Canonicalise engine)
{
    return Normaliser({*m_library, std::move(engine),
                       [this](auto batch) { m_told.push_back(std::move(batch)); }});
}

sources::NormaliseReport TestNormaliser::consume(Normaliser &normaliser)
{
    sources::NormaliseReport sum;
    for (;;) {
        CHECKED(report, normaliser.step(*m_connection));
        if (report->items == 0)
            return sum;
        sum.items += report->items;
        sum.quarantined += report->quarantined;
        sum.rejected += report->rejected;
        sum.events += report->events;
    }
}

std::vector<schema::Event> TestNormaliser::stored()
{
    CHECKED(events, storage::findEvents(*m_connection, {.withRetracted = true}));
    return *events;
}

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
        QVERIFY(event.times.ingestedAt == kNow + std::chrono::minutes(m_minute - 1));
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

/// What a feed repeats is neither enriched nor stored again, and counts as a duplicate all the
/// same.
void TestNormaliser::repeatsGoNoFurtherThanMemory()
{
    int enriched = 0;
    Normaliser consumer({*m_library, canonicalise,
                         [this](auto batch) { m_told.push_back(std::move(batch)); },
                         [&enriched](schema::Event &) {
                             ++enriched;
                             return std::vector<schema::Entity>();
                         }});
    append(quakeFeed({{"us1"}, {"us2"}}));
    QCOMPARE(consume(consumer).events.accepted, 2);
    append(quakeFeed({{"us1"}, {"us2"}, {"us3"}}));
    const auto report = consume(consumer);
    QCOMPARE(report.events.accepted, 1);
    QCOMPARE(report.events.duplicates, 2);
    QCOMPARE(enriched, 3);
    QCOMPARE(m_told.back().events.size(), 1U);
    append(quakeFeed({{"us2"}, {"us1"}})); // an item of nothing new is no poison
    const auto again = consume(consumer);
    QCOMPARE(again.quarantined, 0);
    QCOMPARE(again.events.duplicates, 2);
    QCOMPARE(enriched, 3);
}

/// Within a batch, from one to the next, and in the one that is read while another is stored.
void TestNormaliser::returnToEarlierWordsIsARevision()
{
    constexpr std::int64_t kUpdated = 1'795'247'000'000;
    int items = 0; // each under a name of its own: the log keeps no payload that repeats itself
    const auto say = [&](double magnitude, std::string status = "reviewed") {
        append(quakeFeed({{"us1", magnitude, kUpdated, std::move(status)}}),
               std::format("feed-{}", items++));
    };
    for (const double magnitude : {5.0, 5.4, 5.0, 5.0, 5.4})
        say(magnitude);
    Normaliser consumer({*m_library, canonicalise, {}}, 1); // an item a batch
    const auto first = consume(consumer);
    QCOMPARE(first.events.accepted, 1);
    QCOMPARE(first.events.revised, 3);
    QCOMPARE(first.events.duplicates, 1);
    QCOMPARE(stored().front().title, std::string("M 5.4 - Testville"));
    say(5.4, "deleted");
    say(5.4);
    say(5.4, "deleted");
    QCOMPARE(consume(consumer).events.revised, 3);
    QVERIFY(stored().front().state == schema::EventState::Retracted);
    QCOMPARE(stored().front().revision, 7U);
    auto wide = normaliser();
    for (const double magnitude : {5.0, 5.4, 5.0})
        say(magnitude);
    QCOMPARE(consume(wide).events.revised, 3);
    QCOMPARE(stored().front().title, std::string("M 5 - Testville"));
}

void TestNormaliser::whatAnotherNormaliserStoredIsHeeded()
{
    auto mine = normaliser();
    auto theirs = normaliser();
    append(quakeFeed({{"us1", 5}}));
    QCOMPARE(consume(mine).events.accepted, 1);
    append(quakeFeed({{"us1", 6}}));
    QCOMPARE(consume(theirs).events.revised, 1);
    append(quakeFeed({{"us1", 5}})); // what is known here of it was said last, but not what stands
    QCOMPARE(consume(mine).events.revised, 1);
    QCOMPARE(stored().front().title, std::string("M 5 - Testville"));
    // The same where nothing but a word tells of it.
    schema::Event other = stored().front();
    other.title = "M 7 - Testville";
    other.contentHash = events::contentHashOf(other);
    CHECKED(done, storage::storeEvents(*m_connection, std::span(&other, 1)));
    mine.forgetKnown();
    append(quakeFeed({{"us1", 5}, {"us2"}}));
    QCOMPARE(consume(mine).events.revised, 1);
    QCOMPARE(stored().size(), 2U);
}

/// A batch that fails goes to the database again, all of it.
void TestNormaliser::whatWasRolledBackIsNotTakenForStored()
{
    auto consumer = normaliser();
    append(quakeFeed({{"us1"}}));
    QCOMPARE(consume(consumer).events.accepted, 1);
    append(quakeFeed({{"us1"}, {"us2"}}));
    CHECKED(closed, m_connection->refuseWrites(std::make_shared<const Error>(
                        ErrorCode::Exhausted, "the disk is full", "", true)));
    const auto refused = consumer.step(*m_connection);
    QVERIFY(!refused.has_value());
    CHECKED(open, m_connection->refuseWrites(nullptr));
    const auto report = consume(consumer);
    QCOMPARE(report.events.accepted, 1);
    QCOMPARE(stored().size(), 2U);
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
                         .fetchedAt = kNow});
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
