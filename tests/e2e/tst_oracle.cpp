// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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
    void alertsCanBeMuted();
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
