// SPDX-License-Identifier: AGPL-3.0-or-later
#include "command.h"
#include "command_run.h"
#include "input_folder.h"

#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::cli;
using cli::tests::Run;
using cli::tests::run;

/// `chronactl parse` with the connectors as they are built.
class TestParseCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheKind_data();
    void findsTheKind();
    void whatIsReadCountsMoreThanWhatIsNot();
    void fileThatGivesNothingIsAFailure_data();
    void fileThatGivesNothingIsAFailure();
    void unknownKindIsWrongUsage();

private:
    std::string write(const std::string &content) const
    {
        return m_folder.write(QStringLiteral("payload"), QByteArray::fromStdString(content));
    }
    static Run parse(std::vector<std::string> words)
    {
        words.insert(words.begin(), {"parse", "--plugins", CHRONA_CONNECTORS_DIR});
        return run(words);
    }
    InputFolder m_folder;
};

void TestParseCommand::findsTheKind_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("GeoJSON") << QByteArray("active.geojson") << QByteArray("nws-geojson");
    QTest::newRow("one alert") << QByteArray("alert.cap.xml") << QByteArray("cap");
    QTest::newRow("an index of alerts") << QByteArray("meteoalarm.atom") << QByteArray("cap-atom");
}

void TestParseCommand::findsTheKind()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, kind);
    const std::string path =
        std::string(CHRONA_CONNECTOR_SOURCES "/weather-alerts/fixtures/") + file.toStdString();
    const Run found = parse({"--connector", "weather-alerts", path});
    const Run told = parse({"--connector", "weather-alerts", "--kind", kind.toStdString(), path});
    QCOMPARE(found.code, ExitCode::Done);
    QVERIFY(told.out.contains("\"type\":\"event\""));
    QCOMPARE(std::ranges::count(found.out, '\n'), std::ranges::count(told.out, '\n'));
}

void TestParseCommand::whatIsReadCountsMoreThanWhatIsNot()
{
    const std::string path = write("<rss><channel><item><title>T</title><link>http://l/</link>"
                                   "</item><item><link>http://m/</link></item></channel></rss>");
    const Run done = parse({"--connector", "news", path});
    QCOMPARE(done.code, ExitCode::Done);
    QVERIFY(done.out.contains("\"type\":\"event\""));
    QVERIFY(done.out.contains("\"type\":\"rejected\""));
}

void TestParseCommand::fileThatGivesNothingIsAFailure_data()
{
    QTest::addColumn<QByteArray>("connector");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("no feed") << QByteArray("news") << QByteArray("<html/>")
                             << QByteArray("no feed");
    QTest::newRow("entries of which none is whole")
        << QByteArray("news") << QByteArray("<rss><channel><item/></channel></rss>")
        << QByteArray("neither title nor summary");
    QTest::newRow("of no kind, and why for each")
        << QByteArray("weather-alerts") << QByteArray("nonsense") << QByteArray("; cap: ");
}

void TestParseCommand::fileThatGivesNothingIsAFailure()
{
    QFETCH(QByteArray, connector);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, reason);
    const Run done = parse({"--connector", connector.toStdString(), write(content.toStdString())});
    QCOMPARE(done.code, ExitCode::Failed);
    QCOMPARE(std::ranges::count(done.out, '\n'), 1);
    QVERIFY(done.out.starts_with("{\"type\":\"rejected\""));
    QVERIFY2(done.out.contains(reason.toStdString()), done.out.c_str());
}

void TestParseCommand::unknownKindIsWrongUsage()
{
    const Run done = parse({"--connector", "news", "--kind", "cats", write("<rss/>")});
    QCOMPARE(done.code, ExitCode::Usage);
    QVERIFY(done.err.contains("it reads feed"));
}

QTEST_GUILESS_MAIN(TestParseCommand)
#include "tst_parse_command.moc"
