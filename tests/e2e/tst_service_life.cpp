// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// The life of the service as people and service managers see it.
class TestServiceLife : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_programs = std::make_unique<Programs>(); }
    void cleanup() { m_programs.reset(); }
    void aFirstStartServes();
    void theStatusIsAnsweredWhileTheDatabaseStarts();
    void aSecondServiceEndsAndSaysWhy();
    void stoppingTakesPostgresAlong();
    void theShutdownOfAKilledServiceIsMadeUpFor();
    void aDeadPostgresComesBack();
    void settingsSurviveARestart();
    void aForeignTokenIsRefused();
    void chronactlStartsNothingUnasked();
    void anUpgradeIsRefusedWithItsReason();

private:
    [[nodiscard]] QJsonObject status() const
    {
        return QJsonDocument::fromJson(
                   m_programs->chronactl({u"status"_s, u"--json"_s}).out.toUtf8())
            .object();
    }
    std::unique_ptr<Programs> m_programs;
};

void TestServiceLife::aFirstStartServes()
{
    QVERIFY(m_programs->startService());
    const QJsonObject page = status();
    QCOMPARE(page[u"database"_s].toObject()[u"state"_s].toString(), u"ready"_s);
    QCOMPARE(page[u"database"_s].toObject()[u"private_cluster"_s].toBool(), true);
    QVERIFY(page[u"database"_s].toObject()[u"schema_version"_s].toInt() > 0);
    QCOMPARE(page[u"event_count"_s].toInt(-1), 0);
    QVERIFY(page[u"free_disk_bytes"_s].toDouble() > 0);
    QVERIFY(page[u"memory_bytes"_s].toDouble() > 0);
    QCOMPARE(m_programs->chronactl({u"health"_s}).code, 0);
    // Everybody may read the readable table, too.
    QVERIFY(m_programs->chronactl({u"status"_s}).out.contains(u"database"_s));
}

void TestServiceLife::theStatusIsAnsweredWhileTheDatabaseStarts()
{
    m_programs->launchService();
    Ran early;
    QTRY_VERIFY_WITH_TIMEOUT((early = m_programs->chronactl({u"status"_s, u"--json"_s})).code == 0,
                             20'000);
    const QString state = QJsonDocument::fromJson(early.out.toUtf8())
                              .object()[u"database"_s]
                              .toObject()[u"state"_s]
                              .toString();
    QVERIFY2(state == u"starting"_s || state == u"ready"_s, qPrintable(state));
    // A question to the database waits for it instead of failing.
    const Ran events = m_programs->chronactl({u"events"_s});
    QCOMPARE(events.code, 0);
    QVERIFY(events.out.isEmpty());
}

void TestServiceLife::aSecondServiceEndsAndSaysWhy()
{
    QVERIFY(m_programs->startService());
    QProcess second;
    second.start(QStringLiteral(CHRONA_BINARY_DIR "/bin/chronad"),
                 {u"--data"_s, m_programs->dataFolder()});
    QVERIFY(second.waitForFinished(10'000));
    QCOMPARE(second.exitCode(), 3);
    const QString words = QString::fromUtf8(second.readAllStandardError());
    QVERIFY2(words.contains(QString::number(m_programs->service().processId())), qPrintable(words));
    QCOMPARE(m_programs->chronactl({u"status"_s}).code, 0);
}

void TestServiceLife::stoppingTakesPostgresAlong()
{
    QVERIFY(m_programs->startService());
    const qint64 postmaster = m_programs->postmaster();
    QVERIFY(isAlive(postmaster));
    const auto took = m_programs->stopService();
    QVERIFY(took.has_value());
    // The promise is 5 s; a test machine that does other things as well gets twice that.
    QVERIFY2(*took < std::chrono::seconds(10), qPrintable(QString::number(took->count())));
    QCOMPARE(m_programs->service().exitCode(), 0);
    QVERIFY(!isAlive(postmaster));
    QCOMPARE(m_programs->chronactl({u"status"_s}).code, 3);
}

void TestServiceLife::theShutdownOfAKilledServiceIsMadeUpFor()
{
    QVERIFY(m_programs->startService());
    const QString file = m_programs->file(
        u"e.csv"_s, "type,title,observed_at,source_ref\nnews,One,2026-01-01T00:00:00Z,a\n");
    QCOMPARE(m_programs->chronactl({u"import"_s, u"--kind"_s, u"events"_s, file}).code, 0);
    m_programs->killService();
    QVERIFY(m_programs->startService());
    QCOMPARE(status()[u"event_count"_s].toInt(), 1);
}

void TestServiceLife::aDeadPostgresComesBack()
{
    QVERIFY(m_programs->startService());
    const qint64 before = m_programs->postmaster();
    QVERIFY(m_programs->killPostgres());
    QTRY_VERIFY_WITH_TIMEOUT(
        m_programs->postmaster() != before && isAlive(m_programs->postmaster()), 30'000);
    QVERIFY(m_programs->waitUntilServing());
    QCOMPARE(m_programs->chronactl({u"events"_s}).code, 0);
}

void TestServiceLife::settingsSurviveARestart()
{
    QVERIFY(m_programs->startService());
    QCOMPARE(m_programs->chronactl({u"config"_s, u"set"_s, u"jobs.workers"_s, u"5"_s}).code, 0);
    const Ran refused = m_programs->chronactl({u"config"_s, u"set"_s, u"jobs.workers"_s, u"0"_s});
    QCOMPARE(refused.code, 1);
    QVERIFY(refused.err.contains(u"jobs.workers"_s));
    QVERIFY(m_programs->stopService());
    QVERIFY(m_programs->startService());
    const Ran got = m_programs->chronactl({u"config"_s, u"get"_s, u"jobs.workers"_s});
    QCOMPARE(got.out.trimmed(), u"5"_s);
}

void TestServiceLife::aForeignTokenIsRefused()
{
    QVERIFY(m_programs->startService());
    const QString path = m_programs->dataFolder() + u"/token"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray token = file.readAll();
    file.close();
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(token).replace(token.left(4), token[0] == 'f' ? "0000" : "ffff"));
    file.close();
    QCOMPARE(m_programs->chronactl({u"status"_s}).code, 4);
}

void TestServiceLife::chronactlStartsNothingUnasked()
{
    const Ran refused = m_programs->chronactl({u"status"_s});
    QCOMPARE(refused.code, 3);
    QVERIFY(refused.err.contains(u"--start"_s));
    QCOMPARE(m_programs->postmaster(), 0);
    const Ran started = m_programs->chronactl({u"status"_s, u"--start"_s, u"--json"_s});
    QCOMPARE(started.code, 0);
    const qint64 pid =
        QJsonDocument::fromJson(started.out.toUtf8()).object()[u"process_id"_s].toInteger();
    QVERIFY(isAlive(pid));
    ::kill(static_cast<pid_t>(pid), SIGTERM);
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(pid), 20'000);
}

void TestServiceLife::anUpgradeIsRefusedWithItsReason()
{
    const auto upgrade = [this](QString &words) {
        QProcess chronad;
        chronad.start(QStringLiteral(CHRONA_BINARY_DIR "/bin/chronad"),
                      {u"--data"_s, m_programs->dataFolder(), u"--upgrade-database"_s});
        chronad.waitForFinished(60'000);
        words = QString::fromUtf8(chronad.readAllStandardError());
        return chronad.exitCode();
    };
    QVERIFY(m_programs->startService());
    QString words;
    QCOMPARE(upgrade(words), 3); // the service has it
    QVERIFY2(words.contains(QString::number(m_programs->service().processId())), qPrintable(words));
    QVERIFY(m_programs->stopService());
    QCOMPARE(upgrade(words), 1); // only one version is installed
    QVERIFY2(words.contains(u"nothing newer is installed"_s), qPrintable(words));
    QVERIFY(m_programs->startService());
}

QTEST_GUILESS_MAIN(TestServiceLife)
#include "tst_service_life.moc"
