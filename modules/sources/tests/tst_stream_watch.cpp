// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/stream_watch.h"

#include <QTest>

#include <array>

using namespace chrona;
using namespace chrona::sources;
using namespace std::chrono_literals;

class TestStreamWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstRetryIsAtOnceThenWaitsGrow();
    void aMinuteOfDataForgetsFailures();
    void aSilentStreamIsPolledAndThenClosed();
    void aSlowStreamMaySpeakRarely();
    void signsOfLifeAreSentInTime();
    void aConnectionIsReplacedBeforeItsEnd();
    void aVenueWithoutStreamIsPolledOnly();
    void clocksAreComparedByTheLeastDelay();
    void oneSlipOfAClockIsForgotten();
    void lateNewsStayLate();
};

namespace {

constexpr Instant kStart{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};
constexpr Duration kPollEvery = 5s;

connect::StreamRules rules()
{
    return {.url = "wss://example.org", .keepAliveEvery = 20s, .silenceMax = 10s, .lifetime = 24h};
}

/// How long after a failure the next attempt is due, to the tenth of a second.
Duration waitOf(const StreamWatch &watch, Instant failedAt)
{
    Duration wait{0};
    while (!watch.due(failedAt + wait, kPollEvery).open && wait < 5min)
        wait += 100ms;
    return wait;
}

} // namespace

void TestStreamWatch::theFirstRetryIsAtOnceThenWaitsGrow()
{
    StreamWatch watch(rules(), 7);
    QVERIFY(watch.due(kStart, kPollEvery).open);
    constexpr std::array<int, 9> kSeconds{0, 1, 2, 4, 8, 16, 32, 60, 60};
    for (const int seconds : kSeconds) {
        watch.opening(kStart);
        QVERIFY(!watch.due(kStart, kPollEvery).open);
        watch.closed(kStart);
        const Duration wait = waitOf(watch, kStart);
        QVERIFY(wait >= 0.7 * std::chrono::seconds(seconds));
        QVERIFY(wait <= 1.3 * std::chrono::seconds(seconds) + 100ms);
    }
}

void TestStreamWatch::aMinuteOfDataForgetsFailures()
{
    StreamWatch watch(rules(), 7);
    for (int i = 0; i < 5; ++i)
        watch.closed(kStart);
    watch.opened(kStart);
    for (Duration at{0}; at < 60s; at += 1s)
        watch.heard(kStart + at);
    QCOMPARE(watch.failuresInRow(), 5U);
    watch.heard(kStart + 60s);
    QCOMPARE(watch.failuresInRow(), 0U);
}

void TestStreamWatch::aSilentStreamIsPolledAndThenClosed()
{
    StreamWatch watch(rules(), 7);
    watch.opened(kStart);
    watch.heard(kStart + 1s);
    QVERIFY(!watch.due(kStart + 11s, kPollEvery).poll);
    QVERIFY(watch.due(kStart + 12s, kPollEvery).poll);
    watch.polled(kStart + 12s);
    QVERIFY(!watch.due(kStart + 16s, kPollEvery).poll);
    QVERIFY(watch.due(kStart + 17s, kPollEvery).poll);
    QVERIFY(!watch.due(kStart + 20s, kPollEvery).close);
    QVERIFY(watch.due(kStart + 21s, kPollEvery).close);
    watch.heard(kStart + 22s);
    QVERIFY(!watch.due(kStart + 23s, kPollEvery).poll);
    QVERIFY(watch.due(kStart + 23s, kPollEvery, true).poll); // it speaks, but of no price
}

void TestStreamWatch::aSlowStreamMaySpeakRarely()
{
    StreamWatch watch(rules(), 7);
    watch.opened(kStart);
    for (Duration at{0}; at < 10min; at += 8s)
        watch.heard(kStart + at);
    QCOMPARE(watch.silenceMax(), Duration(24s));
}

void TestStreamWatch::signsOfLifeAreSentInTime()
{
    StreamWatch watch(rules(), 7);
    watch.opened(kStart);
    watch.heard(kStart + 15s);
    QVERIFY(!watch.due(kStart + 19s, kPollEvery).keepAlive);
    QVERIFY(watch.due(kStart + 20s, kPollEvery).keepAlive);
    watch.keptAlive(kStart + 20s);
    QVERIFY(!watch.due(kStart + 21s, kPollEvery).keepAlive);
}

void TestStreamWatch::aConnectionIsReplacedBeforeItsEnd()
{
    StreamWatch watch(rules(), 7);
    watch.opened(kStart);
    const Instant late = kStart + 24h - 10min;
    watch.heard(late);
    QVERIFY(!watch.due(late - 1s, kPollEvery).replace);
    QVERIFY(watch.due(late, kPollEvery).replace);
    watch.replaced(late);
    QVERIFY(!watch.due(late + 1s, kPollEvery).replace);
}

void TestStreamWatch::aVenueWithoutStreamIsPolledOnly()
{
    StreamWatch watch({}, 7);
    const auto due = watch.due(kStart, kPollEvery);
    QVERIFY(due.poll);
    QVERIFY(!due.open);
}

void TestStreamWatch::clocksAreComparedByTheLeastDelay()
{
    using Stamp = ClockOffset::Stamp;
    ClockOffset clock;
    QVERIFY(!clock.offset().has_value());
    const auto judge = [&clock](Duration at, Duration delay) {
        return clock.judge(kStart + at - delay, kStart + at);
    };
    QCOMPARE(judge(0s, 120ms), Stamp::Sound);
    QCOMPARE(judge(1s, 80ms), Stamp::Sound);
    QCOMPARE(*clock.offset(), Duration(80ms));
    QCOMPARE(judge(2s, -2s), Stamp::Ahead);
    QCOMPARE(*clock.offset(), Duration(80ms));
    QCOMPARE(judge(3s, 30s), Stamp::Sound);
    QCOMPARE(judge(4s, 31s), Stamp::Behind);
    // A venue that sets its clock back by five seconds is believed after two spans.
    (void)judge(31min, 5s);
    (void)judge(62min, 5s);
    QCOMPARE(*clock.offset(), Duration(5s));
}

void TestStreamWatch::oneSlipOfAClockIsForgotten()
{
    ClockOffset clock;
    (void)clock.judge(kStart + 24h, kStart); // the first stamp lies
    int late = 0;
    for (int s = 1; s <= 60; ++s)
        if (clock.judge(kStart + std::chrono::seconds(s) - 80ms,
                        kStart + std::chrono::seconds(s)) == ClockOffset::Stamp::Behind)
            ++late;
    QCOMPARE(late, 20);
    QCOMPARE(*clock.offset(), Duration(80ms));
}

/// What is well known does not become wrong because a venue now is late.
void TestStreamWatch::lateNewsStayLate()
{
    ClockOffset clock;
    for (int s = 0; s < 5; ++s)
        (void)clock.judge(kStart + std::chrono::seconds(s) - 80ms,
                          kStart + std::chrono::seconds(s));
    for (int s = 60; s < 120; ++s)
        QCOMPARE(
            clock.judge(kStart + std::chrono::seconds(s - 45), kStart + std::chrono::seconds(s)),
            ClockOffset::Stamp::Behind);
    QCOMPARE(*clock.offset(), Duration(80ms));
}

QTEST_GUILESS_MAIN(TestStreamWatch)
#include "tst_stream_watch.moc"
