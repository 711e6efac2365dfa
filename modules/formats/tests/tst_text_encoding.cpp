// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/text_encoding.h"

#include <QTest>

using namespace std::string_literals;
using namespace chrona;
using namespace chrona::formats;

class TestTextEncoding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void readsHeaders();
    void refusesWhatIsTooLarge();
};

namespace {

QByteArray rawBytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

std::string wide(std::string_view ascii, bool bigEndian, std::size_t width)
{
    std::string out;
    for (const char c : ascii) {
        const std::string zeros(width - 1, '\0');
        out += bigEndian ? zeros + c : c + zeros;
    }
    return out;
}

std::string declared(const std::string &encoding, const std::string &text)
{
    return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><a>" + text + "</a>";
}

} // namespace

void TestTextEncoding::reads_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("contained");
    QTest::addColumn<bool>("isDeclared");
    const auto row = [](const char *name, const std::string &document, const char *contentType,
                        const char *encoding, const char *contained, bool isDeclared = true) {
        QTest::newRow(name) << rawBytes(document) << QByteArray(contentType) << QByteArray(encoding)
                            << QByteArray(contained) << isDeclared;
    };
    row("nothing said is UTF-8", "<a>\xc3\xa9</a>", "", "utf-8", "é");
    row("a mark decides", "\xef\xbb\xbf" + declared("koi8-r", "\xc3\xa9"), "", "utf-8", "é");
    row("UTF-16 with a mark", "\xff\xfe"s + wide("<a>x</a>", false, 2), "", "utf-16le", "<a>x");
    row("UTF-16 by its zeros", wide("<?xml version='1.0'?><a>x</a>", true, 2), "", "utf-16be",
        "<a>x");
    row("UTF-32 with a mark", "\0\0\xfe\xff"s + wide("<a>x</a>", true, 4), "", "utf-32be", "<a>x");
    row("UTF-32 by its zeros", wide("<a>x</a>", false, 4), "", "utf-32le", "<a>x");
    row("UTF-16 cut inside a character", "\xff\xfe"s + wide("<a>x</a>", false, 2) + "y", "",
        "utf-16le", "<a>x", false);
    row("declared UTF-16 that is none", declared("utf-16", "\xc3\xa9"), "", "utf-8", "é");
    row("the declaration counts", declared("koi8-r", "\xf0\xd2\xc9"), "", "koi8-r", "При");
    row("the header counts more", declared("koi8-r", "\xcf\xf0\xe8"),
        "application/xml; charset=\"windows-1251\"", "windows-1251", "При");
    row("text/* without charset is ASCII", declared("iso-8859-1", "x"), "text/xml", "us-ascii",
        "x");
    row("where it is, and else as declared", declared("iso-8859-1", "\xe9"), "text/xml",
        "iso-8859-1", "é");
    row("Latin-1 is written by Windows", declared("iso-8859-1", "\x93x\x94"), "", "iso-8859-1",
        "“x”");
    row("UTF-8 is claimed, Windows is meant", declared("utf-8", "it\x92s"), "", "windows-1252",
        "it’s", false);
    row("one damaged character is no other encoding",
        declared("utf-8", "\xc3\xa9\xc3\xa8\xc3\xa9\xc3\xa8\xc3\xa9 \xe2\x82 x"), "", "utf-8",
        "éèéèé", false);
    row("a header that lies", declared("utf-8", "\xe2\x82\xac"),
        "application/xml; charset=us-ascii", "utf-8", "€", false);
    row("UTF-8 that claims to be Russian Windows", declared("windows-1251", "\xd0\x94\xd0\xb0"), "",
        "utf-8", "Да", false);
    row("and by its header", "<a>\xc3\xa9\xc3\xa8</a>", "text/xml; charset=iso-8859-1", "utf-8",
        "éè", false);
    row("two bytes of Latin-1 are not UTF-8 yet", declared("iso-8859-1", "\xc3\xa9"), "",
        "iso-8859-1", "Ã©");
    row("two characters of GBK may look like it", declared("gbk", "\xc2\xa9\xc3\xa9"), "", "gbk",
        "漏茅");
    row("the year of a standard", declared("ISO_8859-5:1988", "\xbf\xe0\xd8"), "",
        "iso_8859-5:1988", "При");
    row("a name run together", declared("windows1251", "\xcf\xf0\xe8"), "", "windows1251", "При");
    row("ISO-2022-JP in another spelling", declared("iso2022_jp", "\x1b$BF|K\\\x1b(B"), "",
        "iso2022_jp", "日本");
    row("HZ", declared("hz-gb-2312", "~{VP9z~} ~~"), "", "hz-gb-2312", "中国 ~");
    row("seven bits by their declaration, whatever text/* says", declared("hz", "~{VP9z~}"),
        "text/xml", "hz", "中国");
    row("Greek of an old Mac", declared("x-mac-greek", "\xf1\xe1"), "", "x-mac-greek", "ώα");
    row("an encoding that nobody has", declared("x-nonsense", "\xc3\xa9"), "", "utf-8", "é", false);
    row("a name with a switch in it", declared("utf-16//IGNORE", "\xc3\xa9"), "", "utf-8", "é",
        false);
    row("a name with an underscore", declared("iso8859_5", "\xbf\xe0\xd8"), "", "iso8859_5", "При");
    row("a code page by its number", declared("866", "\x8f\xe0\xa8"), "", "866", "При");
    row("gb2312 is read as what it grew to", declared("gb2312", "\xc4\xe3\xba\xc3"), "", "gb18030",
        "你好");
    row("Big5", declared("big5", "\xa7\x41\xa6\x6e"), "", "big5", "你好");
    row("EUC-JP", declared("euc-jp", "\xc6\xfc\xcb\xdc"), "", "euc-jp", "日本");
    row("Shift JIS", declared("shift_jis", "\x93\xfa\x96\x7b"), "", "shift_jis", "日本");
    row("EUC-KR", declared("euc-kr", "\xc7\xd1\xb1\xdb"), "", "euc-kr", "한글");
    // "<?xml encoding='cp037'?>" and "<a>é" in EBCDIC
    row("EBCDIC",
        "\x4c\x6f\xa7\x94\x93\x40\x85\x95\x83\x96\x84\x89\x95\x87\x7e\x7d\x83\x97\xf0\xf3"
        "\xf7\x7d\x6f\x6e\x4c\x81\x6e\x51",
        "", "cp037", "<a>é");
    row("Cyrillic that says nothing is recognised",
        "<a>\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0! \xdd\xf2\xee "
        "\xed\xe5\xe1\xee\xeb\xfc\xf8\xee\xe9 "
        "\xf2\xe5\xea\xf1\xf2 \xed\xe0 \xf0\xf3\xf1\xf1\xea\xee\xec \xff\xe7\xfb\xea\xe5.</a>",
        "", "WINDOWS-1251", "Привет", false);
}

void TestTextEncoding::reads()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, contained);
    QFETCH(bool, isDeclared);
    const std::string content = document.toStdString(), header = contentType.toStdString();
    const auto read = decodeXmlText({.bytes = content, .contentType = header});
    QVERIFY(read.has_value());
    QCOMPARE(rawBytes(read->encoding), encoding);
    QVERIFY2(rawBytes(read->text).contains(contained), read->text.c_str());
    QCOMPARE(read->trust == EncodingTrust::Declared, isDeclared);
}

void TestTextEncoding::readsHeaders()
{
    QCOMPARE(mediaType(" Application/RSS+XML ; charset=x"), "application/rss+xml"s);
    QCOMPARE(contentTypeParameter("text/xml; a=b; Charset = 'UTF-8' ; c=d", "charset"), "UTF-8"s);
    QCOMPARE(contentTypeParameter("text/xml", "charset"), ""s);
    QCOMPARE(contentTypeParameter("text/xml; charset", "charset"), ""s);
}

void TestTextEncoding::refusesWhatIsTooLarge()
{
    const std::string document(65 << 20, ' ');
    const auto read = decodeXmlText({.bytes = document, .contentType = {}});
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == ErrorCode::InvalidInput);
}

QTEST_APPLESS_MAIN(TestTextEncoding)
#include "tst_text_encoding.moc"
