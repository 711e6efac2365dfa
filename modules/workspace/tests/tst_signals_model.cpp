// SPDX-License-Identifier: AGPL-3.0-or-later
#include "served_session.h"

#include "chrona/workspace/refused_model.h"
#include "chrona/workspace/signals_model.h"

#include <QSignalSpy>

#include <format>

using namespace chrona;
using namespace chrona::workspace;
using testing::ServedSession;

namespace {

/// So many signals, best first: effects fall, every third is elevated.
std::vector<ipc::SignalEntry> madeSignals(int count)
{
    std::vector<ipc::SignalEntry> made;
    for (int i = 0; i < count; ++i) {
        ipc::SignalEntry signal;
        signal.id = schema::SignalId{i + 1};
        signal.feature = std::format("demo:{}:day", i);
        signal.featureName = i % 2 == 0 ? std::format("Storms {}", i) : std::format("Rates {}", i);
        signal.target = i % 5 == 0 ? "USO" : "SPY";
        signal.measure = i == 40 ? "volatility" : "return";
        signal.label = "active";
        signal.effect = 0.2 - i * 0.0001;
        signal.stability = 0.5;
        signal.lag = static_cast<std::uint16_t>(i % 4);
        signal.elevated = i % 3 == 0;
        made.push_back(std::move(signal));
    }
    return made;
}

ipc::DiscoveryRunEntry runOf(std::int64_t id)
{
    ipc::DiscoveryRunEntry run;
    run.id = id;
    return run;
}

ipc::JobEntry searchEnded()
{
    ipc::JobEntry job;
    job.id = {9};
    job.kind = "discovery.run";
    job.state = ipc::JobState::Done;
    return job;
}

} // namespace

class TestSignalsModel : public QObject, private ServedSession {
    Q_OBJECT
private Q_SLOTS:
    void init() { makeWorld(); }
    void cleanup() { close(); }
    void pagesBecomeOneList();
    void filterWantsEveryWord_data();
    void filterWantsEveryWord();
    void equalsStayInTheOrderOfTheirRank();
    void nothingSearchedIsNotNothingFound();
    void failureKeepsWhatIsShown();
    void searchThatEndedIsRead();
    void refusedComeByPages();
    void rulesAreAskedFromTheService();
};

void TestSignalsModel::pagesBecomeOneList()
{
    m_world->signalsFound = {runOf(1), madeSignals(2'345), {}};
    start();
    const SignalsModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2'345, 20'000);
    QCOMPARE(model.state(), ListState::Ready);
    QCOMPARE(model.entry(0).id.value, 1);
    QCOMPARE(model.entry(2'344).id.value, 2'345);
    QCOMPARE(model.elevatedCount(), std::size_t(782));
    QCOMPARE(model.rowOf(schema::SignalId{1'500}), 1'499);
}

void TestSignalsModel::filterWantsEveryWord_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("elevatedOnly");
    QTest::addColumn<int>("rows");
    QTest::newRow("no words show all") << QString() << false << 60;
    QTest::newRow("a word of the name, any case") << QStringLiteral("STORM") << false << 30;
    QTest::newRow("a target") << QStringLiteral("uso") << false << 12;
    QTest::newRow("both") << QStringLiteral("uso storms") << false << 6;
    QTest::newRow("what of it is led") << QStringLiteral("volatility") << false << 1;
    QTest::newRow("a word that is nowhere") << QStringLiteral("storms nowhere") << false << 0;
    QTest::newRow("what stands out") << QString() << true << 20;
}

void TestSignalsModel::filterWantsEveryWord()
{
    QFETCH(QString, text);
    QFETCH(bool, elevatedOnly);
    QFETCH(int, rows);
    m_world->signalsFound = {runOf(1), madeSignals(60), {}};
    start();
    SignalsModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 60, 20'000);
    model.setFilter({text, elevatedOnly});
    QCOMPARE(model.rowCount(), rows);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 60);
}

void TestSignalsModel::equalsStayInTheOrderOfTheirRank()
{
    m_world->signalsFound = {runOf(1), madeSignals(12), {}};
    start();
    SignalsModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 12, 20'000);
    model.sort(SignalsModel::Lag, Qt::DescendingOrder);
    QList<qint64> ids;
    for (int row = 0; row < 6; ++row)
        ids += model.entry(row).id.value;
    QCOMPARE(ids, QList<qint64>({4, 8, 12, 3, 7, 11}));
    model.sort(SignalsModel::Effect, Qt::AscendingOrder);
    QCOMPARE(model.entry(0).id.value, 12);
    model.sort(-1, Qt::AscendingOrder);
    QCOMPARE(model.entry(0).id.value, 1);
}

void TestSignalsModel::nothingSearchedIsNotNothingFound()
{
    start();
    const SignalsModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), ListState::Ready, 20'000);
    QVERIFY(!model.run());
    QCOMPARE(model.rowCount(), 0);
}

void TestSignalsModel::failureKeepsWhatIsShown()
{
    m_world->signalsFound = {runOf(1), madeSignals(7), {}};
    start();
    SignalsModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 7, 20'000);
    m_world->signalsRefused = 1;
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), ListState::Failed, 20'000);
    QVERIFY(model.problem() && model.problem()->code == ErrorCode::Unavailable);
    QCOMPARE(model.rowCount(), 7);
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), ListState::Ready, 20'000);
    QVERIFY(!model.problem());
}

void TestSignalsModel::searchThatEndedIsRead()
{
    start();
    const SignalsModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), ListState::Ready, 20'000);
    QSignalSpy jobs(m_session.get(), &Session::jobChanged);
    m_world->signalsFound = {runOf(2), madeSignals(3), {}};
    // Told again until the subscription is there: what is told before it is nobody's loss.
    QTRY_VERIFY_WITH_TIMEOUT((m_world->server->publish(ipc::JobChanged{.job = searchEnded()}),
                              !jobs.isEmpty() && model.rowCount() == 3),
                             20'000);
    QCOMPARE(model.run()->id, 2);
}

void TestSignalsModel::refusedComeByPages()
{
    for (int i = 0; i < 1'200; ++i)
        m_world->refusedFound.refused.push_back(
            {std::format("demo:{}", i), {}, "SPY", "not significant", 0.3, 0.1});
    m_world->refusedFound.rules = {{"not significant", 1'150}, {"constant", 50}};
    start();
    RefusedModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 500, 20'000);
    QCOMPARE(model.total(), 1'200);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QVERIFY2(!model.canFetchMore({}), "one page at a time");
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1'000, 20'000);
    model.fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1'200, 20'000);
    QVERIFY(!model.canFetchMore({}));
    QCOMPARE(model.entry(1'199).feature, std::string("demo:1199"));
}

void TestSignalsModel::rulesAreAskedFromTheService()
{
    m_world->refusedFound.refused = {{"a", {}, "SPY", "constant", 0.0, 0.1},
                                     {"b", {}, "SPY", "not significant", 0.4, 0.1}};
    m_world->refusedFound.rules = {{"constant", 1}, {"not significant", 1}};
    start();
    RefusedModel model(*m_session);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, 20'000);
    model.setFilter({"", "constant"});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 20'000);
    QCOMPARE(m_world->refusedQueries.back().rule, std::string("constant"));
    QCOMPARE(model.total(), 2); // of the whole search, whatever the filter
}

QTEST_GUILESS_MAIN(TestSignalsModel)
#include "tst_signals_model.moc"
