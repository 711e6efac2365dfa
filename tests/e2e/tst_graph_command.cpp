// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// What a file says, as the graph that a shell gets of it.
class TestGraphCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void neighboursAreTold();
    void pathsAreTold();
    void filesAreReadAgain();
    void evidenceIsTold();
    void windowAndMomentCount();
    void wrongWordsAreRefused();
    void newEventsAreInTheNextAnswer();
    void entitiesAreMergedAndTakenApart();

private:
    [[nodiscard]] QJsonObject json(const QStringList &words)
    {
        const Ran ran =
            m_programs.chronactl(QStringList{u"graph"_s} + words + QStringList{u"--json"_s});
        if (ran.code != 0)
            qWarning("%s: %s", qPrintable(words.join(u' ')), qPrintable(ran.err));
        return QJsonDocument::fromJson(ran.out.toUtf8()).object();
    }
    [[nodiscard]] static QStringList labels(const QJsonObject &answer)
    {
        QStringList found;
        for (const QJsonValue &node : answer[u"nodes"_s].toArray())
            found += node[u"label"_s].toString();
        return found;
    }
    void import(const QString &name, const QByteArray &rows)
    {
        const QByteArray file = "type,title,observed_at,published_at,entities\n" + rows;
        const Ran ran = m_programs.chronactl(
            {u"import"_s, u"--kind"_s, u"events"_s, m_programs.file(name, file)});
        QVERIFY2(ran.code == 0, qPrintable(ran.err));
    }

    Programs m_programs;
};

void TestGraphCommand::initTestCase()
{
    QVERIFY(m_programs.startService());
    QVERIFY(json({u"overview"_s})[u"nodes"_s].toArray().isEmpty());
    import(u"one.csv"_s, "news,First,2026-03-01,2026-03-01,Acme;Ann\n"
                         "news,Second,2026-03-02,2026-03-02,Acme;Ann\n"
                         "news,Third,2026-03-03,2026-03-09,Ann;Bert\n"
                         "news,Fourth,2026-03-04,2026-03-04,Bert;Carla\n");
}

void TestGraphCommand::neighboursAreTold()
{
    const QJsonObject answer = json({u"neighbours"_s, u"Acme"_s, u"--type"_s, u"together"_s});
    QCOMPARE(labels(answer), QStringList({u"Acme"_s, u"Ann"_s}));
    const QJsonObject edge = answer[u"edges"_s].toArray().at(0).toObject();
    QCOMPARE(edge[u"type"_s].toString(), u"together"_s);
    QCOMPARE(edge[u"evidence"_s].toInt(), 2);
    QVERIFY(edge[u"begin"_s].toString().startsWith(u"2026-03-01"_s));
    const QJsonObject wide =
        json({u"neighbours"_s, u"Acme"_s, u"--type"_s, u"together"_s, u"--hops"_s, u"3"_s});
    QCOMPARE(wide[u"nodes"_s].toArray().size(), 4);
    const Ran table = m_programs.chronactl({u"graph"_s, u"neighbours"_s, u"Acme"_s});
    QCOMPARE(table.code, 0);
    QVERIFY(table.out.contains(u"Second"_s)); // events are neighbours as well
}

void TestGraphCommand::pathsAreTold()
{
    const QJsonObject answer = json({u"paths"_s, u"Acme"_s, u"Carla"_s});
    QCOMPARE(answer[u"paths"_s].toArray().size(), 1);
    QCOMPARE(answer[u"paths"_s].toArray().at(0)[u"nodes"_s].toArray().size(), 4);
    const Ran table = m_programs.chronactl({u"graph"_s, u"paths"_s, u"Acme"_s, u"Carla"_s});
    QVERIFY(table.out.contains(u"Acme – Ann – Bert – Carla"_s));
}

void TestGraphCommand::filesAreReadAgain()
{
    const Ran file = m_programs.chronactl({u"graph"_s, u"overview"_s, u"--format"_s, u"graphml"_s});
    QXmlStreamReader xml(file.out);
    int nodes = 0, edges = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        nodes += xml.name() == u"node"_s;
        edges += xml.name() == u"edge"_s;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(nodes, 4);
    QCOMPARE(edges, 3);
    const Ran csv = m_programs.chronactl({u"graph"_s, u"overview"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(csv.out.trimmed().split(u'\n').size(), 4); // a header and three ties
}

void TestGraphCommand::evidenceIsTold()
{
    const QJsonObject answer = json({u"events"_s, u"Acme"_s, u"Ann"_s});
    QCOMPARE(answer[u"total"_s].toInt(), 2);
    const QJsonObject counts = json({u"counts"_s, u"Ann"_s});
    QCOMPARE(counts[u"neighbours"_s].toInt(), 5); // two people, three events
}

void TestGraphCommand::windowAndMomentCount()
{
    QVERIFY(json({u"paths"_s, u"Acme"_s, u"Carla"_s, u"--as-of"_s, u"2026-03-05"_s})[u"paths"_s]
                .toArray()
                .isEmpty());
    const QJsonObject late = json({u"overview"_s, u"--from"_s, u"2026-03-03"_s});
    QCOMPARE(late[u"nodes"_s].toArray().size(), 3);
    const Ran short_ = m_programs.chronactl({u"graph"_s, u"overview"_s, u"--limit"_s, u"2"_s});
    QVERIFY(short_.err.contains(u"2 of 4 nodes"_s));
}

void TestGraphCommand::wrongWordsAreRefused()
{
    const auto code = [this](const QStringList &words) {
        return m_programs.chronactl(QStringList{u"graph"_s} + words).code;
    };
    QCOMPARE(code({}), 2);
    QCOMPARE(code({u"paths"_s, u"Acme"_s}), 2);
    QCOMPARE(code({u"neighbours"_s, u"Acme"_s, u"--hops"_s, u"9"_s}), 2);
    QCOMPARE(code({u"neighbours"_s, u"Acme"_s, u"--type"_s, u"friends"_s}), 2);
    QCOMPARE(code({u"overview"_s, u"--format"_s, u"png"_s}), 2);
    QCOMPARE(code({u"neighbours"_s, u"Nobody at all"_s}), 1);
    QCOMPARE(code({u"neighbours"_s, u"event:12"_s}), 1);
    QCOMPARE(code({u"paths"_s, u"Acme"_s, u"Acme"_s}), 1);
}

void TestGraphCommand::newEventsAreInTheNextAnswer()
{
    import(u"two.csv"_s, "news,Fifth,2026-03-05,2026-03-05,Acme;Dora\n");
    const QJsonObject answer = json({u"neighbours"_s, u"Acme"_s, u"--type"_s, u"together"_s});
    QCOMPARE(labels(answer), QStringList({u"Acme"_s, u"Ann"_s, u"Dora"_s}));
}

void TestGraphCommand::entitiesAreMergedAndTakenApart()
{
    const auto keyOf = [this](const QString &name) {
        const Ran found = m_programs.chronactl(
            {u"entities"_s, u"--text"_s, name, u"--limit"_s, u"1"_s});
        return QJsonDocument::fromJson(found.out.toUtf8())[u"key"_s].toString();
    };
    const auto named = [this](const QString &name) {
        return m_programs.chronactl({u"events"_s, u"--entity"_s, name}).out.count(u'\n');
    };
    const QString ann = keyOf(u"Ann"_s), bert = keyOf(u"Bert"_s);
    QVERIFY(!ann.isEmpty() && !bert.isEmpty() && ann != bert);
    QCOMPARE(named(ann), 3);
    const QStringList merge{u"entities"_s, u"merge"_s, bert, u"--into"_s, ann};
    const Ran said = m_programs.chronactl(merge);
    QVERIFY2(said.code == 0, qPrintable(said.err));
    QVERIFY(said.out.contains(bert) && said.out.contains(ann));
    QCOMPARE(m_programs.chronactl(merge).code, 1); // it is merged already
    QCOMPARE(m_programs.chronactl({u"entities"_s, u"merge"_s, bert}).code, 2);
    QCOMPARE(keyOf(u"Bert"_s), ann);
    // Four events name one or the other; the third names both.
    for (const QString &name : {ann, bert, u"Bert"_s})
        QCOMPARE(named(name), 4);
    const QJsonObject around =
        json({u"neighbours"_s, u"Bert"_s, u"--type"_s, u"together"_s});
    QCOMPARE(labels(around), QStringList({u"Ann"_s, u"Acme"_s, u"Carla"_s}));
    // What comes later in the old name speaks of the merged one.
    import(u"three.csv"_s, "news,Sixth,2026-03-06,2026-03-06,Bert;Emil\n");
    QCOMPARE(named(ann), 5);
    QVERIFY(labels(json({u"neighbours"_s, ann, u"--type"_s, u"together"_s})).contains(u"Emil"_s));

    const Ran listed = m_programs.chronactl({u"entities"_s, u"merges"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(listed.out.toUtf8())[u"into"_s].toString(), ann);
    const Ran taken = m_programs.chronactl({u"entities"_s, u"split"_s, bert});
    QVERIFY2(taken.code == 0, qPrintable(taken.err));
    QCOMPARE(named(ann), 3);
    QCOMPARE(named(bert), 3);
    QCOMPARE(labels(json({u"neighbours"_s, bert, u"--type"_s, u"together"_s})).first(), u"Bert"_s);
    QVERIFY(m_programs.chronactl({u"entities"_s, u"merges"_s}).out.isEmpty());
}

QTEST_GUILESS_MAIN(TestGraphCommand)
#include "tst_graph_command.moc"
