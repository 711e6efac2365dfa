// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_market.h"

#include "oracle_recorder.h"

#include "chrona/oracle/recording.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

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
        TickFolder::Options options;
        options.folder = dir.path().toStdString();
        OracleRecorder recorder(plan, options);
        recorder.begin(kStartMs);
        auto desk = OracleDesk::create(plan).value();
        DeskSink *const sinks[] = {&live, &recorder};
        SmallMarket market(plan);
        for (int s = 0; s < 400; ++s) {
            for (const DeskTick &tick : market.second(kStartMs + s * 1'000))
                desk.take(tick, sinks);
            desk.advance(kStartMs + (s + 1) * 1'000, sinks);
            if (s % 50 == 49)
                recorder.settle(); // a test is faster than any disk
            if (s == 140) // of the epoch that ended at 90 s, known 51 s later
                desk.reveal({.epoch = 100, .knownMs = kStartMs + 141'000, .feed = 0,
                             .q25 = market.price() * 0.9998, .median = market.price() * 0.9999,
                             .q75 = market.price()});
        }
        recorder.settle();
        QVERIFY(recorder.status().problem.empty());
        QCOMPARE(recorder.status().lostTicks, std::uint64_t{0});
        QVERIFY(recorder.status().bytes > 0);
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
        TickFolder::Options options;
        options.folder = dir.path().toStdString();
        OracleRecorder recorder(plan, options);
        recorder.begin(kStartMs);
        auto desk = OracleDesk::create(plan).value();
        DeskSink *const sinks[] = {&live, &recorder};
        SmallMarket market(plan);
        std::vector<DeskTick> held;
        for (int s = 0; s < 100; ++s) {
            auto ticks = market.second(kStartMs + s * 1'000);
            desk.advance(kStartMs + s * 1'000, sinks);
            for (const DeskTick &tick : held) // their second was answered without them
                desk.take(tick, sinks);
            held.assign(ticks.begin(), ticks.begin() + 3);
            for (std::size_t i = 3; i < ticks.size(); ++i)
                desk.take(ticks[i], sinks);
        }
        desk.advance(kStartMs + 100'000, sinks);
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
        TickFolder::Options options;
        options.folder = dir.path().toStdString();
        OracleRecorder recorder(plan, options);
        DeskSink *const sinks[] = {&live, &recorder};
        for (int turn = 0; turn < 2; ++turn) {
            recorder.begin(kStartMs);
            auto desk = OracleDesk::create(plan).value();
            SmallMarket market(plan);
            for (int s = 0; s < 60; ++s) {
                for (const DeskTick &tick : market.second(kStartMs + s * 1'000))
                    desk.take(tick, sinks);
                desk.advance(kStartMs + (s + 1) * 1'000, sinks);
            }
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
        TickFolder::Options options;
        options.folder = dir.path().toStdString();
        OracleRecorder recorder(plan, options);
        DeskSink *const sinks[] = {&live, &recorder};
        const std::int64_t startMs = kStartMs + run * 3'600'000;
        recorder.begin(startMs);
        auto desk = OracleDesk::create(plan).value();
        SmallMarket market(plan);
        for (int s = 0; s < 60; ++s) {
            for (const DeskTick &tick : market.second(startMs + s * 1'000))
                desk.take(tick, sinks);
            desk.advance(startMs + (s + 1) * 1'000, sinks);
        }
        for (std::size_t f = 0; f < plan.feeds.size(); ++f)
            for (std::size_t v = 0; v < plan.feeds[f].venues.size(); ++v)
                plan.feeds[f].venues[v].known = desk.learned(f, v);
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
