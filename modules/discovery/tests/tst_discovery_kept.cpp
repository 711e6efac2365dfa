// SPDX-License-Identifier: AGPL-3.0-or-later
#include "planted_world.h"

#include "chrona/discovery/engine.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

using namespace chrona;
using namespace chrona::discovery;
using namespace chrona::discovery::tests;

namespace {

/// Keeps parts in memory, and stops the search after so many.
class PartsInMemory final : public Checkpoint {
public:
    explicit PartsInMemory(std::size_t stopAfter = 1'000) : m_stopAfter(stopAfter) {}

    std::optional<std::vector<double>> load(std::string_view part) override
    {
        const auto found = parts.find(part);
        if (found == parts.end())
            return std::nullopt;
        ++takenUp;
        return found->second;
    }
    void keep(std::string_view part, const std::vector<double> &worked) override
    {
        parts.insert_or_assign(std::string(part), worked);
        if (++kept == m_stopAfter)
            stop.request_stop();
    }

    std::map<std::string, std::vector<double>, std::less<>> parts;
    std::size_t kept = 0, takenUp = 0;
    std::stop_source stop;

private:
    std::size_t m_stopAfter;
};

bool sameBits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool sameBits(const std::vector<double> &a, const std::vector<double> &b)
{
    return std::ranges::equal(a, b, [](double x, double y) { return sameBits(x, y); });
}

bool isSame(const Signal &a, const Signal &b)
{
    return a.feature == b.feature && a.target == b.target && a.measure == b.measure &&
           a.horizon == b.horizon && a.lag == b.lag && a.view == b.view && sameBits(a.t, b.t) &&
           sameBits(a.p, b.p) && sameBits(a.q, b.q) && sameBits(a.inflation, b.inflation) &&
           sameBits(a.effect, b.effect) && sameBits(a.bootstrapP, b.bootstrapP) &&
           sameBits(a.deflatedSharpe, b.deflatedSharpe) && sameBits(a.overfit, b.overfit) &&
           sameBits(a.rank, b.rank) && sameBits(a.blockEffects, b.blockEffects) &&
           sameBits(a.lagCurve, b.lagCurve) && sameBits(a.leaveOutT, b.leaveOutT);
}

bool isSame(const Refusal &a, const Refusal &b)
{
    return a.feature == b.feature && a.target == b.target && a.measure == b.measure &&
           a.rule == b.rule && sameBits(a.value, b.value) && sameBits(a.limit, b.limit);
}

bool isSame(const Report &a, const Report &b)
{
    const auto same = [](const auto &x, const auto &y) { return isSame(x, y); };
    return a.pairsTested == b.pairsTested && a.testsRun == b.testsRun &&
           sameBits(a.overfit, b.overfit) && sameBits(a.nullShare, b.nullShare) &&
           sameBits(a.ledger.squaredT, b.ledger.squaredT) &&
           std::ranges::equal(a.signals, b.signals, same) &&
           std::ranges::equal(a.refusals, b.refusals, same);
}

/// 600 features, one of them constant, one that leads and one that only just begins.
PlantedWorld manyFeatures()
{
    auto world = noiseWorld({4, 700, 600, 4});
    plant(world, {7, 2, 3, 0.35});
    plant(world, {431, 1, 5, -0.35});
    for (auto &vintage : world.features[300].vintages)
        vintage.value = 1;
    world.features[301].vintages.resize(0);
    return world;
}

} // namespace

/// A search that is broken off and taken up again, and panels that lie elsewhere than in memory.
class TestDiscoveryKept : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_world = manyFeatures();
        m_parameters.targets = Parameters::Targets::ReturnsAndVolatility;
        m_parameters.shortListQ = 1; // so that second looks are more than one part
        InlineExecutor executor;
        auto report = discover(m_world.panel(), m_parameters, executor);
        QVERIFY(report);
        m_whole = std::move(*report);
        QVERIFY(m_whole.signals.size() >= 2);
    }

    void whatWasBrokenOffGoesOnToTheSameBits_data()
    {
        QTest::addColumn<int>("stopAfter");
        QTest::newRow("in the first look") << 1;
        QTest::newRow("between the looks") << 3;
        QTest::newRow("in the second look") << 5;
    }

    void whatWasBrokenOffGoesOnToTheSameBits()
    {
        QFETCH(int, stopAfter);
        const AsOfPanel panel = m_world.panel();
        ThreadPool executor(2);
        PartsInMemory first(static_cast<std::size_t>(stopAfter));
        const auto broken =
            discover(panel, m_parameters, executor, first.stop.get_token(), {}, &first);
        QVERIFY(!broken && broken.error().code == ErrorCode::Cancelled);
        QCOMPARE(first.kept, static_cast<std::size_t>(stopAfter));

        PartsInMemory second;
        second.parts = first.parts;
        const auto report = discover(panel, m_parameters, executor, {}, {}, &second);
        QVERIFY(report);
        QCOMPARE(second.takenUp, first.parts.size());
        QVERIFY(second.kept > 0); // and the rest was worked out
        QVERIFY(isSame(*report, m_whole));

        PartsInMemory third;
        third.parts = second.parts;
        const auto again = discover(panel, m_parameters, executor, {}, {}, &third);
        QVERIFY(again);
        QCOMPARE(third.kept, 0U); // all of it was there
        QVERIFY(isSame(*again, m_whole));
    }

    void whatDoesNotFitIsWorkedOutAgain()
    {
        InlineExecutor executor;
        PartsInMemory parts;
        QVERIFY(discover(m_world.panel(), m_parameters, executor, {}, {}, &parts));
        PartsInMemory cut;
        for (const auto &[name, numbers] : parts.parts)
            cut.parts.emplace(name, std::vector(numbers.begin(), numbers.end() - 1));
        const auto report = discover(m_world.panel(), m_parameters, executor, {}, {}, &cut);
        QVERIFY(report);
        QCOMPARE(cut.kept, parts.parts.size());
        QVERIFY(isSame(*report, m_whole));
    }

    void aPanelMadeFeatureByFeatureIsTheSame()
    {
        const auto space = std::make_shared<ColumnsInMemory>();
        auto builder =
            PanelBuilder::begin(m_world.days, m_world.targets, m_world.features.size(), space);
        QVERIFY(builder);
        for (const auto &feature : m_world.features)
            QVERIFY(builder->add(feature.name, feature.vintages));
        const AsOfPanel panel = std::move(*builder).finish();
        const AsOfPanel whole = m_world.panel();
        QCOMPARE(panel.featureCount(), whole.featureCount());
        for (const std::size_t feature : {0U, 300U, 301U, 599U}) {
            QVERIFY(std::ranges::equal(panel.known(feature), whole.known(feature),
                                       [](double a, double b) { return sameBits(a, b); }));
            QVERIFY(sameBits(panel.byObservation(feature), whole.byObservation(feature)));
            QVERIFY(sameBits(panel.firstPrints(feature), whole.firstPrints(feature)));
        }
    }

    void whatFindsNoRoomIsRefused()
    {
        // Too many to begin with, and too many vintages once it has begun.
        const std::size_t column = m_world.days.size() * sizeof(double);
        auto begun = PanelBuilder::begin(m_world.days, m_world.targets, 3,
                                         std::make_shared<ColumnsInMemory>(2 * column));
        QVERIFY(!begun && begun.error().code == ErrorCode::InvalidInput);
        auto builder = PanelBuilder::begin(m_world.days, m_world.targets, 3,
                                           std::make_shared<ColumnsInMemory>(3 * column));
        QVERIFY(builder);
        const auto &feature = m_world.features[0];
        const Status added = builder->add(feature.name, feature.vintages);
        QVERIFY(!added && added.error().code == ErrorCode::Exhausted);
        QVERIFY(!added.error().remedy.empty());
    }

    void aMillionFeaturesOfTenYearsAreRefusedBeforeTheyAreRead()
    {
        const auto world = noiseWorld({1, 2'520, 1, 1});
        const auto begun = PanelBuilder::begin(world.days, world.targets, AsOfPanel::kFeaturesMax,
                                               std::make_shared<ColumnsInMemory>());
        QVERIFY(!begun && begun.error().code == ErrorCode::InvalidInput);
        QVERIFY(begun.error().what.contains("1000000 features over 2520 days"));
        QVERIFY(!begun.error().remedy.empty());
    }

private:
    PlantedWorld m_world;
    Parameters m_parameters;
    Report m_whole;
};

QTEST_GUILESS_MAIN(TestDiscoveryKept)
#include "tst_discovery_kept.moc"
