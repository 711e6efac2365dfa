// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_world.h"

#include "chrona/briefing/alerts.h"
#include "chrona/briefing/hourly.h"

#include <QTest>

using namespace chrona;
using namespace chrona::briefing;
using namespace chrona::briefing::testing;

class TestHourly : public QObject {
    Q_OBJECT

private:
    BriefWorld m_world;

    HourlyInputs hourOf(const char *hour)
    {
        HourlyInputs inputs;
        inputs.hour = at(hour);
        inputs.knownAt = inputs.hour + std::chrono::minutes(60);
        inputs.events = m_world.events;
        inputs.clusters = m_world.clusters;
        inputs.signals = m_world.signals;
        inputs.sources = m_world.sources;
        inputs.health = m_world.health;
        inputs.watched = {"class:broad"};
        return inputs;
    }

private Q_SLOTS:
    void init() { m_world = BriefWorld(); }

    void nothingIsToldTwice()
    {
        m_world.addEvent(schema::EventType::RateDecision, "Cut", at("2018-06-05T18:10:00Z"));
        const auto first = hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), {});
        QCOMPARE(first->update.changes.size(), std::size_t(1));
        const std::string &text = first->update.changes[0].statement.text;
        QVERIFY2(text.contains("Cut (relevance 0.72 = exposure 0.80 × severity 0.90 × novelty 1.00 "
                               "× confidence 1.00; by rate decision → monetary policy → broad "
                               "equities)"),
                 text.c_str());
        const auto second = hourlyUpdate(hourOf("2018-06-05T19:00:00Z"), first->state);
        QVERIFY(second->update.changes.empty());
        QVERIFY(hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), first->state)->update.changes.empty());
    }

    void aRevisionEscalatesAndARetractionIsSaid()
    {
        m_world.addEvent(schema::EventType::RateDecision, "Cut", at("2018-06-05T18:10:00Z"))
            .severity = 0.5F;
        const auto first = hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), {});
        schema::Event revised = m_world.events[0];
        revised.revision = 2;
        revised.severity = 0.9F;
        revised.times.ingestedAt = at("2018-06-05T19:20:00Z");
        m_world.events.push_back(revised);
        const auto second = hourlyUpdate(hourOf("2018-06-05T19:00:00Z"), first->state);
        QCOMPARE(second->update.changes.size(), std::size_t(1));
        QVERIFY(second->update.changes[0].kind == schema::ChangeKind::Escalated);
        revised.revision = 3;
        revised.state = schema::EventState::Retracted;
        revised.times.ingestedAt = at("2018-06-05T20:20:00Z");
        m_world.events.push_back(revised);
        const auto third = hourlyUpdate(hourOf("2018-06-05T20:00:00Z"), second->state);
        QCOMPARE(third->update.changes.size(), std::size_t(1));
        QVERIFY(third->update.changes[0].kind == schema::ChangeKind::Retracted);
    }

    void whatNobodyWatchesIsNotTold()
    {
        m_world.addEvent(schema::EventType::Earthquake, "Far away", at("2018-06-05T18:10:00Z"));
        QVERIFY(hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), {})->update.changes.empty());
    }

    void alertsOfTheHourAreSaid()
    {
        schema::Alert alert;
        alert.id = {7};
        alert.name = "Policy";
        alert.count = 3;
        alert.raisedAt = at("2018-06-05T18:30:00Z");
        alert.crossings = {{"event:11", schema::EvidenceKind::Event, 11, "Cut", 0.72, 0.3,
                            at("2018-06-05T18:10:00Z")}};
        HourlyInputs inputs = hourOf("2018-06-05T18:00:00Z");
        inputs.alerts = {&alert, 1};
        const auto update = hourlyUpdate(inputs, {});
        QVERIFY(update);
        QCOMPARE(update->update.alerts.size(), std::size_t(1));
        const schema::Statement &said = update->update.alerts[0];
        QCOMPARE(said.text, std::string("Policy: Cut (0.72 of 0.30) and 2 more."));
        alert.crossings[0].limit = 0;
        QCOMPARE(alertStatement(alert).text, std::string("Policy: Cut and 2 more."));
        QCOMPARE(said.evidence.size(), std::size_t(1));
        QCOMPARE(said.evidence[0].id, std::int64_t(11));
    }

    void aStoryFormsOnce()
    {
        schema::Cluster cluster;
        cluster.id = {5};
        cluster.title = "Strait closed";
        cluster.lastAt = at("2018-06-05T18:30:00Z");
        cluster.members.resize(6);
        cluster.publisherFamilies = 3;
        cluster.confidence = 0.9F;
        m_world.clusters = {cluster};
        const auto first = hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), {});
        QCOMPARE(first->update.changes.size(), std::size_t(1));
        QVERIFY(first->update.changes[0].statement.text.contains("6 reports from 3 publishers"));
        m_world.clusters[0].lastAt = at("2018-06-05T19:30:00Z");
        QVERIFY(hourlyUpdate(hourOf("2018-06-05T19:00:00Z"), first->state)->update.changes.empty());
    }

    void anElevatedSignalIsToldWhenItBegins()
    {
        schema::Signal signal;
        signal.id = {9};
        signal.novelty = {3.1, 0.98, 0.04, true, true};
        signal.rank = 0.5;
        signal.dataUntil = signal.computedAt = at("2018-06-05T18:00:00Z");
        m_world.signals = {signal};
        const auto first = hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), {});
        QCOMPARE(first->update.changes.size(), std::size_t(1));
        QVERIFY(hourlyUpdate(hourOf("2018-06-05T19:00:00Z"), first->state)->update.changes.empty());
    }

    void manyEventsLeaveAShortUpdate()
    {
        for (int minute = 0; minute < 40; ++minute)
            m_world.addEvent(schema::EventType::RateDecision, std::format("Decision {}", minute),
                             at(std::format("2018-06-05T18:{:02}:00Z", minute).c_str()));
        const auto update = hourlyUpdate(hourOf("2018-06-05T18:00:00Z"), {});
        QCOMPARE(update->update.changes.size(), std::size_t(13));
        QVERIFY(update->update.changes.back().statement.text.starts_with("28 further events"));
    }

    void refusals()
    {
        HourlyInputs odd = hourOf("2018-06-05T18:00:00Z");
        odd.hour += std::chrono::minutes(1);
        QVERIFY(!hourlyUpdate(odd, {}));
        HourlyInputs early = hourOf("2018-06-05T18:00:00Z");
        early.knownAt = early.hour - std::chrono::minutes(1);
        QVERIFY(!hourlyUpdate(early, {}));
    }
};

QTEST_APPLESS_MAIN(TestHourly)
#include "tst_hourly.moc"
