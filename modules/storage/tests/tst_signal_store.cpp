// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_statements.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/provenance.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/signal_store.h"

#include "sample_events.h"
#include "sample_features.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;
using namespace chrona::storage::testing;

namespace {

SignalRecord signalRecord()
{
    SignalRecord record;
    Signal &signal = record.signal;
    signal.feature = featureIdFor("events.count.JP");
    signal.target = instrumentIdFor("SPY");
    signal.effect = -0.12;
    signal.id = signalIdFor(signal.feature, signal.target, signal.effect);
    signal.window = {3, 5};
    signal.tStatistic = -4.5;
    signal.q = 0.01;
    signal.sampleSize = 1500;
    signal.sampleSizeEffective = 1200.5;
    signal.distribution = {-0.1, -0.15, -0.05, -0.01, 0.9, 0.03, {}};
    signal.distribution.blocks = {
        {Date(std::chrono::days(20'000)), Date(std::chrono::days(20'100)), -0.2, 0}};
    signal.stability = {0.7, 0.8, 0.9, 0.6, 0.5};
    signal.regimes = {{Regime::RatesFalling, -0.3, 400}};
    signal.folds = {{Date(std::chrono::days(20'040)),
                     Date(std::chrono::days(20'060)),
                     Date(std::chrono::days(20'080)),
                     {4, 10},
                     -0.15,
                     20},
                    {Date(std::chrono::days(20'060)),
                     Date(std::chrono::days(20'080)),
                     Date(std::chrono::days(20'100)),
                     {3, 5},
                     0.02,
                     19}};
    signal.controls = {{Control::Bootstrap, ControlOutcome::Passed, 0.01, 0.05},
                       {Control::TrendAndSeason, ControlOutcome::Passed, kNone, kNone}};
    signal.failureModes = {{FailureMode::Decaying, -2.5}};
    signal.novelty = {2.5, 0.98, 0.05, true, false};
    signal.label = SignalLabel::Fading;
    signal.rank = 0.69;
    signal.synthetic = true;
    record.view = "own";
    record.isSplit = true;
    record.lagCurve = {0.0, -0.05, -0.1, -0.12};
    for (const int day : {20'010, 20'050})
        signal.episodes.push_back({Date(std::chrono::days(day)),
                                   Date(std::chrono::days(day + 2)),
                                   7,
                                   3.5,
                                   kNone,
                                   kNone,
                                   {}});
    return record;
}

RefusedPair refusedPair(InstrumentId target, TargetMeasure measure, const char *rule)
{
    RefusedPair pair;
    pair.feature = featureIdFor("events.count.JP");
    pair.target = target;
    pair.measure = measure;
    pair.rule = rule;
    pair.measured = 0.3;
    pair.limit = 0.1;
    return pair;
}

} // namespace

class TestSignalStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void definitionsKeepTheirProgressUnlessTheRuleChanges();
    void targetsOnWatchlistsRankHigher();
    void valuesAreAppendedOnce();
    void contradictionIsRefusedAndChangesNothing();
    void replacingForgetsWhatWas();
    void failingRowsLeaveNothing();
    void runComesBackWhole();
    void volatilityStandsBesideTheReturn();
    void partsAreKeptOfOneSearch();
    void pagesFollowEachOther();
    void olderRunIsFoundByItsTime();
    void clearingTheSampleWorldTakesWhatRestsOnIt();
    void statementsHoldWhatWasSaidBefore();

private:
    [[nodiscard]] std::vector<FeatureValue> values()
    {
        return loadFeatureValues(*m_connection, featureIdFor("events.count.JP"), {}).value();
    }
    DiscoveryRunId storeRun(const char *finished)
    {
        DiscoveryRun run;
        run.startedAt = run.dataUntil = at("2026-02-01");
        run.finishedAt = at(finished);
        run.parameters = R"({"q": 0.1})";
        run.inputHash = "abc";
        run.pairsTested = 42;
        run.after = {1, 42, 4410, 99.5};
        run.synthetic = true;
        const std::vector<SignalRecord> signals{signalRecord()};
        const std::vector<RefusedPair> refused{
            refusedPair({}, TargetMeasure::Return, "constant"),
            refusedPair(instrumentIdFor("SPY"), TargetMeasure::Return, "not significant")};
        const auto id = storeDiscovery(*m_connection, run, signals, refused);
        if (!id)
            QTest::qFail(id.error().what.c_str(), __FILE__, __LINE__);
        return id.value_or(DiscoveryRunId{});
    }
};

void TestSignalStore::init()
{
    beginFresh();
    const FeatureDefinition definition{.key = "events.count", .rule = "key=events.count"};
    QVERIFY(storeDefinitions(*m_connection, {&definition, 1}));
    const Instrument instrument{instrumentIdFor("SPY"),
                                "SPY",
                                "S&P 500",
                                InstrumentClass::Fund,
                                "USD",
                                "XNYS",
                                {12},
                                true,
                                false};
    QVERIFY(storeInstruments(*m_connection, {&instrument, 1}));
}

void TestSignalStore::definitionsKeepTheirProgressUnlessTheRuleChanges()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    FeatureDefinition definition{.key = "events.count", .rule = "key=events.count"};
    QVERIFY(storeDefinitions(*m_connection, {&definition, 1}));
    QCOMPARE(loadDefinitions(*m_connection).value().front().refreshedAt, at("2026-03-01"));
    definition.rule += " unit=events";
    QVERIFY(storeDefinitions(*m_connection, {&definition, 1}));
    const auto stored = loadDefinitions(*m_connection).value();
    QCOMPARE(stored.size(), 1U);
    QVERIFY(!stored.front().refreshedAt);
    QCOMPARE(stored.front().rule, definition.rule);
}

void TestSignalStore::targetsOnWatchlistsRankHigher()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    const DiscoveryRunId id = storeRun("2026-02-01T01:00:00Z");
    const auto rank = [&] {
        const auto signals = findSignals(*m_connection, {.run = id}).value();
        return std::pair(signals.at(0).relevance, signals.at(0).signal.rank);
    };
    QVERIFY(m_connection->script("UPDATE chrona_brief.watchlist SET is_hidden = true"));
    QCOMPARE(rank(), std::pair(1.0, 0.69)); // nobody watches anything
    QVERIFY(m_connection->script(
        "INSERT INTO chrona_brief.watchlist (name) VALUES ('mine'); "
        "INSERT INTO chrona_brief.watch_item SELECT id, 0, 'instrument:QQQ', '', now() "
        "FROM chrona_brief.watchlist WHERE name = 'mine'"));
    QCOMPARE(rank(), std::pair(0.5, 0.345));
    QVERIFY(m_connection->script("UPDATE chrona_brief.watch_item SET node = 'instrument:SPY'"));
    QCOMPARE(rank(), std::pair(1.0, 0.69));
}

void TestSignalStore::valuesAreAppendedOnce()
{
    QCOMPARE(appendFeatures(*m_connection, rowsOf(3)).value(), 2);
    QCOMPARE(appendFeatures(*m_connection, rowsOf(3)).value(), 0);
    const auto stored = values();
    QCOMPARE(stored.size(), 2U);
    QCOMPARE(stored[0], rowsOf(3).values[0]);
    QVERIFY(std::isnan(stored[1].value));
    const auto asOf =
        loadFeatureValues(*m_connection, stored[0].feature, {.asOf = at("2026-01-07")}).value();
    QCOMPARE(asOf.size(), 1U);
    const auto features = findFeatures(*m_connection, {.region = "JP"}).value();
    QCOMPARE(features.size(), 1U);
    QCOMPARE(features[0].rule, std::string("key=events.count"));
    QCOMPARE(findFeatures(*m_connection, {.text = "nothing"}).value().size(), 0U);
    std::size_t bulk = 0;
    QVERIFY(forEachDiscoveryValue(*m_connection, [&](const FeatureValue &) -> Status {
        ++bulk;
        return {};
    }));
    QCOMPARE(bulk, 2U);
    QCOMPARE(firstDiscoveryBucket(*m_connection, at("2026-12-31")).value(), stored[0].bucketAt);
    QVERIFY(!firstDiscoveryBucket(*m_connection, at("2020-01-01")).value());
}

void TestSignalStore::contradictionIsRefusedAndChangesNothing()
{
    QVERIFY(appendFeatures(*m_connection, rowsOf(3)));
    auto other = rowsOf(4);
    other.refreshedAt = at("2026-04-01");
    const auto merged = appendFeatures(*m_connection, other);
    QVERIFY(!merged);
    QVERIFY(merged.error().code == ErrorCode::Conflict);
    QCOMPARE(values()[0].value, 3.0);
    QCOMPARE(loadDefinitions(*m_connection).value().front().refreshedAt, at("2026-03-01"));
}

void TestSignalStore::replacingForgetsWhatWas()
{
    QVERIFY(appendFeatures(*m_connection, rowsOf(3)));
    auto other = rowsOf(4);
    other.values.resize(1);
    QCOMPARE(replaceFeatures(*m_connection, other).value(), 1);
    QCOMPARE(values().size(), 1U);
    QCOMPARE(values()[0].value, 4.0);
}

void TestSignalStore::failingRowsLeaveNothing()
{
    auto rows = rowsOf(3);
    rows.definition = "unknown";
    QVERIFY(!appendFeatures(*m_connection, rows));
    QCOMPARE(featureTotals(*m_connection).value().features, 0);
}

void TestSignalStore::runComesBackWhole()
{
    QVERIFY(!latestRun(*m_connection).value());
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    const DiscoveryRunId id = storeRun("2026-02-01T01:00:00Z");
    const auto run = latestRun(*m_connection).value();
    QVERIFY(run);
    QCOMPARE(run->id, id);
    QCOMPARE(run->signals, 1);
    QCOMPARE(run->refused, 2);
    QCOMPARE(run->after, (Trials{1, 42, 4410, 99.5}));
    const auto signals = findSignals(*m_connection, {.run = id}).value();
    QCOMPARE(signals.size(), 1U);
    const SignalRecord expected = signalRecord();
    const Signal &signal = signals[0].signal;
    QCOMPARE(signal.id, expected.signal.id);
    QCOMPARE(signal.window, expected.signal.window);
    QCOMPARE(signal.distribution, expected.signal.distribution);
    QCOMPARE(signal.stability, expected.signal.stability);
    QCOMPARE(signal.regimes, expected.signal.regimes);
    QCOMPARE(signal.folds, expected.signal.folds);
    QCOMPARE(signal.novelty, expected.signal.novelty);
    QVERIFY(signal.label == SignalLabel::Fading);
    QCOMPARE(signal.familySize, 42U);
    QCOMPARE(signal.controls.size(), 2U);
    QVERIFY(std::isnan(signal.controls[1].measured));
    QCOMPARE(signal.failureModes, expected.signal.failureModes);
    QCOMPARE(signal.episodes.size(), 2U);
    QVERIFY(signal.episodes[0].begin > signal.episodes[1].begin);
    QCOMPARE(signals[0].lagCurve, expected.lagCurve);
    QCOMPARE(signals[0].feature, std::string("events.count.JP"));
    QCOMPARE(signals[0].target, std::string("SPY"));
    QVERIFY(signals[0].isSplit);
}

void TestSignalStore::volatilityStandsBesideTheReturn()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    SignalRecord wild = signalRecord();
    wild.signal.measure = TargetMeasure::Volatility;
    wild.signal.id = signalIdFor(wild.signal.feature, wild.signal.target, wild.signal.effect,
                                 TargetMeasure::Volatility);
    DiscoveryRun run;
    run.finishedAt = at("2026-02-01T01:00:00Z");
    run.parameters = "{}";
    const auto id = storeDiscovery(
        *m_connection, run, std::vector{signalRecord(), wild},
        std::vector{refusedPair(instrumentIdFor("SPY"), TargetMeasure::Return, "constant"),
                    refusedPair(instrumentIdFor("SPY"), TargetMeasure::Volatility, "constant")});
    QVERIFY(id);
    const auto signals = findSignals(*m_connection, {.run = *id}).value();
    QCOMPARE(signals.size(), 2U);
    QVERIFY(signals[0].signal.measure == TargetMeasure::Return);
    QVERIFY(signals[1].signal.measure == TargetMeasure::Volatility);
    QCOMPARE(signals[1].signal.episodes.size(), 2U);
    const auto refused = findRefused(*m_connection, {.run = *id}).value();
    QCOMPARE(refused.size(), 2U);
    QVERIFY(refused[0].measure == TargetMeasure::Return);
    QVERIFY(refused[1].measure == TargetMeasure::Volatility);
}

void TestSignalStore::partsAreKeptOfOneSearch()
{
    const std::vector<double> numbers{0.1, kNone, -0.0, 1e-300};
    QVERIFY(!loadSearchPart(*m_connection, "one", "first look 0").value());
    QVERIFY(keepSearchPart(*m_connection, "one", "first look 0", {1}));
    QVERIFY(keepSearchPart(*m_connection, "one", "first look 0", numbers));
    QVERIFY(keepSearchPart(*m_connection, "one", "second look 0", {}));
    QVERIFY(keepSearchPart(*m_connection, "two", "first look 0", {2}));
    const auto kept = loadSearchPart(*m_connection, "one", "first look 0").value();
    QVERIFY(kept && kept->size() == numbers.size());
    QCOMPARE(std::memcmp(kept->data(), numbers.data(), numbers.size() * sizeof(double)), 0);
    QVERIFY(loadSearchPart(*m_connection, "one", "second look 0").value()->empty());
    QVERIFY(dropSearchParts(*m_connection, "one"));
    QVERIFY(!loadSearchPart(*m_connection, "two", "first look 0").value());
    QVERIFY(loadSearchPart(*m_connection, "one", "first look 0").value());
    QVERIFY(dropSearchParts(*m_connection));
    QVERIFY(!loadSearchPart(*m_connection, "one", "first look 0").value());
}

void TestSignalStore::pagesFollowEachOther()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    const DiscoveryRunId id = storeRun("2026-02-01T01:00:00Z");
    QCOMPARE(findSignals(*m_connection, {.run = id, .first = 1}).value().size(), 0U);
    QCOMPARE(findSignals(*m_connection, {.run = id, .target = "QQQ"}).value().size(), 0U);
    const auto first = findRefused(*m_connection, {.run = id, .limit = 1}).value();
    const auto second = findRefused(*m_connection, {.run = id, .first = 1, .limit = 1}).value();
    QCOMPARE(first.size(), 1U);
    QCOMPARE(first[0].rule, std::string("constant"));
    QVERIFY(first[0].targetSymbol.empty());
    QCOMPARE(second.size(), 1U);
    QCOMPARE(second[0].targetSymbol, std::string("SPY"));
    QCOMPARE(findRefused(*m_connection, {.run = id, .rule = "constant"}).value().size(), 1U);
    QCOMPARE(countRefused(*m_connection, id).value().size(), 2U);
}

void TestSignalStore::olderRunIsFoundByItsTime()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    const DiscoveryRunId first = storeRun("2026-02-01T01:00:00Z");
    const DiscoveryRunId second = storeRun("2026-02-02T01:00:00Z");
    QCOMPARE(latestRun(*m_connection).value()->id, second);
    QCOMPARE(latestRun(*m_connection, at("2026-02-01T12:00:00Z")).value()->id, first);
    QVERIFY(!latestRun(*m_connection, at("2026-01-01")).value());
}

void TestSignalStore::clearingTheSampleWorldTakesWhatRestsOnIt()
{
    QVERIFY(replaceFeatures(*m_connection, rowsOf(3)));
    (void)storeRun("2026-02-01T01:00:00Z");
    QVERIFY(clearSynthetic(*m_connection));
    QVERIFY(!latestRun(*m_connection).value());
    QCOMPARE(featureTotals(*m_connection).value().features, 0);
    QCOMPARE(featureTotals(*m_connection).value().values, 0);
    QVERIFY(!loadDefinitions(*m_connection).value().front().refreshedAt);
}

void TestSignalStore::statementsHoldWhatWasSaidBefore()
{
    Event event = sampleEvents(1).front();
    const Instant first = event.times.observedAt;
    QVERIFY(storeEvents(*m_connection, {&event, 1}));
    event.times.observedAt = first + std::chrono::days(40);
    event.contentHash.bytes[0] ^= 1;
    QVERIFY(storeEvents(*m_connection, {&event, 1}));
    for (const Instant from : {first, event.times.observedAt}) {
        std::vector<Instant> observed;
        QVERIFY(forEachStatement(*m_connection, {from, from + std::chrono::days(1)},
                                 [&](std::span<const Event> statements) -> Status {
                                     for (const Event &each : statements)
                                         observed.push_back(each.times.observedAt);
                                     return {};
                                 }));
        std::ranges::sort(observed);
        QCOMPARE(observed, (std::vector{first, event.times.observedAt}));
    }
    const auto changed = findChangedEvents(*m_connection, {first, first}).value();
    QCOMPARE(changed.ids.size(), 1U);
    QCOMPARE(changed.from, first);
    QCOMPARE(changed.to, event.times.observedAt);
}

QTEST_GUILESS_MAIN(TestSignalStore)
#include "tst_signal_store.moc"
