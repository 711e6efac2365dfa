// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// Briefings, hours and watchlists through real processes.
class TestBriefings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void dayIsMadeOnceAndAgainToTheByte();
    void dayBecomesPages();
    void jobIsFollowedToItsEnd();
    void hourIsTold();
    void watchlistIsKept();
    void alertIsToldOnceOverARestart();
    void moveIsExplained();
    void whatHasNoTermsLeavesNoExport();
    void refusals_data();
    void refusals();

private:
    [[nodiscard]] Ran run(const QStringList &words)
    {
        const Ran ran = m_programs.chronactl(words, std::chrono::seconds(180));
        if (ran.code != 0)
            qWarning("%s", qPrintable(ran.err));
        return ran;
    }
    [[nodiscard]] static QString dayBefore(int days)
    {
        return QDateTime::currentDateTimeUtc().date().addDays(-days).toString(Qt::ISODate);
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(m_programs.dataFolder() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Programs m_programs;
};

void TestBriefings::initTestCase()
{
    QVERIFY(m_programs.startService());
    QCOMPARE(run({u"demo"_s, u"load"_s, u"--events"_s, u"5000"_s, u"--years"_s, u"2"_s}).code, 0);
}

void TestBriefings::dayIsMadeOnceAndAgainToTheByte()
{
    const QString day = dayBefore(4);
    const Ran made = run({u"brief"_s, u"--date"_s, day, u"--json"_s});
    QCOMPARE(made.code, 0);
    const QJsonObject document = QJsonDocument::fromJson(made.out.toUtf8()).object();
    QCOMPARE(document[u"day"_s].toString(), day);
    QVERIFY(document[u"synthetic"_s].toBool());
    QVERIFY(document[u"sections"_s].toArray().size() >= 5);
    QCOMPARE(run({u"brief"_s, u"--date"_s, day, u"--json"_s}).out, made.out);
    QCOMPARE(run({u"brief"_s, u"--date"_s, day, u"--rebuild"_s, u"--json"_s}).out, made.out);
}

void TestBriefings::dayBecomesPages()
{
    const QString folder = m_programs.dataFolder();
    QCOMPARE(run({u"brief"_s, u"--date"_s, u"last"_s, u"--pdf"_s, folder + u"/day.pdf"_s,
                  u"--html"_s, folder + u"/day.html"_s, u"--md"_s, folder + u"/day.md"_s})
                 .code,
             0);
    QVERIFY(content(u"day.pdf"_s).startsWith("%PDF"));
    QVERIFY(content(u"day.html"_s).contains("<svg"));
    QVERIFY(content(u"day.md"_s).contains("(synthetic)"));
}

void TestBriefings::jobIsFollowedToItsEnd()
{
    const QString day = dayBefore(5);
    QCOMPARE(run({u"run"_s, u"briefing"_s, u"--date"_s, day, u"--wait"_s}).code, 0);
    const QString jobs = run({u"jobs"_s, u"--queue"_s, u"briefing"_s, u"--json"_s}).out;
    QVERIFY(jobs.contains(u"\"briefing.daily\""_s));
    QVERIFY(jobs.contains(u"\"done\""_s));
    QCOMPARE(run({u"run"_s, u"hourly"_s, u"--wait"_s}).code, 0);
}

void TestBriefings::hourIsTold()
{
    const Ran hour = run({u"hourly"_s, u"--json"_s});
    QCOMPARE(hour.code, 0);
    const QJsonObject update = QJsonDocument::fromJson(hour.out.toUtf8()).object();
    QVERIFY(QDateTime::fromString(update[u"hour"_s].toString(), Qt::ISODate).isValid());
    const QStringList past{u"hourly"_s, u"--at"_s, dayBefore(3) + u"T15:00:00Z"_s, u"--json"_s};
    const Ran then = run(past);
    QCOMPARE(then.code, 0);
    QVERIFY(then.out.contains(dayBefore(3) + u"T14:00:00Z"_s));
    QCOMPARE(run(past + QStringList{u"--rebuild"_s}).out, then.out);
}

void TestBriefings::watchlistIsKept()
{
    QVERIFY(run({u"watchlist"_s}).out.contains(u"instrument:SPY"_s));
    QCOMPARE(run({u"watchlist"_s, u"new"_s, u"Mine"_s}).code, 0);
    QCOMPARE(
        run({u"watchlist"_s, u"add"_s, u"Mine"_s, u"XLE"_s, u"country:JP"_s, u"--note"_s, u"why"_s})
            .code,
        0);
    QCOMPARE(run({u"watchlist"_s, u"remove"_s, u"Mine"_s, u"XLE"_s}).code, 0);
    const QString shown = run({u"watchlist"_s, u"show"_s, u"Mine"_s, u"--json"_s}).out;
    QVERIFY(shown.contains(u"country:JP"_s) && !shown.contains(u"XLE"_s));
    QVERIFY(shown.contains(u"\"revision\":3"_s));
    QCOMPARE(run({u"watchlist"_s, u"expose"_s, u"country:JP"_s, u"instrument:SPY"_s, u"0.25"_s,
                  u"--why"_s, u"it trades"_s})
                 .code,
             0);
    QVERIFY(run({u"watchlist"_s, u"exposures"_s}).out.contains(u"it trades"_s));
    QCOMPARE(run({u"watchlist"_s, u"unexpose"_s, u"country:JP"_s, u"instrument:SPY"_s}).code, 0);
    QCOMPARE(run({u"watchlist"_s, u"remove"_s, u"Mine"_s}).code, 0);
    QVERIFY(!run({u"watchlist"_s}).out.contains(u"Mine"_s));
}

void TestBriefings::alertIsToldOnceOverARestart()
{
    QVERIFY(run({u"alerts"_s, u"rules"_s}).out.contains(u"Matters for a watchlist"_s));
    QCOMPARE(run({u"alerts"_s, u"add"_s, u"Comets"_s, u"--word"_s, u"COMET"_s, u"--urgency"_s,
                  u"critical"_s, u"--quiet"_s, u"none"_s, u"--rearm"_s, u"2h"_s})
                 .code,
             0);
    const QByteArray now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toUtf8();
    const auto importComet = [this, now](const QByteArray &name) {
        const QString file = m_programs.file(
            QString::fromUtf8(name) + u".csv"_s,
            "type,title,observed_at,published_at,source_ref,severity,region\nnews,Comet " + name +
                " seen," + now + ',' + now + ',' + name + ",0.9,US\n");
        return run({u"import"_s, u"--kind"_s, u"events"_s, file}).code;
    };
    QCOMPARE(importComet("one"), 0);
    const auto alerts = [this] {
        return QJsonDocument::fromJson(
                   run({u"alerts"_s, u"--rule"_s, u"Comets"_s, u"--json"_s}).out.toUtf8())
            .array();
    };
    QTRY_COMPARE_WITH_TIMEOUT(alerts().size(), 1, 60'000);
    const QJsonObject first = alerts().first().toObject();
    QCOMPARE(first[u"urgency"_s].toString(), u"critical"_s);
    QVERIFY(!first[u"announced_at"_s].isNull());
    QVERIFY(m_programs.stopService().has_value());
    QVERIFY(m_programs.startService());
    QCOMPARE(run({u"run"_s, u"hourly"_s, u"--wait"_s}).code, 0); // looks at everything again
    QCOMPARE(importComet("one"), 0);
    QCOMPARE(importComet("two"), 0);
    // Within two hours it is added in silence; what crossed already is not told again.
    const auto count = [&alerts] { return alerts().first().toObject()[u"count"_s].toInt(); };
    QTRY_COMPARE_WITH_TIMEOUT(count(), 2, 60'000);
    QCOMPARE(alerts().size(), 1);
    QCOMPARE(run({u"alerts"_s, u"preview"_s, u"Comets"_s, u"--days"_s, u"3"_s}).code, 0);
    QCOMPARE(
        run({u"alerts"_s, u"edit"_s, u"Comets"_s, u"--word"_s, u""_s, u"--region"_s, u"JP"_s}).code,
        0);
    QVERIFY(run({u"alerts"_s, u"show"_s, u"Comets"_s}).out.contains(u"events in JP"_s));
    QCOMPARE(run({u"alerts"_s, u"disable"_s, u"Comets"_s}).code, 0);
    QCOMPARE(run({u"alerts"_s, u"remove"_s, u"Comets"_s}).code, 0);
    QVERIFY(!run({u"alerts"_s, u"rules"_s}).out.contains(u"Comets"_s));
    QVERIFY(run({u"alerts"_s}).out.contains(u"Comets"_s)); // what it told stays
}

void TestBriefings::moveIsExplained()
{
    const Ran told = run({u"brief"_s, u"explain"_s, u"--target"_s, u"SPY"_s, u"--date"_s, u"last"_s,
                          u"--from"_s, dayBefore(20), u"--json"_s});
    QCOMPARE(told.code, 0);
    const QJsonObject document = QJsonDocument::fromJson(told.out.toUtf8()).object();
    QCOMPARE(document[u"sections"_s].toArray().size(), 1);
    QVERIFY(told.out.contains(u"measured from the value of"_s));
    const Ran day = run({u"brief"_s, u"explain"_s, u"--target"_s, u"SPY"_s});
    QCOMPARE(day.code, 0);
    QVERIFY(!day.out.isEmpty() && !day.out.contains(u"measured from"_s));
}

/// Imported events have an own source whose terms nobody gave.
void TestBriefings::whatHasNoTermsLeavesNoExport()
{
    const QString day = dayBefore(2);
    const QString own = m_programs.file(
        u"own.csv"_s, "type,title,observed_at,published_at,source_ref,severity,region\n"
                      "calendar_entry,Secret meeting of mine," +
                          (dayBefore(0) + u"T20:00:00Z,"_s + day).toUtf8() +
                          "T01:00:00Z,m1,0.9,US\n");
    QCOMPARE(run({u"import"_s, u"--kind"_s, u"events"_s, own}).code, 0);
    const QString page = m_programs.dataFolder() + u"/own.md"_s;
    const Ran made =
        run({u"brief"_s, u"--date"_s, day, u"--rebuild"_s, u"--md"_s, page, u"--json"_s});
    QCOMPARE(made.code, 0);
    QVERIFY2(made.out.contains(u"Secret meeting"_s), "on this machine it is told");
    const QByteArray shown = content(u"own.md"_s);
    QVERIFY(!shown.contains("Secret meeting"));
    QVERIFY2(shown.contains("left out of this copy"), "that something is missing is said");
}

void TestBriefings::refusals_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::newRow("a day that is none")
        << QStringList{u"brief"_s, u"--date"_s, u"2026-02-30"_s} << 2;
    QTest::newRow("a day that lies ahead")
        << QStringList{u"brief"_s, u"--date"_s, dayBefore(-9)} << 1;
    QTest::newRow("an hour that lies ahead")
        << QStringList{u"hourly"_s, u"--at"_s, dayBefore(-9)} << 1;
    QTest::newRow("a list that nobody made")
        << QStringList{u"watchlist"_s, u"show"_s, u"Nobody's"_s} << 1;
    QTest::newRow("a weight above 1")
        << QStringList{u"watchlist"_s, u"expose"_s, u"a:b"_s, u"c:d"_s, u"2"_s} << 2;
    QTest::newRow("an alert rule that nobody made")
        << QStringList{u"alerts"_s, u"show"_s, u"Nobody's"_s} << 1;
    QTest::newRow("a move without its size")
        << QStringList{u"alerts"_s, u"add"_s, u"M"_s, u"--watch"_s, u"move"_s} << 2;
    QTest::newRow("quiet hours that are none")
        << QStringList{u"alerts"_s, u"add"_s, u"M"_s, u"--quiet"_s, u"25-7"_s} << 2;
    QTest::newRow("a job that nothing does") << QStringList{u"run"_s, u"miracles"_s} << 2;
}

void TestBriefings::refusals()
{
    QFETCH(QStringList, words);
    QFETCH(int, code);
    const Ran ran = m_programs.chronactl(words);
    QCOMPARE(ran.code, code);
    QVERIFY(!ran.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestBriefings)
#include "tst_briefings.moc"
