// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/html_text.h"
#include "chrona/formats/url.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;

class TestHtmlText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sanitizes_data();
    void sanitizes();
    void isIdempotent_data() { sanitizes_data(); }
    void isIdempotent();
    void staysLinear_data();
    void staysLinear();
    void becomesText_data();
    void becomesText();
    void decodesReferences_data();
    void decodesReferences();
    void knowsHtmlBySight_data();
    void knowsHtmlBySight();
    void resolvesLinks_data();
    void resolvesLinks();
    void judgesLinks_data();
    void judgesLinks();
};

void TestHtmlText::sanitizes_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QByteArray>("safe");
    const auto row = [](const char *name, const QByteArray &html, const char *safe) {
        QTest::newRow(name) << html << QByteArray(safe);
    };
    row("what is harmless stays", "<p>a <b>bold</b> word</p>", "<p>a <b>bold</b> word</p>");
    row("a script goes with what it holds", "a<script>alert(1)</script>b", "ab");
    row("a style too", "a<STYLE>p{}</style >b", "ab");
    row("a script without end takes the rest", "a<script>alert(1)", "a");
    row("frames and objects leave their text", "<iframe src=x>a</iframe><object>b</object>", "ab");
    row("handlers go", "<img src=\"http://a/b.png\" onerror=\"x()\" alt='A'>",
        "<img src=\"http://a/b.png\" alt=\"A\">");
    row("a handler behind a broken quote", "<img src=\"http://a/\"onload=\"x\">",
        "<img src=\"http://a/\">");
    row("a script's address goes", "<a href=\"javascript:x()\">a</a>", "<a>a</a>");
    row("also with blanks in it", "<a href=\"java\nscr&#9;ipt:x()\">a</a>", "<a>a</a>");
    row("also behind references", "<a href=\"&#106;avascript&colon;x()\">a</a>", "<a>a</a>");
    row("data is no address", "<img src=\"data:image/svg+xml,x\">", "<img>");
    row("a script hidden in a script", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "ipt&gt;alert(1)ipt&gt;");
    row("a tag that is cut off", "a<img src=x onerror=y", "a");
    row("a comment goes", "a<!-- <script> -->b<!-->c<!--->d", "abcd");
    row("CDATA is a comment to a browser", "a<![CDATA[<script>x</script>]]>b", "ax]]&gt;b");
    row("unknown elements leave their text", "<blink>a</blink><x:y z>b</x:y>", "ab");
    row("what is not closed gets closed", "<p><b>a", "<p><b>a</b></p>");
    row("wrong order is put right", "<b><i>a</b></i>", "<b><i>a</i></b>");
    row("an end without beginning goes", "a</p></b>", "a");
    row("void elements have no end", "a<br/>b<br></br>c", "a<br>b<br>c");
    row("less and greater are text", "1 < 2 > 0", "1 &lt; 2 &gt; 0");
    row("an ampersand that means nothing stays", "AT&T & Co", "AT&T & Co");
    row("one that could mean something is escaped", "a &amp;lt; b", "a &amp;lt; b");
    row("a reference made of two halves", "&am<x>p;lt;<y>", "&amp;amp;lt;");
    row("references become characters", "&eacute;&#233;&#xe9;&#146;", "ééé’");
    row("control characters go",
        QByteArray("a\0b\x07"
                   "c",
                   5),
        "abc");
    row("relative links count from the base", "<a href=\"../x?a=1&b=2\">a</a>",
        "<a href=\"http://example.org/x?a=1&amp;b=2\">a</a>");
    row("a quote in an address is encoded", "<a href='http://a/\"onclick=x'>a</a>",
        "<a href=\"http://a/%22onclick=x\">a</a>");
    row("no identity, no style", "<p id=a class=b style=\"color:red\" title=c>d</p>",
        "<p title=\"c\">d</p>");
    row("markup in a value takes the value along", "<p title='\" onclick=\"x' lang=\"<b>\">d</p>",
        "<p>d</p>");
    row("the first of two attributes counts", "<a href=\"http://a/\" href=\"http://b/\">c</a>",
        "<a href=\"http://a/\">c</a>");
    row("foreign markup leaves its text", "<svg><script>x</script><text>a</text></svg><math><mi>b",
        "ab");
    row("a reference with a control character in it",
        "a&#\x01"
        "60;b",
        "a&amp;#60;b");
    row("a style in a raw text element",
        "<noscript><style></noscript><img src=http://a/ onerror=x>", "");
}

void TestHtmlText::sanitizes()
{
    QFETCH(QByteArray, html);
    QFETCH(QByteArray, safe);
    QCOMPARE(QByteArray::fromStdString(sanitizeHtml(html.toStdString(), "http://example.org/a/b")),
             safe);
}

void TestHtmlText::isIdempotent()
{
    QFETCH(QByteArray, html);
    const std::string once = sanitizeHtml(html.toStdString(), "http://example.org/a/b");
    QCOMPARE(sanitizeHtml(once, "http://example.org/a/b"), once);
}

void TestHtmlText::staysLinear_data()
{
    QTest::addColumn<QByteArray>("unit");
    for (const char *unit : {"<b>", "</b>", "<!--", "<a href=\"", "<", "&", "<script>", "<p <",
                             "<!", "</script", "&amp", "<a a a "})
        QTest::addRow("%s again and again", unit) << QByteArray(unit);
}

/// A quadratic reader would need minutes here, and the test its time limit.
void TestHtmlText::staysLinear()
{
    QFETCH(QByteArray, unit);
    const std::string html = unit.repeated(2'000'000 / unit.size()).toStdString();
    const std::string safe = sanitizeHtml(html);
    QVERIFY(safe.size() <= 8 * html.size());
    QVERIFY(!safe.contains("<script"));
}

void TestHtmlText::becomesText_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *html, const char *text) {
        QTest::newRow(name) << QByteArray(html) << QByteArray(text);
    };
    row("inline elements do not part words", "a<b>b</b>c", "abc");
    row("blocks stand on lines of their own", "<p>one</p><p>two</p>", "one\n\ntwo");
    row("a break ends a line", "one<br>two", "one\ntwo");
    row("line ends are blanks", " one\n  two ", "one two");
    row("references are decoded", "&lt;b&gt; &amp;amp; &euro;", "<b> &amp; €");
    row("scripts are not read", "a<script>b</script><style>c</style>d", "ad");
}

void TestHtmlText::becomesText()
{
    QFETCH(QByteArray, html);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(htmlToText(html.toStdString())), text);
}

void TestHtmlText::decodesReferences_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("decoded");
    const auto row = [](const char *text, const char *decoded) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(decoded);
    };
    row("&AElig;&Yuml;&thetasym;&zwnj;&hearts;", "\u00c6\u0178\u03d1\u200c\u2665");
    row("&nbsp;", "\u00a0");
    row("&apos;&quot;", "'\"");
    row("&copy2026 &notit;", "©2026 ¬it;");
    row("&nosuch; & &; &#; &#x;", "&nosuch; & &; &#; &#x;");
    row("&#128;&#x99;", "€™");
    row("&#0;&#xD800;&#1114112;&#99999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD");
    row("&CounterClockwiseContourIntegral;", "∳");
    row("&ThickSpace;", "\u205f\u200a");
}

void TestHtmlText::decodesReferences()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, decoded);
    std::string out;
    appendDecoded(out, text.toStdString());
    QCOMPARE(QByteArray::fromStdString(out), decoded);
}

void TestHtmlText::knowsHtmlBySight_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isHtml");
    QTest::newRow("plain words") << QByteArray("a word") << false;
    QTest::newRow("a bare ampersand") << QByteArray("AT&T") << false;
    QTest::newRow("less than") << QByteArray("1 < 2") << false;
    QTest::newRow("a reference") << QByteArray("AT&amp;T") << true;
    QTest::newRow("an element that is closed") << QByteArray("a <b>c</b>") << true;
    QTest::newRow("a break") << QByteArray("a<br>b") << true;
    QTest::newRow("an element in passing") << QByteArray("the <b> element") << false;
    QTest::newRow("an element that HTML has not") << QByteArray("<foo>a</foo> &amp;") << false;
    QTest::newRow("a script") << QByteArray("<script>a") << true;
}

void TestHtmlText::knowsHtmlBySight()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isHtml);
    QCOMPARE(looksLikeHtml(text.toStdString()), isHtml);
}

void TestHtmlText::resolvesLinks_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("url");
    const auto row = [](const char *link, const char *url) {
        QTest::addRow("'%s'", link) << QByteArray(link) << QByteArray(url);
    };
    // RFC 3986 §5.4, base http://a/b/c/d;p?q
    row("g:h", "g:h");
    row("g", "http://a/b/c/g");
    row("./g", "http://a/b/c/g");
    row("g/", "http://a/b/c/g/");
    row("/g", "http://a/g");
    row("//g", "http://g");
    row("?y", "http://a/b/c/d;p?y");
    row("g?y", "http://a/b/c/g?y");
    row("#s", "http://a/b/c/d;p?q#s");
    row("g#s", "http://a/b/c/g#s");
    row(";x", "http://a/b/c/;x");
    row("", "http://a/b/c/d;p?q");
    row(".", "http://a/b/c/");
    row("..", "http://a/b/");
    row("../g", "http://a/b/g");
    row("../..", "http://a/");
    row("../../g", "http://a/g");
    row("../../../g", "http://a/g");
    row("/./g", "http://a/g");
    row("/../g", "http://a/g");
    row("g.", "http://a/b/c/g.");
    row("..g", "http://a/b/c/..g");
    row("./g/.", "http://a/b/c/g/");
    row("g;x=1/../y", "http://a/b/c/y");
    row("g?y/../x", "http://a/b/c/g?y/../x");
    row("  g\n ", "http://a/b/c/g");
    row("a b<c>\"", "http://a/b/c/a%20b%3Cc%3E%22");
}

void TestHtmlText::resolvesLinks()
{
    QFETCH(QByteArray, link);
    QFETCH(QByteArray, url);
    QCOMPARE(QByteArray::fromStdString(resolveUrl({"http://a/b/c/d;p?q", link.toStdString()})),
             url);
}

void TestHtmlText::judgesLinks_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<bool>("isLinkSafe");
    QTest::addColumn<bool>("isMediaSafe");
    QTest::newRow("a page") << QByteArray("https://a/") << true << true;
    QTest::newRow("a relative link") << QByteArray("a/b") << true << true;
    QTest::newRow("mail") << QByteArray("mailto:a@b") << true << false;
    QTest::newRow("a script") << QByteArray("JavaScript:x") << false << false;
    QTest::newRow("a script behind blanks") << QByteArray(" j\ta\nvascript:x") << false << false;
    QTest::newRow("a script further in") << QByteArray("http://a/?javascript:x") << false << false;
    QTest::newRow("data") << QByteArray("data:text/html,x") << false << false;
    QTest::newRow("a file") << QByteArray("file:///etc/passwd") << false << false;
}

void TestHtmlText::judgesLinks()
{
    QFETCH(QByteArray, link);
    QFETCH(bool, isLinkSafe);
    QFETCH(bool, isMediaSafe);
    QCOMPARE(isSafeLink(link.toStdString()), isLinkSafe);
    QCOMPARE(isSafeMedia(link.toStdString()), isMediaSafe);
}

QTEST_APPLESS_MAIN(TestHtmlText)
#include "tst_html_text.moc"
