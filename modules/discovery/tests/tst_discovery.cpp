// SPDX-License-Identifier: AGPL-3.0-or-later
#include "planted_world.h"

#include "chrona/discovery/engine.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace chrona;
using namespace chrona::discovery;
using namespace chrona::discovery::tests;

namespace {

Report reportOf(const PlantedWorld &world, const Parameters &parameters = {})
{
    InlineExecutor executor;
    auto report = discover(world.panel(), parameters, executor);
    if (!report)
        qFatal("%s", describe(report.error()).c_str());
    return std::move(*report);
}

const Signal *signalOf(const Report &report, std::size_t feature, std::size_t target)
{
    for (const auto &signal : report.signals)
        if (signal.feature == feature && signal.target == target)
            return &signal;
    return nullptr;
}

const Refusal *refusalOf(const Report &report, std::size_t feature, Rule rule)
{
    for (const auto &refusal : report.refusals)
        if (refusal.feature == feature && refusal.rule == rule)
            return &refusal;
    return nullptr;
}

bool sameSignals(const Report &a, const Report &b)
{
    return std::ranges::equal(a.signals, b.signals, [](const Signal &x, const Signal &y) {
        return x.feature == y.feature && x.target == y.target && x.lag == y.lag && x.t == y.t &&
               x.q == y.q && x.effect == y.effect && x.stability.score == y.stability.score &&
               x.label == y.label;
    });
}

constexpr std::int64_t kYear = 365LL * 86'400'000'000;

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsAPlantedRelationAtItsLag_data()
    {
        QTest::addColumn<int>("lag");
        QTest::addColumn<double>("correlation");
        QTest::newRow("the next day") << 1 << 0.2;
        QTest::newRow("a week later, downwards") << 5 << -0.2;
        QTest::newRow("the longest lag") << 21 << 0.2;
    }

    void findsAPlantedRelationAtItsLag()
    {
        QFETCH(int, lag);
        QFETCH(double, correlation);
        auto world = noiseWorld({3});
        plant(world, {7, 2, static_cast<std::size_t>(lag), correlation});
        const Report report = reportOf(world);
        const Signal *signal = signalOf(report, 7, 2);
        QVERIFY(signal != nullptr);
        QCOMPARE(signal->sign, correlation > 0 ? 1 : -1);
        QVERIFY(signal->lag + 1 <= static_cast<std::size_t>(lag));
        QVERIFY(signal->lag + signal->horizon + 1 >= static_cast<std::size_t>(lag));
        QVERIFY(std::abs(signal->effect) > 0.1 && std::abs(signal->effect) < 0.35);
        QVERIFY(signal->stability.score > 0.5);
        QVERIFY(signal->label == Label::Active);
        QVERIFY(signal->q <= 0.1 && signal->qYekutieli >= signal->q);
    }

    void findsLittleInNoise()
    {
        // At a level of 0.1 one world in ten may show something; more than three of twelve would be
        // a chance of 3 %, and the worlds are always the same twelve.
        int worldsWithSignals = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed)
            worldsWithSignals += reportOf(noiseWorld({seed, 1'000})).signals.empty() ? 0 : 1;
        QVERIFY2(worldsWithSignals <= 3, qPrintable(QString::number(worldsWithSignals)));
    }

    void refusesAFeatureThatKnowsTheFutureTooLate()
    {
        auto world = noiseWorld({5});
        plantLeak(world, 4, 1, 5);
        const Report report = reportOf(world);
        QVERIFY(signalOf(report, 4, 1) == nullptr);
        // The same values known on their own days would be the best feature of all.
        for (auto &vintage : world.features[4].vintages)
            vintage.knownAt = vintage.observedAt;
        const Report blind = reportOf(world);
        QVERIFY(signalOf(blind, 4, 1) != nullptr);
    }

    void laterAvailabilityTakesHistoryAway()
    {
        auto world = noiseWorld({6, 700});
        plant(world, {3, 0, 2, 0.3});
        QVERIFY(refusalOf(reportOf(world), 3, Rule::NoHistory) == nullptr);
        for (auto &vintage : world.features[3].vintages)
            vintage.knownAt += kYear;
        const Report report = reportOf(world);
        QVERIFY(refusalOf(report, 3, Rule::NoHistory) != nullptr);
        QVERIFY(signalOf(report, 3, 0) == nullptr);
    }

    void aRelationThatEndedIsNotActive()
    {
        auto world = noiseWorld({8, 2'000});
        plant(world, {2, 1, 3, 0.3, 900});
        const Report report = reportOf(world);
        const Signal *signal = signalOf(report, 2, 1);
        QVERIFY(signal != nullptr);
        QVERIFY(signal->label != Label::Active);
    }

    void poorFeaturesAreRefusedWithTheirRule_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char *rule :
             {"insufficient history", "constant", "too few values", "too few episodes",
              "values in too few blocks", "too many missing days"})
            QTest::newRow(rule) << QString::fromLatin1(rule);
    }

    void poorFeaturesAreRefusedWithTheirRule()
    {
        QFETCH(QString, rule);
        auto world = noiseWorld({9});
        auto &vintages = world.features[0].vintages;
        for (std::size_t t = 0; t < vintages.size(); ++t) {
            double &value = vintages[t].value;
            if (rule == u"constant")
                value = 4;
            else if (rule == u"too few values")
                value = t % 100 == 50 ? 1 : 0;
            else if (rule == u"values in too few blocks")
                value = t < 300 ? value : 0;
            else if (rule == u"too few episodes")
                value = t % 100 < 20 ? 3 : 0;
        }
        if (rule == u"insufficient history")
            vintages.erase(vintages.begin(), vintages.begin() + 1'100);
        if (rule == u"too many missing days")
            vintages.erase(vintages.begin(), vintages.begin() + 700);
        const Report report = reportOf(world);
        const auto found = std::ranges::find(report.refusals, std::size_t{0}, &Refusal::feature);
        QVERIFY(found != report.refusals.end());
        QCOMPARE(QString::fromStdString(std::string(toString(found->rule))), rule);
        QVERIFY(std::ranges::none_of(report.signals,
                                     [](const Signal &signal) { return signal.feature == 0; }));
    }

    /// Counts that are 0 on every day, and a feature whose calendar is another one: known on two
    /// days a week, or said on days on which nothing is decided.
    void zerosAndOtherCalendarsAreBorne()
    {
        auto world = noiseWorld({9});
        plant(world, {7, 2, 4, 0.25});
        for (auto &vintage : world.features[0].vintages)
            vintage.value = 0;
        auto &weekly = world.features[1].vintages;
        std::erase_if(weekly, [n = 0](const stats::Vintage &) mutable { return n++ % 5 > 1; });
        for (auto &vintage : world.features[2].vintages)
            vintage.observedAt += 2 * 86'400'000'000; // on Saturdays too, and known as before
        const Report report = reportOf(world);
        const auto *zeros = refusalOf(report, 0, Rule::Constant);
        QVERIFY(zeros != nullptr && zeros->target == Refusal::kEveryTarget);
        QVERIFY(signalOf(report, 7, 2) != nullptr);
        for (const auto &signal : report.signals)
            QVERIFY(std::isfinite(signal.t) && std::isfinite(signal.q) &&
                    std::isfinite(signal.effect));
    }

    void moreFeaturesThanAPanelHoldsAreRefused()
    {
        const auto world = noiseWorld({1, 600, 1, 1});
        std::vector<FeatureHistory> features;
        for (std::size_t i = 0; i <= AsOfPanel::kFeaturesMax; ++i)
            features.push_back({std::to_string(i), {}});
        const auto panel = AsOfPanel::build(world.days, std::move(features), world.targets);
        QVERIFY(!panel && panel.error().code == ErrorCode::InvalidInput);
    }

    void aMillionFeaturesAreAnsweredOrRefused()
    {
        // All that there may be: three days each, so each is refused for its history.
        const auto world = noiseWorld({1, 3, 1, 2});
        std::vector<FeatureHistory> features;
        for (std::size_t i = 0; i < AsOfPanel::kFeaturesMax; ++i)
            features.push_back({std::to_string(i), {}});
        const auto panel = AsOfPanel::build(world.days, std::move(features), world.targets);
        QVERIFY(panel);
        InlineExecutor executor;
        const auto report = discover(*panel, {}, executor);
        QVERIFY(report && report->signals.empty());
        QCOMPARE(report->refusals.size(), AsOfPanel::kFeaturesMax);
    }

    void gapsInPricesAndFeaturesAreBorne()
    {
        auto world = noiseWorld({3});
        plant(world, {7, 2, 4, 0.25});
        for (std::size_t t = 50; t < 1'500; t += 97)
            world.targets[2].prices[t] = t % 2 == 0 ? std::numeric_limits<double>::quiet_NaN() : -1;
        auto &vintages = world.features[7].vintages;
        vintages.erase(vintages.begin() + 400, vintages.begin() + 430);
        QVERIFY(signalOf(reportOf(world), 7, 2) != nullptr);
    }

    void threadsDoNotChangeTheResult()
    {
        auto world = noiseWorld({10, 1'200, 150});
        plant(world, {7, 2, 4, 0.25});
        plant(world, {90, 4, 9, -0.25});
        const AsOfPanel panel = world.panel();
        InlineExecutor one;
        ThreadPool three(3);
        const auto alone = discover(panel, {}, one);
        const auto together = discover(panel, {}, three);
        QVERIFY(alone && together && alone->signals.size() >= 2);
        QVERIFY(sameSignals(*alone, *together));
        QCOMPARE(alone->refusals.size(), together->refusals.size());
    }

    void aStopCancels()
    {
        const AsOfPanel panel = noiseWorld({1, 1'000, 300}).panel();
        std::stop_source source;
        InlineExecutor executor;
        const auto report = discover(panel, {}, executor, source.get_token(),
                                     [&](double) { source.request_stop(); });
        QVERIFY(!report);
        QVERIFY(report.error().code == ErrorCode::Cancelled);
    }

    void tinyPanelsGiveRefusalsNotNumbers()
    {
        for (const std::size_t days : {1, 3, 30}) {
            const Report report = reportOf(noiseWorld({1, days, 3, 2}));
            QVERIFY(report.signals.empty());
            QCOMPARE(report.refusals.size(), std::size_t{3});
            QVERIFY(report.refusals.front().rule == Rule::NoHistory);
        }
    }

    void oneTargetIsEnough()
    {
        auto world = noiseWorld({4, 1'500, 10, 1});
        plant(world, {2, 0, 2, 0.25});
        QVERIFY(signalOf(reportOf(world), 2, 0) != nullptr);
    }

    void impossibleParametersAreRefused_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("no horizon") << 0;
        QTest::newRow("a horizon of no days") << 1;
        QTest::newRow("a horizon of years") << 2;
        QTest::newRow("a lag of years") << 3;
        QTest::newRow("a level of one") << 4;
        QTest::newRow("a single block") << 5;
    }

    void impossibleParametersAreRefused()
    {
        QFETCH(int, which);
        Parameters parameters;
        switch (which) {
        case 0: parameters.horizons.clear(); break;
        case 1: parameters.horizons = {0}; break;
        case 2: parameters.horizons = {100'000}; break;
        case 3: parameters.lagMax = 100'000; break;
        case 4: parameters.q = 1; break;
        default: parameters.blocks = 1; break;
        }
        InlineExecutor executor;
        const auto report = discover(noiseWorld({1, 600, 2, 2}).panel(), parameters, executor);
        QVERIFY(!report && report.error().code == ErrorCode::InvalidInput);
    }

    void brokenPanelsAreRefused_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("a day twice") << 0;
        QTest::newRow("a feature twice") << 1;
        QTest::newRow("prices for other days") << 2;
        QTest::newRow("an infinite value") << 3;
        QTest::newRow("a nameless target") << 4;
    }

    void brokenPanelsAreRefused()
    {
        QFETCH(int, which);
        auto world = noiseWorld({1, 600, 3, 2});
        switch (which) {
        case 0: world.days[5] = world.days[4]; break;
        case 1: world.features[1].name = world.features[0].name; break;
        case 2: world.targets[0].prices.pop_back(); break;
        case 3:
            world.features[0].vintages[9].value = std::numeric_limits<double>::infinity();
            break;
        default: world.targets[1].name.clear(); break;
        }
        const auto panel = AsOfPanel::build(world.days, world.features, world.targets);
        QVERIFY(!panel && panel.error().code == ErrorCode::InvalidInput);
    }

    void whatIsTakenBackIsUnknown()
    {
        const auto world = noiseWorld({1, 600, 1, 1});
        auto features = world.features;
        for (std::size_t t = 100; t < 110; ++t) {
            auto nothing = features[0].vintages[t];
            nothing.value = std::numeric_limits<double>::quiet_NaN();
            ++nothing.knownAt;
            features[0].vintages.push_back(nothing);
        }
        const auto panel = AsOfPanel::build(world.days, features, world.targets);
        QVERIFY(panel);
        QVERIFY(!std::isnan(panel->known(0)[99]) && std::isnan(panel->known(0)[105]));
        QVERIFY(!std::isnan(panel->known(0)[110]));
    }

    void revisionsCountFromTheirOwnDay()
    {
        const auto world = noiseWorld({1, 600, 1, 1});
        auto features = world.features;
        auto revision = features[0].vintages[100];
        revision.value = 1'000;
        revision.knownAt += 10LL * 86'400'000'000;
        features[0].vintages.push_back(revision);
        features[0].vintages.erase(features[0].vintages.begin() + 101,
                                   features[0].vintages.begin() + 140);
        const auto panel = AsOfPanel::build(world.days, features, world.targets);
        QVERIFY(panel);
        QCOMPARE(panel->known(0)[100], world.features[0].vintages[100].value);
        QCOMPARE(panel->known(0)[105], world.features[0].vintages[100].value);
        QCOMPARE(panel->known(0)[120], 1'000.0);
        QCOMPARE(panel->byObservation(0)[100], 1'000.0);
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
