// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/xml.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;

class TestXml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void treeHoldsWhatTheDocumentSays();
    void namespacesAreResolved();
    void recordsComeOneByOne();
    void piecesMakeNoDifference_data();
    void piecesMakeNoDifference();
    void encodingsBecomeUtf8_data();
    void encodingsBecomeUtf8();
    void refusals_data();
    void refusals();
    void errorsNameTheirPlace();
    void sinkCanRefuse();
};

namespace {

std::string repeated(std::string_view text, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += text;
    return out;
}

/// Everything that comes, as one line of text.
class Transcript final : public XmlSink {
public:
    Status open(XmlName name, std::span<const XmlAttribute> attributes, XmlPlace) override
    {
        text_ += "<" + std::string(name.local);
        for (const auto &attribute : attributes)
            text_ += " " + attribute.local + "=" + attribute.value;
        text_ += ">";
        return {};
    }
    Status text(std::string_view piece) override
    {
        text_ += piece;
        return {};
    }
    Status close() override
    {
        text_ += "</>";
        return {};
    }
    std::string text_;
};

} // namespace

void TestXml::treeHoldsWhatTheDocumentSays()
{
    const auto root = readXml("<?xml version=\"1.0\"?>\n<a x='1'>\n  <b>one &amp; &#x4E8C;</b><c/>"
                              "<b><![CDATA[<two>]]></b> tail</a>");
    QVERIFY(root.has_value());
    QCOMPARE(root->local, std::string("a"));
    QCOMPARE(root->attribute("x"), std::string_view("1"));
    QCOMPARE(root->attribute("y"), std::string_view());
    QCOMPARE(root->children.size(), 3U);
    QCOMPARE(root->childText("b"), std::string_view("one & \xE4\xBA\x8C"));
    QCOMPARE(root->childText("none"), std::string_view());
    QCOMPARE(root->children[2].text, std::string("<two>"));
    QCOMPARE(root->children[2].place.line, 3U);
    QCOMPARE(root->trimmedText(), std::string_view("tail"));
}

void TestXml::namespacesAreResolved()
{
    const auto root = readXml("<f xmlns='urn:a' xmlns:q='urn:b'><q:t q:k='v' p='w'>1</q:t><t>2</t>"
                              "</f>");
    QVERIFY(root.has_value());
    QVERIFY(root->name() == (XmlName{"urn:a", "f"}));
    QCOMPARE(root->childText(XmlName{"urn:b", "t"}), std::string_view("1"));
    QCOMPARE(root->childText(XmlName{"urn:a", "t"}), std::string_view("2"));
    QVERIFY(root->child(XmlName{"urn:c", "t"}) == nullptr);
    QCOMPARE(root->children[0].attributes[0].space, std::string("urn:b"));
    QCOMPARE(root->children[0].attributes[1].space, std::string());
}

void TestXml::recordsComeOneByOne()
{
    std::vector<std::string> seen;
    const XmlRecords records{
        .isRecord = [](XmlName name, std::size_t depth) { return depth == 3 && name.local == "r"; },
        .record = [&](const XmlElement &record) { seen.push_back("r" + record.text); },
        .around =
            [&](const XmlElement &element) {
                seen.push_back(element.local + std::string(element.attribute("d")));
            }};
    const auto done =
        readXmlRecords("<l d='7'><g><r>1<r>inner</r></r><r>2</r></g><r>3</r></l>", records);
    QVERIFY(done.has_value());
    QCOMPARE(seen, (std::vector<std::string>{"l7", "g", "r1", "r2", "r"}));

    XmlRecords rooted = records;
    rooted.root = "other";
    const auto foreign = readXmlRecords("<html><body/></html>", rooted);
    QVERIFY(!foreign.has_value());
    QVERIFY(foreign.error().what.ends_with("the document is <html> and not <other>"));
}

void TestXml::piecesMakeNoDifference_data()
{
    QTest::addColumn<int>("pieceBytes");
    QTest::newRow("byte by byte") << 1;
    QTest::newRow("in sevens, so that UTF-8 sequences are cut") << 7;
    QTest::newRow("at once") << 1000;
}

void TestXml::piecesMakeNoDifference()
{
    QFETCH(int, pieceBytes);
    const std::string document = "<a b='\xC3\xA4'>\xE4\xBA\x8C<c>&lt;x&gt;</c><!-- note --></a>";
    Transcript transcript;
    XmlReader reader;
    for (std::size_t at = 0; at < document.size(); at += std::size_t(pieceBytes))
        QVERIFY(
            reader.push(std::string_view(document).substr(at, std::size_t(pieceBytes)), transcript)
                .has_value());
    QVERIFY(reader.finish(transcript).has_value());
    QCOMPARE(transcript.text_, std::string("<a b=\xC3\xA4>\xE4\xBA\x8C<c><x></></>"));
}

void TestXml::encodingsBecomeUtf8_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("text");
    const QByteArray latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xE9</a>";
    QTest::newRow("ISO-8859-1") << latin << QByteArray("caf\xC3\xA9");
    QTest::newRow("windows-1252 with its quotes and euro")
        << QByteArray("<?xml version='1.0' encoding='Windows-1252'?><a>\x93\x80\x94</a>")
        << QByteArray("\xE2\x80\x9C\xE2\x82\xAC\xE2\x80\x9D");
    QTest::newRow("a mark before UTF-8")
        << QByteArray("\xEF\xBB\xBF<a>\xC3\xA9</a>") << QByteArray("\xC3\xA9");
    QTest::newRow("UTF-16 with a mark")
        << QByteArray("\xFF\xFE<\0a\0>\0\xE9\0<\0/\0a\0>\0", 18) << QByteArray("\xC3\xA9");
}

void TestXml::encodingsBecomeUtf8()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, text);
    const auto root = readXml({document.constData(), std::size_t(document.size())});
    QVERIFY2(root.has_value(), root ? "" : root.error().what.c_str());
    QCOMPARE(QByteArray::fromStdString(root->text), text);
}

void TestXml::refusals_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const std::string &document, const char *reason) {
        QTest::newRow(name) << QByteArray::fromStdString(document) << QByteArray(reason);
    };
    row("nothing", "", "no element");
    row("a thousand laughs", "<!DOCTYPE a [<!ENTITY l 'ha'><!ENTITY m '&l;&l;&l;&l;'>]><a>&m;</a>",
        "DOCTYPE");
    row("an external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "DOCTYPE");
    row("a DOCTYPE without entities", "<!DOCTYPE html><html/>", "DOCTYPE");
    row("an entity that nobody declared", "<a>&nbsp;</a>", "entity");
    row("nesting", repeated("<a>", 65) + repeated("</a>", 65), "deeper than 64");
    row("nesting without end", repeated("<a>", 500'000), "deeper than 64");
    std::string many = "<a";
    for (int i = 0; i < 129; ++i)
        many += " x" + std::to_string(i) + "=''";
    row("attributes", many + "/>", "more than 128 attributes");
    row("a text", "<a>" + std::string((4 << 20) + 1, 'x') + "</a>", "text is longer");
    row("an attribute", "<a x='" + std::string((4 << 20) + 1, 'x') + "'/>", "attribute is longer");
    row("elements", "<a>" + repeated("<b/>", 200'000) + "</a>", "more than 200000 elements");
    row("cut off", "<a><b>x</b>", "no element");
    row("crossed tags", "<a><b></a></b>", "mismatched tag");
    row("two roots", "<a/><b/>", "junk after document element");
    row("bytes that are not UTF-8", "<a>\xFF</a>", "invalid token");
    row("an overlong sequence", "<a>\xC0\xAF</a>", "invalid token");
    row("a NUL", std::string("<a>\0</a>", 8), "invalid token");
    row("a control character by number", "<a>&#1;</a>", "invalid character number");
    row("an encoding that nobody knows", "<?xml version='1.0' encoding='x-none'?><a/>",
        "unknown encoding");
    row("a byte that windows-1252 lacks",
        "<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>", "invalid token");
    row("a prefix without namespace", "<p:a/>", "unbound prefix");
}

void TestXml::refusals()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, reason);
    const auto root = readXml({document.constData(), std::size_t(document.size())});
    QVERIFY(!root.has_value());
    QVERIFY(root.error().code == ErrorCode::InvalidInput);
    QVERIFY2(QByteArray(root.error().what.c_str()).contains(reason), root.error().what.c_str());
}

void TestXml::errorsNameTheirPlace()
{
    const auto root = readXml("<a>\n  <b></c></a>");
    QVERIFY(!root.has_value());
    QCOMPARE(root.error().what, std::string("line 2, column 8: mismatched tag"));

    Transcript transcript;
    XmlReader small({.bytesMax = 10});
    QVERIFY(small.push("<a>123456", transcript).has_value());
    const auto more = small.push("78", transcript);
    QVERIFY(!more.has_value());
    QVERIFY(QByteArray(more.error().what.c_str()).contains("larger than 10 bytes"));
    QVERIFY(!small.finish(transcript).has_value());
}

void TestXml::sinkCanRefuse()
{
    class Refuser final : public XmlSink {
    public:
        Status open(XmlName name, std::span<const XmlAttribute>, XmlPlace) override
        {
            ++opened;
            return name.local == "bad" ? Status(fail(ErrorCode::InvalidInput, "not wanted"))
                                       : Status();
        }
        Status text(std::string_view) override { return {}; }
        Status close() override { return {}; }
        int opened = 0;
    } refuser;
    XmlReader reader;
    const auto done = reader.push("<a>\n<bad/><c/></a>", refuser);
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().what, std::string("line 2, column 1: not wanted"));
    QCOMPARE(refuser.opened, 2);
}

QTEST_GUILESS_MAIN(TestXml)
#include "tst_xml.moc"
