// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canonicalise.h"
#include "loopback.h"
#include "quake_feed.h"

#include "chrona/net/replay_server.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <mutex>

using namespace chrona;
using namespace std::chrono_literals;
using schema::SourceState;
using namespace sources::testing;

/// The whole way: registry entry, real connector, real HTTP over loopback with faults, raw log,
/// events in a real Postgres.
class TestAcquisition : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void feedBecomesStoredEvents();
    void revisionAndRetractionArrive();
    void unchangedFeedIsNotStoredAgain();
    void faultEndsInHealthAndALaterRun_data();
    void faultEndsInHealthAndALaterRun();
    void poisonDoesNotStopTheSource();
    void restartGoesOnWhereItStopped();
    void disabledSourceIsNotAsked();
    void spentBudgetEndsTheDay();
    void redirectToAnotherHostIsRefused();
    void stopEndsARunningFetch();
    void ownSourceIsJudged();

private:
    void begin();
    void end();
    [[nodiscard]] sources::SourceView view();
    [[nodiscard]] std::size_t eventCount();
    [[nodiscard]] std::size_t requests(std::string_view part);
    [[nodiscard]] std::vector<SourceState> states();
    void runAgain();

    std::unique_ptr<storage::TestDatabase> m_database;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::unique_ptr<net::ReplayServer> m_server;
    std::shared_ptr<storage::Pool> m_pool;
    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<sources::Acquisition> m_acquisition;
    std::mutex m_mutex;
    std::vector<SourceState> m_states;
    std::atomic<int> m_stored = 0;
};

namespace {

constexpr Instant kNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z
constexpr const char *kWeek = "/earthquakes/feed/v1.0/summary/all_week.geojson";
constexpr const char *kHour = "/earthquakes/feed/v1.0/summary/all_hour.geojson";
constexpr const char *kQuery = "/fdsnws/event/1/query";
constexpr const char *kKey = "usgs-earthquakes";
constexpr const char *kNone = R"({"type":"FeatureCollection","features":[]})";

} // namespace

void TestAcquisition::initTestCase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
    auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    m_library = std::move(*library);
    QVERIFY(m_library->find(kKey) != nullptr);
}

void TestAcquisition::init()
{
    m_server = std::make_unique<net::ReplayServer>();
    m_server->answer(kWeek, json(quakeFeed({{"us1"}, {"us2", 6.5}})));
    m_server->answer(kHour, json(quakeFeed({{"us1"}})));
    m_server->answer(kQuery, json(kNone));
    m_clock = std::make_shared<ManualClock>(kNow);
    auto pool = storage::Pool::open(m_database->freshConnectionString(), 4);
    QVERIFY2(pool.has_value(), pool ? "" : pool.error().what.c_str());
    m_pool = *pool;
    m_stored = 0;
    m_states.clear();
}

void TestAcquisition::cleanup()
{
    end();
    m_pool.reset();
    m_server.reset();
}

void TestAcquisition::begin()
{
    net::HttpClient::Options options;
    options.userAgent = "Chrona/test";
    m_http =
        net::HttpClient::create(options, std::make_unique<LoopbackTransport>(m_server->url("")),
                                m_clock, std::make_shared<NoWait>(*m_clock))
            .value();
    sources::Acquisition::Listener listener;
    listener.stored = [this](const sources::StoredBatch &batch) {
        m_stored += static_cast<int>(batch.events.size());
    };
    listener.sourceChanged = [this](const sources::SourceView &view) {
        const std::lock_guard lock(m_mutex);
        if (view.source.key == kKey) // the others change too, whenever they like
            m_states.push_back(view.health.state);
    };
    auto acquisition =
        sources::Acquisition::start({m_pool, *m_library, *m_http, canonicalise, m_clock}, listener,
                                    {.workers = 2, .batchItems = 500, .jitterSeed = 7});
    QVERIFY2(acquisition.has_value(), acquisition ? "" : acquisition.error().what.c_str());
    m_acquisition = std::move(*acquisition);
}

void TestAcquisition::end()
{
    m_acquisition.reset();
    m_http.reset();
}

sources::SourceView TestAcquisition::view()
{
    const auto all = m_acquisition->sources();
    return *std::ranges::find(all, kKey, [](const auto &each) { return each.source.key; });
}

std::size_t TestAcquisition::eventCount()
{
    auto lease = m_pool->take();
    const auto events = storage::findEvents(**lease, {.withRetracted = true});
    return events ? events->size() : 0;
}

std::vector<SourceState> TestAcquisition::states()
{
    const std::lock_guard lock(m_mutex);
    return m_states;
}

std::size_t TestAcquisition::requests(std::string_view part)
{
    const auto hasPart = [part](const auto &each) { return each.target.contains(part); };
    return static_cast<std::size_t>(std::ranges::count_if(m_server->received(), hasPart));
}

void TestAcquisition::runAgain()
{
    const auto before = view().health.lastAttemptAt;
    m_clock->advance(5min);
    QVERIFY(m_acquisition->runNow(kKey).has_value());
    QTRY_VERIFY(view().health.lastAttemptAt != before &&
                view().health.state != SourceState::Running);
}

void TestAcquisition::feedBecomesStoredEvents()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QTRY_COMPARE(m_stored.load(), 2);
    QTRY_VERIFY(view().health.lastSuccessAt.has_value());
    QVERIFY(view().health.nextRunAt > m_clock->now());
    QCOMPARE(view().health.failuresInRow, 0U);
    QCOMPARE(view().health.requestsToday, 2U);
    QCOMPARE(view().budgetLeft, std::optional<std::uint32_t>(998));
    const auto request = m_server->received().front();
    QCOMPARE(*net::find(request.headers, "User-Agent"), std::string("Chrona/test"));
    QTRY_VERIFY((states() == std::vector{SourceState::Running, SourceState::Idle}));
}

void TestAcquisition::revisionAndRetractionArrive()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    m_server->answer(kHour, json(quakeFeed({{"us1", 5.6, 1'795'247'000'000}})));
    runAgain();
    m_server->answer(kHour, json(quakeFeed({{"us1", 5.6, 1'795'247'900'000, "deleted"}})));
    runAgain();
    const auto revisions = [this] {
        auto lease = m_pool->take();
        const auto found = storage::findEvents(**lease, {.withRetracted = true});
        const auto us1 = std::ranges::find(*found, "us1", &schema::Event::sourceRef);
        return us1 == found->end() ? std::vector<schema::Event>()
                                   : storage::loadRevisions(**lease, us1->id).value();
    };
    QTRY_COMPARE(revisions().size(), 3U);
    QVERIFY(revisions().back().state == schema::EventState::Retracted);
    QCOMPARE(revisions()[0].title, std::string("M 5 - Testville"));
    QCOMPARE(revisions()[1].title, std::string("M 5.6 - Testville"));
    QCOMPARE(eventCount(), 2U);
}

void TestAcquisition::unchangedFeedIsNotStoredAgain()
{
    m_server->answer(kHour, json(quakeFeed({{"us3"}}), {{"ETag", "\"3\""}}));
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    runAgain();
    QTRY_COMPARE(eventCount(), 3U);
    const auto items = view().health.itemsTotal;
    runAgain(); // answered with 304
    QCOMPARE(view().health.itemsTotal, items);
    bool asked = false;
    for (const auto &request : m_server->received())
        asked = asked || net::find(request.headers, "If-None-Match") != nullptr;
    QVERIFY(asked);
    m_server->answer(kHour,
                     json(quakeFeed({{"us3"}}))); // a server without validators: the same body
    runAgain();
    QCOMPARE(view().health.itemsTotal, items);
}

void TestAcquisition::faultEndsInHealthAndALaterRun_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    const auto none = int(net::Fault::None);
    QTest::newRow("too many requests for an hour")
        << 429 << none << QByteArray() << QByteArray("3600");
    QTest::newRow("unavailable") << 503 << none << QByteArray() << QByteArray();
    QTest::newRow("forbidden") << 403 << none << QByteArray() << QByteArray();
    QTest::newRow("a reset in the body")
        << 200 << int(net::Fault::ResetInBody) << QByteArray(5000, ' ') << QByteArray();
    QTest::newRow("a body that drips")
        << 200 << int(net::Fault::SlowDrip) << QByteArray(5000, ' ') << QByteArray();
    QTest::newRow("HTML instead of JSON")
        << 200 << none << QByteArray("<html>Back soon</html>") << QByteArray();
}

void TestAcquisition::faultEndsInHealthAndALaterRun()
{
    QFETCH(int, status);
    QFETCH(int, fault);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    net::Answer answer{
        .status = status, .body = body.toStdString(), .fault = static_cast<net::Fault>(fault)};
    if (!retryAfter.isEmpty())
        answer.headers.push_back({"Retry-After", retryAfter.toStdString()});
    m_server->answer(kWeek, answer);
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(view().health.failuresInRow == 1, 15'000);
    QVERIFY(view().health.state == SourceState::Failing);
    QVERIFY(!view().health.lastError.empty());
    QVERIFY(view().health.nextRunAt > m_clock->now());
    if (!retryAfter.isEmpty())
        QVERIFY(*view().health.nextRunAt >= m_clock->now() + 59min);
    QCOMPARE(eventCount(), 0U);

    m_server->answer(kWeek, json(quakeFeed({{"us1"}})));
    m_clock->advance(7h);
    QTRY_COMPARE(eventCount(), 1U);
    QTRY_VERIFY(view().health.state == SourceState::Idle);
    QVERIFY(view().health.lastError.empty());
}

void TestAcquisition::poisonDoesNotStopTheSource()
{
    // JSON that passes the connector's first look, and of which nothing can be a fact.
    m_server->answer(
        kWeek, json(R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"x"}]})"));
    begin();
    const auto quarantined = [this] {
        auto lease = m_pool->take();
        const auto found = storage::loadQuarantine(**lease);
        return found ? found->size() : 0;
    };
    QTRY_COMPARE(quarantined(), 1U);
    QTRY_VERIFY(view().health.state == SourceState::Idle);
    runAgain();
    QTRY_COMPARE(eventCount(), 1U);
}

void TestAcquisition::restartGoesOnWhereItStopped()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QTRY_VERIFY(view().health.lastSuccessAt.has_value());
    end();
    m_clock->advance(20min);
    begin();
    QTRY_COMPARE(requests("all_hour"),
                 1U); // not the week again: the cursor came back with the database
    QCOMPARE(requests("all_week"), 1U);
    QTRY_VERIFY(view().health.requestsToday >= 3U);
    QCOMPARE(eventCount(), 2U);
}

void TestAcquisition::disabledSourceIsNotAsked()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QVERIFY(m_acquisition->disable(kKey).has_value());
    QVERIFY(view().health.state == SourceState::Disabled);
    const auto refused = m_acquisition->runNow(kKey);
    QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::Denied);
    end();
    m_clock->advance(10h);
    const std::size_t asked = m_server->received().size();
    begin(); // the choice outlives the process
    QVERIFY(view().health.state == SourceState::Disabled);
    QVERIFY(m_acquisition->enable(kKey).has_value());
    QTRY_VERIFY(m_server->received().size() > asked);
    QVERIFY(!m_acquisition->enable("nobody").has_value());
}

void TestAcquisition::spentBudgetEndsTheDay()
{
    schema::Source own = m_library->find(kKey)->description.sources.front();
    own.key = "own-quakes";
    own.rate.requestsPerDay = 1;
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QVERIFY(m_acquisition->add(own).has_value());
    const auto ownView = [this] {
        for (const auto &view : m_acquisition->sources())
            if (view.source.key == "own-quakes")
                return view;
        return sources::SourceView{};
    };
    QTRY_VERIFY(ownView().health.lastSuccessAt.has_value());
    QCOMPARE(ownView().budgetLeft, std::optional<std::uint32_t>(0));
    QVERIFY(*ownView().health.nextRunAt >=
            std::chrono::floor<std::chrono::days>(kNow) + std::chrono::days(1));
    const auto refused = m_acquisition->runNow("own-quakes");
    QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::Denied);
}

void TestAcquisition::redirectToAnotherHostIsRefused()
{
    m_server->answer(kWeek,
                     {.status = 302, .headers = {{"Location", "https://evil.example/feed"}}});
    begin();
    QTRY_VERIFY(view().health.failuresInRow == 1);
    QVERIFY(view().health.lastError.contains("evil.example"));
    QCOMPARE(m_server->received().size(), 1U);
}

void TestAcquisition::stopEndsARunningFetch()
{
    m_server->answer(kWeek, {.status = 200, .fault = net::Fault::NeverAnswers});
    begin();
    QTRY_COMPARE(requests("all_week"), 1U);
    m_acquisition->stop();
    QCOMPARE(view().health.failuresInRow, 0U); // being stopped is no failure of the source
}

void TestAcquisition::ownSourceIsJudged()
{
    begin();
    schema::Source own = m_library->find(kKey)->description.sources.front();
    own.key = "own";
    own.termsUrl.clear();
    const auto faulty = m_acquisition->add(own);
    QVERIFY(!faulty.has_value() && faulty.error().what.contains("terms_url"));
    own = m_library->find(kKey)->description.sources.front();
    const auto taken = m_acquisition->add(own);
    QVERIFY(!taken.has_value() && taken.error().code == ErrorCode::Conflict);
    own.key = "own";
    own.connector = "nobody";
    const auto unread = m_acquisition->add(own);
    QVERIFY(!unread.has_value() && unread.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestAcquisition)
#include "tst_acquisition.moc"
