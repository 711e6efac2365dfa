// SPDX-License-Identifier: AGPL-3.0-or-later
#include "command.h"
#include "command_run.h"
#include "input_folder.h"
#include "output.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::cli;
using cli::tests::Run;
using cli::tests::run;

/// `chronactl feed` as a shell sees it.
class TestFeedCommand : public QObject, private InputFolder {
    Q_OBJECT
private Q_SLOTS:
    void printsEveryField();
    void countsLinksFromTheGivenAddress();
    void aFileThatIsNoFeedHasALineToo();
    void readsDates();
    void wantsAFile();
};

void TestFeedCommand::printsEveryField()
{
    const std::string path =
        write(u"rss.xml"_s,
              "<rss xmlns:georss='http://www.georss.org/georss'><channel><title>F</title>"
              "<link>http://f/</link><item><guid isPermaLink='false'>g</guid><title>T</title>"
              "<link>http://l/</link><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>"
              "<description>S</description><author>A</author><category>C</category>"
              "<source url='http://s/'>O</source><georss:point>1.5 2</georss:point></item>"
              "</channel></rss>");
    const Run done = run({"feed", path});
    QCOMPARE(done.code, ExitCode::Done);
    QCOMPARE(done.err, std::string());
    QCOMPARE(done.out,
             "{\"file\":\"" + path +
                 "\",\"id\":\"\",\"title\":\"F\",\"link\":\"http://f/\",\"published\":null,"
                 "\"updated\":null,\"malformed\":false,\"encoding\":\"utf-8\",\"entries\":[{"
                 "\"id\":\"g\",\"title\":\"T\",\"link\":\"http://l/\","
                 "\"published\":\"2004-01-01T19:48:21Z\",\"updated\":\"2004-01-01T19:48:21Z\","
                 "\"summary\":\"S\",\"content\":\"\",\"author\":\"A\",\"categories\":[\"C\"],"
                 "\"source\":{\"title\":\"O\",\"link\":\"http://s/\"},"
                 "\"geo\":{\"type\":\"Point\",\"coordinates\":[2,1.5]}}]}\n");
}

void TestFeedCommand::countsLinksFromTheGivenAddress()
{
    const std::string path =
        write(u"relative.xml"_s,
              "<rss><channel><link>/x</link><title>\xcf\xf0\xe8</title></channel></rss>");
    const Run done = run({"feed", "--url", "http://example.org/a/feed", "--content-type",
                          "application/xml; charset=windows-1251", path});
    QCOMPARE(done.code, ExitCode::Done);
    QVERIFY(done.out.contains("\"link\":\"http://example.org/x\""));
    QVERIFY(done.out.contains("\"title\":\"При\""));
    QVERIFY(done.out.contains("\"encoding\":\"windows-1251\""));
}

void TestFeedCommand::aFileThatIsNoFeedHasALineToo()
{
    const std::string page = write(u"page.html"_s, "<html></html>");
    const std::string feed = write(u"feed.xml"_s, "<rss><channel/></rss>");
    const Run done = run({"feed", page, feed, page + ".missing"});
    QCOMPARE(done.code, ExitCode::Failed);
    QCOMPARE(std::ranges::count(done.out, '\n'), 3);
    QVERIFY(done.out.contains("\"reason\":\"the document is no feed: it begins with <html>\""));
    QVERIFY(done.err.contains(".missing"));
}

void TestFeedCommand::readsDates()
{
    const std::string path =
        write(u"dates.txt"_s, "Thu, 01 Jan 2004 19:48:21 EST\r\nThu, 31 Jun 2004\n\n2003-335");
    const Run done = run({"feed", "--dates", path});
    QCOMPARE(done.code, ExitCode::Done);
    QCOMPARE(done.out,
             std::string("2004-01-02T00:48:21Z\nrefused\nrefused\n2003-12-01T00:00:00Z\n"));
    QCOMPARE(run({"feed", "--dates", path + ".missing"}).code, ExitCode::Failed);
}

void TestFeedCommand::wantsAFile()
{
    QCOMPARE(run({"feed"}).code, ExitCode::Usage);
}

QTEST_GUILESS_MAIN(TestFeedCommand)
#include "tst_feed_command.moc"
