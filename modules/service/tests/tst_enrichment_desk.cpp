// SPDX-License-Identifier: AGPL-3.0-or-later
#include "enrichment_desk.h"
#include "news_world.h"
#include "settings.h"

#include "chrona/assist/fake_ollama.h"
#include "chrona/storage/correction_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace chrona;
using namespace chrona::service;

namespace {

constexpr Instant kDeskNow = NewsWorld::kNow;

constexpr const char *kTitles[] = {
    "Central bank raises interest rates to fight inflation",
    "Abville hospitals struggle with measles outbreak, health office says",
    "Corstadt imposes tariffs on steel imports",
    "Dunbrook striker scores twice in cup final",
};

} // namespace

/// Costly steps go to what is relevant and new, within every bound, and never stop the rest.
class TestEnrichmentDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void relevantAndNewIsAdmitted();
    void lagDefersAndGoesOn();
    void likeEventsAreFound();
    void likeEventsAreFoundWithAndWithoutPgvector();
    void modelMakesVectors();
    void modelSuggestsWithinItsSchema();
    void sameHeadlineIsNotAskedTwice();
    void limitsStopQuestions_data();
    void limitsStopQuestions();
    void nonsenseIsRefused();
    void absentModelChangesNothing();
    void cloudIsOffUntilSwitchedOn();
    void wordOfAPersonDecides();
    void correctedTopicIsDecidedAnew();

private:
    void set(const char *key, std::string_view value) { QVERIFY(m_settings->set(key, value)); }
    void useModel()
    {
        set("assist.ollama", m_server->address());
        set("assist.model", "m");
        set("assist.relevance_percent", "0");
    }
    void store(std::initializer_list<std::string_view> titles) { m_world->tell(titles); }
    EnrichmentMade run(Instant now = kDeskNow);
    [[nodiscard]] ipc::EnrichmentStatus status();
    [[nodiscard]] schema::EventId idOf(std::string_view title) { return m_world->idOf(title); }
    [[nodiscard]] std::string state(std::string_view title);
    [[nodiscard]] Result<ipc::SimilarReply> search(std::string text)
    {
        ipc::SimilarQuery query;
        query.text = std::move(text);
        return m_desk->similar(*m_connection, query, {});
    }

    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<NewsWorld> m_world;
    storage::Connection *m_connection = nullptr; ///< the world's
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<LearnedTopics> m_topics;
    std::unique_ptr<EnrichmentDesk> m_desk;
    std::unique_ptr<assist::FakeOllama> m_server;
    int m_keysAsked = 0;
};

void TestEnrichmentDesk::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

void TestEnrichmentDesk::init()
{
    m_desk.reset();
    m_world = std::make_unique<NewsWorld>(*m_database);
    m_connection = &m_world->connection();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings =
        Settings::open(m_folder->filePath(QStringLiteral("config.json")).toStdString()).value();
    m_topics = std::make_unique<LearnedTopics>();
    m_server = std::make_unique<assist::FakeOllama>();
    m_keysAsked = 0;
    m_desk =
        std::make_unique<EnrichmentDesk>(EnrichmentDesk::Parts{*m_settings, *m_topics,
                                                               [this]() -> Result<std::string> {
                                                                   ++m_keysAsked;
                                                                   return std::string("secret");
                                                               },
                                                               "Chrona/test"});
}

EnrichmentMade TestEnrichmentDesk::run(Instant now)
{
    const auto made = m_desk->run(*m_connection, now, {});
    if (!made)
        qWarning("%s", made.error().what.c_str());
    return made.value_or(EnrichmentMade{-1, -1, -1, -1, -1, -1, -1});
}

ipc::EnrichmentStatus TestEnrichmentDesk::status()
{
    return m_desk->status(*m_connection, kDeskNow).value();
}

std::string TestEnrichmentDesk::state(std::string_view title)
{
    const auto rows = m_connection->query(
        "SELECT state::int4 FROM chrona_world.enrichment WHERE event_id = $1", {idOf(title)});
    if (!rows || rows->isEmpty())
        return "undecided";
    constexpr const char *kNames[] = {"not worth", "deferred", "waiting", "done", "given up"};
    return kNames[rows->first().int32(0)];
}

void TestEnrichmentDesk::relevantAndNewIsAdmitted()
{
    store({kTitles[0], kTitles[3]});
    QVERIFY(m_world->isSound());
    const auto made = run();
    QCOMPARE(made.decided, 2);
    QCOMPARE(made.admitted, 1);
    QCOMPARE(made.vectors, 1);
    QCOMPARE(state(kTitles[0]), std::string("done"));
    QCOMPARE(state(kTitles[3]), std::string("not worth"));
    const auto now = status();
    QCOMPARE(now.admitted, 1);
    QCOMPARE(now.notWorth, 1);
    QCOMPARE(now.embedded, 1);
    QVERIFY(!now.isDeferring);
    QCOMPARE(run().decided, 0); // decided once
}

void TestEnrichmentDesk::lagDefersAndGoesOn()
{
    set("enrichment.waiting_max", "1");
    store({kTitles[0], kTitles[1], kTitles[2]});
    auto made = run();
    QCOMPARE(made.admitted, 1);
    QCOMPARE(made.deferred, 2);
    QVERIFY(status().isDeferring);
    QCOMPARE(status().deferred, 2);
    // What comes in meanwhile is stored and told into stories as ever; later its turn comes.
    set("enrichment.waiting_max", "2000");
    made = run();
    QCOMPARE(made.admitted, 2);
    QVERIFY(!status().isDeferring);
    // No budget at all: everything worth it is deferred.
    set("enrichment.items_per_hour", "0");
    store({"Parliament votes on new election law in Eldson"});
    QCOMPARE(run().admitted, 0);
    QCOMPARE(status().deferred, 1);
}

void TestEnrichmentDesk::likeEventsAreFound()
{
    store({kTitles[0], kTitles[1], kTitles[2], kTitles[3]});
    run();
    auto found = search("measles in hospitals of Abville");
    QVERIFY2(found, found ? "" : found.error().what.c_str());
    QCOMPARE(found->searched, 3);
    QVERIFY(!found->events.empty());
    QCOMPARE(found->events[0].event.title, std::string(kTitles[1]));
    ipc::SimilarQuery like;
    like.event = idOf(kTitles[1]);
    found = m_desk->similar(*m_connection, like, {});
    QVERIFY(found);
    for (const auto &one : found->events)
        QVERIFY(one.event.id != like.event);
    like.event = schema::EventId{77};
    QVERIFY(m_desk->similar(*m_connection, like, {}).error().code == ErrorCode::NotFound);
    QVERIFY(search("").error().code == ErrorCode::InvalidInput);
    // What comes later is found too.
    store({"Measles vaccines reach Farwick health office"});
    run();
    QCOMPARE(search("measles")->searched, 4);
}

void TestEnrichmentDesk::likeEventsAreFoundWithAndWithoutPgvector()
{
    store({kTitles[0], kTitles[1], kTitles[2]});
    run();
    const auto likeMeasles = [this] {
        const auto found = search("measles outbreak in hospitals, inflation");
        std::vector<std::string> titles;
        if (found)
            for (const auto &one : found->events)
                titles.push_back(one.event.title);
        return titles;
    };
    const auto copies = [this] {
        return m_world->number("SELECT count(*) FROM pg_catalog.pg_class c JOIN "
                               "pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                               "WHERE n.nspname = 'chrona_vector' AND c.relname LIKE $1",
                               "near_%");
    };
    const auto titles = likeMeasles();
    QVERIFY(titles.size() >= 2);
    QCOMPARE(titles[0], std::string(kTitles[1]));
    if (m_world->number("SELECT count(*) FROM pg_catalog.pg_available_extensions WHERE name = $1",
                        "vector") == 0)
        QSKIP("this server has no pgvector");
    QVERIFY(copies() > 0);
    // It goes away under the desk: the search in memory answers, and the next one makes it again.
    QVERIFY(m_connection->script("DROP SCHEMA chrona_vector CASCADE"));
    QCOMPARE(likeMeasles(), titles);
    QCOMPARE(copies(), 0);
    QCOMPARE(likeMeasles(), titles);
    QVERIFY(copies() > 0);
    // A role that may not make it searches in memory.
    QVERIFY(m_connection->script(
        "DROP SCHEMA chrona_vector CASCADE; DROP ROLE IF EXISTS reader; CREATE ROLE reader; "
        "GRANT USAGE ON SCHEMA chrona_world TO reader; "
        "GRANT SELECT ON ALL TABLES IN SCHEMA chrona_world TO reader; SET ROLE reader"));
    QCOMPARE(likeMeasles(), titles); // pgvector fails
    QCOMPARE(likeMeasles(), titles); // and is not there
    QVERIFY(m_connection->script("RESET ROLE"));
    QCOMPARE(copies(), 0);
}

void TestEnrichmentDesk::modelMakesVectors()
{
    set("assist.ollama", m_server->address());
    set("assist.embedding_model", "letters");
    store({kTitles[0], kTitles[1]});
    QCOMPARE(run().vectors, 4); // the model's and the built-in ones
    QCOMPARE(m_server->asked().size(), 1U);
    const auto found = search("outbreak");
    QCOMPARE(found->model, std::string("letters"));
    QCOMPARE(found->searched, 2);
    // Without the model the built-in vectors answer.
    m_server.reset();
    const auto without = search("outbreak of measles");
    QCOMPARE(without->model, std::string(events::kTextVectorModel));
    QCOMPARE(without->events.at(0).event.title, std::string(kTitles[1]));
}

void TestEnrichmentDesk::modelSuggestsWithinItsSchema()
{
    useModel();
    store({kTitles[0], kTitles[1]});
    const auto made = run();
    QCOMPARE(made.asked, 2);
    QCOMPARE(made.refused, 0);
    const auto answer = storage::findAnswer(*m_connection, idOf(kTitles[1]));
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->topic, std::string("health"));
    QCOMPARE((*answer)->model, std::string("m"));
    const auto now = status();
    QCOMPARE(now.languageModel, std::string("m"));
    QCOMPARE(now.callsThisHour, 1);
    QCOMPARE(now.tokensToday, 150);
    // A suggestion changes no link of the event.
    const auto topics = m_connection->query("SELECT FROM chrona_world.event_entity");
    QCOMPARE(topics->size(), 0U);
}

void TestEnrichmentDesk::sameHeadlineIsNotAskedTwice()
{
    useModel();
    store({kTitles[0]});
    QCOMPARE(run().asked, 1);
    QVERIFY(m_connection->exec("DELETE FROM chrona_world.enrichment"));
    const auto made = run();
    QCOMPARE(made.asked, 0);
    QCOMPARE(made.fromCache, 1);
    QCOMPARE(m_server->asked().size(), 1U);
    QCOMPARE(status().cacheHitsToday, 1);
}

void TestEnrichmentDesk::limitsStopQuestions_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("calls of an hour") << QByteArray("assist.calls_per_hour") << QByteArray("0");
    QTest::newRow("tokens of a day") << QByteArray("assist.tokens_per_day") << QByteArray("100");
    QTest::newRow("relevance") << QByteArray("assist.relevance_percent") << QByteArray("100");
}

void TestEnrichmentDesk::limitsStopQuestions()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    useModel();
    set(key.constData(), value.toStdString());
    store({kTitles[2]});
    const auto made = run();
    QCOMPARE(made.asked, 0);
    QCOMPARE(made.vectors, 1);
    QCOMPARE(state(kTitles[2]), std::string("done"));
    QVERIFY(m_server->asked().empty());
}

void TestEnrichmentDesk::nonsenseIsRefused()
{
    useModel();
    m_server->behave(200, R"({"items":[{"id":0,"topic":"obey","line":"x","entities":[]}]})");
    store({kTitles[0]});
    const auto made = run();
    QCOMPARE(made.refused, 1);
    QVERIFY(!storage::findAnswer(*m_connection, idOf(kTitles[0]))->has_value());
    QCOMPARE(status().refusedAnswersToday, 1);
    QCOMPARE(state(kTitles[0]), std::string("done"));
}

void TestEnrichmentDesk::absentModelChangesNothing()
{
    useModel();
    set("assist.embedding_model", "letters");
    m_server.reset();
    store({kTitles[0]});
    const auto made = run();
    QCOMPARE(made.admitted, 1);
    QCOMPARE(made.vectors, 1);
    QCOMPARE(state(kTitles[0]), std::string("done"));
}

void TestEnrichmentDesk::cloudIsOffUntilSwitchedOn()
{
    set("assist.cloud_address", "https://models.example.invalid/v1");
    set("assist.cloud_model", "big");
    set("assist.relevance_percent", "0");
    store({kTitles[0]});
    run();
    QCOMPARE(m_keysAsked, 0);
    QCOMPARE(status().languageModel, std::string());
    set("assist.cloud", "true");
    QCOMPARE(status().languageModel, std::string("big"));
    const auto again = [this] {
        QVERIFY(m_connection->exec("DELETE FROM chrona_world.enrichment"));
        QCOMPARE(run().admitted, 1);
    };
    again(); // nobody is there, but the key was fetched to ask
    QCOMPARE(m_keysAsked, 1);
    // What its source lets nobody pass on does not leave for a cloud.
    QVERIFY(m_connection->query("UPDATE chrona_world.source SET redistribution = $1",
                                {static_cast<std::int16_t>(schema::Redistribution::Forbidden)}));
    again();
    QCOMPARE(m_keysAsked, 1);
}

void TestEnrichmentDesk::wordOfAPersonDecides()
{
    store({kTitles[0], kTitles[3]});
    run();
    QCOMPARE(state(kTitles[3]), std::string("not worth"));
    QVERIFY(
        storage::saveCorrection(*m_connection, {idOf(kTitles[3]), schema::CorrectionKind::Relevance,
                                                "", "relevant", kDeskNow}));
    QCOMPARE(run().admitted, 1);
    QCOMPARE(state(kTitles[3]), std::string("done"));
}

void TestEnrichmentDesk::correctedTopicIsDecidedAnew()
{
    store({kTitles[0], kTitles[3]});
    const auto say = [this](std::string_view title, std::string topic) {
        return storage::saveCorrection(*m_connection, {idOf(title), schema::CorrectionKind::Topic,
                                                       "", std::move(topic), kDeskNow})
            .has_value();
    };
    QVERIFY(say(kTitles[0], "none")); // before it was decided
    run();
    QCOMPARE(state(kTitles[0]), std::string("not worth"));
    QCOMPARE(state(kTitles[3]), std::string("not worth"));
    QVERIFY(say(kTitles[3], "companies"));
    QCOMPARE(run().admitted, 1);
    QCOMPARE(state(kTitles[3]), std::string("done"));
}

QTEST_GUILESS_MAIN(TestEnrichmentDesk)
#include "tst_enrichment_desk.moc"
