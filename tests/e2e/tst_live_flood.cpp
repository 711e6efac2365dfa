// SPDX-License-Identifier: AGPL-3.0-or-later
#include "live_log.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

constexpr int kLivePerSecond = 3'000, kFlood = 20 * kLivePerSecond, kSeconds = 3;
constexpr int kPayloads = kFlood * kSeconds / LiveLog::kEntries;
constexpr int kAtOnce = 60;
constexpr qint64 kMemoryMaxKiB = 256 * 1024;
constexpr int kFloodPatienceMs = 240'000;

/// The most memory that the process ever held, shared pages counted in full; -1: not told.
qint64 peakKiB(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression kLine(u"VmHWM:\\s+(\\d+) kB"_s);
    const auto found = kLine.match(QString::fromLatin1(status.readAll()));
    return found.hasMatch() ? found.captured(1).toLongLong() : -1;
}

} // namespace

/// Twenty times what comes on a lively day, for seconds on end, through the running service.
class TestLiveFlood : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void memoryIsBoundedAndNothingAcknowledgedIsLost();
};

void TestLiveFlood::memoryIsBoundedAndNothingAcknowledgedIsLost()
{
    LiveLog live;
    QVERIFY(live.open());
    QVERIFY(live.serve());
    QVERIFY(live.goLive());
    std::vector<std::vector<storage::RawItem>> flood;
    for (int at = 0; at < kPayloads; at += kAtOnce) {
        auto &some = flood.emplace_back();
        for (int one = at; one < std::min(at + kAtOnce, kPayloads); ++one)
            some.push_back(LiveLog::payload(one));
    }
    QElapsedTimer clock;
    clock.start();
    for (const auto &some : flood)
        QVERIFY(live.append(some));
    const double offered = kPayloads * LiveLog::kEntries * 1000.0 / double(clock.elapsed());
    constexpr qint64 kAll = qint64{kPayloads} * LiveLog::kEntries;
    QTRY_COMPARE_WITH_TIMEOUT(live.count("SELECT count(*) FROM chrona_world.event"), kAll,
                              kFloodPatienceMs);
    QCOMPARE(live.count("SELECT count(DISTINCT source_ref) FROM chrona_world.event"), kAll);
    QCOMPARE(live.count("SELECT count(*) FROM chrona_world.raw_quarantine"), 0);
    const qint64 peak = peakKiB(live.programs.service().processId());
    qInfo("%lld items offered at %.0f/s, stored after %.1f s, chronad at most %.1f MiB",
          static_cast<long long>(kAll), offered, double(clock.elapsed()) / 1000,
          double(peak) / 1024);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer's own memory counts too");
#endif
    if (peak < 0)
        QSKIP("this system does not tell how much memory a process holds");
    QVERIFY2(peak < kMemoryMaxKiB, qPrintable(QString::number(peak)));
    QVERIFY(live.programs.stopService());
}

QTEST_GUILESS_MAIN(TestLiveFlood)
#include "tst_live_flood.moc"
