// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_world.h"

#include "chrona/briefing/alerts.h"
#include "chrona/schema/entity.h"

#include <QTest>

using namespace chrona;
using namespace chrona::briefing;
using namespace chrona::briefing::testing;
using schema::AlertGrouping;
using schema::AlertRule;
using schema::AlertWatch;
using std::chrono::hours;

class TestAlerts : public QObject {
    Q_OBJECT

private:
    BriefWorld m_world;
    std::vector<std::pair<schema::AlertRuleId, std::string>> m_held;
    std::vector<NamedSignal> m_signals;
    const Instant m_now = at("2018-06-05T19:00:00Z");

    AlertFindings found(const AlertRule &rule)
    {
        m_rule = rule;
        AlertInputs inputs;
        inputs.now = m_now;
        inputs.rules = {&m_rule, 1};
        inputs.events = m_world.events;
        inputs.clusters = m_world.clusters;
        inputs.targets = m_world.targets;
        inputs.signals = m_signals;
        inputs.withSignals = true;
        inputs.held = m_held;
        m_watched = {"class:broad"};
        inputs.watched = m_watched;
        return findCrossings(inputs);
    }

    std::vector<std::string> subjects(const AlertRule &rule)
    {
        std::vector<std::string> all;
        for (const Crossing &one : found(rule).crossings)
            all.push_back(one.what.subject);
        return all;
    }

    static AlertRule ruleOf(AlertWatch watch)
    {
        AlertRule rule;
        rule.id = {1};
        rule.name = "R";
        rule.watch = watch;
        rule.changedAt = at("2018-06-01T00:00:00Z");
        return rule;
    }

    /// Earthquakes of the last hour in Texas, Japan and nowhere; known a minute later.
    void addQuakes()
    {
        const char *regions[] = {"US-TX", "JP", ""};
        for (int i = 0; i < 3; ++i) {
            schema::Event &event =
                m_world.addEvent(schema::EventType::Earthquake, std::format("Großes Beben {}", i),
                                 at("2018-06-05T18:10:00Z") + std::chrono::minutes(i));
            event.id = {100 + i};
            event.region = regions[i];
            event.severity = 0.2F + 0.3F * float(i);
            event.source = schema::sourceIdFor(i == 1 ? "jma" : "usgs");
            if (i < 2)
                event.geometry = schema::Geometry::at(i == 0 ? schema::GeoPoint{-95, 30}
                                                             : schema::GeoPoint{140, 36});
        }
        m_world.events[1].entities = {
            {schema::entityIdFor("topic:disasters"), schema::EntityRole::Subject, 1}};
    }

    NamedSignal signalOf(double z, bool elevated)
    {
        NamedSignal signal{"77", "Storms → SPY", "SPY", {77}, z, elevated, {}, {}, false};
        signal.dataUntil = at("2018-06-05T00:00:00Z");
        signal.computedAt = at("2018-06-05T06:00:00Z");
        return signal;
    }

    AlertRule m_rule;
    std::vector<std::string> m_watched;

private Q_SLOTS:
    void init()
    {
        m_world = BriefWorld();
        m_held.clear();
        m_signals.clear();
    }

    void eventsPassByEachPartOfTheFilter_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QStringList>("expected");
        const QStringList all{QStringLiteral("event:100"), QStringLiteral("event:101"),
                              QStringLiteral("event:102")};
        const auto row = [](const char *name, const char *part, const char *value,
                            const QStringList &expected) {
            QTest::newRow(name) << QString::fromUtf8(part) << QString::fromUtf8(value) << expected;
        };
        row("everything", "", "", all);
        row("a word in another case", "word", "GROSSES", {});
        row("letters beyond ASCII", "word", "GROßES BEBEN", all);
        row("a word that is not there", "word", "Flut", {});
        row("a country takes its states", "region", "US", {all[0]});
        row("a prefix that is no region", "region", "U", {});
        row("a state", "region", "US-CA", {});
        row("a topic it names", "about", "topic:disasters", {all[1]});
        row("the country it is in", "about", "country:JP", {all[1]});
        row("a severity", "severity", "0.5", {all[1], all[2]});
        row("another type", "type", "news", {});
        row("a source", "source", "usgs", {all[0], all[2]});
        row("another source", "source", "gdacs", {});
        row("a box", "box", "-100,20,-90,40", {all[0]});
        row("a box across the anti-meridian", "box", "130,-50,-80,50", all.first(2));
        row("a box further south", "box", "-100,-40,-90,-20", {});
    }

    void eventsPassByEachPartOfTheFilter()
    {
        QFETCH(QString, part);
        QFETCH(QString, value);
        QFETCH(QStringList, expected);
        addQuakes();
        AlertRule rule = ruleOf(AlertWatch::Events);
        if (part == QLatin1String("word"))
            rule.words = {value.toStdString()};
        else if (part == QLatin1String("region"))
            rule.regions = {value.toStdString()};
        else if (part == QLatin1String("about"))
            rule.about = {value.toStdString()};
        else if (part == QLatin1String("severity"))
            rule.severityMin = value.toDouble() - 1e-6;
        else if (part == QLatin1String("source"))
            rule.sources = {value.toStdString(), "nobody"};
        else if (part == QLatin1String("box")) {
            const QStringList sides = value.split(QLatin1Char(','));
            rule.box = schema::GeoBox{sides[0].toDouble(), sides[1].toDouble(), sides[2].toDouble(),
                                      sides[3].toDouble()};
        } else if (part == QLatin1String("type"))
            rule.types = 1U << unsigned(*schema::eventTypeFrom(value.toStdString()));
        QStringList got;
        for (const std::string &subject : subjects(rule))
            got += QString::fromStdString(subject);
        QCOMPARE(got, expected);
    }

    void relevanceAsksForTheWatchlists()
    {
        m_world.addEvent(schema::EventType::RateDecision, "Cut", at("2018-06-05T18:10:00Z"));
        m_world.addEvent(schema::EventType::Earthquake, "Far away", at("2018-06-05T18:10:00Z"));
        AlertRule rule = ruleOf(AlertWatch::Events);
        rule.relevanceMin = 0.3;
        const AlertFindings one = found(rule);
        QCOMPARE(one.crossings.size(), std::size_t(1));
        QCOMPARE(one.crossings[0].what.title, std::string("Cut"));
        QVERIFY(one.crossings[0].what.measured > 0.7 && one.crossings[0].what.limit == 0.3);
    }

    void whatIsNoNewsDoesNotCross()
    {
        addQuakes();
        m_world.events[0].times.ingestedAt = at("2018-06-05T20:00:00Z"); // not known yet
        m_world.events[1].times.observedAt = at("2018-05-01T00:00:00Z"); // a history read in
        m_world.events[2].state = schema::EventState::Retracted;
        QVERIFY(subjects(ruleOf(AlertWatch::Events)).empty());
        m_world.events.clear();
        addQuakes();
        AlertRule late = ruleOf(AlertWatch::Events);
        late.changedAt = at("2018-06-05T18:30:00Z");
        QVERIFY2(subjects(late).empty(), "what was known before the rule is no news to it");
        AlertRule off = ruleOf(AlertWatch::Events);
        off.enabled = false;
        QVERIFY(subjects(off).empty());
    }

    void crossingsAreGrouped()
    {
        addQuakes();
        const auto groups = [&](AlertGrouping grouping) {
            AlertRule rule = ruleOf(AlertWatch::Events);
            rule.grouping = grouping;
            QStringList names;
            for (const Crossing &one : found(rule).crossings)
                names += QString::fromStdString(one.group);
            return names.join(QLatin1Char('|'));
        };
        QCOMPARE(groups(AlertGrouping::Rule), QStringLiteral("||"));
        QCOMPARE(groups(AlertGrouping::Region), QStringLiteral("US|JP|"));
        QCOMPARE(groups(AlertGrouping::Kind), QStringLiteral("earthquake|earthquake|earthquake"));
        QCOMPARE(groups(AlertGrouping::Each), QStringLiteral("event:100|event:101|event:102"));
    }

    void moveIsMeasuredInItsOwnVolatility()
    {
        m_world = BriefWorld();
        AlertRule rule = ruleOf(AlertWatch::Move);
        rule.threshold = 3;
        AlertInputs inputs;
        inputs.now = m_world.given().knownAt;
        rule.changedAt = inputs.now - hours(24 * 30);
        inputs.rules = {&rule, 1};
        inputs.targets = m_world.targets;
        AlertPolicy policy;
        policy.freshFor = hours(24 * 30);
        const AlertFindings moved = findCrossings(inputs, policy);
        // SPX −5 % and the yield −25 bp; WTI moved as ever.
        QCOMPARE(moved.crossings.size(), std::size_t(2));
        QVERIFY(moved.crossings[0].what.subject.starts_with("move:SPX:"));
        QVERIFY(moved.crossings[0].what.measured < -3);
        rule.about = {"instrument:WTI"};
        QVERIFY(findCrossings(inputs, policy).crossings.empty());
        rule.about = {"SPX"};
        QCOMPARE(findCrossings(inputs, policy).crossings.size(), std::size_t(1));
    }

    void signalCrossesOnceWhileItLasts()
    {
        AlertRule rule = ruleOf(AlertWatch::Signal);
        rule.threshold = 2;
        m_signals = {signalOf(3.1, true)};
        const AlertFindings first = found(rule);
        QCOMPARE(first.crossings.size(), std::size_t(1));
        QCOMPARE(first.crossings[0].what.subject, std::string("signal:77@2018-06-05"));
        QVERIFY(first.crossings[0].holds);
        m_held = {{rule.id, first.crossings[0].what.subject}};
        QVERIFY(found(rule).crossings.empty());
        m_signals = {signalOf(1.7, true)};
        QVERIFY2(found(rule).ended.empty(), "a little below its limit it is not over");
        m_signals = {signalOf(1.0, true)};
        QCOMPARE(found(rule).ended.size(), std::size_t(1));
        m_signals.clear();
        QCOMPARE(found(rule).ended, m_held); // the search no longer finds it
    }

    void storyCrossesWhenItForms()
    {
        schema::Cluster cluster;
        cluster.id = {5};
        cluster.title = "Strait closed";
        cluster.firstAt = at("2018-06-05T15:00:00Z");
        cluster.lastAt = at("2018-06-05T18:30:00Z");
        cluster.members.resize(4);
        m_world.clusters = {cluster};
        AlertRule rule = ruleOf(AlertWatch::Story);
        rule.threshold = 4;
        QCOMPARE(subjects(rule), std::vector<std::string>{"story:5"});
        rule.threshold = 5;
        QVERIFY(subjects(rule).empty());
        rule.threshold = 4;
        m_world.clusters[0].firstAt = at("2018-06-01T15:00:00Z");
        QVERIFY2(subjects(rule).empty(), "it formed days ago");
    }

    void quietHoursGoOverMidnight()
    {
        const schema::QuietHours quiet{22 * 60, 6 * 60};
        QVERIFY(quiet.covers(at("2018-06-05T20:30:00Z"), hours(2)));
        QVERIFY(quiet.covers(at("2018-06-05T03:00:00Z"), hours(2)));
        QVERIFY(!quiet.covers(at("2018-06-05T05:00:00Z"), hours(2)));
        QVERIFY(!schema::QuietHours{}.covers(at("2018-06-05T00:00:00Z"), {}));
    }
};

QTEST_APPLESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
