// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include "test_knife.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

constexpr int kRounds = 20;
constexpr int kRowsPerRound = 25'000; // two acknowledged batches and a rest
/// Fixed, so that a failure can be had again; the machine's own timing does the rest.
constexpr quint32 kSeed = 20'261'121;

QByteArray fileOf(int round)
{
    QByteArray content("type,title,observed_at,source_ref,lat,lon\n");
    content.reserve(kRowsPerRound * 64);
    for (int row = 0; row < kRowsPerRound; ++row)
        content += QByteArray("news,Round ") + QByteArray::number(round) +
                   ",2026-01-01T00:" + QByteArray::number(10 + row / 60 % 50) + ":" +
                   QByteArray::number(10 + row % 50) + "Z,r" + QByteArray::number(round) + "-" +
                   QByteArray::number(row) + ",1,2\n";
    return content;
}

/// The largest number of rows that the client was told are stored.
qint64 acknowledged(const QString &words)
{
    static const QRegularExpression kLine(u"import: (\\d+) rows stored"_s);
    qint64 most = 0;
    for (auto found = kLine.globalMatch(words); found.hasNext();)
        most = std::max(most, found.next().captured(1).toLongLong());
    return most;
}

} // namespace

/// Kills the service, Postgres and the client at random moments of an import, round after round: no
/// row that a client was told of may be lost, and none may be there twice.
class TestKillRound : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingAcknowledgedIsLostAndNothingIsDoubled();

private:
    [[nodiscard]] qint64 eventCount() const
    {
        const Ran ran = m_programs.chronactl({u"status"_s, u"--json"_s});
        return QJsonDocument::fromJson(ran.out.toUtf8()).object()[u"event_count"_s].toInteger(-1);
    }
    [[nodiscard]] QStringList importOf(int round) const
    {
        return {u"import"_s, u"--kind"_s, u"events"_s,
                m_programs.file(u"round.csv"_s, fileOf(round))};
    }
    void killOne(quint32 victim, QProcess &client);
    void bringBack();

    Programs m_programs;
};

void TestKillRound::killOne(quint32 victim, QProcess &client)
{
    switch (victim) {
    case 0: m_programs.killService(); break;
    case 1: m_programs.killPostgres(); break;
    case 2: client.kill(); break;
    default: // everything at once, as the power does
        m_programs.killPostgres();
        m_programs.killService();
        break;
    }
}

void TestKillRound::bringBack()
{
    if (m_programs.service().state() == QProcess::NotRunning)
        QVERIFY(m_programs.startService());
    QVERIFY(m_programs.waitUntilServing());
}

void TestKillRound::nothingAcknowledgedIsLostAndNothingIsDoubled()
{
    QVERIFY(m_programs.startService());
    // How long the machine takes without a knife says where the knife may fall.
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(m_programs.chronactl(importOf(0)).code, 0);
    TestKnife knife(kSeed, kRounds, clock.elapsed());
    qint64 complete = kRowsPerRound;
    for (int round = 1; knife.hasNext(); ++round) {
        const QStringList words = importOf(round);
        const auto client = m_programs.launchChronactl(words);
        client->waitForFinished(knife.nextMs());
        knife.fell(client->state() != QProcess::NotRunning);
        killOne(knife.random().bounded(4U), *client);
        // Waiting for one that has ended already is answered with false.
        QVERIFY(client->state() == QProcess::NotRunning || client->waitForFinished(60'000));
        const qint64 told = acknowledged(QString::fromUtf8(client->readAllStandardError()));
        const bool done = client->exitStatus() == QProcess::NormalExit && client->exitCode() == 0;

        bringBack();
        const qint64 kept = eventCount() - complete;
        QVERIFY2(kept >= (done ? kRowsPerRound : told),
                 qPrintable(u"round %1: told %2, kept %3"_s.arg(round).arg(told).arg(kept)));
        QVERIFY(kept <= kRowsPerRound);
        // The same file again completes it, whatever was there.
        const Ran again = m_programs.chronactl(words);
        QVERIFY2(again.code == 0, qPrintable(again.err));
        complete += kRowsPerRound;
        QCOMPARE(eventCount(), complete);
    }
    QVERIFY2(knife.hasCutEnough(), qPrintable(QString::number(knife.cuts())));
    QVERIFY(m_programs.stopService());
}

QTEST_GUILESS_MAIN(TestKillRound)
#include "tst_kill_round.moc"
