// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/cluster_store.h"
#include "chrona/storage/entity_merges.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_statements.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/link_queries.h"
#include "chrona/storage/provenance.h"
#include "sample_events.h"

#include <QTest>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

namespace {

constexpr const char *kAcme = "org:acme";
constexpr const char *kAcmeInc = "org:acme-inc";
constexpr const char *kAcmeHolding = "org:acme-holding";
constexpr const char *kOther = "org:other";
constexpr const char *kTopic = "topic:energy";

Entity named(std::string_view key, std::string_view name, EntityKind kind)
{
    Entity entity;
    entity.key = key;
    entity.id = entityIdFor(key);
    entity.name = name;
    entity.kind = kind;
    return entity;
}

} // namespace

/// Entities that a person says are one, and taken apart again: nothing of either is lost.
class TestEntityMerges : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void whatIsAskedSpeaksOfTheMerged();
    void enginesReadWhatWasSaid();
    void laterEventsSpeakOfTheMergedToo();
    void chainsLeadToTheEnd();
    void splitGivesAllBack();
    void formerWordsAreReadInTheNewNamesToo();
    void namesOfThePartsFindTheWhole();
    void storiesAreFoundByAnyName();
    void anEntityThatGoesLeavesNoTrace();
    void whatCannotBeIsRefused_data();
    void whatCannotBeIsRefused();

private:
    [[nodiscard]] Result<std::vector<KeptMerge>> merge(std::vector<std::string_view> keys,
                                                       std::string_view into)
    {
        MergeWish wish{{}, entityIdFor(into), m_now};
        for (const std::string_view key : keys)
            wish.entities.push_back(entityIdFor(key));
        return mergeEntities(*m_connection, wish);
    }
    [[nodiscard]] Result<std::vector<KeptMerge>> split(std::string_view key)
    {
        const EntityId id = entityIdFor(key);
        return splitEntities(*m_connection, {&id, 1});
    }
    /// An event that names these, stored.
    Event tell(std::size_t number, std::vector<std::string_view> keys)
    {
        Event event = sampleEvents(1, number).front();
        event.entities.clear();
        for (const std::string_view key : keys)
            event.entities.push_back({entityIdFor(key), EntityRole::Subject, 0.5F});
        event.entities.back().weight = 1;
        event.contentHash = hashOf({event.title, std::to_string(event.entities.size())});
        const auto stored = storeEvents(*m_connection, {&event, 1});
        m_isSound = m_isSound && stored.has_value();
        return event;
    }
    [[nodiscard]] std::vector<Event> about(std::string_view key, Naming naming = Naming::AsMerged,
                                           std::optional<Instant> asOf = {})
    {
        EventQuery query;
        query.entity = entityIdFor(key);
        query.naming = naming;
        query.asOf = asOf;
        query.order = Order::OldestFirst;
        return findEvents(*m_connection, query).value();
    }
    [[nodiscard]] std::int64_t standInOf(std::string_view key)
    {
        const auto merges = loadMerges(*m_connection);
        for (const KeptMerge &one : *merges)
            if (one.key == key)
                return one.standsAs.value;
        return 0;
    }

    bool m_isSound = true;
    Instant m_now = parseInstant("2026-11-20T10:00:00Z").value();
};

void TestEntityMerges::init()
{
    beginFresh();
    m_isSound = true;
    const std::vector<Entity> entities{
        named(kAcme, "Acme", EntityKind::Organization),
        named(kAcmeInc, "Acme Incorporated", EntityKind::Organization),
        named(kAcmeHolding, "Zenith Holding", EntityKind::Organization),
        named(kOther, "Other", EntityKind::Organization),
        named(kTopic, "Energy", EntityKind::EventTopic)};
    QVERIFY(storeEntities(*m_connection, entities));
}

void TestEntityMerges::whatIsAskedSpeaksOfTheMerged()
{
    const Event first = tell(1, {kAcme});
    const Event second = tell(2, {kAcmeInc, kOther});
    const Event both = tell(3, {kAcme, kAcmeInc});
    QVERIFY(m_isSound);
    QCOMPARE(about(kAcme).size(), 2U);
    const auto said = merge({kAcmeInc}, kAcme);
    QVERIFY2(said, said ? "" : said.error().what.c_str());
    QCOMPARE(said->size(), 1U);
    QCOMPARE(said->front().name, std::string("Acme Incorporated"));
    QCOMPARE(said->front().intoKey, std::string(kAcme));
    QCOMPARE(said->front().standsAs, entityIdFor(kAcme));

    for (const char *key : {kAcme, kAcmeInc}) {
        const auto events = about(key);
        QCOMPARE(events.size(), 3U);
        QCOMPARE(events[1].id, second.id);
        QCOMPARE(events[1].entities[0].entity, entityIdFor(kAcme));
        QCOMPARE(events[1].entities[1].entity, entityIdFor(kOther));
        // One that names both names the one once, as strongly as it was said at most.
        QCOMPARE(events[2].entities.size(), 1U);
        QCOMPARE(events[2].entities[0].weight, 1.0F);
        EventQuery query;
        query.entity = entityIdFor(key);
        QCOMPARE(countEvents(*m_connection, query).value(), 3);
    }
    QCOMPARE(loadEvent(*m_connection, second.id, Naming::AsMerged)->entities[0].entity,
             entityIdFor(kAcme));
    QCOMPARE(about(kOther).size(), 1U);
}

void TestEntityMerges::enginesReadWhatWasSaid()
{
    const Event event = tell(2, {kAcmeInc, kOther});
    QVERIFY(merge({kAcmeInc}, kAcme));
    QVERIFY(loadEvent(*m_connection, event.id)->entities == event.entities);
    std::vector<Event> statements;
    const Status read = forEachStatement(*m_connection, {}, [&](std::span<const Event> events) {
        statements.insert(statements.end(), events.begin(), events.end());
        return Status();
    });
    QVERIFY(read);
    QCOMPARE(statements.size(), 1U);
    QVERIFY(statements.front().entities == event.entities);
    const auto links = loadEventLinks(*m_connection);
    QVERIFY(links);
    QCOMPARE(links->entity[0], entityIdFor(kAcmeInc).value);
}

void TestEntityMerges::laterEventsSpeakOfTheMergedToo()
{
    QVERIFY(merge({kAcmeInc}, kAcme));
    tell(5, {kAcmeInc});
    QVERIFY(m_isSound);
    const auto events = about(kAcme);
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].entities[0].entity, entityIdFor(kAcme));
    // What a source says of the part later stays the part's own.
    const Entity anew = named(kAcmeInc, "Acme Incorporated, renamed", EntityKind::Organization);
    QVERIFY(storeEntities(*m_connection, {&anew, 1}));
    QCOMPARE(loadMerges(*m_connection)->front().name, anew.name);
    QCOMPARE(about(kAcmeInc).size(), 1U);
}

void TestEntityMerges::chainsLeadToTheEnd()
{
    tell(1, {kAcmeInc});
    QVERIFY(merge({kAcmeInc}, kAcme));
    QVERIFY(merge({kAcme}, kAcmeHolding));
    QCOMPARE(standInOf(kAcmeInc), entityIdFor(kAcmeHolding).value);
    QCOMPARE(about(kAcmeHolding).size(), 1U);
    // What is merged into a part becomes part of the whole.
    QVERIFY(merge({kOther}, kAcme));
    QCOMPARE(standInOf(kOther), entityIdFor(kAcmeHolding).value);
    // The middle taken out stands for what was merged into it, as before.
    QVERIFY(split(kAcme));
    QCOMPARE(standInOf(kAcmeInc), entityIdFor(kAcme).value);
    QCOMPARE(standInOf(kOther), entityIdFor(kAcmeHolding).value);
    QCOMPARE(about(kAcmeHolding).size(), 0U);
    QCOMPARE(about(kAcme).size(), 1U);
}

void TestEntityMerges::splitGivesAllBack()
{
    const Event event = tell(2, {kAcmeInc, kOther});
    const auto before = loadEntities(*m_connection).value();
    QVERIFY(merge({kAcmeInc, kOther}, kAcme));
    QVERIFY(loadEntities(*m_connection).value() == before);
    const auto taken = split(kAcmeInc);
    QVERIFY(taken && taken->size() == 1);
    QCOMPARE(taken->front().merge.into, entityIdFor(kAcme));
    QCOMPARE(standInOf(kAcmeInc), 0);
    QCOMPARE(about(kAcmeInc).size(), 1U);
    QVERIFY(split(kOther));
    QVERIFY(about(kOther).front().entities == event.entities);
    QVERIFY2(split(kOther)->empty(), "nothing was said of it any more");
    QVERIFY(loadMerges(*m_connection)->empty());
}

void TestEntityMerges::formerWordsAreReadInTheNewNamesToo()
{
    Event event = tell(2, {kAcmeInc});
    const Instant then = event.times.ingestedAt;
    event.times.ingestedAt += std::chrono::hours(5);
    event.times.publishedAt = event.times.ingestedAt;
    event.entities = {{entityIdFor(kOther), EntityRole::Subject, 1}};
    event.contentHash = hashOf({"another"});
    QVERIFY(storeEvents(*m_connection, {&event, 1}));
    QVERIFY(merge({kAcmeInc}, kAcme));
    const auto events = about(kAcme, Naming::AsMerged, then);
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].entities[0].entity, entityIdFor(kAcme));
    QCOMPARE(about(kAcme, Naming::AsSaid, then)[0].entities[0].entity, entityIdFor(kAcmeInc));
    QVERIFY2(about(kAcme).empty(), "it was said anew of another");
}

void TestEntityMerges::namesOfThePartsFindTheWhole()
{
    QVERIFY(merge({kAcmeHolding}, kAcme));
    for (const char *text : {"zenith", "Holding", "Acme"}) {
        const auto found = findEntities(*m_connection, {.text = text, .kinds = {}, .limit = 5});
        QVERIFY(found && !found->empty());
        QCOMPARE(found->front().key, std::string(kAcme));
        QVERIFY(!std::ranges::contains(*found, std::string(kAcmeHolding), &Entity::key));
    }
    QVERIFY(split(kAcmeHolding));
    const auto found = findEntities(*m_connection, {.text = "zenith", .kinds = {}, .limit = 5});
    QCOMPARE(found->front().key, std::string(kAcmeHolding));
}

void TestEntityMerges::storiesAreFoundByAnyName()
{
    const Event event = tell(2, {kAcmeInc});
    const Instant day = std::chrono::floor<std::chrono::days>(event.times.observedAt);
    ClusterDay made{day, {}, std::nullopt};
    StoredMember report;
    report.event = event.id;
    report.cluster = clusterIdFor(event.id);
    report.observedAt = event.times.observedAt;
    report.knownAt = event.times.ingestedAt;
    report.family = "desk";
    made.members.push_back(report);
    QVERIFY(storeClusterDay(*m_connection, made));
    const auto stories = [this] {
        return findClusters(*m_connection, {.entity = entityIdFor(kAcme)})->clusters.size();
    };
    QCOMPARE(stories(), 0U);
    QVERIFY(merge({kAcmeInc}, kAcme));
    QCOMPARE(stories(), 1U);
    QVERIFY2(loadStoryHeads(*m_connection)->empty(), "one report is no story of several");
}

void TestEntityMerges::anEntityThatGoesLeavesNoTrace()
{
    Entity invented = named("org:invented", "Invented", EntityKind::Organization);
    invented.synthetic = true;
    QVERIFY(storeEntities(*m_connection, {&invented, 1}));
    QVERIFY(merge({kAcmeInc}, "org:invented"));
    QVERIFY(merge({"org:invented"}, kAcme));
    QCOMPARE(standInOf(kAcmeInc), entityIdFor(kAcme).value);
    QVERIFY(clearSynthetic(*m_connection));
    QVERIFY(loadMerges(*m_connection)->empty());
    tell(1, {kAcmeInc});
    QCOMPARE(about(kAcmeInc)[0].entities[0].entity, entityIdFor(kAcmeInc));
}

void TestEntityMerges::whatCannotBeIsRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("into");
    QTest::addColumn<int>("code");
    QTest::newRow("nobody knows it") << "org:nobody" << kAcme << int(ErrorCode::NotFound);
    QTest::newRow("nobody knows the other") << kAcme << "org:nobody" << int(ErrorCode::NotFound);
    QTest::newRow("itself") << kAcme << kAcme << int(ErrorCode::InvalidInput);
    QTest::newRow("a topic") << kTopic << kAcme << int(ErrorCode::InvalidInput);
    QTest::newRow("into a topic") << kAcme << kTopic << int(ErrorCode::InvalidInput);
    QTest::newRow("part of another already") << kAcmeInc << kOther << int(ErrorCode::Conflict);
    QTest::newRow("a ring") << kAcmeHolding << kAcmeInc << int(ErrorCode::InvalidInput);
}

void TestEntityMerges::whatCannotBeIsRefused()
{
    QVERIFY(merge({kAcmeInc}, kAcmeHolding));
    QFETCH(const QString, key);
    QFETCH(const QString, into);
    const std::string keyText = key.toStdString(), intoText = into.toStdString();
    const auto said = merge({keyText}, intoText);
    QVERIFY(!said);
    QTEST(int(said.error().code), "code");
    QCOMPARE(loadMerges(*m_connection)->size(), 1U);
}

QTEST_GUILESS_MAIN(TestEntityMerges)
#include "tst_entity_merges.moc"
