// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canonicalise.h"
#include "many_feeds.h"

#include "chrona/net/loopback.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <atomic>

using namespace chrona;
using namespace std::chrono_literals;
using sources::ManyFeeds;

namespace {
constexpr Instant kPollingNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z
constexpr std::size_t kFeeds = 120;
} // namespace

/// Many feeds of many hosts, polled round after round, as a newsroom's list is: the normal-size
/// form of `chronactl bench polling`.
class TestPolling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFeedIsPolledOnceARound();

private:
    [[nodiscard]] std::size_t eventCount(storage::Pool &pool)
    {
        auto lease = pool.take();
        return static_cast<std::size_t>(
            storage::countEvents(**lease, {.text = "harbour dues"}).value_or(-1));
    }
};

void TestPolling::everyFeedIsPolledOnceARound()
{
    const auto database = storage::TestDatabase::open();
    QVERIFY(database);
    const auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    QVERIFY2(library.has_value(), library ? "" : library.error().what.c_str());
    net::ReplayServer server;
    ManyFeeds feeds(server, kFeeds);
    feeds.publish(0);
    const auto clock = std::make_shared<ManualClock>(kPollingNow);
    const auto http = net::loopbackClient(server, ManyFeeds::kHosts, clock);
    const auto pool = storage::Pool::open(database->freshConnectionString(), 6);
    QVERIFY2(pool.has_value(), pool ? "" : pool.error().what.c_str());
    std::atomic<std::size_t> stored = 0;
    sources::Acquisition::Listener listener;
    listener.stored = [&stored](const sources::StoredBatch &batch) {
        stored += batch.events.size();
    };
    auto acquisition =
        sources::Acquisition::start({*pool, **library, *http, canonicalise, clock}, listener,
                                    {.workers = 4, .batchItems = 500, .jitterSeed = 7});
    QVERIFY2(acquisition.has_value(), acquisition ? "" : acquisition.error().what.c_str());
    for (const auto &known : (*acquisition)->sources())
        if (known.source.address.empty())
            QVERIFY((*acquisition)->disable(known.source.key));
    std::vector<std::string> keys;
    for (std::size_t feed = 0; feed < kFeeds; ++feed) {
        const auto source = feeds.source(feed, std::chrono::floor<std::chrono::days>(kPollingNow));
        QVERIFY2(source.has_value(), source ? "" : source.error().what.c_str());
        keys.push_back(source->key);
        QVERIFY((*acquisition)->add(*source).has_value());
    }
    QTRY_COMPARE_WITH_TIMEOUT(eventCount(**pool), feeds.entriesSoFar(1), 60'000);
    QCOMPARE(stored.load(), feeds.entriesSoFar(1));
    for (std::size_t issue = 1; issue <= 2; ++issue) {
        feeds.publish(issue);
        for (const std::string &key : keys)
            QVERIFY((*acquisition)->runNow(key).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(eventCount(**pool), feeds.entriesSoFar(issue + 1), 60'000);
    }
    // What a feed repeats went no further than the memory in front of the database.
    QTRY_COMPARE(stored.load(), feeds.entriesSoFar(3));
    const auto views = (*acquisition)->sources();
    for (const auto &view : views)
        if (!view.source.address.empty())
            QCOMPARE(view.health.failuresInRow, 0U);
    std::map<std::string, int> asked;
    for (const auto &request : server.received())
        ++asked[request.target];
    for (std::size_t feed = 0; feed < kFeeds; ++feed)
        QCOMPARE(asked[ManyFeeds::pathOf(feed)], 3);
}

QTEST_GUILESS_MAIN(TestPolling)
#include "tst_polling.moc"
