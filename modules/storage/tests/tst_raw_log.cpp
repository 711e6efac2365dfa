// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/partitions.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/retention.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <format>
#include <random>

using namespace chrona;
using namespace chrona::storage;

class TestRawLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void itemComesBackAsItWas();
    void payloadsAreKeptPacked();
    void unchangedPayloadIsNotAppendedAgain();
    void changesWithinABatchAreAppendedInOrder();
    void readersWaitForEarlierTransactions();
    void cursorMovesWithItsEffects();
    void twoConsumersDoNotBothMoveACursor();
    void largeItemsMakeSmallPages();
    void lagIsCounted();
    void poisonIsSetAside();
    void payloadsGoWhenTheirTermsSaySo();
    void sourceComesBackAsItWas();
    void usersChoiceOutlivesTheRegistry();
    void healthAndCursorOfASource();
    void itemsOfAStretchAreTheNewestFirst();

private:
    static RawItem item(const std::string &ref, const std::string &payload)
    {
        return {ref,
                "summary",
                "https://example.org/" + ref,
                "application/json",
                payload,
                std::nullopt,
                parseInstant("2026-01-01T00:00:00.000001Z").value()};
    }
    AppendReport append(Connection &connection, const std::vector<RawItem> &items)
    {
        const auto report = appendRaw(connection, {1}, items);
        if (!report)
            QTest::qFail(report.error().what.c_str(), __FILE__, __LINE__);
        return report.value_or(AppendReport{-1, -1});
    }

    std::unique_ptr<TestDatabase> m_database;
    std::string m_where;
    std::optional<Connection> m_connection;
};

void TestRawLog::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestRawLog::init()
{
    m_where = m_database->freshConnectionString();
    auto connection = Connection::open(m_where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
}

void TestRawLog::itemComesBackAsItWas()
{
    RawItem given = item("a", std::string("\0\xff{}", 4));
    given.publishedAt = parseInstant("2025-12-31").value();
    QCOMPARE(append(*m_connection, {given}).appended, 1);
    const auto read = readRaw(*m_connection, "normalize", 10);
    QVERIFY2(read, read ? "" : read.error().what.c_str());
    QCOMPARE(read->size(), std::size_t{1});
    QVERIFY(read->front().item == given);
    QCOMPARE(read->front().source.value, 1);
    QVERIFY(read->front().position > RawPosition{});
}

void TestRawLog::payloadsAreKeptPacked()
{
    const RawItem small = item("small", "{\"a\":1}");
    RawItem wide = item("wide", "{\"items\":[");
    for (int i = 0; i < 5'000; ++i)
        wide.payload += std::format("{{\"id\":{},\"title\":\"The same words\"}},", i);
    RawItem noise = item("noise", "");
    std::mt19937 random(3);
    for (int i = 0; i < 3'000; ++i)
        noise.payload += static_cast<char>(random());
    QCOMPARE(append(*m_connection, {small, wide, noise}).appended, 3);
    const auto kept = m_connection->query("SELECT octet_length(payload)::int8, unpacked_bytes FROM "
                                          "chrona_world.raw_item ORDER BY id");
    QVERIFY(kept && kept->size() == 3);
    std::vector<std::int64_t> bytes;
    for (const Row row : *kept) {
        bytes.push_back(row.int64(0));
        QCOMPARE(row.isNull(1), bytes.size() != 2); // the small one and the noise are as they were
    }
    QVERIFY(bytes[1] * 5 < std::int64_t(wide.payload.size()));
    QCOMPARE(bytes[2], std::int64_t(noise.payload.size()));
    const auto read = readRaw(*m_connection, "normalize", 10);
    QCOMPARE(read->size(), 3U);
    QVERIFY((*read)[0].item == small && (*read)[1].item == wide && (*read)[2].item == noise);
    // What was damaged is not taken for what it was, and does not stop the log.
    QVERIFY(
        m_connection->exec("UPDATE chrona_world.raw_item SET unpacked_bytes = unpacked_bytes + 1"));
    const auto damaged = readRaw(*m_connection, "normalize", 10);
    QCOMPARE(damaged->size(), 3U);
    QVERIFY((*damaged)[0].item == small && (*damaged)[1].item != wide);
}

void TestRawLog::unchangedPayloadIsNotAppendedAgain()
{
    QCOMPARE(append(*m_connection, {item("a", "1"), item("b", "1")}).appended, 2);
    const AppendReport again =
        append(*m_connection, {item("a", "1"), item("b", "2"), item("a", "1")});
    QCOMPARE(again.appended, 1);
    QCOMPARE(again.duplicates, 2);
    const auto other = appendRaw(*m_connection, {2}, std::vector{item("a", "1")});
    QCOMPARE(other->appended, 1); // of another source it is another item
}

void TestRawLog::changesWithinABatchAreAppendedInOrder()
{
    QCOMPARE(append(*m_connection, {item("a", "1"), item("a", "2"), item("a", "1")}).appended, 3);
    const auto read = readRaw(*m_connection, "normalize", 10);
    QCOMPARE(read->size(), std::size_t{3});
    QCOMPARE(read->at(0).item.payload, std::string("1"));
    QCOMPARE(read->at(1).item.payload, std::string("2"));
    QCOMPARE(read->at(2).item.payload, std::string("1"));
}

void TestRawLog::readersWaitForEarlierTransactions()
{
    auto slow = Connection::open(m_where);
    QVERIFY(slow);
    auto transaction = Transaction::begin(*slow);
    append(*slow, {item("early", "1")}); // has the smaller number, and is not settled
    append(*m_connection, {item("late", "1")});
    QVERIFY(readRaw(*m_connection, "normalize", 10)->empty());
    QVERIFY(transaction->commit());
    const auto read = readRaw(*m_connection, "normalize", 10);
    QCOMPARE(read->size(), std::size_t{2});
    QCOMPARE(read->front().item.sourceRef, std::string("early"));
}

void TestRawLog::cursorMovesWithItsEffects()
{
    append(*m_connection, {item("a", "1"), item("b", "1"), item("c", "1")});
    const auto page = readRaw(*m_connection, "normalize", 2);
    QCOMPARE(page->size(), std::size_t{2});
    {
        auto transaction = Transaction::begin(*m_connection);
        QVERIFY(advanceCursor(*m_connection, "normalize", {}, page->back().position));
    } // rolled back with the effects
    QCOMPARE(readRaw(*m_connection, "normalize", 2)->front().item.sourceRef, std::string("a"));
    QVERIFY(advanceCursor(*m_connection, "normalize", {}, page->back().position));
    const auto rest = readRaw(*m_connection, "normalize", 2);
    QCOMPARE(rest->size(), std::size_t{1});
    QCOMPARE(rest->front().item.sourceRef, std::string("c"));
    QCOMPARE(readRaw(*m_connection, "other", 10)->size(), std::size_t{3});
}

void TestRawLog::twoConsumersDoNotBothMoveACursor()
{
    append(*m_connection, {item("a", "1"), item("b", "1")});
    const auto page = readRaw(*m_connection, "normalize", 1);
    QVERIFY(advanceCursor(*m_connection, "normalize", {}, page->back().position));
    const Status second = advanceCursor(*m_connection, "normalize", {}, page->back().position);
    QVERIFY(!second);
    QVERIFY(second.error().code == ErrorCode::Conflict);
}

void TestRawLog::largeItemsMakeSmallPages()
{
    const std::string large(20 << 20, 'x');
    append(*m_connection, {item("a", large), item("b", large + "y"), item("c", "1")});
    const auto page = readRaw(*m_connection, "normalize", 10);
    QVERIFY(page);
    QCOMPARE(page->size(), std::size_t{2});
}

void TestRawLog::lagIsCounted()
{
    QCOMPARE(rawLag(*m_connection, "normalize")->items, 0);
    append(*m_connection, {item("a", "1"), item("b", "1")});
    const auto lag = rawLag(*m_connection, "normalize");
    QCOMPARE(lag->items, 2);
    QVERIFY(lag->oldestAt == item("a", "1").fetchedAt);
}

void TestRawLog::poisonIsSetAside()
{
    append(*m_connection, {item("a", "bad")});
    const auto page = readRaw(*m_connection, "normalize", 10);
    QVERIFY(quarantine(*m_connection, page->front(), "not JSON"));
    QVERIFY(quarantine(*m_connection, page->front(), "still not JSON"));
    const auto items = loadQuarantine(*m_connection);
    QCOMPARE(items->size(), std::size_t{1});
    QCOMPARE(items->front().reason, std::string("still not JSON"));
    QVERIFY(items->front().position == page->front().position);
}

static schema::Source sampleSource()
{
    schema::Source source;
    source.key = "usgs-earthquakes";
    source.id = schema::sourceIdFor(source.key);
    source.name = "USGS Earthquakes";
    source.connector = "usgs";
    source.homepage = "https://earthquake.usgs.gov";
    source.licence = "US-PD";
    source.termsUrl = "https://www.usgs.gov/terms";
    source.termsCheckedOn = "2026-11-01";
    source.redistribution = schema::Redistribution::WithAttribution;
    source.retention = schema::RetentionClass::Permanent;
    source.attribution = "Data: USGS";
    source.rate = {0.5, 3, 1000, 2};
    source.userAgentRule = "contact address";
    source.auth = schema::AuthNeed::UserAgentContact;
    source.publisherFamily = "usgs";
    source.cadence = std::chrono::minutes(5);
    source.mode = schema::IngestMode::Full;
    source.keepsToRobots = true;
    source.hosts = {"earthquake.usgs.gov", "a,\"b\".example"};
    return source;
}

void TestRawLog::payloadsGoWhenTheirTermsSaySo()
{
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    schema::Source source = sampleSource();
    source.retention = schema::RetentionClass::Days30;
    QVERIFY(storeSources(*m_connection, std::span(&source, 1)));
    QVERIFY(ensurePartitions(*m_connection, "chrona_world.raw_item",
                             {now - std::chrono::days(40), now}));
    const auto appended = appendRaw(*m_connection, source.id, std::vector{item("a", "1")});
    QVERIFY(appended);
    const auto age = [this](const char *interval) {
        QVERIFY(m_connection->script(std::format("UPDATE chrona_world.raw_item SET appended_at = "
                                                 "now() - interval '{}'",
                                                 interval)));
    };
    age("20 days");
    QVERIFY(advanceCursor(*m_connection, "normalize", {},
                          readRaw(*m_connection, "normalize", 10)->back().position));
    const auto young = applyRetention(*m_connection, now);
    QVERIFY2(young, young ? "" : young.error().what.c_str());
    QCOMPARE(young->rawItems, 0);
    QVERIFY(young->rangesDropped > 30); // the days that hold nothing
    age("31 days");
    // A second consumer that has not read the item yet holds it.
    QVERIFY(m_connection->script(
        "INSERT INTO chrona_world.raw_cursor VALUES ('other', '0', 0, now())"));
    QCOMPARE(applyRetention(*m_connection, now)->rawItems, 0);
    QVERIFY(m_connection->script("DELETE FROM chrona_world.raw_cursor WHERE name = 'other'"));
    const auto report = applyRetention(*m_connection, now);
    QVERIFY2(report, report ? "" : report.error().what.c_str());
    QCOMPARE(report->rawItems, 1);
    QVERIFY(readRaw(*m_connection, "another", 10)->empty());
    // Where the terms allow metadata only, the body goes soon, whatever else may stay for good.
    source.retention = schema::RetentionClass::Permanent;
    source.mode = schema::IngestMode::MetadataOnly;
    QVERIFY(storeSources(*m_connection, std::span(&source, 1)));
    QVERIFY(appendRaw(*m_connection, source.id, std::vector{item("b", "2")}));
    QVERIFY(advanceCursor(*m_connection, "normalize",
                          loadCursor(*m_connection, "normalize").value(),
                          readRaw(*m_connection, "normalize", 10)->back().position));
    age("47 hours");
    QCOMPARE(applyRetention(*m_connection, now)->rawItems, 0);
    age("49 hours");
    QCOMPARE(applyRetention(*m_connection, now)->rawItems, 1);
}

void TestRawLog::sourceComesBackAsItWas()
{
    schema::Source source = sampleSource();
    QVERIFY((storeSources(*m_connection, {&source, 1}).value() == StoreReport{1, 0, 0}));
    QVERIFY(loadSources(*m_connection)->front() == source);
    source.rate.requestsPerDay.reset();
    source.licence = "CC0-1.0";
    source.synthetic = true;
    QVERIFY((storeSources(*m_connection, {&source, 1}).value() == StoreReport{0, 0, 1}));
    const auto sources = loadSources(*m_connection);
    QCOMPARE(sources->size(), std::size_t{1});
    QVERIFY(sources->front() == source);
}

void TestRawLog::usersChoiceOutlivesTheRegistry()
{
    const schema::Source source = sampleSource();
    QVERIFY(storeSources(*m_connection, {&source, 1}));
    QVERIFY(setSourceEnabled(*m_connection, source.id, SourceSwitch::Off));
    QVERIFY(storeSources(*m_connection, {&source, 1}));
    QVERIFY(!loadSources(*m_connection)->front().enabled);
    const Status unknown = setSourceEnabled(*m_connection, {99}, SourceSwitch::On);
    QVERIFY(!unknown);
    QVERIFY(unknown.error().code == ErrorCode::NotFound);
}

void TestRawLog::healthAndCursorOfASource()
{
    const schema::Source source = sampleSource();
    QVERIFY(storeSources(*m_connection, {&source, 1}));
    schema::SourceHealth health{source.id,
                                schema::SourceState::Failing,
                                std::nullopt,
                                parseInstant("2026-01-01").value(),
                                std::nullopt,
                                "timed out",
                                3,
                                1234567890123,
                                7};
    QVERIFY(saveSourceHealth(*m_connection, health));
    QVERIFY(loadSourceHealth(*m_connection)->front() == health);
    health.lastSuccessAt = health.lastAttemptAt;
    health.failuresInRow = 0;
    QVERIFY(saveSourceHealth(*m_connection, health));
    QCOMPARE(loadSourceHealth(*m_connection)->size(), std::size_t{1});
    QVERIFY(loadSourceHealth(*m_connection)->front() == health);
    QCOMPARE(loadSourceCursor(*m_connection, source.id).value(), std::string());
    QVERIFY(saveSourceCursor(*m_connection, source.id, "etag:1"));
    QVERIFY(saveSourceCursor(*m_connection, source.id, "etag:2"));
    QCOMPARE(loadSourceCursor(*m_connection, source.id).value(), std::string("etag:2"));
}

void TestRawLog::itemsOfAStretchAreTheNewestFirst()
{
    append(*m_connection, {item("a", std::string(2'000, 'a')), item("b", "second")});
    append(*m_connection, {item("c", "third")});
    QVERIFY(appendRaw(*m_connection, {2}, std::vector{item("d", "of another source")}));
    const Instant from = *parseInstant("2020-01-01"), to = *parseInstant("2100-01-01");
    const auto refs = [&](Instant begin, std::uint32_t limit) {
        std::vector<std::string> found;
        const auto read = loadRawBetween(*m_connection, {1}, begin, to, limit);
        if (read)
            for (const LoggedItem &one : *read)
                found.push_back(one.item.sourceRef);
        return found;
    };
    QCOMPARE(refs(from, 10), (std::vector<std::string>{"c", "b", "a"}));
    QCOMPARE(refs(from, 1), std::vector<std::string>{"c"});
    QCOMPARE(refs(to, 10), std::vector<std::string>{});
    // What is kept packed comes back as it was.
    QCOMPARE(loadRawBetween(*m_connection, {1}, from, to, 10)->back().item.payload,
             std::string(2'000, 'a'));
}

QTEST_GUILESS_MAIN(TestRawLog)
#include "tst_raw_log.moc"
