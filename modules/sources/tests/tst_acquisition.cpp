// SPDX-License-Identifier: AGPL-3.0-or-later
#include "acquisition_rig.h"

#include <QTest>

using namespace chrona;
using namespace std::chrono_literals;
using schema::SourceState;

/// The whole way: registry entry, real connector, real HTTP over loopback with faults, raw log,
/// events in a real Postgres.
class TestAcquisition : public AcquisitionRig {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openAll(); }
    void init() { prepare(); }
    void cleanup() { finish(); }
    void feedBecomesStoredEvents();
    void revisionAndRetractionArrive();
    void unchangedFeedIsNotStoredAgain();
    void restartGoesOnWhereItStopped();
    void disabledSourceIsNotAsked();
    void spentBudgetEndsTheDay();
    void ownSourceIsJudged();
};

void TestAcquisition::feedBecomesStoredEvents()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QTRY_COMPARE(m_stored.load(), 2);
    QTRY_VERIFY(view().health.lastSuccessAt.has_value());
    QVERIFY(view().health.state == SourceState::Idle);
    QVERIFY(view().health.nextRunAt > m_clock->now());
    QCOMPARE(view().health.failuresInRow, 0U);
    QCOMPARE(view().health.requestsToday, 2U);
    QCOMPARE(view().budgetLeft, std::optional<std::uint32_t>(998));
    const auto request = m_server->received().front();
    QCOMPARE(*net::find(request.headers, "User-Agent"), std::string("Chrona/test"));
    const auto told = [this](SourceState first, SourceState last) {
        const std::lock_guard lock(m_mutex);
        return !m_states.empty() && m_states.front() == first && m_states.back() == last;
    };
    QTRY_VERIFY(told(SourceState::Running, SourceState::Idle));
}

void TestAcquisition::revisionAndRetractionArrive()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    m_server->answer(kHour, json(quakeFeed({{"us1", 5.6, 1'795'247'000'000}})));
    runAgain();
    m_server->answer(kHour, json(quakeFeed({{"us1", 5.6, 1'795'247'900'000, "deleted"}})));
    runAgain();
    const auto revisions = [this] {
        auto lease = m_pool->take();
        const auto found = storage::findEvents(**lease, {.withRetracted = true});
        const auto us1 = std::ranges::find(*found, "us1", &schema::Event::sourceRef);
        return us1 == found->end() ? std::vector<schema::Event>()
                                   : storage::loadRevisions(**lease, us1->id).value();
    };
    QTRY_COMPARE(revisions().size(), 3U);
    QVERIFY(revisions().back().state == schema::EventState::Retracted);
    QCOMPARE(revisions()[0].title, std::string("M 5 - Testville"));
    QCOMPARE(revisions()[1].title, std::string("M 5.6 - Testville"));
    QCOMPARE(eventCount(), 2U);
}

void TestAcquisition::unchangedFeedIsNotStoredAgain()
{
    m_server->answer(kHour, json(quakeFeed({{"us3"}}), {{"ETag", "\"3\""}}));
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    runAgain();
    QTRY_COMPARE(eventCount(), 3U);
    const auto items = view().health.itemsTotal;
    runAgain(); // answered with 304
    QCOMPARE(view().health.itemsTotal, items);
    bool asked = false;
    for (const auto &request : m_server->received())
        asked = asked || net::find(request.headers, "If-None-Match") != nullptr;
    QVERIFY(asked);
    m_server->answer(kHour,
                     json(quakeFeed({{"us3"}}))); // a server without validators: the same body
    runAgain();
    QCOMPARE(view().health.itemsTotal, items);
}

void TestAcquisition::restartGoesOnWhereItStopped()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QTRY_VERIFY(view().health.lastSuccessAt.has_value());
    end();
    m_clock->advance(20min);
    begin();
    QTRY_COMPARE(requests("all_hour"),
                 1U); // not the week again: the cursor came back with the database
    QCOMPARE(requests("all_week"), 1U);
    QTRY_VERIFY(view().health.requestsToday >= 3U);
    QCOMPARE(eventCount(), 2U);
}

void TestAcquisition::disabledSourceIsNotAsked()
{
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QVERIFY(m_acquisition->disable(kKey).has_value());
    QVERIFY(view().health.state == SourceState::Disabled);
    const auto refused = m_acquisition->runNow(kKey);
    QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::Denied);
    end();
    m_clock->advance(10h);
    const std::size_t asked = m_server->received().size();
    begin(); // the choice outlives the process
    QVERIFY(view().health.state == SourceState::Disabled);
    QVERIFY(m_acquisition->enable(kKey).has_value());
    QTRY_VERIFY(m_server->received().size() > asked);
    QVERIFY(!m_acquisition->enable("nobody").has_value());
}

void TestAcquisition::spentBudgetEndsTheDay()
{
    schema::Source own = m_library->find(kKey)->description.sources.front();
    own.key = "own-quakes";
    own.rate.requestsPerDay = 1;
    begin();
    QTRY_COMPARE(eventCount(), 2U);
    QVERIFY(m_acquisition->add(own).has_value());
    const auto ownView = [this] {
        for (const auto &view : m_acquisition->sources())
            if (view.source.key == "own-quakes")
                return view;
        return sources::SourceView{};
    };
    QTRY_VERIFY(ownView().health.lastSuccessAt.has_value());
    QCOMPARE(ownView().budgetLeft, std::optional<std::uint32_t>(0));
    QVERIFY(*ownView().health.nextRunAt >=
            std::chrono::floor<std::chrono::days>(kNow) + std::chrono::days(1));
    const auto refused = m_acquisition->runNow("own-quakes");
    QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::Denied);
}

void TestAcquisition::ownSourceIsJudged()
{
    begin();
    schema::Source own = m_library->find(kKey)->description.sources.front();
    own.key = "own";
    own.termsUrl.clear();
    const auto faulty = m_acquisition->add(own);
    QVERIFY(!faulty.has_value() && faulty.error().what.contains("terms_url"));
    own = m_library->find(kKey)->description.sources.front();
    const auto taken = m_acquisition->add(own);
    QVERIFY(!taken.has_value() && taken.error().code == ErrorCode::Conflict);
    own.key = "own";
    own.connector = "nobody";
    const auto unread = m_acquisition->add(own);
    QVERIFY(!unread.has_value() && unread.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestAcquisition)
#include "tst_acquisition.moc"
