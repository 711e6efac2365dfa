// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_market.h"

#include "oracle_recorder.h"

#include "chrona/oracle/recording.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fstream>
#include <optional>

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::tests;

/// What a live oracle did is done again from its files, to the bit.
class TestOracleRecorder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRecordingIsReplayedToTheBit();
    void whatIsLateCountsWhereItCounted();
    void aDeskThatBeginsAnewIsFollowed();
    void aLaterRunBeginsWithWhatWasKnown();
};

namespace {

/// A desk at a small market, recorded in a folder.
struct RecordedDesk {
    RecordedDesk(const OraclePlan &of, const QTemporaryDir &folder, KeepingSink &heard)
        : plan(of), recorder(of, {.folder = folder.path().toStdString()}), sinks{&heard, &recorder}
    {
    }
    /// Anew, at this moment.
    void begin(std::int64_t atMs = kStartMs)
    {
        beganMs = atMs;
        recorder.begin(atMs);
        desk.emplace(OracleDesk::create(plan).value());
        market.emplace(plan);
    }
    /// One second with all that comes in it.
    void live(int second)
    {
        for (const DeskTick &tick : market->second(beganMs + second * 1'000))
            desk->take(tick, sinks);
        desk->advance(beganMs + (second + 1) * 1'000, sinks);
    }

    const OraclePlan &plan;
    OracleRecorder recorder;
    std::array<DeskSink *, 2> sinks;
    std::optional<OracleDesk> desk;
    std::optional<SmallMarket> market;
    std::int64_t beganMs = 0;
};

/// What a replay said of one feed.
struct Replayed final : oracle::PublishingSink {
    void judged(std::size_t, const oracle::TickVerdict &) override {}
    void answered(const oracle::Answer &answer) override { hashes.push_back(answer.stateHash); }
    void epochEnded(std::int64_t epoch, const oracle::Answer &,
                    const oracle::BandChoice &choice) override
    {
        epochs.emplace_back(epoch, choice.price);
        reveals.push_back(choice.revealsLearned);
    }
    std::vector<std::uint64_t> hashes;
    std::vector<std::pair<std::int64_t, double>> epochs;
    std::vector<std::uint32_t> reveals;
};

oracle::Tick tickOf(const formats::TickRecord &record)
{
    oracle::Tick tick;
    tick.receivedMs = record.atMs;
    tick.exchangeMs = record.statedMs;
    tick.bid = record.bid;
    tick.ask = record.ask;
    tick.last = record.last;
    tick.size = record.size;
    tick.volume24h = record.volume24h;
    return tick;
}

Replayed replay(const std::filesystem::path &folder, std::string_view feed)
{
    Replayed replayed;
    std::optional<oracle::RecordedReplay> replay;
    for (const auto &path : tickFilesBelow(folder)) {
        std::ifstream file(path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        auto reader = formats::TickSegmentReader::open(bytes).value();
        const auto plan = oracle::readPlan(reader.about()).value();
        if (!replay)
            replay = oracle::RecordedReplay::create(plan, feed).value();
        else if (!replay->follow(plan))
            qFatal("a file of the recording has other feeds");
        std::vector<formats::TickRecord> records;
        while (reader.next(records))
            for (const formats::TickRecord &record : records)
                switch (record.kind) {
                case formats::TickRecord::Kind::Begin: replay->begin(); break;
                case formats::TickRecord::Kind::Second:
                    replay->endSecond(record.atMs, replayed);
                    break;
                case formats::TickRecord::Kind::Reveal:
                    replay->reveal(record.market,
                                   {.endMs = plan.epochStartMs +
                                             (record.statedMs + 1) * plan.epochMs,
                                    .q25 = record.bid,
                                    .median = record.last,
                                    .q75 = record.ask});
                    break;
                case formats::TickRecord::Kind::Tick:
                    replay->take(record.market, tickOf(record), replayed);
                    break;
                }
    }
    return replayed;
}

std::vector<std::uint64_t> hashesOf(const KeepingSink &sink)
{
    std::vector<std::uint64_t> hashes;
    for (const oracle::Answer &answer : sink.answers)
        hashes.push_back(answer.stateHash);
    return hashes;
}

} // namespace

void TestOracleRecorder::aRecordingIsReplayedToTheBit()
{
    const QTemporaryDir dir;
    const OraclePlan plan = smallPlan();
    KeepingSink live;
    {
        RecordedDesk recorded(plan, dir, live);
        recorded.begin();
        for (int s = 0; s < 400; ++s) {
            recorded.live(s);
            if (s % 50 == 49)
                recorded.recorder.settle(); // a test is faster than any disk
            const double price = recorded.market->price();
            if (s == 140) // of the epoch that ended at 90 s, known 51 s later
                recorded.desk->reveal({.epoch = 100,
                                       .knownMs = kStartMs + 141'000,
                                       .feed = 0,
                                       .q25 = price * 0.9998,
                                       .median = price * 0.9999,
                                       .q75 = price});
        }
        recorded.recorder.settle();
        const auto status = recorded.recorder.status();
        QVERIFY(status.problem.empty());
        QCOMPARE(status.lostTicks, std::uint64_t{0});
        QVERIFY(status.bytes > 0);
    }
    const Replayed again = replay(dir.path().toStdString(), "BTC/USD");
    QCOMPARE(again.hashes.size(), std::size_t{400});
    QVERIFY(again.hashes == hashesOf(live));
    QVERIFY(again.epochs == live.epochs);
    QCOMPARE(again.reveals.back(), 1U);
}

void TestOracleRecorder::whatIsLateCountsWhereItCounted()
{
    const QTemporaryDir dir;
    const OraclePlan plan = smallPlan();
    KeepingSink live;
    {
        RecordedDesk recorded(plan, dir, live);
        recorded.begin();
        OracleDesk &desk = *recorded.desk;
        std::vector<DeskTick> held;
        for (int s = 0; s < 100; ++s) {
            auto ticks = recorded.market->second(kStartMs + s * 1'000);
            desk.advance(kStartMs + s * 1'000, recorded.sinks);
            for (const DeskTick &tick : held) // their second was answered without them
                desk.take(tick, recorded.sinks);
            held.assign(ticks.begin(), ticks.begin() + 3);
            for (std::size_t i = 3; i < ticks.size(); ++i)
                desk.take(ticks[i], recorded.sinks);
        }
        desk.advance(kStartMs + 100'000, recorded.sinks);
    }
    const Replayed again = replay(dir.path().toStdString(), "BTC/USD");
    QVERIFY(again.hashes == hashesOf(live));
}

void TestOracleRecorder::aDeskThatBeginsAnewIsFollowed()
{
    const QTemporaryDir dir;
    const OraclePlan plan = smallPlan();
    KeepingSink live;
    {
        RecordedDesk recorded(plan, dir, live);
        for (int turn = 0; turn < 2; ++turn) {
            recorded.begin();
            for (int s = 0; s < 60; ++s)
                recorded.live(s);
        }
    }
    const Replayed again = replay(dir.path().toStdString(), "ETH/USD");
    QCOMPARE(again.hashes.size(), std::size_t{120});
    QCOMPARE(again.hashes[59], again.hashes[119]);
    const auto plainText = aboutPlan(plan);
    QVERIFY(oracle::readPlan(plainText));
    QVERIFY(!oracle::readPlan(plainText + "nonsense\t1\n"));
    QVERIFY(!oracle::readPlan("chrona ticks 2\n"));
}

void TestOracleRecorder::aLaterRunBeginsWithWhatWasKnown()
{
    const QTemporaryDir dir;
    OraclePlan plan = smallPlan();
    for (oracle::FeedSetup &feed : plan.feeds)
        for (oracle::VenueProfile &venue : feed.venues)
            venue.halfSpreadBps = 4; // they show one of 1 bp
    KeepingSink live;
    for (int run = 0; run < 2; ++run) {
        RecordedDesk recorded(plan, dir, live);
        recorded.begin(kStartMs + run * 3'600'000);
        for (int s = 0; s < 60; ++s)
            recorded.live(s);
        for (std::size_t f = 0; f < plan.feeds.size(); ++f)
            for (std::size_t v = 0; v < plan.feeds[f].venues.size(); ++v)
                plan.feeds[f].venues[v].known = recorded.desk->learned(f, v);
        plan.feeds[0].crowd.assign(22, 0.25);
    }
    const double first = live.answers[2].venues[0].halfSpreadBps;
    const double later = live.answers[62].venues[0].halfSpreadBps;
    QVERIFY2(later < 0.7 * first, qPrintable(QStringLiteral("%1 %2").arg(first).arg(later)));
    const Replayed again = replay(dir.path().toStdString(), "BTC/USD");
    QCOMPARE(again.hashes.size(), std::size_t{120});
    QVERIFY(again.hashes == hashesOf(live));
    // Every digit of what was known comes back.
    const auto read = oracle::readPlan(aboutPlan(plan));
    QVERIFY(read);
    QVERIFY(read->feeds[0].crowd == plan.feeds[0].crowd);
    for (std::size_t v = 0; v < plan.feeds[1].venues.size(); ++v)
        QVERIFY(read->feeds[1].venues[v].known == plan.feeds[1].venues[v].known);
}

QTEST_GUILESS_MAIN(TestOracleRecorder)
#include "tst_oracle_recorder.moc"
