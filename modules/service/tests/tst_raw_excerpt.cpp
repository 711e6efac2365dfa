// SPDX-License-Identifier: AGPL-3.0-or-later
#include "machine_figures.h"
#include "raw_excerpt.h"

#include "chrona/schema/text.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::service;

namespace {

schema::Event namedEvent()
{
    schema::Event event;
    event.sourceRef = "us7000abcd";
    event.url = "https://example.org/event/us7000abcd";
    event.title = "M 6.1 & more, 10 km off the coast";
    return event;
}

} // namespace

class TestRawExcerpt : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pieceHoldsTheName();
    void wholeLinesAreTaken();
    void titleIsFoundBeforeWhatFeedsEscape();
    void otherPayloadIsNone();
    void anyBytesBecomeText();
    void folderIsMeasured();
};

void TestRawExcerpt::pieceHoldsTheName()
{
    const std::string payload =
        std::string(10'000, 'a') + "\"id\":\"us7000abcd\",\"mag\":6.1" + std::string(10'000, 'b');
    const auto excerpt = excerptOf(payload, namedEvent(), 600);
    QVERIFY(excerpt);
    QVERIFY(excerpt->size() <= 600);
    QVERIFY(excerpt->contains("us7000abcd") && excerpt->contains("6.1"));
}

void TestRawExcerpt::wholeLinesAreTaken()
{
    std::string payload;
    for (int line = 0; line < 200; ++line)
        payload += line == 100 ? "id,us7000abcd,6.1\n" : "id,other,1.0\n";
    const auto excerpt = excerptOf(payload, namedEvent(), 120);
    QVERIFY(excerpt);
    QVERIFY(excerpt->starts_with("id,"));
    QVERIFY(excerpt->contains("id,us7000abcd,6.1"));
    QVERIFY(!excerpt->ends_with("id,"));
}

void TestRawExcerpt::titleIsFoundBeforeWhatFeedsEscape()
{
    schema::Event event = namedEvent();
    event.sourceRef = event.url = {};
    event.title = "Flood on the Elbe & Saale";
    QVERIFY(excerptOf("<title>Flood on the Elbe &amp; Saale</title>", event, 100));
}

void TestRawExcerpt::otherPayloadIsNone()
{
    QVERIFY(!excerptOf("nothing of it", namedEvent(), 100));
    schema::Event nameless; // an empty name would be in everything
    QVERIFY(!excerptOf("nothing of it", nameless, 100));
}

void TestRawExcerpt::anyBytesBecomeText()
{
    std::string payload = "us7000abcd";
    for (int byte = 0; byte < 256; ++byte)
        payload += static_cast<char>(byte);
    const auto excerpt = excerptOf(payload, namedEvent(), 4'000);
    QVERIFY(excerpt);
    QVERIFY(!schema::firstInvalidUtf8(*excerpt));
    QVERIFY(schema::whyNotText(*excerpt, 4'000).empty());
    // Cut between characters, wherever that is.
    for (std::size_t bytes = 20; bytes < 40; ++bytes) {
        const auto cut = excerptOf("us7000abcd \xc3\xa4\xc3\xb6\xc3\xbc\xe2\x82\xac and more text",
                                   namedEvent(), bytes);
        QVERIFY(cut && !schema::firstInvalidUtf8(*cut) && !cut->contains('?'));
    }
}

void TestRawExcerpt::folderIsMeasured()
{
    QTemporaryDir folder;
    const std::filesystem::path path(folder.path().toStdString());
    std::filesystem::create_directories(path / "a" / "b");
    QFile file(folder.filePath(u"a/b/c"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(3'000, 'x'));
    file.close();
    std::filesystem::create_symlink("/", path / "elsewhere"); // not followed
    QCOMPARE(folderBytes(path), std::uint64_t{3'000});
    QCOMPARE(folderBytes(path / "nowhere"), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestRawExcerpt)
#include "tst_raw_excerpt.moc"
