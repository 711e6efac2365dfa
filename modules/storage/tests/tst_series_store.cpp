// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/entity_store.h"
#include "chrona/storage/fresh_database.h"
#include "chrona/storage/geo_store.h"
#include "chrona/storage/provenance.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/series_store.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

class TestSeriesStore : public QObject, private FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { beginFresh(); }
    void instrumentsAndSeriesComeBack();
    void vintagesStandBesideEachOther();
    void sameValueAgainIsADuplicate();
    void correctionAtTheSameAssumedMomentIsKept();
    void missingValueIsKept();
    void latestOfEachSeries();
    void barsComeBackInVintages();
    void quotesAreStoredOnce();
    void quotesInAnyOrderAreStoredOnce();
    void entitiesAreFound();
    void boundariesComeBackExactly();
    void placesAreFoundByTheirBeginning();
    void clearingTakesSyntheticOnly();

private:
    static Observation observation(const char *observed, const char *published, double value)
    {
        FactTimes times;
        times.observedAt = parseInstant(observed).value();
        times.publishedAt = parseInstant(published).value();
        times.ingestedAt = parseInstant("2026-11-01").value();
        times.basis = AvailabilityBasis::Stated;
        return {{5}, times, value};
    }
    StoreReport store(const std::vector<Observation> &observations)
    {
        const auto report = bulkStoreObservations(*m_connection, observations);
        if (!report)
            QTest::qFail(report.error().what.c_str(), __FILE__, __LINE__);
        return report.value_or(StoreReport{-1, -1, -1});
    }
};

void TestSeriesStore::instrumentsAndSeriesComeBack()
{
    Instrument instrument{instrumentIdFor("SPY"), "SPY", "S&P 500", InstrumentClass::Fund, "USD",
                          "XNYS", {12}, true, false};
    QVERIFY((storeInstruments(*m_connection, {&instrument, 1}).value() == StoreReport{1, 0, 0}));
    QVERIFY((storeInstruments(*m_connection, {&instrument, 1}).value() == StoreReport{0, 1, 0}));
    instrument.name = "SPDR S&P 500";
    QVERIFY((storeInstruments(*m_connection, {&instrument, 1}).value() == StoreReport{0, 0, 1}));
    QVERIFY(loadInstruments(*m_connection)->front() == instrument);

    const std::vector<Series> series{{seriesIdFor("fred:UNRATE"),
                                      "fred:UNRATE",
                                      "Unemployment",
                                      "percent",
                                      Frequency::Month,
                                      "US",
                                      VintageRule::Revised,
                                      {3},
                                      "unemployment_rate",
                                      false},
                                     {seriesIdFor("fred:TX"),
                                      "fred:TX",
                                      "Unemployment in Texas",
                                      "percent",
                                      Frequency::Month,
                                      "US-TX",
                                      VintageRule::Final,
                                      {3},
                                      "unemployment_rate",
                                      true}};
    QCOMPARE(storeSeries(*m_connection, series)->accepted, 2);
    QCOMPARE(loadSeries(*m_connection)->size(), std::size_t{2});
    const auto texas =
        loadSeries(*m_connection, {.metric = "unemployment_rate", .region = "US-TX"});
    QCOMPARE(texas->size(), std::size_t{1});
    QVERIFY(texas->front() == series[1]);
    QVERIFY(loadSeries(*m_connection, {.text = "unrate"})->front() == series[0]);
}

void TestSeriesStore::vintagesStandBesideEachOther()
{
    const Observation first = observation("2024-01-31", "2024-02-10", 3.7);
    const Observation later = observation("2024-01-31", "2024-03-10", 3.9);
    const Observation next = observation("2024-02-29", "2024-03-10", 4.0);
    QVERIFY((store({first}) == StoreReport{1, 0, 0}));
    QVERIFY((store({later, next}) == StoreReport{1, 0, 1}));
    const auto at = [&](const char *asOf) {
        return loadObservations(*m_connection, {5}, {.asOf = parseInstant(asOf).value()}).value();
    };
    QVERIFY(at("2024-02-09").empty());
    QVERIFY(at("2024-02-10") == std::vector{first});
    QVERIFY(at("2024-03-09") == std::vector{first});
    QVERIFY((at("2024-03-10") == std::vector{later, next}));
    QVERIFY((loadObservations(*m_connection, {5}, {}).value() == std::vector{later, next}));
    QVERIFY((loadVintages(*m_connection, {5}, {}).value() == std::vector{first, later, next}));
    const SeriesWindow february{.from = parseInstant("2024-02-01").value()};
    QVERIFY(loadObservations(*m_connection, {5}, february).value() == std::vector{next});
}

void TestSeriesStore::sameValueAgainIsADuplicate()
{
    const Observation first = observation("2024-01-31", "2024-02-10", 3.7);
    Observation again = observation("2024-01-31", "2024-03-10", 3.7);
    store({first});
    QVERIFY((store({first}) == StoreReport{0, 1, 0}));
    QVERIFY((store({again}) == StoreReport{0, 1, 0}));
    QVERIFY((store({first, first, again}) == StoreReport{0, 3, 0}));
    again.value = 3.8;
    QVERIFY((store({again, again}) == StoreReport{0, 1, 1}));
    QCOMPARE(loadVintages(*m_connection, {5}, {})->size(), std::size_t{2});
}

void TestSeriesStore::correctionAtTheSameAssumedMomentIsKept()
{
    Observation first = observation("2024-01-31", "2024-02-10", 1);
    first.times.basis = AvailabilityBasis::Assumed;
    first.times.assumedLag = std::chrono::days(10);
    first.times.publishedAt.reset();
    Observation second = first;
    second.value = 2;
    second.times.ingestedAt += std::chrono::hours(1);
    store({first});
    QVERIFY((store({second}) == StoreReport{0, 0, 1}));
    QVERIFY((store({first}) == StoreReport{0, 1, 0}));
    QVERIFY(loadObservations(*m_connection, {5}, {}).value() == std::vector{second});
    QCOMPARE(loadVintages(*m_connection, {5}, {})->size(), std::size_t{2});
}

void TestSeriesStore::missingValueIsKept()
{
    const Observation missing = observation("2024-01-31", "2024-02-10", std::nan(""));
    QVERIFY((store({missing}) == StoreReport{1, 0, 0}));
    QVERIFY((store({missing}) == StoreReport{0, 1, 0}));
    QVERIFY(std::isnan(loadObservations(*m_connection, {5}, {})->front().value));
}

void TestSeriesStore::latestOfEachSeries()
{
    std::vector<Observation> observations{observation("2024-01-31", "2024-02-10", 1),
                                          observation("2024-02-29", "2024-03-10", 2)};
    observations.push_back(observations[0]);
    observations[2].series = {6};
    observations[2].value = 7;
    store(observations);
    const std::vector<SeriesId> wanted{{5}, {6}, {99}};
    auto latest = loadLatestObservations(*m_connection, wanted, {});
    QVERIFY2(latest, latest ? "" : latest.error().what.c_str());
    QCOMPARE(latest->size(), std::size_t{2});
    QCOMPARE(latest->at(0).value + latest->at(1).value, 9.0);
    latest = loadLatestObservations(*m_connection, wanted,
                                    {.to = parseInstant("2024-02-15").value()});
    QCOMPARE(latest->at(0).value + latest->at(1).value, 8.0);
}

void TestSeriesStore::barsComeBackInVintages()
{
    std::vector<PriceBar> bars;
    for (int day = 0; day < 500; ++day) {
        FactTimes times;
        const Instant opens = parseInstant("2023-01-01T14:30:00Z").value() + std::chrono::days(day);
        times.observedAt = opens + std::chrono::hours(6);
        times.ingestedAt = times.observedAt + std::chrono::minutes(20);
        bars.push_back({{9},
                        Frequency::Day,
                        opens,
                        times,
                        1.0 + day,
                        2.0 + day,
                        0.5 + day,
                        1.5 + day,
                        1e6,
                        std::nan("")});
    }
    QVERIFY((bulkStoreBars(*m_connection, bars).value() == StoreReport{500, 0, 0}));
    QVERIFY((bulkStoreBars(*m_connection, bars).value() == StoreReport{0, 500, 0}));
    PriceBar corrected = bars[3];
    corrected.close = 99;
    corrected.times.ingestedAt += std::chrono::hours(1);
    QVERIFY((bulkStoreBars(*m_connection, {&corrected, 1}).value() == StoreReport{0, 0, 1}));
    const auto loaded = loadBars(*m_connection, {9}, Frequency::Day, {});
    QCOMPARE(loaded->size(), std::size_t{500});
    QCOMPARE(loaded->at(3).close, 99.0);
    QVERIFY(loaded->at(4).times == bars[4].times);
    QVERIFY(std::isnan(loaded->at(4).adjustedClose));
    const auto then = loadBars(*m_connection, {9}, Frequency::Day,
                               {.asOf = bars[3].times.ingestedAt});
    QCOMPARE(then->size(), std::size_t{4});
    QCOMPARE(then->back().close, bars[3].close);
    QVERIFY(loadBars(*m_connection, {9}, Frequency::Hour, {})->empty());
}

/// More than one piece of the order in which they are written, shuffled, each of them twice.
void TestSeriesStore::quotesInAnyOrderAreStoredOnce()
{
    constexpr int kQuotes = 20'000;
    const Instant begin = parseInstant("2026-05-05T12:00:00Z").value();
    std::vector<Quote> quotes;
    for (int i = 0; i < kQuotes; ++i) {
        const Instant at = begin + std::chrono::milliseconds(i / 4);
        quotes.push_back({i % 2 == 0 ? "kraken" : "binance", i % 3 == 0 ? "BTC/USD" : "XRP/USD", at,
                          at, 1.0 + i, 2.0 + i, 1.5 + i, 1, 1});
    }
    const std::vector<Quote> again = quotes;
    quotes.insert(quotes.end(), again.begin(), again.end());
    std::mt19937_64 random(3);
    std::ranges::shuffle(quotes, random);
    QVERIFY((bulkStoreQuotes(*m_connection, quotes).value() == StoreReport{kQuotes, kQuotes, 0}));
    QVERIFY((bulkStoreQuotes(*m_connection, again).value() == StoreReport{0, kQuotes, 0}));
    std::size_t loaded = 0;
    for (const char *symbol : {"BTC/USD", "XRP/USD"}) {
        const auto found = loadQuotes(*m_connection, {.symbol = symbol});
        QVERIFY(std::ranges::is_sorted(*found, {}, &Quote::receivedAt));
        loaded += found->size();
    }
    QCOMPARE(loaded, std::size_t{kQuotes});
}

void TestSeriesStore::quotesAreStoredOnce()
{
    std::vector<Quote> quotes;
    const Instant begin = parseInstant("2026-05-05T23:59:00Z").value(); // over a day's end
    for (int i = 0; i < 3000; ++i) {
        const Instant at = begin + std::chrono::milliseconds(40 * i);
        quotes.push_back({i % 2 == 0 ? "kraken" : "binance", i % 3 == 0 ? "BTC/USD" : "XRP/USD", at,
                          at - std::chrono::milliseconds(7), 1.5, 1.6,
                          i % 5 == 0 ? std::nan("") : 1.55, 0.1, 1e6});
    }
    QVERIFY((bulkStoreQuotes(*m_connection, quotes).value() == StoreReport{3000, 0, 0}));
    QVERIFY((bulkStoreQuotes(*m_connection, quotes).value() == StoreReport{0, 3000, 0}));
    const std::vector<Quote> twice{quotes[0], quotes[0]};
    QCOMPARE(bulkStoreQuotes(*m_connection, twice)->duplicates, 2);
    const auto loaded = loadQuotes(*m_connection, {.venue = "kraken", .symbol = "BTC/USD"});
    QVERIFY2(loaded, loaded ? "" : loaded.error().what.c_str());
    QCOMPARE(loaded->size(), std::size_t{500});
    QVERIFY(loaded->at(1) == quotes[6]);
    QVERIFY(std::isnan(loaded->at(0).last));
    const auto window = loadQuotes(*m_connection, {.symbol = "BTC/USD",
                                                   .from = begin + std::chrono::seconds(60),
                                                   .to = begin + std::chrono::seconds(90)});
    QCOMPARE(window->size(), std::size_t{250});
}

void TestSeriesStore::entitiesAreFound()
{
    Entity apple{entityIdFor("instrument:AAPL"), EntityKind::MarketInstrument, "instrument:AAPL",
                 "Apple Inc.", {"AAPL", "Apple Computer"}, {{"cik", "320193"}, {"ticker", "AAPL"}},
                 GeoPoint{-122.03, 37.33}, {{"employees", std::int64_t{164000}}}, false};
    const Entity pineapple{entityIdFor("topic:pineapple"),
                           EntityKind::EventTopic,
                           "topic:pineapple",
                           "Pineapple_100%",
                           {},
                           {},
                           std::nullopt,
                           {},
                           true};
    const std::vector<Entity> both{pineapple, apple};
    QVERIFY((storeEntities(*m_connection, both).value() == StoreReport{2, 0, 0}));
    QVERIFY((storeEntities(*m_connection, both).value() == StoreReport{0, 2, 0}));
    const auto find = [&](const char *text) {
        return findEntities(*m_connection, {.text = text}).value();
    };
    QVERIFY((find("aPPle") == std::vector{apple, pineapple})); // beginnings first
    QVERIFY(find("apple comp") == std::vector{apple});         // by an alias
    QVERIFY(find("_100%") == std::vector{pineapple});
    QVERIFY(find("%").size() == 1);
    QVERIFY(find("zzz").empty());
    QCOMPARE(
        findEntities(*m_connection, {.text = "apple", .kinds = {EntityKind::EventTopic}})->size(),
        std::size_t{1});
    apple.name = "Apple";
    apple.aliases = {"Apple Inc."};
    QVERIFY((storeEntities(*m_connection, {&apple, 1}).value() == StoreReport{0, 0, 1}));
    const auto loaded = loadEntities(*m_connection, std::vector{apple.id});
    QCOMPARE(loaded->front().name, std::string("Apple"));
    QCOMPARE(loaded->front().aliases.size(), std::size_t{3}); // what it was called stays known
    QCOMPARE(loadEntities(*m_connection)->size(), std::size_t{2});
}

void TestSeriesStore::boundariesComeBackExactly()
{
    const Ring ring{{-100.1234567, 30}, {-90, 30}, {-90, 40.0000001}, {-100.1234567, 30}};
    const Ring precise{{1.0 / 3, 2}, {4, 2}, {4, 5}, {1.0 / 3, 2}};
    std::vector<Boundary> boundaries{
        {boundaryIdFor("us", "TX"), "us", "TX", "Texas", {{ring}, {ring, ring}}, {-99, 31}},
        {boundaryIdFor("us", "XX"), "us", "XX", "Precise", {{precise}}, {3, 3}}};
    QVERIFY((storeBoundaries(*m_connection, boundaries).value() == StoreReport{2, 0, 0}));
    QVERIFY((storeBoundaries(*m_connection, boundaries).value() == StoreReport{0, 2, 0}));
    QVERIFY(loadBoundaries(*m_connection, "us").value() == boundaries);
    QVERIFY(loadBoundaries(*m_connection, "us", {.limit = 1}).value() ==
            std::vector{boundaries[0]});
    QVERIFY(loadBoundaries(*m_connection, "us", {.after = "TX", .limit = 1}).value() ==
            std::vector{boundaries[1]});
    QVERIFY(loadBoundaries(*m_connection, "us", {.after = "XX", .limit = 1})->empty());
    boundaries[0].name = "Lone Star";
    QCOMPARE(storeBoundaries(*m_connection, boundaries)->revised, 1);
    QCOMPARE(loadBoundarySets(*m_connection)->front().areas, 2);
    QVERIFY(loadBoundarySets(*m_connection)->front().bytes > 100); // sixteen points
    QVERIFY(loadBoundaries(*m_connection, "none")->empty());
    QVERIFY(m_connection->script("UPDATE chrona_geo.boundary SET areas = substr(areas, 1, 9)"));
    const auto broken = loadBoundaries(*m_connection, "us");
    QVERIFY(!broken);
    QVERIFY(broken.error().code == ErrorCode::Corrupt);
}

void TestSeriesStore::placesAreFoundByTheirBeginning()
{
    const std::vector<Place> places{
        {{1}, PlaceKind::City, "Paris", "US-TX", {-95.5, 33.6}, 24'000, 8},
        {{2}, PlaceKind::Capital, "Paris", "FR", {2.35, 48.85}, 2'100'000, 0},
        {{3}, PlaceKind::Port, "Porto", "PT", {-8.6, 41.1}, 230'000, 3}};
    QCOMPARE(storePlaces(*m_connection, places)->accepted, 3);
    QCOMPARE(storePlaces(*m_connection, places)->duplicates, 3);
    QVERIFY((findPlaces(*m_connection, "pAR").value() == std::vector{places[1], places[0]}));
    QCOMPARE(findPlaces(*m_connection, "p", 1)->size(), std::size_t{1});
}

void TestSeriesStore::clearingTakesSyntheticOnly()
{
    const std::vector<Series> series{
        {{5}, "real", "r", "u", Frequency::Month, "", VintageRule::Final, {3}, "", false},
        {{6}, "demo", "d", "u", Frequency::Month, "", VintageRule::Final, {4}, "", true}};
    QVERIFY(storeSeries(*m_connection, series));
    auto demo = observation("2024-01-31", "2024-02-10", 1);
    demo.series = {6};
    store({observation("2024-01-31", "2024-02-10", 1), demo});
    const Quote quote{
        "v", "S", parseInstant("2026-01-01").value(), parseInstant("2026-01-01").value(), 1, 1, 1,
        1,   1};
    QVERIFY(bulkStoreQuotes(*m_connection, {&quote, 1}, Provenance::Synthetic));
    const auto cleared = clearSynthetic(*m_connection);
    QVERIFY2(cleared, cleared ? "" : cleared.error().what.c_str());
    QCOMPARE(*cleared, 3);
    QCOMPARE(loadSeries(*m_connection)->front().key, std::string("real"));
    QCOMPARE(loadVintages(*m_connection, {5}, {})->size(), std::size_t{1});
    QVERIFY(loadVintages(*m_connection, {6}, {})->empty());
    QVERIFY(loadQuotes(*m_connection, {.symbol = "S"})->empty());
    QCOMPARE(clearSynthetic(*m_connection).value(), 0);
}

QTEST_GUILESS_MAIN(TestSeriesStore)
#include "tst_series_store.moc"
