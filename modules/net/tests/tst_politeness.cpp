// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http_client.h"
#include "chrona/net/politeness.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace chrona;
using namespace std::chrono_literals;
using net::Politeness;

class TestPoliteness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bucketAllowsItsBurstThenItsRate();
    void clockThatJumpsBackGivesNothing();
    void reservationTakesAllOrNothing();
    void placesInFlightAreBounded();
    void stopEndsTheWaitForAPlace();
    void hostIsLeftAloneUntilItsTime();
    void backoffHasFullJitter_data();
    void backoffHasFullJitter();
    void retryAfterIsRead_data();
    void retryAfterIsRead();
};

namespace {
constexpr Instant kNow = Instant(1'795'248'000s); // 2026-11-21T08:00:00Z
}

void TestPoliteness::bucketAllowsItsBurstThenItsRate()
{
    net::TokenBucket bucket({.perSecond = 2, .burst = 3, .concurrentMax = 1});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(bucket.waitFor(kNow).count(), 0);
        bucket.take(kNow);
    }
    QCOMPARE(bucket.waitFor(kNow), Duration(500ms));
    bucket.take(kNow);
    QCOMPARE(bucket.waitFor(kNow), Duration(1s)); // the fourth took a token of the future
    QCOMPARE(bucket.waitFor(kNow + 1s).count(), 0);
    QCOMPARE(bucket.waitFor(kNow + 1h).count(), 0);
    for (int i = 0; i < 3; ++i)
        bucket.take(kNow + 1h);
    QVERIFY(bucket.waitFor(kNow + 1h) >
            Duration(0)); // an hour of silence saves up no more than the burst
}

void TestPoliteness::clockThatJumpsBackGivesNothing()
{
    net::TokenBucket bucket({.perSecond = 1, .burst = 1, .concurrentMax = 1});
    bucket.take(kNow);
    QCOMPARE(bucket.waitFor(kNow - 24h), Duration(1s));
    QCOMPARE(bucket.waitFor(kNow), Duration(1s));
}

void TestPoliteness::reservationTakesAllOrNothing()
{
    Politeness politeness;
    const Politeness::Claim fast{"host:a", {.perSecond = 100, .burst = 2, .concurrentMax = 1}};
    const Politeness::Claim slow{"source:b", {.perSecond = 0.001, .burst = 1, .concurrentMax = 1}};
    const std::array both{fast, slow};
    QCOMPARE(politeness.reserve(both, kNow, 1s).value_or(-1us).count(), 0);
    QVERIFY(!politeness.reserve(both, kNow, 1s).has_value());
    // The refused reservation left the fast bucket its second token.
    QCOMPARE(politeness.reserve(std::span(&fast, 1), kNow, 1s).value_or(-1us).count(), 0);
}

void TestPoliteness::placesInFlightAreBounded()
{
    constexpr int kThreads = 8;
    Politeness politeness;
    const std::array claim{
        Politeness::Claim{"host:a", {.perSecond = 1, .burst = 1, .concurrentMax = 2}}};
    std::atomic<int> inFlight = 0, inFlightMax = 0, done = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([&] {
                const auto ticket = politeness.enter(claim, {});
                const int now = ++inFlight;
                for (int seen = inFlightMax;
                     seen < now && !inFlightMax.compare_exchange_weak(seen, now);) {
                }
                std::this_thread::yield();
                --inFlight;
                ++done;
            });
    }
    QCOMPARE(done.load(), kThreads);
    QVERIFY(inFlightMax.load() <= 2);
}

void TestPoliteness::stopEndsTheWaitForAPlace()
{
    Politeness politeness;
    const std::array claim{
        Politeness::Claim{"host:a", {.perSecond = 1, .burst = 1, .concurrentMax = 1}}};
    const auto held = politeness.enter(claim, {});
    QVERIFY(held.has_value());
    std::optional<bool> entered;
    std::jthread second(
        [&](std::stop_token stop) { entered = politeness.enter(claim, stop).has_value(); });
    second.request_stop();
    second.join();
    QCOMPARE(entered, std::optional(false));
}

void TestPoliteness::hostIsLeftAloneUntilItsTime()
{
    Politeness politeness;
    QVERIFY(!politeness.closedUntil("host:a", kNow).has_value());
    politeness.close("host:a", kNow + 60s);
    politeness.close("host:a", kNow + 10s); // a shorter word does not open it earlier
    QVERIFY(politeness.closedUntil("host:a", kNow + 59s) == kNow + 60s);
    QVERIFY(!politeness.closedUntil("host:a", kNow + 60s).has_value());
    QVERIFY(!politeness.closedUntil("host:b", kNow).has_value());
}

void TestPoliteness::backoffHasFullJitter_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("uniform");
    QTest::addColumn<qint64>("expectedMs");
    QTest::newRow("the lowest draw does not wait") << 5 << 0.0 << qint64{0};
    QTest::newRow("the first wait is up to the base") << 1 << 1.0 << qint64{500};
    QTest::newRow("the third is up to four times") << 3 << 0.5 << qint64{1000};
    QTest::newRow("the cap holds") << 20 << 1.0 << qint64{30'000};
    QTest::newRow("and for any attempt") << 2'000'000'000 << 1.0 << qint64{30'000};
}

void TestPoliteness::backoffHasFullJitter()
{
    QFETCH(int, attempt);
    QFETCH(double, uniform);
    QTEST(qint64{net::backoff(attempt, 500ms, 30s, uniform).count()}, "expectedMs");
}

void TestPoliteness::retryAfterIsRead_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds"); // -1: nothing can be read
    QTest::newRow("seconds") << QByteArray(" 120 ") << qint64{120};
    QTest::newRow("a date") << QByteArray("Sat, 21 Nov 2026 08:01:30 GMT") << qint64{90};
    QTest::newRow("a date that has passed")
        << QByteArray("Fri, 20 Nov 2026 08:00:00 GMT") << qint64{0};
    QTest::newRow("for ever is a year")
        << QByteArray("99999999999999999999") << qint64{366 * 24 * 3600};
    QTest::newRow("negative") << QByteArray("-5") << qint64{-1};
    QTest::newRow("words") << QByteArray("soon") << qint64{-1};
    QTest::newRow("nothing") << QByteArray("") << qint64{-1};
}

void TestPoliteness::retryAfterIsRead()
{
    QFETCH(QByteArray, value);
    const auto after = net::readRetryAfter(value.toStdString(), kNow);
    QTEST(after ? qint64{std::chrono::duration_cast<std::chrono::seconds>(*after).count()}
                : qint64{-1},
          "seconds");
}

QTEST_APPLESS_MAIN(TestPoliteness)
#include "tst_politeness.moc"
