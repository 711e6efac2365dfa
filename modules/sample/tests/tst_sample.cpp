// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sample/world.h"

#include "chrona/base/hash.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace chrona;
using namespace chrona::sample;

namespace {

const Instant kEnd = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);

World worldOf(std::uint64_t seed, std::size_t events = 60'000)
{
    auto world = World::make({seed, events, 6, kEnd});
    if (!world)
        qFatal("%s", world.error().what.c_str());
    return *world;
}

template <class T> Sink<T> into(std::vector<T> &values)
{
    return [&values](std::span<const T> batch) -> Status {
        values.insert(values.end(), batch.begin(), batch.end());
        return {};
    };
}

std::vector<schema::Event> eventsOf(const World &world)
{
    std::vector<schema::Event> events;
    if (!world.writeEvents(into(events)))
        qFatal("writing events failed");
    return events;
}

/// Everything a world says, in one hash, with the bits of its numbers.
QByteArray fingerprint(const World &world)
{
    std::string text;
    const auto add = [&text](const auto &...parts) { (text.append(parts).append("|"), ...); };
    const auto bits = [](double value) {
        return std::to_string(std::bit_cast<std::uint64_t>(value));
    };
    for (const auto &event : eventsOf(world)) {
        add(event.title, event.sourceRef, event.region, formatInstant(event.times.observedAt),
            formatInstant(*event.times.publishedAt), bits(event.severity));
        for (const auto &point : event.geometry.points)
            add(bits(point.longitude), bits(point.latitude));
    }
    std::vector<schema::PriceBar> bars;
    std::vector<schema::Observation> observations;
    std::vector<schema::Quote> quotes;
    if (!world.writeBars(into(bars)) || !world.writeObservations(into(observations)) ||
        !world.writeQuotes(into(quotes)))
        qFatal("writing failed");
    for (const auto &bar : bars)
        add(bits(bar.open), bits(bar.high), bits(bar.low), bits(bar.close), bits(bar.volume));
    for (const auto &observation : observations)
        add(std::to_string(observation.series.value), bits(observation.value));
    for (const auto &quote : quotes)
        add(quote.venue, quote.symbol, bits(quote.last), formatInstant(quote.receivedAt));
    return QByteArray::fromStdString(toHex(sha256(text)));
}

template <class Values> QString firstFault(const Values &values)
{
    for (const auto &value : values)
        if (const auto faults = validate(value); !faults.empty())
            return QString::fromStdString(describe(faults));
    return {};
}

/// The value of a feature by trading day: first prints or newest vintages.
struct Track {
    std::vector<double> firstPrint, newest;
};

Track trackOf(const World &world, std::string_view key)
{
    std::vector<schema::Observation> observations;
    if (!world.writeObservations(into(observations)))
        qFatal("writing observations failed");
    const auto series = schema::seriesIdFor(key);
    std::map<Instant, std::vector<std::pair<Instant, double>>> vintages;
    for (const auto &item : observations)
        if (item.series == series)
            vintages[item.times.observedAt].emplace_back(*item.times.publishedAt, item.value);
    Track track;
    for (auto &[at, prints] : vintages) {
        std::ranges::sort(prints);
        track.firstPrint.push_back(prints.front().second);
        track.newest.push_back(prints.back().second);
    }
    return track;
}

std::vector<double> returnsOf(const World &world, std::string_view symbol)
{
    std::vector<schema::PriceBar> bars;
    if (!world.writeBars(into(bars)))
        qFatal("writing bars failed");
    std::vector<double> returns{0};
    double previous = 0;
    for (const auto &bar : bars) {
        if (bar.instrument != schema::instrumentIdFor(symbol))
            continue;
        if (previous > 0)
            returns.push_back(std::log(bar.close / previous));
        previous = bar.close;
    }
    return returns;
}

double correlation(std::span<const double> feature, std::span<const double> returns,
                   std::size_t lag)
{
    const bool isCount = std::ranges::all_of(feature, [](double v) { return v >= 0; });
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, n = 0;
    for (std::size_t t = lag + 1; t < returns.size(); ++t) {
        const double x = isCount ? std::log1p(feature[t - lag]) : feature[t - lag];
        const double y = returns[t];
        sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y, n += 1;
    }
    return (sxy - sx * sy / n) / std::sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
}

} // namespace

class TestSample : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameSeedSameBytes()
    {
        QCOMPARE(fingerprint(worldOf(7, 5'000)), fingerprint(worldOf(7, 5'000)));
        QVERIFY(fingerprint(worldOf(7, 5'000)) != fingerprint(worldOf(8, 5'000)));
    }

    void bytesAreTheSameOnEveryPlatform()
    {
        // Changes only when the generator is changed on purpose.
        QCOMPARE(fingerprint(worldOf(1, 5'000)),
                 QByteArray("bff7b0e15abd443e108148e5396e1df2939d8496b9088dc12bc1aaff47b48f86"));
    }

    void eventsAreAsManyAsAskedAndInOrder_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("the least allowed") << 2'000;
        QTest::newRow("an odd number") << 12'345;
        QTest::newRow("the default quarter of a million") << 250'000;
    }

    void eventsAreAsManyAsAskedAndInOrder()
    {
        QFETCH(int, count);
        const World world = worldOf(3, static_cast<std::size_t>(count));
        std::size_t seen = 0;
        Instant previous = world.begin();
        std::set<std::int64_t> ids;
        const auto done = world.writeEvents([&](std::span<const schema::Event> batch) -> Status {
            for (const auto &event : batch) {
                if (event.times.observedAt < previous || event.times.observedAt >= world.end())
                    return fail(ErrorCode::Corrupt, event.title);
                previous = event.times.observedAt;
                ids.insert(event.id.value);
            }
            seen += batch.size();
            return {};
        });
        QVERIFY2(done, done ? "" : done.error().what.c_str());
        QCOMPARE(seen, static_cast<std::size_t>(count));
        QCOMPARE(ids.size(), seen);
    }

    void allTypesAppearAndAllValuesAreValid()
    {
        const World world = worldOf(1);
        const auto events = eventsOf(world);
        std::map<schema::EventType, int> types;
        for (const auto &event : events)
            ++types[event.type];
        QCOMPARE(types.size(), schema::kEventTypeCount);
        QCOMPARE(firstFault(events), QString());
        QCOMPARE(firstFault(world.sources()), QString());
        QCOMPARE(firstFault(world.entities()), QString());
        QCOMPARE(firstFault(world.places()), QString());
        QCOMPARE(firstFault(world.instruments()), QString());
        QCOMPARE(firstFault(world.series()), QString());
        QCOMPARE(firstFault(world.boundaries()), QString());
        std::vector<schema::PriceBar> bars;
        std::vector<schema::Observation> observations;
        std::vector<schema::Quote> quotes;
        QVERIFY(world.writeBars(into(bars)));
        QVERIFY(world.writeObservations(into(observations)));
        QVERIFY(world.writeQuotes(into(quotes)));
        QCOMPARE(firstFault(bars), QString());
        QCOMPARE(firstFault(observations), QString());
        QCOMPARE(firstFault(quotes), QString());
        QCOMPARE(world.instruments().size(), std::size_t{15});
        QCOMPARE(world.boundaries().size(), std::size_t{64});
        QVERIFY(quotes.size() > 100'000);
    }

    void everythingIsMarkedSynthetic()
    {
        const World world = worldOf(2, 5'000);
        std::set<std::int64_t> sources;
        for (const auto &source : world.sources()) {
            QVERIFY(source.synthetic && source.key.starts_with("sample-"));
            QVERIFY(source.name.contains("synthetic"));
            sources.insert(source.id.value);
        }
        for (const auto &event : eventsOf(world)) {
            QVERIFY(event.synthetic && sources.contains(event.source.value));
            QVERIFY(schema::find(event.attributes, "synthetic") != nullptr);
        }
        QVERIFY(std::ranges::all_of(world.entities(), &schema::Entity::synthetic));
        QVERIFY(std::ranges::all_of(world.instruments(), &schema::Instrument::synthetic));
        for (const auto &series : world.series())
            QVERIFY(series.synthetic && series.key.starts_with("sample:") &&
                    series.name.contains("synthetic"));
    }

    void eventsNameOnlyKnownEntities()
    {
        const World world = worldOf(2, 5'000);
        std::set<std::int64_t> known;
        for (const auto &entity : world.entities())
            QVERIFY(known.insert(entity.id.value).second);
        for (const auto &event : eventsOf(world))
            for (const auto &item : event.entities)
                QVERIFY2(known.contains(item.entity.value), event.title.c_str());
    }

    void nothingIsKnownBeforeItHappens()
    {
        const World world = worldOf(4, 5'000);
        for (const auto &event : eventsOf(world))
            QVERIFY(event.times.availableAt() >= event.times.observedAt);
        std::vector<schema::Observation> observations;
        QVERIFY(world.writeObservations(into(observations)));
        for (const auto &item : observations)
            QVERIFY(item.times.availableAt() >= item.times.observedAt &&
                    item.times.availableAt() < world.end() + std::chrono::days(1));
    }

    void plantedRelationsCanBeMeasured_data()
    {
        QTest::addColumn<int>("row");
        const auto truth = worldOf(5, 5'000).truth();
        for (std::size_t i = 0; i < truth.relations.size(); ++i)
            QTest::addRow("%s leads %s", truth.relations[i].feature.c_str(),
                          truth.relations[i].instrument.c_str())
                << static_cast<int>(i);
    }

    void plantedRelationsCanBeMeasured()
    {
        QFETCH(int, row);
        // One world is noisy: its correlation has a standard error of 0.026. Four are enough.
        double atLag = 0;
        double elsewhere = 0;
        int lag = 0;
        for (std::uint64_t seed = 11; seed < 15; ++seed) {
            const World world = worldOf(seed);
            const auto relation = world.truth().relations[static_cast<std::size_t>(row)];
            const auto track = trackOf(world, relation.feature);
            const auto returns = returnsOf(world, relation.instrument);
            lag = relation.lagDays;
            atLag += relation.sign *
                     correlation(track.firstPrint, returns, static_cast<std::size_t>(lag)) / 4;
            elsewhere +=
                relation.sign *
                correlation(track.firstPrint, returns, static_cast<std::size_t>(lag + 13)) / 4;
        }
        QVERIFY2(atLag > 0.06, qPrintable(QString::number(atLag)));
        QVERIFY2(std::abs(elsewhere) < 0.05, qPrintable(QString::number(elsewhere)));
    }

    void revisionLeakShowsOnlyInTheRevision()
    {
        const World world = worldOf(6);
        const auto track = trackOf(world, "sample:feature:freight-nowcast");
        const auto returns = returnsOf(world, "XLI");
        const auto usable = track.newest.size() - 30;
        const std::span<const double> newest(track.newest.data(), usable);
        const std::span<const double> first(track.firstPrint.data(), usable);
        const std::span<const double> days(returns.data(), usable);
        QVERIFY(correlation(newest, days, 1) > 0.15);
        QVERIFY(std::abs(correlation(first, days, 1)) < 0.08);
    }

    void boundariesAreWhereTheyShouldBe()
    {
        const World world = worldOf(1, 2'000);
        for (const auto &boundary : world.boundaries()) {
            double area = 0;
            for (const auto &polygon : boundary.areas)
                for (const auto &ring : polygon)
                    for (std::size_t i = 1; i < ring.size(); ++i)
                        area += ring[i - 1].longitude * ring[i].latitude -
                                ring[i].longitude * ring[i - 1].latitude;
            const auto label = boundary.labelAt;
            schema::Geometry geometry{schema::Geometry::Kind::Areas, {}, {}, boundary.areas};
            const auto box = schema::boundsOf(geometry);
            QVERIFY2(std::abs(area) > 0.001, boundary.code.c_str());
            QVERIFY2(label.latitude > box.south - 0.5 && label.latitude < box.north + 0.5,
                     boundary.code.c_str());
        }
    }

    void impossibleWorldsAreRefused_data()
    {
        QTest::addColumn<qulonglong>("events");
        QTest::addColumn<int>("years");
        QTest::newRow("too few events") << 10ULL << 6;
        QTest::newRow("too many events") << 100'000'000ULL << 6;
        QTest::newRow("no years") << 10'000ULL << 0;
        QTest::newRow("a century") << 10'000ULL << 100;
        QTest::newRow("more market moves than a year has") << 2'000'000ULL << 1;
    }

    void impossibleWorldsAreRefused()
    {
        QFETCH(qulonglong, events);
        QFETCH(int, years);
        const auto world = World::make({1, events, years, kEnd});
        QVERIFY(!world);
        QVERIFY(world.error().code == ErrorCode::InvalidInput);
    }

    void aFailingSinkStopsTheWriting()
    {
        int calls = 0;
        const auto done = worldOf(1, 5'000).writeEvents(
            [&](std::span<const schema::Event>) -> Status {
                return ++calls == 2 ? fail(ErrorCode::Exhausted, "disk full") : Status{};
            },
            100);
        QVERIFY(!done);
        QVERIFY(done.error().code == ErrorCode::Exhausted);
        QCOMPARE(calls, 2);
    }
};

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
