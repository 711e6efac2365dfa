// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/canonical_url.h"
#include "chrona/events/plain_text.h"

#include <QTest>

using namespace chrona;

class TestCanonicalUrl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressHasOneForm_data();
    void addressHasOneForm();
    void textIsCleaned_data();
    void textIsCleaned();
    void textIsCutBetweenCharacters();
};

void TestCanonicalUrl::addressHasOneForm_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("expected"); // empty: is no address of a page
    const auto row = [](const char *name, const char *url, const char *expected) {
        QTest::newRow(name) << QByteArray(url) << QByteArray(expected);
    };
    row("a canonical one stays", "https://example.org/a?b=1", "https://example.org/a?b=1");
    row("host and scheme in lower case", "HTTPS://Example.ORG/Path", "https://example.org/Path");
    row("a missing path is the root", "https://example.org", "https://example.org/");
    row("a query behind the host", "https://example.org?b=1", "https://example.org/?b=1");
    row("the default port goes", "https://example.org:443/a", "https://example.org/a");
    row("the other scheme's default stays", "https://example.org:80/a", "https://example.org:80/a");
    row("http has port 80", "http://example.org:80/a", "http://example.org/a");
    row("an empty port goes", "http://example.org:/a", "http://example.org/a");
    row("the fragment goes", "https://example.org/a#part?x", "https://example.org/a");
    row("tracking goes, the rest keeps its order",
        "https://example.org/a?z=2&utm_source=x&fbclid=y&b=1", "https://example.org/a?z=2&b=1");
    row("tracking alone leaves no question mark", "https://example.org/a?UTM_Medium=rss",
        "https://example.org/a");
    row("a parameter that only begins alike stays", "https://example.org/a?gclidx=1",
        "https://example.org/a?gclidx=1");
    row("AMP pages are the page", "https://example.org/story/amp/", "https://example.org/story");
    row("AMP by parameter", "https://example.org/story?amp=1&id=3",
        "https://example.org/story?id=3");
    row("a word that ends in amp stays", "https://example.org/camp", "https://example.org/camp");
    row("dot segments are resolved", "https://example.org/a/./b/../c", "https://example.org/a/c");
    row("above the root is the root", "https://example.org/../../a", "https://example.org/a");
    row("a trailing slash stays", "https://example.org/a/", "https://example.org/a/");
    row("percent-encoding in one way", "https://example.org/%7euser/%c3%bc?q=%2f",
        "https://example.org/~user/%C3%BC?q=%2F");
    row("letters beyond ASCII are encoded", "https://example.org/\xC3\xBC",
        "https://example.org/%C3%BC");
    row("a lone percent sign is encoded", "https://example.org/100%", "https://example.org/100%25");
    row("blanks around it go", "  https://example.org/a\r\n", "https://example.org/a");
    row("IPv6", "http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a");
    row("the host's last dot goes", "https://example.org./a", "https://example.org/a");
    row("AMP twice", "https://example.org/story/amp/amp", "https://example.org/story");
    row("tracking hidden in escapes", "https://example.org/a?%75tm_source=x&b=1",
        "https://example.org/a?b=1");
    row("a colon in the host", "https://a:b.org:443/", "");
    row("javascript", "javascript:alert(1)", "");
    row("data", "data:text/html,x", "");
    row("a file", "file:///etc/passwd", "");
    row("user information", "https://user:pw@example.org/", "");
    row("no host", "https:///a", "");
    row("a port of letters", "https://example.org:port/", "");
    row("a blank in the host", "https://exa mple.org/", "");
    row("a path alone", "/a", "");
    row("nothing", "", "");
    QTest::newRow("far too long") << QByteArray("https://example.org/" + QByteArray(3000, 'a'))
                                  << QByteArray();
}

void TestCanonicalUrl::addressHasOneForm()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, expected);
    const std::string once = events::canonicalUrl(url.toStdString());
    QCOMPARE(QByteArray::fromStdString(once), expected);
    QCOMPARE(events::canonicalUrl(once), once);
}

void TestCanonicalUrl::textIsCleaned_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &line,
                        const QByteArray &lines) { QTest::newRow(name) << text << line << lines; };
    row("blanks around and inside", "  a \t b  ", "a b", "a b");
    row("line ends", "a\r\nb\n\n\n c\r", "a b c", "a\nb\n\nc");
    row("a no-break space is a space",
        "a\xC2\xA0"
        "b",
        "a b", "a b");
    row("control characters go", QByteArray("a\0b\x1b[31m\x7f", 9), "ab[31m", "ab[31m");
    row("direction marks go",
        "abc\xE2\x80\xAE"
        "fed",
        "abcfed", "abcfed");
    row("zero width goes",
        "a\xE2\x80\x8B"
        "b\xEF\xBB\xBF",
        "ab", "ab");
    row("bytes that are not UTF-8",
        "a\xff"
        "b",
        "a\xEF\xBF\xBD"
        "b",
        "a\xEF\xBF\xBD"
        "b");
    row("other scripts stay", "\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8C\x8B",
        "\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8C\x8B", "\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8C\x8B");
    row("blanks only", " \n\t ", "", "");
}

void TestCanonicalUrl::textIsCleaned()
{
    QFETCH(QByteArray, text);
    const std::string raw = text.toStdString();
    QTEST(QByteArray::fromStdString(events::plainLine(raw, 1000)), "line");
    QTEST(QByteArray::fromStdString(events::plainText(raw, 1000)), "lines");
}

void TestCanonicalUrl::textIsCutBetweenCharacters()
{
    QCOMPARE(events::plainLine("abcdef", 6), std::string("abcdef"));
    QCOMPARE(events::plainLine("abcdefg", 6), std::string("abc\xE2\x80\xA6"));
    QCOMPARE(events::plainLine("ab\xC3\xBC\xC3\xBC\xC3\xBC", 7),
             std::string("ab\xC3\xBC\xE2\x80\xA6"));
    QCOMPARE(events::plainLine("abc", 2), std::string());
}

QTEST_APPLESS_MAIN(TestCanonicalUrl)
#include "tst_canonical_url.moc"
