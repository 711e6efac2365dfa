// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// The sample world in and out, beside data of one's own.
class TestSampleWorld : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void loadsOnceAndGoesWithoutATrace();

private:
    [[nodiscard]] QJsonObject ask(const QStringList &words)
    {
        const Ran ran =
            m_programs.chronactl(words + QStringList{u"--json"_s}, std::chrono::seconds(180));
        if (ran.code != 0)
            qWarning("%s", qPrintable(ran.err));
        return QJsonDocument::fromJson(ran.out.toUtf8()).object();
    }
    [[nodiscard]] qint64 eventCount() { return ask({u"status"_s})[u"event_count"_s].toInteger(-1); }

    Programs m_programs;
};

void TestSampleWorld::loadsOnceAndGoesWithoutATrace()
{
    QVERIFY(m_programs.startService());
    const QString own = m_programs.file(
        u"own.csv"_s, "type,title,observed_at,source_ref\nnews,Mine,2026-01-01T00:00:00Z,mine\n");
    QCOMPARE(m_programs.chronactl({u"import"_s, u"--kind"_s, u"events"_s, own}).code, 0);

    const QStringList load{u"demo"_s, u"load"_s, u"--events"_s, u"5000"_s, u"--years"_s, u"2"_s};
    const QJsonObject report = ask(load);
    QCOMPARE(report[u"events"_s].toInt(), 5000);
    for (const QString &part :
         {u"entities"_s, u"bars"_s, u"observations"_s, u"quotes"_s, u"boundaries"_s})
        QVERIFY2(report[part].toInt() > 0, qPrintable(part));
    QCOMPARE(eventCount(), 5001);
    QCOMPARE(ask({u"status"_s})[u"sample_world_loaded"_s].toBool(), true);
    (void)ask(load);
    QCOMPARE(eventCount(), 5001);

    const QString shown = m_programs.chronactl({u"events"_s, u"--limit"_s, u"1"_s}).out;
    QVERIFY(shown.contains(u"\"synthetic\":true"_s));
    QCOMPARE(m_programs.chronactl({u"series"_s, u"--limit"_s, u"1"_s}).out.count(u'\n'), 1);

    const QJsonObject gone = ask({u"demo"_s, u"clear"_s});
    QCOMPARE(gone[u"events"_s].toInt(), 5000);
    QCOMPARE(eventCount(), 1);
    QCOMPARE(ask({u"status"_s})[u"sample_world_loaded"_s].toBool(true), false);
    QVERIFY(m_programs.chronactl({u"events"_s}).out.contains(u"Mine"_s));
}

QTEST_GUILESS_MAIN(TestSampleWorld)
#include "tst_sample_world.moc"
