// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// The oracle of a real service, asked from a shell: off at first, alive with the sample world's
/// ticks, off again without them.
class TestOracle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isOffUntilAskedFor();
    void theSampleWorldIsPriced();
    void whatWasSaidIsToldAgainToTheBit();
    void keptTicksAreReplayedToTheBit();
    void alertsCanBeMuted();
    void aCollectorIsPairedByHand();
    void endsWithItsTicks();

private:
    [[nodiscard]] QJsonDocument ask(const QStringList &words) const
    {
        const Ran ran = m_programs.chronactl(
            QStringList{u"oracle"_s} + words + QStringList{u"--json"_s}, std::chrono::seconds(180));
        if (ran.code != 0)
            qWarning("%s", qPrintable(ran.err));
        return QJsonDocument::fromJson(ran.out.toUtf8());
    }
    [[nodiscard]] QJsonObject status() const { return ask({u"status"_s}).object(); }

    Programs m_programs;
};

void TestOracle::initTestCase()
{
    QVERIFY(m_programs.startService());
}

void TestOracle::isOffUntilAskedFor()
{
    QCOMPARE(status()[u"mode"_s].toString(), u"off"_s);
    QVERIFY(ask({u"feeds"_s}).array().isEmpty());
    QCOMPARE(m_programs.chronactl({u"config"_s, u"get"_s, u"oracle.live"_s}).out.trimmed(),
             u"false"_s);
    QVERIFY(m_programs.chronactl({u"oracle"_s, u"mute"_s, u"5"_s}).code != 0);
    QVERIFY(m_programs.chronactl({u"oracle"_s, u"explain"_s, u"BTC/USD"_s}).code != 0);
}

void TestOracle::theSampleWorldIsPriced()
{
    QCOMPARE(m_programs
                 .chronactl({u"demo"_s, u"load"_s, u"--events"_s, u"5000"_s, u"--years"_s, u"2"_s},
                            std::chrono::seconds(180))
                 .code,
             0);
    QTRY_VERIFY_WITH_TIMEOUT(status()[u"feeds_sound"_s].toInt() >= 8, 120'000);
    const QJsonObject now = status();
    QCOMPARE(now[u"mode"_s].toString(), u"replay"_s);
    QVERIFY(now[u"synthetic"_s].toBool());
    QCOMPARE(now[u"venues"_s].toInt(), 8);
    const QJsonArray feeds = ask({u"feeds"_s}).array();
    QCOMPARE(feeds.size(), 10);
    for (const QJsonValue &feed : feeds)
        QVERIFY(feed[u"answer"_s][u"synthetic"_s].toBool());
    QCOMPARE(ask({u"venues"_s}).array().size(), 8);
    const QString page = m_programs.chronactl({u"status"_s, u"--json"_s}).out;
    QVERIFY2(!page.contains(u"\"oracle\":\"off\""_s), qPrintable(page));
}

void TestOracle::whatWasSaidIsToldAgainToTheBit()
{
    const QJsonObject said = ask({u"explain"_s, u"ETH/USD"_s}).object();
    QCOMPARE(said[u"votes"_s].toArray().size(), 8);
    const QString at = said[u"at"_s].toString();
    // Soon it is no longer the newest, and comes from the database.
    QTRY_VERIFY_WITH_TIMEOUT(ask({u"explain"_s, u"ETH/USD"_s}).object()[u"at"_s].toString() != at,
                             60'000);
    QTRY_COMPARE_WITH_TIMEOUT(ask({u"explain"_s, u"ETH/USD"_s, u"--at"_s, at}).object(), said,
                              60'000);
    QVERIFY(m_programs.chronactl({u"oracle"_s, u"explain"_s, u"NONE/USD"_s}).code != 0);
}

void TestOracle::keptTicksAreReplayedToTheBit()
{
    QVERIFY(!status()[u"recording"_s][u"on"_s].toBool());
    const QStringList record{u"config"_s, u"set"_s, u"oracle.record_ticks"_s, u"true"_s};
    QCOMPARE(m_programs.chronactl(record).code, 0);
    QTRY_VERIFY_WITH_TIMEOUT(status()[u"recording"_s][u"bytes"_s].toInteger() > 0, 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(status()[u"feeds_sound"_s].toInt() >= 8, 120'000);
    const QJsonObject said = ask({u"explain"_s, u"ETH/USD"_s}).object();
    const QDateTime at = QDateTime::fromString(said[u"at"_s].toString(), Qt::ISODateWithMs);
    QVERIFY(at.isValid());
    const QString ticks = status()[u"recording"_s][u"folder"_s].toString();
    const QString moment = QString::number(at.toMSecsSinceEpoch());
    const QString out = m_programs.file(u"out"_s, {}) + u".d"_s;
    const QStringList replay{u"oracle"_s, u"replay"_s,    ticks,      u"--feed"_s, u"ETH/USD"_s,
                             u"--out"_s,  out,            u"--explain"_s, moment};
    // Blocks are written every five seconds: soon the moment is among what is kept.
    Ran ran;
    QTRY_VERIFY_WITH_TIMEOUT((ran = m_programs.chronactl(replay)).code == 0, 60'000);
    const QJsonObject again = QJsonDocument::fromJson(ran.out.toUtf8()).object();
    QCOMPARE(again[u"state_hash"_s], said[u"state_hash"_s]);
    QCOMPARE(again[u"price"_s], said[u"price"_s]);
    // Without one of its venues it would have been another state.
    const QString venue = said[u"votes"_s][0][u"venue"_s].toString();
    ran = m_programs.chronactl(replay + QStringList{u"--drop"_s, venue});
    QCOMPARE(ran.code, 0);
    QVERIFY(QJsonDocument::fromJson(ran.out.toUtf8())[u"state_hash"_s] != said[u"state_hash"_s]);
    QVERIFY(m_programs.chronactl(replay + QStringList{u"--drop"_s, u"nobody"_s}).code != 0);
    QVERIFY(m_programs.chronactl(replay + QStringList{u"--delay"_s, u"x"_s}).code != 0);
    // The kept day is walked over too.
    ran = m_programs.chronactl({u"oracle"_s, u"backtest"_s, ticks, u"--feed"_s, u"ETH/USD"_s,
                                u"--json"_s});
    QVERIFY2(ran.code == 0, qPrintable(ran.err));
    const auto day = QJsonDocument::fromJson(ran.out.section(u'\n', 0, 0).toUtf8()).object();
    QVERIFY(day[u"stresses"_s].toObject().contains(u"without "_s + venue));
    // All feeds at once, where none is named.
    ran = m_programs.chronactl({u"oracle"_s, u"backtest"_s, ticks, u"--json"_s});
    QVERIFY2(ran.code == 0, qPrintable(ran.err));
    QSet<QString> walked;
    for (const QString &line : ran.out.split(u'\n', Qt::SkipEmptyParts))
        walked += QJsonDocument::fromJson(line.toUtf8())[u"feed"_s].toString();
    QVERIFY2(walked.size() >= 8 && walked.contains(u"ETH/USD"_s), qPrintable(ran.out.left(400)));
    QCOMPARE(m_programs.chronactl({u"oracle"_s, u"backtest"_s}).code, 2);
    QCOMPARE(m_programs.chronactl({u"config"_s, u"set"_s, u"oracle.record_ticks"_s, u"false"_s})
                 .code,
             0);
    QTRY_VERIFY_WITH_TIMEOUT(!status()[u"recording"_s][u"on"_s].toBool() &&
                                 status()[u"mode"_s].toString() == u"replay"_s,
                             60'000);
}

void TestOracle::aCollectorIsPairedByHand()
{
    const QTemporaryDir there;
    const auto chronad = [&](const QStringList &more) {
        auto process = std::make_unique<QProcess>();
        process->start(QStringLiteral(CHRONA_BINARY_DIR "/bin/chronad"),
                       QStringList{u"--role"_s, u"collector"_s, u"--data"_s, there.path(),
                                   u"--this-machine"_s, u"--foreground"_s} +
                           more);
        return process;
    };
    QByteArray lines[2];
    for (QByteArray &line : lines) {
        const auto process = chronad({u"--pairing"_s});
        QVERIFY(process->waitForFinished(60'000));
        line = process->readAllStandardOutput();
        QVERIFY(line.startsWith("chrona-collector-1."));
    }
    QCOMPARE(lines[0], lines[1]); // it stays what it is
    const QString file = m_programs.file(u"pairing"_s, lines[0]);
    const auto collectors = [this](const QStringList &more) {
        return m_programs.chronactl(QStringList{u"oracle"_s, u"collectors"_s} + more);
    };
    QVERIFY(ask({u"collectors"_s}).array().isEmpty());
    QCOMPARE(collectors({u"add"_s, u"north"_s, u"127.0.0.1:7444"_s, u"--pairing"_s, file}).code, 0);
    QVERIFY(collectors({u"add"_s, u"north"_s, u"nowhere"_s, u"--pairing"_s, file}).code != 0);
    const QJsonArray all = ask({u"collectors"_s}).array();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0][u"name"_s].toString(), u"north"_s);
    QVERIFY(all[0][u"detail"_s].toString().contains(u"oracle.live"_s)); // nobody is dialled yet
    QCOMPARE(collectors({u"remove"_s, u"north"_s}).code, 0);
    QVERIFY(collectors({u"remove"_s, u"north"_s}).code != 0);
    // The collector itself waits, holds its folder, and goes when it is told to.
    const auto waiting = chronad({u"--port"_s, u"0"_s});
    QByteArray said;
    const auto waits = [&] { // asked again after it said yes
        said += waiting->readAllStandardError();
        return said.contains("waits at port");
    };
    QTRY_VERIFY_WITH_TIMEOUT(waits(), 60'000);
    const auto second = chronad({u"--port"_s, u"0"_s});
    QVERIFY(second->waitForFinished(60'000));
    QCOMPARE(second->exitCode(), 3);
    waiting->terminate();
    QVERIFY(waiting->waitForFinished(60'000));
    QCOMPARE(waiting->exitCode(), 0);
}

void TestOracle::alertsCanBeMuted()
{
    QCOMPARE(m_programs.chronactl({u"oracle"_s, u"mute"_s, u"5"_s}).code, 0);
    QVERIFY(status()[u"muted_until"_s].isString());
    QCOMPARE(m_programs.chronactl({u"oracle"_s, u"mute"_s, u"0"_s}).code, 0);
    QVERIFY(status()[u"muted_until"_s].isNull());
    QVERIFY(m_programs.chronactl({u"oracle"_s, u"mute"_s, u"-1"_s}).code != 0);
    QVERIFY(ask({u"alerts"_s}).isArray());
}

void TestOracle::endsWithItsTicks()
{
    QCOMPARE(m_programs.chronactl({u"demo"_s, u"clear"_s}, std::chrono::seconds(180)).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(status()[u"mode"_s].toString(), u"off"_s, 60'000);
    QVERIFY(m_programs.chronactl({u"oracle"_s, u"explain"_s, u"ETH/USD"_s}).code != 0);
}

QTEST_GUILESS_MAIN(TestOracle)
#include "tst_oracle.moc"
