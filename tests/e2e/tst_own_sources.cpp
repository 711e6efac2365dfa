// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

namespace {

const QStringList kTerms = {u"--terms"_s,          u"https://desk.example.org/terms"_s,
                            u"--licence"_s,        u"CC-BY-4.0"_s,
                            u"--redistribution"_s, u"with_attribution"_s};

} // namespace

/// A person's own feeds, stories, and what may leave, as a shell has them.
class TestOwnSources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_programs.startService()); }
    void feedNeedsItsTerms();
    void feedOutlivesTheService();
    void localAddressesAreRefused();
    void aSystemOfOnesOwnIsAdded();
    void readingListIsTakenAsFarAsItCan();
    void reportsBecomeStories();
    void whatMayNotLeaveIsNamed();

private:
    [[nodiscard]] QJsonObject show(const QString &key) const
    {
        const Ran ran = m_programs.chronactl({u"sources"_s, u"show"_s, key, u"--json"_s});
        return QJsonDocument::fromJson(ran.out.toUtf8()).object();
    }
    [[nodiscard]] QList<QJsonObject> lines(const QStringList &words) const
    {
        QList<QJsonObject> objects;
        for (const QString &line : m_programs.chronactl(words).out.split(u'\n', Qt::SkipEmptyParts))
            objects.append(QJsonDocument::fromJson(line.toUtf8()).object());
        return objects;
    }

    Programs m_programs;
};

void TestOwnSources::feedNeedsItsTerms()
{
    const Ran ran =
        m_programs.chronactl({u"sources"_s, u"add"_s, u"--feed"_s, u"https://a.example.org/"_s});
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains(u"--terms, --licence, --redistribution"_s), qPrintable(ran.err));
    QCOMPARE(m_programs.chronactl(QStringList{u"sources"_s, u"add"_s} + kTerms).code, 2);
}

void TestOwnSources::feedOutlivesTheService()
{
    const QStringList words = QStringList{u"sources"_s, u"add"_s,
                                          u"--feed"_s,  u"https://desk.example.org/feed.xml"_s,
                                          u"--name"_s,  u"The desk"_s,
                                          u"--every"_s, u"1h"_s} +
                              kTerms;
    const Ran added = m_programs.chronactl(words);
    QVERIFY2(added.code == 0, qPrintable(added.err));
    const QString key = added.out.trimmed();
    QVERIFY(m_programs.chronactl(words).err.contains(u"already"_s));

    QVERIFY(m_programs.stopService().has_value());
    QVERIFY(m_programs.startService());
    const QJsonObject entry = show(key);
    QCOMPARE(entry[u"address"_s].toString(), u"https://desk.example.org/feed.xml"_s);
    QCOMPARE(entry[u"name"_s].toString(), u"The desk"_s);
    QCOMPARE(entry[u"licence"_s].toString(), u"CC-BY-4.0"_s);
    QCOMPARE(entry[u"cadence_seconds"_s].toInt(), 3600);
    QVERIFY(entry[u"enabled"_s].toBool());

    QCOMPARE(m_programs.chronactl({u"sources"_s, u"disable"_s, key}).code, 0);
    QVERIFY(!show(key)[u"enabled"_s].toBool());
    QCOMPARE(m_programs.chronactl({u"sources"_s, u"remove"_s, key}).code, 0);
    QVERIFY(show(key).isEmpty());
    QCOMPARE(m_programs.chronactl({u"sources"_s, u"remove"_s, u"un-news"_s}).code, 4);
}

void TestOwnSources::aSystemOfOnesOwnIsAdded()
{
    const QStringList add{u"sources"_s, u"add"_s, u"--connector"_s};
    const QString posts = u"https://cms.example.org/items/posts"_s;
    const Ran added = m_programs.chronactl(add + QStringList{u"directus"_s, u"--feed"_s, posts});
    QVERIFY2(added.code == 0, qPrintable(added.err));
    const QString key = added.out.trimmed();
    QCOMPARE(show(key)[u"address"_s].toString(), posts);
    QCOMPARE(show(key)[u"mode"_s].toString(), u"own_key_local"_s);
    // Its terms are one's own, and nothing but such a system is added so.
    QCOMPARE(m_programs.chronactl(add + QStringList{u"directus"_s, u"--feed"_s, posts} + kTerms)
                 .code,
             2);
    QVERIFY(m_programs.chronactl(add + QStringList{u"news"_s, u"--feed"_s, posts}).code != 0);
    QVERIFY(m_programs.chronactl(add + QStringList{u"none"_s, u"--feed"_s, posts}).code != 0);
    QCOMPARE(m_programs.chronactl({u"sources"_s, u"remove"_s, key}).code, 0);
}

void TestOwnSources::localAddressesAreRefused()
{
    for (const QString &address :
         {u"http://localhost/feed"_s, u"http://10.0.0.1/feed"_s, u"http://router.lan/feed"_s}) {
        const Ran ran = m_programs.chronactl(
            QStringList{u"sources"_s, u"add"_s, u"--feed"_s, address} + kTerms);
        QCOMPARE(ran.code, 4);
        QCOMPARE(ran.err.count(u'\n'), 1);
    }
}

void TestOwnSources::readingListIsTakenAsFarAsItCan()
{
    const QString list = m_programs.file(u"list.opml"_s,
                                         R"(<opml version="2.0"><body><outline text="News">
<outline type="rss" text="One" xmlUrl="https://one.example.org/rss"/>
<outline type="rss" text="Two" xmlUrl="https://two.example.org/rss"/>
<outline type="rss" text="Mine" xmlUrl="http://127.0.0.1/rss"/>
</outline></body></opml>)");
    const QStringList words = QStringList{u"import"_s, u"--opml"_s, list, u"--json"_s} + kTerms;
    const Ran first = m_programs.chronactl(words);
    QCOMPARE(first.code, 1); // one of them is refused
    const QJsonObject report = QJsonDocument::fromJson(first.out.toUtf8()).object();
    QCOMPARE(report[u"added"_s].toInt(), 2);
    QCOMPARE(report[u"refused"_s].toArray().at(0)[u"feed"_s].toString(), u"http://127.0.0.1/rss"_s);
    const QJsonObject again =
        QJsonDocument::fromJson(m_programs.chronactl(words).out.toUtf8()).object();
    QCOMPARE(again[u"added"_s].toInt(), 0);
    QCOMPARE(again[u"known"_s].toInt(), 2);
    QCOMPARE(m_programs.chronactl({u"import"_s, u"--opml"_s, list}).code, 2);
}

void TestOwnSources::reportsBecomeStories()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QByteArray csv = "type,title,observed_at,source_ref,attributes\n";
    const auto add = [&](const char *ref, int hoursAgo, const char *title, const char *publisher) {
        csv +=
            QStringLiteral("news,%1,%2,%3,\"{\"\"publisher\"\":\"\"%4\"\"}\"\n")
                .arg(QLatin1StringView(title), now.addSecs(-3600 * hoursAgo).toString(Qt::ISODate),
                     QLatin1StringView(ref), QLatin1StringView(publisher))
                .toUtf8();
    };
    add("1", 50, "Abville harbour strike halts ferries to Corstadt", "reuters.com");
    add("2", 49, "Ferries to Corstadt halted as Abville harbour strike begins", "bbc.co.uk");
    add("3", 20, "Corstadt ferries idle as Abville harbour strike goes on", "in.reuters.com");
    add("4", 19, "Dunbrook observatory finds comet with green tail", "reuters.com");
    QCOMPARE(
        m_programs
            .chronactl({u"import"_s, u"--kind"_s, u"events"_s, m_programs.file(u"n.csv"_s, csv)})
            .code,
        0);
    QCOMPARE(m_programs.chronactl({u"run"_s, u"clusters"_s, u"--wait"_s}).code, 0);
    const auto stories = lines({u"clusters"_s, u"--min-reports"_s, u"2"_s});
    QCOMPARE(stories.size(), 1);
    QCOMPARE(stories[0][u"members"_s].toArray().size(), 3);
    QCOMPARE(stories[0][u"publisher_families"_s].toInt(), 2);
    QVERIFY(stories[0][u"novelty"_s].toDouble() > 0.5);
    QCOMPARE(lines({u"clusters"_s}).size(), 2);
    const QString member = stories[0][u"members"_s].toArray().at(1)[u"event"_s].toString();
    QCOMPARE(lines({u"clusters"_s, u"--event"_s, member}).at(0)[u"id"_s], stories[0][u"id"_s]);
    QCOMPARE(lines({u"clusters"_s, u"--text"_s, u"comet"_s}).size(), 1);
    QVERIFY(lines({u"clusters"_s, u"--as-of"_s, u"2020-01-01"_s}).isEmpty());
    QCOMPARE(m_programs.chronactl({u"clusters"_s, u"--min-reports"_s, u"0"_s}).code, 2);
}

void TestOwnSources::whatMayNotLeaveIsNamed()
{
    const QString file = m_programs.file(
        u"o.csv"_s, "series,observed_at,value\nown:rain,2026-05-01,2\nown:rain,2026-05-02,3\n");
    QCOMPARE(m_programs.chronactl({u"import"_s, u"--kind"_s, u"observations"_s, file}).code, 0);
    QCOMPARE(lines({u"series"_s, u"own:rain"_s}).size(), 2); // a question on this computer
    const Ran refused = m_programs.chronactl({u"series"_s, u"own:rain"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(refused.code, 4);
    QVERIFY(refused.out.isEmpty());
    QVERIFY2(refused.err.contains(u"withheld 1 of"_s), qPrintable(refused.err));
    const Ran own =
        m_programs.chronactl({u"series"_s, u"own:rain"_s, u"--format"_s, u"csv"_s, u"--own-use"_s});
    QCOMPARE(own.code, 0);
    QCOMPARE(own.out.count(u'\n'), 3);
}

QTEST_GUILESS_MAIN(TestOwnSources)
#include "tst_own_sources.moc"
