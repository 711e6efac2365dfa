// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_table_model.h"
#include "chrona/workspace/feed_model.h"
#include "chrona/workspace/session.h"
#include "served_world.h"

#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <ctime>
#include <utility>

using namespace chrona;
using namespace chrona::workspace;
using namespace chrona::workspace::testing;

namespace {

constexpr std::size_t kRows = 1'000'000;

qint64 residentKiB()
{
    QFile file(QStringLiteral("/proc/self/smaps_rollup"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith("Pss:"))
            return line.mid(4).trimmed().split(' ').first().toLongLong();
    return -1;
}

/// The most work that one turn of the event loop did: CPU time of this thread, so that what else
/// runs on the machine does not count.
class TurnMeter : public QObject {
public:
    TurnMeter()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const qint64 now = cpuMicroseconds();
            m_longest = std::max(m_longest, now - std::exchange(m_last, now));
        });
        m_timer.start(0);
    }
    [[nodiscard]] double longestMs() const { return static_cast<double>(m_longest) / 1000; }

private:
    static qint64 cpuMicroseconds()
    {
        timespec time = {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
    }

    QTimer m_timer;
    qint64 m_last = cpuMicroseconds();
    qint64 m_longest = 0;
};

} // namespace

/// A million events in a session: all of them arrive, can be filtered and sorted, and new ones are
/// merged, while the UI thread stays free. Prints times and memory; asserts none of them.
class TestWorkspaceScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filterPicksAmongMany();
    void millionEvents();
};

void TestWorkspaceScale::millionEvents()
{
    const QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    ServedWorld world;
    // The service has a thread of its own, as it has a process of its own elsewhere.
    QThread thread;
    QObject anchor;
    anchor.moveToThread(&thread);
    thread.start();
    const auto onServer = [&](auto task) {
        QMetaObject::invokeMethod(&anchor, task, Qt::BlockingQueuedConnection);
    };
    const auto end = qScopeGuard([&] {
        onServer([&] { world.stop(); });
        thread.quit();
        thread.wait();
    });
    world.columns = std::make_shared<schema::EventColumns>(madeColumns(kRows));
    bool started = false;
    onServer([&] { started = world.start(folder.path().toStdString()).has_value(); });
    QVERIFY(started);
    const qint64 before = residentKiB();

    QElapsedTimer timer;
    timer.start();
    SessionOptions options;
    options.dataFolder = folder.path().toStdString();
    Session session(options);
    EventTableModel table(session.selector(), session.texts(), session.titles());
    FeedModel feed(session.selector(), session.texts());
    TurnMeter meter;
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Ready, 60'000);
    qInfo("snapshot in the client after %lld ms", timer.elapsed());
    QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), static_cast<int>(kRows), 60'000);
    qInfo("table shows it after %lld ms; longest turn of the UI thread %.1f ms CPU",
          timer.elapsed(), meter.longestMs());

    QTRY_VERIFY(session.selector().isSettled());
    EventFilter filter;
    filter.severityMin = 0.5F;
    timer.restart();
    session.focus().setFilter(filter);
    QTRY_VERIFY_WITH_TIMEOUT(session.selector().isSettled(), 60'000);
    qInfo("filter: %lld ms", timer.elapsed());
    QCOMPARE(session.selector().visible()->rows.size(), 499'968U);
    QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), 499'968, 60'000);
    session.focus().setFilter({});
    QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), static_cast<int>(kRows), 60'000);

    QSignalSpy arranged(&table, &EventTableModel::arranged);
    timer.restart();
    table.sort(EventTableModel::Severity, Qt::DescendingOrder);
    QVERIFY(arranged.wait(60'000));
    qInfo("sort by severity: %lld ms", timer.elapsed());

    timer.restart();
    onServer([&] { world.add(9'999'999, 1'700'000'000'000'000); });
    QTRY_COMPARE_WITH_TIMEOUT(session.events().snapshot()->columns.size(), kRows + 1, 60'000);
    qInfo("one new event merged: %lld ms", timer.elapsed());
    QTRY_COMPARE(feed.index(0).data(FeedModel::EventIdRole).toLongLong(), 9'999'999);
    qInfo("memory for the client's million: %lld MiB (PSS); longest turn %.1f ms CPU",
          (residentKiB() - before) / 1024, meter.longestMs());
}

void TestWorkspaceScale::filterPicksAmongMany()
{
    const auto columns = madeColumns(700'001);
    EventCriteria criteria;
    criteria.filter.sources = {2};
    const auto rows = selectRows(columns, criteria);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t row = 0; row < columns.size(); ++row)
        if (columns.source[row] == 2)
            expected.push_back(row);
    QVERIFY(expected.size() > 200'000);
    QVERIFY(rows.anyTime == expected);
}

QTEST_GUILESS_MAIN(TestWorkspaceScale)
#include "tst_workspace_scale.moc"
