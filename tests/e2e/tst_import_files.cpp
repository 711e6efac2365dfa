// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona::e2e;

/// Files that people bring, through chronactl to Postgres and back.
class TestImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_programs.startService()); }
    void imports_data();
    void imports();
    void theSameFileAgainIsAllDuplicates();
    void aBrokenRowIsNamedAndTheOthersStay();
    void aDryRunStoresNothing();
    void otherHeadersAreMapped();
    void whatComesBackCanBeImported();
    void aFileThatIsNotThereIsOneLine();
    void entitiesOfAFileAreFound();
    void congestionIsWhereItsPortLies();

private:
    [[nodiscard]] QJsonObject import(QStringList words, int code = 0)
    {
        const Ran ran = m_programs.chronactl(QStringList{u"import"_s, u"--json"_s} + words);
        if (ran.code != code)
            qWarning("%s", qPrintable(ran.err));
        m_code = ran.code;
        return QJsonDocument::fromJson(ran.out.toUtf8()).object();
    }
    Programs m_programs;
    int m_code = 0;
};

void TestImport::imports_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("rows");
    QTest::newRow("events in CSV")
        << u"events"_s << u"a.csv"_s
        << QByteArray("type,title,observed_at,source_ref,lat,lon,region,confidence,severity\n"
                      "earthquake,Shaking,2026-01-02T03:04:05Z,q1,35.5,-118.2,US-CA,0.9,0.4\n"
                      "news,\"Comma, and\nline end\",2026-01-03,q2,,,US,,\n")
        << 2;
    QTest::newRow("events in GeoJSON")
        << u"events"_s << u"a.geojson"_s
        << QByteArray(R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
                      R"("geometry":{"type":"Point","coordinates":[10,50]},"properties":)"
                      R"({"type":"flood","title":"Water","observed_at":"2026-02-01T00:00:00Z"}}]})")
        << 1;
    QTest::newRow("bars") << u"bars"_s << u"b.csv"_s
                          << QByteArray(
                                 "symbol,date,open,high,low,close,volume\n"
                                 "TEST,2026-01-05,1,2,0.5,1.5,100\nTEST,2026-01-06,1.5,2,1,2,50\n")
                          << 2;
    QTest::newRow("observations with a vintage")
        << u"observations"_s << u"o.csv"_s
        << QByteArray("series,observed_at,value,published_at\n"
                      "own:x,2026-01-01,5.5,2026-02-01T08:30:00Z\n"
                      "own:x,2026-01-01,5.6,2026-03-01T08:30:00Z\n")
        << 2;
    QTest::newRow("quotes")
        << u"quotes"_s << u"q.csv"_s
        << QByteArray("venue,symbol,recv_ms,bid,ask,last\n"
                      "v,BTC/USD,1767225600000,10,11,10.5\nv,BTC/USD,1767225601000,10,11,10.6\n")
        << 2;
    QTest::newRow("boundaries")
        << u"boundaries"_s << u"c.geojson"_s
        << QByteArray(R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"A",)"
                      R"("geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},)"
                      R"("properties":{"name":"Area"}}]})")
        << 1;
}

void TestImport::imports()
{
    QFETCH(QString, kind);
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(int, rows);
    const QJsonObject report = import({u"--kind"_s, kind, m_programs.file(name, content)});
    QCOMPARE(m_code, 0);
    QCOMPARE(report[u"accepted"_s].toInt(-1), rows);
    QCOMPARE(report[u"duplicates"_s].toInt(-1), 0);
    QCOMPARE(report[u"rejected"_s].toInt(-1), 0);
    QCOMPARE(report[u"source"_s].toString(), u"import:"_s + kind);
}

void TestImport::theSameFileAgainIsAllDuplicates()
{
    const QString file = m_programs.file(
        u"twice.csv"_s,
        "type,title,observed_at,source_ref\nnews,Twice,2026-01-01T00:00:00Z,twice\n");
    QCOMPARE(import({u"--kind"_s, u"events"_s, file})[u"accepted"_s].toInt(), 1);
    const QJsonObject again = import({u"--kind"_s, u"events"_s, file});
    QCOMPARE(again[u"accepted"_s].toInt(-1), 0);
    QCOMPARE(again[u"duplicates"_s].toInt(-1), 1);
}

void TestImport::aBrokenRowIsNamedAndTheOthersStay()
{
    const QString file =
        m_programs.file(u"broken.csv"_s, "type,title,observed_at,source_ref,lat,lon\n"
                                         "news,Good,2026-01-01T00:00:00Z,g1,,\n"
                                         "news,Bad time,yesterday,b1,,\n"
                                         "news,Bad place,2026-01-01T00:00:00Z,b2,95,10\n"
                                         "news,Good too,2026-01-01T00:00:01Z,g2,,\n");
    const QJsonObject report = import({u"--kind"_s, u"events"_s, file}, 1);
    QCOMPARE(m_code, 1);
    QCOMPARE(report[u"accepted"_s].toInt(), 2);
    QCOMPARE(report[u"rejected"_s].toInt(), 2);
    const QJsonArray faults = report[u"faults"_s].toArray();
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults[0].toObject()[u"row"_s].toInt(), 3);
    QCOMPARE(faults[0].toObject()[u"column"_s].toString(), u"observed_at"_s);
    QVERIFY(!faults[0].toObject()[u"reason"_s].toString().isEmpty());
    QCOMPARE(faults[1].toObject()[u"row"_s].toInt(), 4);
}

void TestImport::aDryRunStoresNothing()
{
    const QString file = m_programs.file(
        u"dry.csv"_s, "type,title,observed_at,source_ref\nnews,Dry,2026-01-01T00:00:00Z,dry\n");
    QCOMPARE(import({u"--kind"_s, u"events"_s, u"--dry-run"_s, file})[u"accepted"_s].toInt(), 1);
    QVERIFY(m_programs.chronactl({u"events"_s, u"--text"_s, u"Dry"_s}).out.isEmpty());
    QCOMPARE(import({u"--kind"_s, u"events"_s, file})[u"accepted"_s].toInt(), 1);
}

void TestImport::otherHeadersAreMapped()
{
    const QString file = m_programs.file(
        u"mapped.csv"_s, "kind,headline,when\nnews,Mapped headline,2026-01-01T00:00:00Z\n");
    const QJsonObject report =
        import({u"--kind"_s, u"events"_s, u"--source"_s, u"own:desk"_s, u"--map"_s, u"type=kind"_s,
                u"--map"_s, u"title=headline"_s, u"--map"_s, u"observed_at=when"_s, file});
    QCOMPARE(report[u"accepted"_s].toInt(), 1);
    QCOMPARE(report[u"source"_s].toString(), u"own:desk"_s);
    QVERIFY(
        m_programs.chronactl({u"sources"_s, u"show"_s, u"own:desk"_s}).out.contains(u"own data"_s));
}

void TestImport::whatComesBackCanBeImported()
{
    const QString file =
        m_programs.file(u"there.csv"_s, "type,title,observed_at,source_ref,lat,lon\nflood,There "
                                        "and back,2026-05-01T00:00:00Z,tab,1,2\n");
    QCOMPARE(import({u"--kind"_s, u"events"_s, file})[u"accepted"_s].toInt(), 1);
    const Ran withheld = m_programs.chronactl(
        {u"events"_s, u"--text"_s, u"There and back"_s, u"--format"_s, u"csv"_s});
    QCOMPARE(withheld.out.count(u'\n'),
             1); // the header alone: nobody said that it may be passed on
    QVERIFY(withheld.err.contains(u"withheld 1 of"_s) && withheld.err.contains(u"--own-use"_s));
    const Ran csv = m_programs.chronactl(
        {u"events"_s, u"--text"_s, u"There and back"_s, u"--format"_s, u"csv"_s, u"--own-use"_s});
    QCOMPARE(csv.code, 0);
    const QString back = m_programs.file(u"back.csv"_s, csv.out.toUtf8());
    const QJsonObject report =
        import({u"--kind"_s, u"events"_s, u"--source"_s, u"own:copy"_s, back});
    QCOMPARE(report[u"accepted"_s].toInt(), 1);
    const Ran geo = m_programs.chronactl({u"events"_s, u"--text"_s, u"There and back"_s,
                                          u"--format"_s, u"geojson"_s, u"--own-use"_s});
    const QJsonArray features =
        QJsonDocument::fromJson(geo.out.toUtf8()).object()[u"features"_s].toArray();
    QCOMPARE(features.size(), 2);
    QCOMPARE(features[0].toObject()[u"geometry"_s].toObject()[u"type"_s].toString(), u"Point"_s);
}

void TestImport::congestionIsWhereItsPortLies()
{
    const QString file = m_programs.file(
        u"ports.csv"_s, "type,title,observed_at,severity,lat,lon,entities\n"
                        "shipping,Queue off a port,2026-05-01T00:00:00Z,0.7,,,Port of Rotterdam\n"
                        "shipping,Queue where it says,2026-05-01T00:00:00Z,0.7,1,2,Hamburg\n"
                        "shipping,Queue at a ship,2026-05-01T00:00:00Z,0.7,,,MV Example\n"
                        "shipping,Queue in Texas,2026-05-01T00:00:00Z,0.7,,,\"Houston, Texas\"\n"
                        "shipping,Queue in a town,2026-05-01T00:00:00Z,0.7,,,Port of Busan\n"
                        "news,Queue as news,2026-05-01T00:00:00Z,,,,Rotterdam\n");
    QCOMPARE(import({u"--kind"_s, u"events"_s, file})[u"accepted"_s].toInt(), 6);
    const Ran geo = m_programs.chronactl(
        {u"events"_s, u"--text"_s, u"Queue"_s, u"--format"_s, u"geojson"_s, u"--own-use"_s});
    QMap<QString, QJsonArray> places;
    for (const QJsonValue feature :
         QJsonDocument::fromJson(geo.out.toUtf8()).object()[u"features"_s].toArray())
        places[feature[u"properties"_s][u"title"_s].toString()] =
            feature[u"geometry"_s][u"coordinates"_s].toArray();
    const auto liesNear = [&](const QString &title, double longitude, double latitude) {
        const QJsonArray at = places[title];
        return std::abs(at[0].toDouble() - longitude) < 0.02 &&
               std::abs(at[1].toDouble() - latitude) < 0.02;
    };
    QVERIFY2(liesNear(u"Queue off a port"_s, 4.293, 51.927), qPrintable(geo.out));
    QVERIFY2(liesNear(u"Queue in Texas"_s, -95.202, 29.739), qPrintable(geo.out));
    QVERIFY2(!places[u"Queue in a town"_s].isEmpty(), qPrintable(geo.out));
    QCOMPARE(places[u"Queue where it says"_s], (QJsonArray{2, 1}));
    QVERIFY(places[u"Queue at a ship"_s].isEmpty());
    QVERIFY(places[u"Queue as news"_s].isEmpty());
    // The port is an entity, whoever else names it.
    QVERIFY(m_programs.chronactl({u"events"_s, u"--entity"_s, u"port:nl-rotterdam"_s})
                .out.contains(u"Queue off a port"_s));
    QVERIFY(m_programs.chronactl({u"events"_s, u"--entity"_s, u"port:de-hamburg"_s})
                .out.contains(u"Queue where it says"_s));
}

void TestImport::aFileThatIsNotThereIsOneLine()
{
    const Ran ran = m_programs.chronactl({u"import"_s, u"--kind"_s, u"events"_s, u"/none.csv"_s});
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.err.count(u'\n'), 1);
}

void TestImport::entitiesOfAFileAreFound()
{
    const QString file = m_programs.file(
        u"named.csv"_s, "type,title,observed_at,source_ref,entities\n"
                        "news,Named,2026-01-01T00:00:00Z,n1,country:FR;Some Topic\n");
    QCOMPARE(import({u"--kind"_s, u"events"_s, file})[u"accepted"_s].toInt(), 1);
    QVERIFY(m_programs.chronactl({u"entities"_s, u"--text"_s, u"Some Topic"_s})
                .out.contains(u"topic:some-topic"_s));
    QVERIFY(m_programs.chronactl({u"events"_s, u"--entity"_s, u"country:FR"_s})
                .out.contains(u"Named"_s));
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import_files.moc"
