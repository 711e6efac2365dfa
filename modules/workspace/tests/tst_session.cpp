// SPDX-License-Identifier: AGPL-3.0-or-later
#include "served_session.h"

#include "chrona/workspace/jobs_model.h"
#include "chrona/workspace/sources_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <csignal>

using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;

/// What a session does while its service comes, changes and goes.
class TestSession : public QObject, private ServedSession {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void loadsWhatTheServiceHas();
    void followsNewEvents();
    void keepsWhatItHasWhileTheServiceIsGone();
    void loadsAnewAfterARestart();
    void loadsAnewWhenAskedTo();
    void triesAgainWhenTheServiceIsNotReady();
    void unorderedSnapshotIsOrdered();
    void titlesAreAskedForInBatches();
    void requestIsDroppedWithItsContext();
    void requestFailsWithoutService();
    void sourcesFollow();
    void jobsFollow();
    void statusFollows();
    void startsTheServiceAndRestartsItWhenKilled();
    void missingProgramIsAProblem();

private:
    [[nodiscard]] std::size_t rows() const
    {
        return m_session->events().snapshot()->columns.size();
    }
};

void TestSession::init()
{
    makeWorld();
    m_world->columns = std::make_shared<schema::EventColumns>(madeColumns(1000));
    m_world->status.version = "1.2";
}

void TestSession::loadsWhatTheServiceHas()
{
    serve();
    openSession();
    QCOMPARE(m_session->state(), Session::State::Connecting);
    QSignalSpy states(m_session.get(), &Session::stateChanged);
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
    QVERIFY2(states.size() >= 2, "it was Loading in between");
    QCOMPARE(rows(), 1000U);
    QCOMPARE(m_session->events().snapshot()->regions.value(3), QStringLiteral("GB"));
    QVERIFY(!m_session->problem());
    QTRY_COMPARE(m_session->selector().visible()->rows.size(), 1000U);
    const auto window = m_session->focus().window();
    QVERIFY(window.begin == Instant(Duration(1'600'000'000'000'000)));
    QTRY_COMPARE(m_session->status().version, std::string("1.2"));
}

void TestSession::followsNewEvents()
{
    start();
    m_world->add(5000, 1'600'000'000'500'000); // between rows 0 and 1
    QTRY_COMPARE(rows(), 1001U);
    QCOMPARE(m_session->events().snapshot()->columns.id[1], 5000);
    QVERIFY(m_session->events().hasArrived(5000));
    QVERIFY(!m_session->events().hasArrived(1));
    m_world->add(5001, 1'700'000'000'000'000, {{5000}, {1}});
    QTRY_COMPARE(rows(), 1000U);
    QCOMPARE(m_session->events().snapshot()->columns.id.front(), 2);
    QCOMPARE(m_session->events().snapshot()->columns.id.back(), 5001);
}

void TestSession::keepsWhatItHasWhileTheServiceIsGone()
{
    start();
    m_world->stop();
    QTRY_COMPARE(m_session->state(), Session::State::Lost);
    QVERIFY(m_session->problem());
    QCOMPARE(rows(), 1000U);
    QCOMPARE(m_session->selector().visible()->rows.size(), 1000U);
    QCOMPARE(m_session->status().version, std::string("1.2"));
}

void TestSession::loadsAnewAfterARestart()
{
    start();
    m_world->stop();
    QTRY_COMPARE(m_session->state(), Session::State::Lost);
    m_world->columns = std::make_shared<schema::EventColumns>(madeColumns(1200));
    serve();
    QTRY_COMPARE(rows(), 1200U);
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
    m_world->add(5000, 1'700'000'000'000'000);
    QTRY_COMPARE(rows(), 1201U);
    QCOMPARE(m_world->snapshotsAsked, 2);
}

void TestSession::loadsAnewWhenAskedTo()
{
    start();
    m_world->columns = std::make_shared<schema::EventColumns>();
    m_world->server->resync(ipc::Topic::Events);
    QTRY_COMPARE(rows(), 0U);
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
}

void TestSession::triesAgainWhenTheServiceIsNotReady()
{
    m_world->snapshotsRefused = 1;
    serve();
    openSession();
    QTRY_VERIFY(m_session->state() == Session::State::Loading && m_session->problem());
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
    QVERIFY(!m_session->problem());
    QCOMPARE(rows(), 1000U);
}

void TestSession::unorderedSnapshotIsOrdered()
{
    auto mixed = std::make_shared<schema::EventColumns>(madeColumns(50));
    std::swap(mixed->observedAt[3], mixed->observedAt[40]);
    m_world->columns = mixed;
    start();
    const auto snapshot = m_session->events().snapshot();
    QCOMPARE(snapshot->columns.size(), 50U);
    QVERIFY(std::ranges::is_sorted(snapshot->columns.observedAt));
    QCOMPARE(snapshot->columns.id[3], 41);
}

void TestSession::titlesAreAskedForInBatches()
{
    start();
    EventTexts &texts = m_session->texts();
    QSignalSpy arrived(&texts, &EventTexts::textsArrived);
    for (qint64 event = 1; event <= 50; ++event)
        QVERIFY(!texts.title(event));
    QTRY_COMPARE(arrived.size(), 1);
    QCOMPARE(texts.title(50).value_or(QString()), QStringLiteral("event 50"));
    QCOMPARE(m_world->textsAsked, 1);
}

void TestSession::requestIsDroppedWithItsContext()
{
    start();
    auto context = std::make_unique<QObject>();
    int forGone = 0;
    int forHere = 0;
    m_session->request<ipc::StatusRequest>({}, context.get(), [&](const auto &) { ++forGone; });
    context.reset();
    m_session->request<ipc::StatusRequest>({}, this, [&](const auto &) { ++forHere; });
    QTRY_COMPARE(forHere, 1);
    QCOMPARE(forGone, 0);
}

void TestSession::requestFailsWithoutService()
{
    openSession();
    std::optional<ErrorCode> code;
    m_session->request<ipc::StatusRequest>(
        {}, this, [&](const Result<ipc::StatusReply> &reply) { code = reply.error().code; });
    QTRY_VERIFY(code == ErrorCode::Unavailable);
    QTRY_VERIFY(m_session->problem());
    QCOMPARE(m_session->state(), Session::State::Connecting);
}

void TestSession::sourcesFollow()
{
    ipc::SourceEntry entry;
    entry.source.key = "noaa";
    m_world->sources = {entry};
    serve();
    openSession();
    SourcesModel model(*m_session);
    const QAbstractItemModelTester tester(&model);
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
    entry.source.key = "fed";
    m_world->server->publish(ipc::SourceChanged{entry});
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 0).data(SourcesModel::KeyRole).toString(), QStringLiteral("fed"));
    entry.health.state = schema::SourceState::Failing;
    m_world->server->publish(ipc::SourceChanged{entry});
    QTRY_COMPARE(model.index(0, 0).data(SourcesModel::StateRole).toInt(),
                 static_cast<int>(schema::SourceState::Failing));
    QSignalSpy failed(&model, &SourcesModel::commandFailed);
    model.command(1, ipc::SourceAction::Disable);
    model.command(0, ipc::SourceAction::RunNow); // the service does not know this one
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toString(), QStringLiteral("fed"));
    QCOMPARE(m_world->commands.size(), 2U);
    QVERIFY(m_world->commands[0].action == ipc::SourceAction::Disable);
}

void TestSession::jobsFollow()
{
    ipc::JobEntry job;
    job.id.value = 1;
    job.state = ipc::JobState::Running;
    m_world->jobs = {job};
    serve();
    openSession();
    JobsModel model(*m_session);
    const QAbstractItemModelTester tester(&model);
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
    QCOMPARE(model.index(0, 0).data(JobsModel::FractionRole).toDouble(), -1.0);
    job.progress = {"rows", 1, 4};
    m_world->server->publish(ipc::JobChanged{job});
    QTRY_COMPARE(model.index(0, 0).data(JobsModel::FractionRole).toDouble(), 0.25);
    for (std::int64_t id = 2; id <= 600; ++id) {
        job.id.value = id;
        m_world->server->publish(ipc::JobChanged{job});
    }
    QTRY_COMPARE(model.entry(0).id.value, 600);
    QCOMPARE(model.rowCount(), static_cast<int>(JobsModel::kRowsMax));
}

void TestSession::statusFollows()
{
    start();
    ipc::StatusChanged news;
    news.status.eventCount = 77;
    m_world->server->publish(news);
    QTRY_COMPARE(m_session->status().eventCount, 77);
}

void TestSession::startsTheServiceAndRestartsItWhenKilled()
{
    openSession(QStringLiteral(SMALL_SERVICE));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::Ready, 20'000);
    QCOMPARE(rows(), 100U);
    QTRY_VERIFY(m_session->status().processId > 0);
    const auto first = static_cast<pid_t>(m_session->status().processId);
    QVERIFY(first != QCoreApplication::applicationPid());
    QCOMPARE(::kill(first, SIGKILL), 0);
    QTRY_COMPARE(m_session->state(), Session::State::Lost);
    QCOMPARE(rows(), 100U);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::Ready, 20'000);
    QTRY_VERIFY(m_session->status().processId != first);
    m_session->shutdownService();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::Lost, 20'000);
    // Not started again: several attempts to connect pass, all in vain.
    QSignalSpy states(m_session.get(), &Session::stateChanged);
    QVERIFY(!states.wait(700));
}

void TestSession::missingProgramIsAProblem()
{
    openSession(QStringLiteral("/nowhere/chronad"));
    QTRY_VERIFY(m_session->problem() &&
                m_session->problem()->what.find("/nowhere/chronad") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
