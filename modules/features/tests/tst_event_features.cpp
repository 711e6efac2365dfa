// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/vintages.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace chrona;
using namespace chrona::features;
using namespace std::chrono;

namespace {

const Date kBegin = sys_days(2024y / January / 1);

Buckets everyDay(int count = 60)
{
    return Buckets::daily({schema::Calendar::AlwaysOpen, DecisionClock::Rule::TimeOfDay, hours(21)},
                          kBegin, kBegin + days(count))
        .value();
}

struct Said {
    schema::Event event;
    EventWords words;
};

/// An event observed so many hours after midnight of the first day, known later by some.
Said said(std::int64_t id, int observedHour, int laterHours)
{
    Said statement;
    auto &event = statement.event;
    event.id = {id};
    event.type = schema::EventType::News;
    event.times.observedAt = Instant(kBegin) + hours(observedHour);
    event.times.ingestedAt = event.times.observedAt + hours(laterHours);
    event.region = "US-TX";
    event.severity = 0.4F;
    return statement;
}

EventHistory historyOf(const std::vector<Said> &statements)
{
    EventHistory history({"surprise", "magnitude"});
    for (const auto &statement : statements)
        history.append(statement.event, statement.words);
    return history;
}

std::vector<FeatureVintages> built(const std::string &words, const std::vector<Said> &statements,
                                   int dayCount = 60)
{
    const auto definition = parseDefinition("key=k " + words);
    if (!definition)
        qFatal("%s", definition.error().what.c_str());
    const EventHistory history = historyOf(statements);
    const EventTimeline timeline(history);
    const auto features = buildVintages(*definition, timeline, everyDay(dayCount));
    if (!features)
        qFatal("%s", features.error().what.c_str());
    return *features;
}

/// Statements with revisions, retractions, late arrivals and contradictions.
std::vector<Said> wildWorld(std::uint32_t seed, std::size_t count)
{
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return static_cast<int>(random() % n); };
    const std::vector<std::string> regions{"US-TX", "US", "CA-ON", "JP", ""};
    const std::vector<std::string> topics{"oil", "rates", "storm"};
    std::vector<Said> statements;
    for (std::size_t i = 0; i < count; ++i) {
        Said statement = said(1 + below(static_cast<std::uint32_t>(count / 2)), below(24 * 20),
                              below(5) == 0 ? below(24 * 20) : below(8));
        auto &event = statement.event;
        event.type = below(2) == 0 ? schema::EventType::News : schema::EventType::Earthquake;
        event.region = regions[static_cast<std::size_t>(below(5))];
        event.severity = static_cast<float>(below(256)) / 255;
        if (below(6) == 0)
            event.state = schema::EventState::Retracted;
        schema::set(event.attributes, "magnitude", 0.1 * below(90));
        event.times.basis = below(4) == 0 ? schema::AvailabilityBasis::Assumed
                                          : schema::AvailabilityBasis::Measured;
        event.times.assumedLag = hours(below(100));
        for (const auto &topic : topics)
            if (below(3) == 0)
                statement.words.topics.push_back(topic);
        statements.push_back(statement);
    }
    return statements;
}

const char *const kRules[] = {
    "",
    "axis=region",
    "axis=country aggregate=severity_sum kind=event_intensity",
    "types=earthquake aggregate=severity_max severity_min=0.3",
    "types=earthquake aggregate=figure_mean figure=magnitude empty=carried",
    "types=earthquake aggregate=figure_sum figure=magnitude axis=country",
    "types=news aggregate=share axis=topic empty=missing",
    "types=news topics=oil aggregate=share axis=country empty=missing",
    "regions=US axis=topic",
};

} // namespace

class TestEventFeatures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quietBucketsAreZeroAtTheirEnd()
    {
        const auto features = built("", {}, 3);
        QCOMPARE(features.size(), std::size_t{1});
        QCOMPARE(features[0].vintages.size(), std::size_t{3});
        QCOMPARE(features[0].vintages[1].value, 0.0);
        QVERIFY(features[0].vintages[1].knownAt == Instant(kBegin) + days(1) + hours(21));
        QVERIFY(built("empty=carried", {}, 3)[0].vintages.empty());
    }

    void aLateEventAppends()
    {
        // Bucket 1 is from 21:00 of the first day to 21:00 of the second.
        const auto vintages = built("", {said(1, 30, 1), said(2, 31, 48)}, 3)[0].vintages;
        QCOMPARE(vintages.size(), std::size_t{4});
        QCOMPARE(vintages[1].value, 1.0);
        QVERIFY(vintages[1].knownAt == Instant(kBegin) + hours(45));
        QCOMPARE(vintages[2].value, 2.0);
        QVERIFY(vintages[2].bucketAt == vintages[1].bucketAt);
        QVERIFY(vintages[2].knownAt == Instant(kBegin) + hours(31 + 48));
    }

    void aRetractionAppendsTheSmallerCount()
    {
        Said retracted = said(1, 30, 100);
        retracted.event.state = schema::EventState::Retracted;
        const auto vintages = built("", {said(1, 30, 1), said(2, 31, 1), retracted}, 3)[0].vintages;
        QCOMPARE(vintages.size(), std::size_t{4});
        QCOMPARE(vintages[1].value, 2.0);
        QCOMPARE(vintages[2].value, 1.0);
        QVERIFY(vintages[2].knownAt == Instant(kBegin) + hours(130));
    }

    void aRevisionMovesAnEvent()
    {
        const Said moved = [] {
            Said statement = said(1, 60, 40);
            statement.event.region = "JP";
            return statement;
        }();
        const auto features = built("axis=country", {said(1, 30, 1), moved}, 4);
        QCOMPARE(features.size(), std::size_t{2});
        QCOMPARE(features[0].member, std::string("JP"));
        QCOMPARE(features[0].vintages.back().value, 0.0);
        const auto count = [](const FeatureVintages &feature) {
            return std::ranges::count(feature.vintages, 1.0, &FeatureVintage::value);
        };
        QCOMPARE(count(features[0]), 1);
        QCOMPARE(count(features[1]), 1);
        QCOMPARE(features[1].vintages.size(), std::size_t{5}); // 0, 1, then 0 again, 0, 0
    }

    void filtersAndAggregates_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<double>("value");
        QTest::newRow("all") << "" << 3.0;
        QTest::newRow("of a type") << "types=earthquake" << 2.0;
        QTest::newRow("a country takes its states") << "regions=US" << 2.0;
        QTest::newRow("but not those that begin alike") << "regions=U" << 0.0;
        QTest::newRow("severe ones") << "severity_min=0.5" << 1.0;
        QTest::newRow("of a topic") << "topics=oil" << 1.0;
        QTest::newRow("of an entity") << "entities=acme" << 1.0;
        QTest::newRow("severities") << "aggregate=severity_sum" << (102 + 102 + 204) / 255.0;
        QTest::newRow("the severest") << "aggregate=severity_max" << 0.8;
        QTest::newRow("magnitudes")
            << "types=earthquake aggregate=figure_mean figure=magnitude" << 6.0;
        QTest::newRow("the largest")
            << "types=earthquake aggregate=figure_max figure=magnitude" << 7.0;
        QTest::newRow("surprise") << "aggregate=figure_sum figure=surprise" << 0.5;
        QTest::newRow("a share") << "aggregate=share topics=oil empty=missing" << 1.0 / 3;
    }

    void filtersAndAggregates()
    {
        QFETCH(QString, words);
        QFETCH(double, value);
        std::vector<Said> world{said(1, 1, 1), said(2, 2, 1), said(3, 3, 1)};
        world[0].words = {{"oil"}, {"acme"}};
        schema::set(world[0].event.attributes, "actual", 3.5);
        schema::set(world[0].event.attributes, "previous", 9.0);
        schema::set(world[0].event.attributes, "consensus", std::int64_t{3});
        world[1].event.type = world[2].event.type = schema::EventType::Earthquake;
        world[2].event.region = "JP";
        world[2].event.severity = 0.8F;
        schema::set(world[1].event.attributes, "magnitude", 5.0);
        schema::set(world[2].event.attributes, "magnitude", 7.0);
        QCOMPARE(built(words.toStdString(), world, 1)[0].vintages.at(0).value, value);
    }

    void shuffledArrivalGivesTheSameVintages_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char *rule : kRules)
            QTest::newRow(*rule == 0 ? "all" : rule) << QString::fromLatin1(rule);
    }

    void shuffledArrivalGivesTheSameVintages()
    {
        QFETCH(QString, rule);
        for (std::uint32_t seed = 1; seed <= 10; ++seed) {
            auto world = wildWorld(seed, 300);
            const auto once = built(rule.toStdString(), world);
            QVERIFY(!once.empty());
            std::shuffle(world.begin(), world.end(), std::mt19937(seed + 100));
            QVERIFY(once == built(rule.toStdString(), world));
        }
    }

    void aPastMomentNeverChangesByWhatCameLater_data()
    {
        shuffledArrivalGivesTheSameVintages_data();
    }

    /// The table that was built from what had been available at a moment is the part of the whole
    /// table that was known by then.
    void aPastMomentNeverChangesByWhatCameLater()
    {
        QFETCH(QString, rule);
        const auto world = wildWorld(7, 400);
        const Instant moment = Instant(kBegin) + hours(24 * 12);
        std::vector<Said> early;
        std::ranges::copy_if(world, std::back_inserter(early), [&](const Said &statement) {
            return statement.event.times.availableAt() <= moment;
        });
        std::map<std::string, std::vector<FeatureVintage>> whole;
        for (const auto &feature : built(rule.toStdString(), world))
            whole[feature.member] = feature.vintages;
        for (const auto &feature : built(rule.toStdString(), early)) {
            const auto cut = [&](std::vector<FeatureVintage> vintages) {
                std::erase_if(vintages, [&](const FeatureVintage &vintage) {
                    return vintage.knownAt > moment;
                });
                return vintages;
            };
            QVERIFY2(cut(feature.vintages) == cut(whole[feature.member]), feature.member.c_str());
        }
    }

    void onlyDirtyBucketsNeedComputing_data() { shuffledArrivalGivesTheSameVintages_data(); }

    void onlyDirtyBucketsNeedComputing()
    {
        QFETCH(QString, rule);
        const auto definition = parseDefinition("key=k " + rule.toStdString()).value();
        auto world = wildWorld(11, 400);
        std::ranges::stable_sort(
            world, {}, [](const Said &statement) { return statement.event.times.availableAt(); });
        const std::vector<Said> before(world.begin(), world.begin() + 360);
        std::vector<schema::EventId> changed;
        for (std::size_t i = 360; i < world.size(); ++i)
            changed.push_back(world[i].event.id);
        std::map<std::string, std::map<Instant, std::vector<FeatureVintage>>> table;
        const auto store = [&](const std::vector<FeatureVintages> &features) {
            for (const auto &feature : features) {
                std::map<Instant, std::vector<FeatureVintage>> buckets;
                for (const auto &vintage : feature.vintages)
                    buckets[vintage.bucketAt].push_back(vintage);
                for (auto &[at, vintages] : buckets)
                    table[feature.member][at] = vintages;
            }
        };
        store(built(rule.toStdString(), before));
        const EventHistory history = ::historyOf(world);
        const EventTimeline timeline(history);
        const auto dirty = dirtyBuckets(definition, timeline, everyDay(), changed);
        QVERIFY(dirty && !dirty->empty());
        store(rebuildVintages(definition, timeline, everyDay(), *dirty).value());
        const auto stored = table;
        table.clear();
        store(built(rule.toStdString(), world));
        QVERIFY(stored == table);
    }

    void appendingFindsWhatIsNewAndContradictions()
    {
        const auto before = built("", {said(1, 30, 1)}, 3)[0].vintages;
        const auto after = built("", {said(1, 30, 1), said(2, 31, 48)}, 3)[0].vintages;
        const auto appended = appendedVintages(before, after);
        QVERIFY(appended);
        QCOMPARE(appended->size(), std::size_t{1});
        QCOMPARE(appended->front().value, 2.0);
        const auto lost = appendedVintages(after, before);
        QVERIFY(!lost && lost.error().code == ErrorCode::Conflict);
    }

    void theWeakestBasisShows()
    {
        Said assumed = said(2, 31, 0);
        assumed.event.times.basis = schema::AvailabilityBasis::Assumed;
        assumed.event.times.assumedLag = hours(2);
        const auto vintages = built("", {said(1, 30, 1), assumed, said(3, 50, 1)}, 3)[0].vintages;
        QVERIFY(vintages[0].basis == schema::AvailabilityBasis::Measured);
        QVERIFY(vintages[1].basis == schema::AvailabilityBasis::Assumed);
        QVERIFY(vintages[2].basis == schema::AvailabilityBasis::Measured);
    }

    void storedValuesAreValid()
    {
        const auto definition = parseDefinition("key=k axis=country").value();
        for (const auto &feature : built("axis=country", wildWorld(3, 200)))
            for (const auto &vintage : feature.vintages)
                QVERIFY(
                    schema::validate(toFeatureValue(featureOf(definition, feature.member), vintage),
                                     schema::Frequency::Day)
                        .empty());
    }

    void whatCannotBeComputedIsRefused()
    {
        const EventHistory history({});
        const EventTimeline timeline(history);
        const auto refused = [&](const std::string &words) {
            const auto features =
                buildVintages(parseDefinition("key=k " + words).value(), timeline, everyDay());
            return !features && features.error().code == ErrorCode::InvalidInput;
        };
        QVERIFY(refused("aggregate=figure_sum figure=magnitude"));
        QVERIFY(refused("bucket=hour"));
        QVERIFY(refused("source=series series=s"));
    }
};

QTEST_GUILESS_MAIN(TestEventFeatures)
#include "tst_event_features.moc"
