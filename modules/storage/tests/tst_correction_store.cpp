// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/entity.h"
#include "chrona/schema/topic.h"
#include "chrona/storage/cluster_store.h"
#include "chrona/storage/correction_store.h"
#include "chrona/storage/enrichment_store.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/fresh_database.h"
#include "sample_events.h"

#include <QTest>

#include <algorithm>
#include <format>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

namespace {

EntityId topicId(Topic topic)
{
    return entityIdFor(entityKeyOf(topic));
}

bool links(const Event &event, EntityId entity)
{
    return std::ranges::contains(event.entities, entity, &EventEntity::entity);
}

EntityId target(std::string_view symbol)
{
    return entityIdFor(std::format("instrument:{}", symbol));
}

/// 0: not linked.
float weightOf(const Event &event, EntityId entity)
{
    const auto link = std::ranges::find(event.entities, entity, &EventEntity::entity);
    return link == event.entities.end() ? 0 : link->weight;
}

} // namespace

/// What a person says of an event outranks what is found, and what was found is not lost.
class TestCorrectionStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void topicIsReplacedAndGivenBack();
    void topicMovesTheTargetsItExposes();
    void wordsOfOlderRulesArePutOnAnew();
    void wordOfAnEntityOutranksATopics();
    void correctionOutlivesARevision();
    void correctionOutlivesTheEvent();
    void entitiesAreAddedAndRemoved();
    void whatDoesNotExistIsRefused_data();
    void whatDoesNotExistIsRefused();
    void secondWordReplacesTheFirst();
    void storyWordsMakeTheDayAnew();
    void decisionsAndVectorsAreKept();
    void failedStepsAreGivenUpAfterThreeTries();
    void answersAndCostsAreKept();

private:
    [[nodiscard]] Event load() { return loadEvent(*m_connection, m_event.id).value(); }
    void store() { QVERIFY(storeEvents(*m_connection, {&m_event, 1})); }
    [[nodiscard]] Correction word(CorrectionKind kind, std::string value,
                                  std::string subject = {}) const
    {
        return {m_event.id, kind, std::move(subject), std::move(value), m_now};
    }

    Event m_event;
    Instant m_now = parseInstant("2026-11-20T10:00:00Z").value();
};

void TestCorrectionStore::init()
{
    beginFresh();
    m_event = sampleEvents(2)[1];
    m_event.type = EventType::News;
    m_event.entities = {{{7}, EntityRole::Subject, 0.5F},
                        {topicId(Topic::Health), EntityRole::Topic, 0.75F}};
    store();
}

void TestCorrectionStore::topicIsReplacedAndGivenBack()
{
    const auto before = saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade"));
    QVERIFY2(before, before ? "" : before.error().what.c_str());
    QVERIFY(!before->has_value());
    const Event corrected = load();
    QVERIFY(links(corrected, topicId(Topic::Trade)));
    QVERIFY(!links(corrected, topicId(Topic::Health)));
    QCOMPARE(loadCorrections(*m_connection, m_event.id)->size(), 1U);

    const auto taken = removeCorrection(*m_connection, word(CorrectionKind::Topic, ""));
    QVERIFY(taken && *taken);
    QCOMPARE((*taken)->value, std::string("trade"));
    const Event back = load();
    QVERIFY(back.entities == m_event.entities);
    QVERIFY(loadCorrections(*m_connection, m_event.id)->empty());
    QVERIFY(!removeCorrection(*m_connection, word(CorrectionKind::Topic, ""))->has_value());
}

void TestCorrectionStore::topicMovesTheTargetsItExposes()
{
    // Health at 0.75 exposes XLV by 0.45; words of the text speak for SPY, and for XLI a little.
    m_event.entities = {{{7}, EntityRole::Subject, 0.5F},
                        {topicId(Topic::Health), EntityRole::Topic, 0.75F},
                        {target("XLV"), EntityRole::Instrument, 0.6F * 0.75F},
                        {target("SPY"), EntityRole::Instrument, 0.9F},
                        {target("XLI"), EntityRole::Instrument, 0.2F}};
    m_event.contentHash = hashOf({"found anew"});
    store();
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    const auto isTrade = [](const Event &event) {
        return links(event, topicId(Topic::Trade)) && weightOf(event, target("XLV")) == 0 &&
               weightOf(event, target("XLI")) == 0.5F && weightOf(event, target("UUP")) == 0.3F &&
               weightOf(event, target("SPY")) == 0.9F;
    };
    QVERIFY(isTrade(load()));
    // A second word starts from what was found, not from what the first one made of it.
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "none")));
    QCOMPARE(weightOf(load(), target("XLI")), 0.2F);
    QCOMPARE(weightOf(load(), target("UUP")), 0.0F);
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    QVERIFY(isTrade(load()));
    // The source revises it, and the same is found.
    m_event.title += ", and more";
    m_event.contentHash = hashOf({m_event.title});
    store();
    QVERIFY(isTrade(load()));
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Topic, "")));
    QVERIFY(load().entities == m_event.entities);
}

void TestCorrectionStore::wordsOfOlderRulesArePutOnAnew()
{
    m_event.entities.push_back({target("XLI"), EntityRole::Instrument, 0.2F});
    m_event.contentHash = hashOf({"found anew"});
    store();
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    QVERIFY(
        saveCorrection(*m_connection, word(CorrectionKind::Entity, "remove", "instrument:XLI")));
    QVERIFY(renewCorrections(*m_connection, 10)->empty());
    // As a program left it that knew no targets of topics.
    QVERIFY(m_connection->exec("UPDATE chrona_world.correction SET rules = '', ruled = NULL", {}));
    QVERIFY(m_connection->exec("DELETE FROM chrona_world.event_entity WHERE entity_id = $1",
                               {target("UUP")}));
    QCOMPARE(weightOf(load(), target("UUP")), 0.0F);
    QVERIFY(*renewCorrections(*m_connection, 10) == std::vector{m_event.id});
    QCOMPARE(weightOf(load(), target("UUP")), 0.3F);
    QCOMPARE(weightOf(load(), target("XLI")),
             0.0F); // what is said of an entity still outranks the topic
    QVERIFY(renewCorrections(*m_connection, 10)->empty());
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Entity, "", "instrument:XLI")));
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Topic, "")));
    QVERIFY(load().entities == m_event.entities);
}

void TestCorrectionStore::wordOfAnEntityOutranksATopics()
{
    const Correction notXli = word(CorrectionKind::Entity, "remove", "instrument:XLI");
    QVERIFY(saveCorrection(*m_connection, notXli));
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    QVERIFY(links(load(), target("UUP")) && !links(load(), target("XLI")));
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "growth")));
    QVERIFY(links(load(), target("IWM")) && !links(load(), target("XLI")));
    QVERIFY(removeCorrection(*m_connection, notXli));
    QVERIFY(links(load(), target("XLI")));
    QVERIFY(saveCorrection(*m_connection, notXli));
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Topic, "")));
    QVERIFY(removeCorrection(*m_connection, notXli));
    QVERIFY(load().entities == m_event.entities);
}

void TestCorrectionStore::correctionOutlivesARevision()
{
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "none")));
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Entity, "remove", "region:X")));
    m_event.title += ", and more";
    m_event.contentHash = hashOf({m_event.title});
    m_event.entities = {{topicId(Topic::Energy), EntityRole::Topic, 0.5F},
                        {entityIdFor("region:X"), EntityRole::Location, 0.5F},
                        {{9}, EntityRole::Actor, 1.0F}};
    store();
    Event now = load();
    QCOMPARE(now.revision, 2U);
    QCOMPARE(now.entities.size(), 1U);
    QVERIFY(links(now, {9}));
    // What is given back is what the revision found.
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Topic, "")));
    now = load();
    QVERIFY(links(now, topicId(Topic::Energy)));
    QVERIFY(!links(now, topicId(Topic::Health)));
    QVERIFY(!links(now, entityIdFor("region:X")));
}

void TestCorrectionStore::correctionOutlivesTheEvent()
{
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    for (const char *sql : {"DELETE FROM chrona_world.event", "DELETE FROM chrona_world.event_key",
                            "DELETE FROM chrona_world.event_entity"})
        QVERIFY(m_connection->exec(sql));
    const auto kept = loadCorrections(*m_connection, CorrectionKind::Topic, 10);
    QCOMPARE(kept->size(), 1U);
    QCOMPARE(kept->front().title, m_event.title);
    store(); // read again from the raw log
    QVERIFY(links(load(), topicId(Topic::Trade)));
}

void TestCorrectionStore::entitiesAreAddedAndRemoved()
{
    Entity entity;
    entity.key = "country:FR";
    entity.name = "France";
    entity.kind = EntityKind::Country;
    entity.id = entityIdFor(entity.key);
    QVERIFY(storeEntities(*m_connection, {&entity, 1}));
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Entity, "add", entity.key)));
    QVERIFY(links(load(), entity.id));
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Entity, "", entity.key)));
    QVERIFY(load().entities == m_event.entities);
}

void TestCorrectionStore::whatDoesNotExistIsRefused_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("subject");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, CorrectionKind kind, std::string value,
                        std::string subject, ErrorCode code) {
        QTest::newRow(name) << int(kind) << value << subject << int(code);
    };
    using enum CorrectionKind;
    row("a topic of none's", Topic, "gossip", "", ErrorCode::InvalidInput);
    row("an unknown story", Story, "12", "", ErrorCode::NotFound);
    row("a story that is no number", Story, "12a", "", ErrorCode::InvalidInput);
    row("an unknown entity", Entity, "add", "country:XX", ErrorCode::NotFound);
    row("an entity without a name", Entity, "remove", "", ErrorCode::InvalidInput);
    row("a relevance in between", Relevance, "0.5", "", ErrorCode::InvalidInput);
}

void TestCorrectionStore::whatDoesNotExistIsRefused()
{
    QFETCH(int, kind);
    QFETCH(std::string, value);
    QFETCH(std::string, subject);
    QFETCH(int, code);
    const auto refused =
        saveCorrection(*m_connection, word(static_cast<CorrectionKind>(kind), value, subject));
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), code);
    auto unknown = word(CorrectionKind::Topic, "trade");
    unknown.event = {12345};
    QVERIFY(!saveCorrection(*m_connection, unknown));
    QVERIFY(load().entities == m_event.entities);
    QVERIFY(loadCorrections(*m_connection, std::nullopt, 10)->empty());
}

void TestCorrectionStore::secondWordReplacesTheFirst()
{
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    const auto before = saveCorrection(*m_connection, word(CorrectionKind::Topic, "fiscal"));
    QVERIFY(before && *before);
    QCOMPARE((*before)->value, std::string("trade"));
    QVERIFY(!links(load(), topicId(Topic::Trade)));
    QVERIFY(removeCorrection(*m_connection, word(CorrectionKind::Topic, "")));
    QVERIFY(load().entities == m_event.entities);
}

void TestCorrectionStore::storyWordsMakeTheDayAnew()
{
    const Instant day = std::chrono::floor<std::chrono::days>(m_event.times.observedAt);
    auto stale = findStaleDays(*m_connection, day);
    QCOMPARE(stale->size(), 1U);
    QVERIFY(storeClusterDay(*m_connection, {day, {}, stale->front()}));
    QVERIFY(findStaleDays(*m_connection, day)->empty());
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Story, "apart")));
    QCOMPARE(findStaleDays(*m_connection, day)->size(), 1U);
    const auto pins = loadStoryPins(*m_connection, day, day + std::chrono::days(1));
    QCOMPARE(pins->size(), 1U);
    QVERIFY(pins->at(m_event.id) == apartClusterIdFor(m_event.id));
    QVERIFY(apartClusterIdFor(m_event.id) != clusterIdFor(m_event.id));
}

void TestCorrectionStore::decisionsAndVectorsAreKept()
{
    const auto &at = m_event.times.observedAt;
    const EnrichmentDecision decision{m_event.id, at, EnrichmentState::Waiting, 0.5F, 0.75F};
    QVERIFY(saveDecisions(*m_connection, {&decision, 1}, m_now));
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Topic, "trade")));
    const auto waiting = loadWaiting(*m_connection, 10);
    QCOMPARE(waiting->size(), 1U);
    QVERIFY(waiting->front().saidTopic == Topic::Trade);
    QCOMPARE(waiting->front().title, m_event.title);
    const EnrichmentResult result{m_event.id, at, false, {{"m", {1, -1}}, {"n", {5}}}};
    QVERIFY(saveResults(*m_connection, {&result, 1}));
    QVERIFY(loadWaiting(*m_connection, 10)->empty());
    const auto vectors = loadVectors(*m_connection, "m", 0, 10);
    QCOMPARE(vectors->size(), 1U);
    QVERIFY(vectors->front().vector == result.vectors[0].vector);
    QVERIFY(loadVectors(*m_connection, "other", 0, 10)->empty());
    // What is stored anew has a higher number.
    QVERIFY(loadVectors(*m_connection, "m", vectors->front().number, 10)->empty());
    QVERIFY(saveResults(*m_connection, {&result, 1}));
    QCOMPARE(loadVectors(*m_connection, "m", vectors->front().number, 10)->size(), 1U);
    const auto counts = countEnrichment(*m_connection, m_now);
    QCOMPARE(counts->admitted, 1);
    QCOMPARE(counts->embedded, 2);
    QCOMPARE(counts->waiting, 0);
    QVERIFY(forgetEnrichment(*m_connection, at + std::chrono::days(91)));
    QCOMPARE(countEnrichment(*m_connection, m_now)->embedded, 0);
}

void TestCorrectionStore::failedStepsAreGivenUpAfterThreeTries()
{
    const EnrichmentDecision decision{m_event.id, m_event.times.observedAt,
                                      EnrichmentState::Waiting, 1, 1};
    QVERIFY(saveDecisions(*m_connection, {&decision, 1}, m_now));
    const EnrichmentResult failed{m_event.id, m_event.times.observedAt, true};
    for (const std::size_t waiting : {1U, 1U, 0U}) {
        QVERIFY(saveResults(*m_connection, {&failed, 1}));
        QCOMPARE(loadWaiting(*m_connection, 10)->size(), waiting);
    }
    // A person's word gives it another chance.
    QVERIFY(saveCorrection(*m_connection, word(CorrectionKind::Relevance, "relevant")));
    QCOMPARE(m_connection->query("SELECT FROM chrona_world.enrichment")->size(), 0U);
}

void TestCorrectionStore::answersAndCostsAreKept()
{
    const ModelAnswer answer{hashOf({"a"}), "m", "trade", "A line.", {"X", "Y"}, m_now};
    QVERIFY(saveAnswer(*m_connection, answer));
    const auto found = findAnswer(*m_connection, answer.asked);
    QVERIFY(found && *found);
    QCOMPARE((*found)->line, answer.line);
    QCOMPARE((*found)->entities, answer.entities);
    QVERIFY(!findAnswer(*m_connection, hashOf({"b"}))->has_value());
    QVERIFY(addSpending(*m_connection, m_now, {1, 100, 0, 0}));
    QVERIFY(addSpending(*m_connection, m_now + std::chrono::hours(2), {2, 30, 1, 1}));
    const auto spent = loadSpending(*m_connection, m_now + std::chrono::hours(2));
    QCOMPARE(spent->hour.calls, 2);
    QCOMPARE(spent->day.tokens, 130);
    QCOMPARE(loadSpending(*m_connection, m_now + std::chrono::days(1))->day.tokens, 0);
}

QTEST_GUILESS_MAIN(TestCorrectionStore)
#include "tst_correction_store.moc"
