// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/feed.h"
#include "chrona/formats/opml.h"

#include <QTest>

using namespace std::string_literals;
using namespace chrona;
using namespace chrona::formats;

class TestFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEachFormat_data();
    void readsEachFormat();
    void readsEveryField();
    void takesWhatOthersLeaveOut_data();
    void takesWhatOthersLeaveOut();
    void resolvesAgainstTheNearestBase();
    void readsOnWhereXmlIsIllFormed_data();
    void readsOnWhereXmlIsIllFormed();
    void entitiesNeverExpandFar();
    void entitiesNeverReachOutside();
    void refuses_data();
    void refuses();
    void limitsHold();
    void readsStatisticsOfCentralBanks();
    void readsPlaces_data();
    void readsPlaces();
    void readsOpml();
    void refusesWhatIsNoOpml();
};

namespace {

std::string rss(const std::string &item)
{
    return "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
           "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
           "xmlns:media='http://search.yahoo.com/mrss/'><channel><title>C</title><item>" +
           item + "</item></channel></rss>";
}

FeedEntry onlyEntry(const std::string &document)
{
    const auto feed =
        readFeed(document, {.documentUrl = "http://example.org/feed/", .contentType = {}});
    FeedEntry none;
    none.id = "not one entry";
    return feed && feed->entries.size() == 1 ? feed->entries.front() : none;
}

} // namespace

void TestFeed::readsEachFormat_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("RSS 2.0") << QByteArray(
        "<rss version='2.0'><channel><title>Feed</title><link>http://example.org/</link><item>"
        "<title>One</title><link>http://example.org/1</link><guid>http://example.org/1</guid>"
        "<pubDate>Thu, 01 Jan 2004 10:00:00 GMT</pubDate><description>Text</description>"
        "</item></channel></rss>");
    QTest::newRow("RSS 1.0") << QByteArray(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<channel rdf:about='http://example.org/rss'><title>Feed</title>"
        "<link>http://example.org/</link></channel><item rdf:about='http://example.org/1'>"
        "<title>One</title><link>http://example.org/1</link><description>Text</description>"
        "<dc:date>2004-01-01T10:00:00Z</dc:date></item></rdf:RDF>");
    QTest::newRow("Atom 1.0") << QByteArray(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Feed</title>"
        "<link href='http://example.org/'/><link rel='self' href='http://example.org/atom'/>"
        "<entry><title>One</title><id>http://example.org/1</id><link href='http://example.org/1'/>"
        "<published>2004-01-01T10:00:00Z</published><updated>2004-01-01T10:00:00Z</updated>"
        "<summary>Text</summary></entry></feed>");
    QTest::newRow("Atom 0.3") << QByteArray(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>Feed</title>"
        "<link rel='alternate' type='text/html' href='http://example.org/'/><entry>"
        "<title>One</title><id>http://example.org/1</id>"
        "<link rel='alternate' type='text/html' href='http://example.org/1'/>"
        "<issued>2004-01-01T10:00:00Z</issued><modified>2004-01-01T10:00:00Z</modified>"
        "<summary>Text</summary></entry></feed>");
    QTest::newRow("CDF") << QByteArray(
        "<CHANNEL HREF='http://example.org/'><TITLE>Feed</TITLE><ITEM HREF='http://example.org/1' "
        "LASTMOD='2004-01-01T10:00:00Z'><TITLE>One</TITLE><ABSTRACT>Text</ABSTRACT></ITEM>"
        "</CHANNEL>");
    QTest::newRow("JSON Feed") << QByteArray(
        R"({"version":"https://jsonfeed.org/version/1.1","title":"Feed",)"
        R"("home_page_url":"http://example.org/","items":[{"id":"http://example.org/1",)"
        R"("url":"http://example.org/1","title":"One","content_text":"Text",)"
        R"("date_published":"2004-01-01T10:00:00Z"}]})");
}

void TestFeed::readsEachFormat()
{
    QFETCH(QByteArray, document);
    const auto feed = readFeed(document.toStdString(), {});
    QVERIFY2(feed.has_value(), feed ? "" : feed.error().what.c_str());
    QVERIFY(!feed->malformed);
    QCOMPARE(feed->title, "Feed"s);
    QCOMPARE(feed->link, "http://example.org/"s);
    QCOMPARE(feed->entries.size(), 1U);
    const FeedEntry &entry = feed->entries.front();
    QCOMPARE(entry.title, "One"s);
    QCOMPARE(entry.link, "http://example.org/1"s);
    QCOMPARE(entry.summary, "Text"s);
    QVERIFY(entry.updated.has_value());
    QCOMPARE(formatInstant(*entry.updated), "2004-01-01T10:00:00Z"s);
    if (!document.startsWith("<CHANNEL"))
        QCOMPARE(entry.id, "http://example.org/1"s);
}

void TestFeed::readsEveryField()
{
    const FeedEntry entry = onlyEntry(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>A "
        "&lt;b>b&lt;/b></title>"
        "<id> urn:x </id><link rel='edit' href='e'/><link href='p'/>"
        "<published>2004-01-01T10:00:00Z</published><updated>2004-01-02T10:00:00Z</updated>"
        "<summary>S &lt;i></summary><content type='xhtml'><div "
        "xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>C <a href='l'>l</a></p></div></content>"
        "<author><name>N</name><title>no</title><email>m@x</email></author><contributor><name>O</"
        "name></contributor>"
        "<category term='t' label='L'/><category term='t'/><category term='u'/>"
        "<source><title>S</title><link href='http://s/'/></source></entry></feed>");
    QCOMPARE(entry.title, "A <b>b</b>"s);
    QCOMPARE(entry.id, "urn:x"s);
    QCOMPARE(entry.link, "http://example.org/feed/p"s);
    QCOMPARE(formatInstant(entry.published.value()), "2004-01-01T10:00:00Z"s);
    QCOMPARE(formatInstant(entry.updated.value()), "2004-01-02T10:00:00Z"s);
    QCOMPARE(entry.summary, "S &lt;i&gt;"s);
    QCOMPARE(entry.content, "<p>C <a href=\"http://example.org/feed/l\">l</a></p>"s);
    QCOMPARE(entry.author, "N (m@x)"s);
    QCOMPARE(entry.categories, (std::vector<std::string>{"t", "u"}));
    QCOMPARE(entry.source, (FeedSource{"S", "http://s/"}));
}

void TestFeed::takesWhatOthersLeaveOut_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const char *item, const char *field, const char *value) {
        QTest::newRow(name) << QByteArray(item) << QByteArray(field) << QByteArray(value);
    };
    row("an id that is an address is the link", "<guid>http://a/</guid>", "link", "http://a/");
    row("unless it says that it is none", "<guid isPermaLink='false'>http://a/</guid>", "link", "");
    row("nor where it is a mere name", "<guid>x-17</guid>", "link", "");
    row("the link counts more", "<guid>http://a/</guid><link>http://b/</link>", "link",
        "http://b/");
    row("a name that is an address", "<id>https://a/x</id>", "link", "https://a/x");
    row("any link counts more than it", "<id>http://a/</id><link href='p' type='a/b'/>", "link",
        "http://example.org/feed/p");
    row("a name that is none", "<id>tag:a,2003:1</id>", "link", "");
    row("base 64", "<title mode='base64'>RXhhbXBsZSBBdG9t</title>", "title", "Example Atom");
    row("what only claims to be", "<title mode='base64'>Example Atom</title>", "title",
        "Example Atom");
    row("a picture is no text", "<title mode='base64'>iVBORw0K</title>", "title", "");
    row("a picture's title is not the entry's", "<image><title>p</title></image><title>t</title>",
        "title", "t");
    row("a film's title where there is no other", "<media:title>m</media:title>", "title", "m");
    row("and not where there is", "<media:title>m</media:title><title>t</title>", "title", "t");
    row("content stands in for the summary", "<content:encoded>&lt;p>c&lt;/p></content:encoded>",
        "summary", "<p>c</p>");
    row("of two descriptions the second is the content",
        "<description>a</description><content:encoded>b</content:encoded>", "content", "b");
    row("a title that is plainly HTML", "<title>AT&amp;amp;T</title>", "title", "AT&T");
    row("a title that is plainly not", "<title>1 &lt; 2</title>", "title", "1 &lt; 2");
    row("CDATA is taken as it is", "<title><![CDATA[AT&T <b>x</b>]]></title>", "title",
        "AT&T <b>x</b>");
    row("names of HTML that XML lacks", "<title>&eacute;&Yuml;&nbsp;x</title>", "title",
        "éŸ\u00a0x");
    row("an empty link is none", "<link/>", "link", "");
    row("a link as RDF has it", "<link rdf:resource='/r'/>", "link", "http://example.org/r");
    row("an id that is a path is an address", "<guid>/a/17</guid>", "id",
        "http://example.org/a/17");
    row("and the link", "<guid>/a/17</guid>", "link", "http://example.org/a/17");
    row("a script's address is no link", "<link>javascript:x</link>", "link", "");
    row("nor part of an id", "<guid>&lt;script>x</guid>", "id", "%3Cscript%3Ex");
    row("who wrote it", "<dc:creator>A</dc:creator>", "author", "A");
}

void TestFeed::takesWhatOthersLeaveOut()
{
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    const FeedEntry entry = onlyEntry(rss(item.toStdString()));
    const std::string &found = field == "link"      ? entry.link
                               : field == "title"   ? entry.title
                               : field == "summary" ? entry.summary
                               : field == "content" ? entry.content
                               : field == "author"  ? entry.author
                                                    : entry.id;
    QCOMPARE(QByteArray::fromStdString(found), value);
}

void TestFeed::resolvesAgainstTheNearestBase()
{
    const FeedEntry entry = onlyEntry(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://b.org/x/'><entry xml:base='y/'>"
        "<link href='l'/><content type='html' xml:base='z/'>&lt;a href='c'>c&lt;/a></content>"
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p xml:base='/p/'><a href='i'>i</a></p></div></summary></entry></feed>");
    QCOMPARE(entry.link, "http://b.org/x/y/l"s);
    QCOMPARE(entry.content, "<a href=\"http://b.org/x/y/z/c\">c</a>"s);
    QCOMPARE(entry.summary, "<p><a href=\"http://b.org/p/i\">i</a></p>"s);
}

void TestFeed::readsOnWhereXmlIsIllFormed_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<int>("entries");
    const auto row = [](const char *name, const std::string &document, int entries) {
        QTest::newRow(name) << QByteArray::fromStdString(document) << entries;
    };
    row("a bare ampersand", rss("<title>AT&T</title>"), 1);
    row("an unclosed title", rss("<title>a</item><item><title>b</title>"), 2);
    row("an unclosed entry", rss("<title>a</title><item><title>b</title>"), 2);
    row("markup that nobody escaped", rss("<title>a</title><description>a<br>b<p>c</description>"),
        1);
    row("an undeclared prefix", rss("<title>a</title><foo:bar>x</foo:bar>"), 1);
    row("an attribute without quotes", rss("<title type=text>a</title>"), 1);
    row("a quote that never closes", rss("<title>a</title><x y=\"z></x>"), 1);
    row("capitals that do not match", rss("<title>a</TITLE>"), 1);
    row("cut inside the second entry",
        "<rss><channel><item><title>a</title></item><item><title>b</title><desc", 1);
    row("cut inside a CDATA section",
        "<rss><channel><item><title>a</title></item><item><title><![CDATA[b", 1);
    row("words before the document", "x" + rss("<title>a</title>"), 1);
}

void TestFeed::readsOnWhereXmlIsIllFormed()
{
    QFETCH(QByteArray, document);
    QFETCH(int, entries);
    const auto feed = readFeed(document.toStdString(), {});
    QVERIFY(feed.has_value());
    QVERIFY(feed->malformed);
    QCOMPARE(feed->entries.size(), static_cast<std::size_t>(entries));
    QVERIFY2(feed->entries.front().title.starts_with('a') || feed->entries.front().title == "AT&T",
             feed->entries.front().title.c_str());
}

void TestFeed::entitiesNeverExpandFar()
{
    std::string document = "<!DOCTYPE rss [<!ENTITY a0 'aaaaaaaaaa'>";
    for (int i = 1; i < 10; ++i) {
        const std::string inner = "&a" + std::to_string(i - 1) + ";";
        std::string value;
        for (int k = 0; k < 10; ++k)
            value += inner;
        document += "<!ENTITY a" + std::to_string(i) + " '" + value + "'>";
    }
    document +=
        "<!ENTITY own 'O&#39;Neil &amp; Co'>]>" + rss("<title>&a9;</title><guid>&own;</guid>");
    const auto feed = readFeed(document, {});
    QVERIFY(feed.has_value());
    QVERIFY(feed->malformed);
    QVERIFY(feed->entries.front().title.size() < 200'000);
    QVERIFY(!feed->entries.front().id.contains("aaaa"));
}

void TestFeed::entitiesNeverReachOutside()
{
    const auto feed = readFeed("<!DOCTYPE rss [<!ENTITY file SYSTEM \"file:///etc/passwd\">"
                               "<!ENTITY markup \"<b>x</b>\"><!ENTITY me \"Chrona\">"
                               "<!ENTITY % p SYSTEM 'http://example.org/x.dtd'> %p;]>" +
                                   rss("<title>&me;&file;</title><description>&markup;"
                                       "</description>"),
                               {});
    QVERIFY(feed.has_value());
    QCOMPARE(feed->entries.front().title, "Chrona&file;"s);
    QCOMPARE(feed->entries.front().summary, "<b>x</b>"s);
}

void TestFeed::refuses_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("nothing") << QByteArray("  \n") << QByteArray("empty");
    QTest::newRow("a page") << QByteArray("<!DOCTYPE html><html><body>Back soon</body></html>")
                            << QByteArray("begins with <html>");
    QTest::newRow("words") << QByteArray("Back soon") << QByteArray("no element");
    QTest::newRow("other JSON") << QByteArray(R"({"a":1})") << QByteArray("no JSON Feed");
    QTest::newRow("cut JSON") << QByteArray(R"({"version":"https://jsonfeed.org/version/1","it)")
                              << QByteArray("");
    QTest::newRow("nesting without end")
        << QByteArray("<rss><channel>").append(QByteArray("<a>").repeated(100'000))
        << QByteArray("deeper than 256");
}

void TestFeed::refuses()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, reason);
    const auto feed = readFeed(document.toStdString(), {});
    QVERIFY(!feed.has_value());
    QVERIFY(feed.error().code == ErrorCode::InvalidInput);
    QVERIFY2(QByteArray::fromStdString(feed.error().what).contains(reason),
             feed.error().what.c_str());
}

void TestFeed::limitsHold()
{
    const std::string two = "<rss><channel><item/><item/></channel></rss>";
    QVERIFY(readFeed(two, {}, {.entriesMax = 2}).has_value());
    QVERIFY(!readFeed(two, {}, {.entriesMax = 1}).has_value());
    QVERIFY(!readFeed(two, {}, {.bytesMax = 10}).has_value());
    QVERIFY(!readFeed(two, {}, {.depthMax = 2}).has_value());
}

void TestFeed::readsStatisticsOfCentralBanks()
{
    const FeedEntry entry = onlyEntry(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' "
        "xmlns:cb='http://www.cbwiki.net/wiki/index.php/Specification_1.1'>"
        "<item rdf:about='http://example.org/1'><title>A rate</title><cb:statistics>"
        "<cb:exchangeRate><cb:value>0.6543</cb:value><cb:baseCurrency>AUD</cb:baseCurrency>"
        "</cb:exchangeRate></cb:statistics></item></rdf:RDF>");
    QCOMPARE(entry.title, "A rate"s);
    QCOMPARE(entry.attributes,
             (schema::Attributes{{"cb_base_currency", "AUD"s}, {"cb_value", 0.6543}}));
}

void TestFeed::readsPlaces_data()
{
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<int>("points");
    const auto row = [](const char *name, const char *element, int points) {
        QTest::newRow(name) << QByteArray(element) << points;
    };
    row("a point", "<georss:point>45.5 -71.25</georss:point>", 1);
    row("a line", "<georss:line>45 -71 46 -72</georss:line>", 2);
    row("an area that nobody closed", "<georss:polygon>45 -71 46 -71 46 -72</georss:polygon>", 4);
    row("a box", "<georss:box>45 -72 46 -71</georss:box>", 5);
    row("two elements", "<geo:lat>45.5</geo:lat><geo:long>-71.25</geo:long>", 1);
    row("GML", "<georss:where><gml:Point><gml:pos>45.5 -71.25</gml:pos></gml:Point></georss:where>",
        1);
    row("a projected system is no place",
        "<georss:where><gml:Point srsName='EPSG:26913'>"
        "<gml:pos>36.9 31.1</gml:pos></gml:Point></georss:where>",
        0);
    row("a latitude beyond the pole", "<georss:point>95 10</georss:point>", 0);
    row("no number", "<georss:point>north 10</georss:point>", 0);
    row("not a number", "<georss:point>nan 10</georss:point>", 0);
    row("one number", "<georss:point>45</georss:point>", 0);
}

void TestFeed::readsPlaces()
{
    QFETCH(QByteArray, element);
    QFETCH(int, points);
    const FeedEntry entry = onlyEntry(
        "<rss xmlns:georss='http://www.georss.org/georss' xmlns:gml='http://www.opengis.net/gml' "
        "xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#'><channel><item><title>t</title>" +
        element.toStdString() + "</item></channel></rss>");
    QCOMPARE(entry.title, "t"s);
    QCOMPARE(schema::pointCount(entry.geo), static_cast<std::size_t>(points));
    if (points == 1)
        QCOMPARE(entry.geo.points.front(), (schema::GeoPoint{-71.25, 45.5}));
}

void TestFeed::readsOpml()
{
    const auto feeds =
        readOpml("<opml version='2.0'><head><title>L</title></head><body><outline text='News'>"
                 "<outline text='A &amp; B' xmlUrl='http://a/feed' htmlUrl='http://a/'/>"
                 "<outline title='T' text='x' xmlUrl='https://b/feed'></outline></outline>"
                 "<outline text='again' xmlUrl='http://a/feed'/>"
                 "<outline text='bad' xmlUrl='javascript:x'/></body></opml>");
    QVERIFY(feeds.has_value());
    QCOMPARE(*feeds, (std::vector<OpmlFeed>{{"A & B", "http://a/feed", "http://a/", {"News"}},
                                            {"T", "https://b/feed", "", {"News"}}}));
}

void TestFeed::refusesWhatIsNoOpml()
{
    QVERIFY(!readOpml("<html/>").has_value());
    std::string deep = "<opml>";
    for (int i = 0; i < 100; ++i)
        deep += "<outline text='a'>";
    QVERIFY(!readOpml(deep).has_value());
}

QTEST_APPLESS_MAIN(TestFeed)
#include "tst_feed.moc"
