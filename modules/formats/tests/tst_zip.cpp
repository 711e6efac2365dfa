// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/zip.h"

#include "zip_fixture.h"

#include <QTest>

using namespace chrona;
using namespace chrona::formats;
using fixture::zipOf;
using fixture::ZipPart;

class TestZip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contentComesOut();
    void contentComesInPieces();
    void receiverEndsTheReading();
    void refusals_data();
    void refusals();
    void damageIsSeen_data();
    void damageIsSeen();
    void everyCutIsRefused();
};

namespace {

const std::string kTable = [] {
    std::string rows;
    for (int i = 0; i < 20'000; ++i)
        rows += std::to_string(i * 7919) + ",value\n";
    return rows;
}();

} // namespace

void TestZip::contentComesOut()
{
    const std::string bytes = zipOf({{.name = "folder/", .content = "", .deflated = false},
                                     {.name = "folder/table.csv", .content = kTable},
                                     {.name = "note.txt", .content = "plain", .deflated = false}});
    const auto archive = ZipArchive::open(bytes);
    QVERIFY2(archive.has_value(), archive ? "" : archive.error().what.c_str());
    QCOMPARE(archive->entries().size(), 2U);
    QCOMPARE(archive->entries()[0].name, std::string("folder/table.csv"));
    QCOMPARE(archive->read(archive->entries()[0]).value(), kTable);
    QCOMPARE(archive->read(archive->entries()[1]).value(), std::string("plain"));
}

void TestZip::contentComesInPieces()
{
    const std::string bytes = zipOf({{.name = "table.csv", .content = kTable}});
    const auto archive = ZipArchive::open(bytes).value();
    std::size_t pieces = 0, size = 0;
    const auto done = archive.read(archive.entries()[0], [&](std::string_view piece) -> Status {
        ++pieces;
        size += piece.size();
        return {};
    });
    QVERIFY(done.has_value());
    QVERIFY(pieces > 1);
    QCOMPARE(size, kTable.size());
}

void TestZip::receiverEndsTheReading()
{
    const std::string bytes = zipOf({{.name = "table.csv", .content = kTable}});
    const auto archive = ZipArchive::open(bytes).value();
    int pieces = 0;
    const auto done = archive.read(archive.entries()[0], [&](std::string_view) -> Status {
        ++pieces;
        return fail(ErrorCode::Cancelled, "enough");
    });
    QVERIFY(done.error().code == ErrorCode::Cancelled);
    QCOMPARE(pieces, 1);
}

void TestZip::refusals_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *what, const std::string &bytes, const char *reason) {
        QTest::newRow(what) << QByteArray::fromStdString(bytes) << reason;
    };
    row("nothing", "", "no directory");
    row("a web page", "<html><body>Maintenance</body></html>", "no directory");
    row("a path out of the folder", zipOf({{.name = "../../etc/passwd", .content = "x"}}),
        "leaves the folder");
    row("a path out of a folder within", zipOf({{.name = "a/../../b", .content = "x"}}),
        "leaves the folder");
    row("an absolute path", zipOf({{.name = "/etc/passwd", .content = "x"}}), "absolute");
    row("a drive", zipOf({{.name = "C:evil", .content = "x"}}), "absolute");
    row("a path with backslashes", zipOf({{.name = "..\\evil", .content = "x"}}), "absolute");
    row("a name with a NUL", zipOf({{.name = std::string("a\0b", 3), .content = "x"}}),
        "not readable text");
    row("an archive within", zipOf({{.name = "inner.ZIP", .content = "x"}}), "another archive");
    row("encryption", zipOf({{.name = "a.csv", .content = "x", .flags = 1}}), "encrypted");
    row("a bomb", zipOf({{.name = "zeros.csv", .content = std::string(4 << 20, '\0')}}),
        "more than 200:1");
    row("a size beyond the limit",
        zipOf({{.name = "a.csv", .content = "x", .claimedSize = 0xF0000000}}), "beyond the limit");
    row("entries that share bytes",
        zipOf({{.name = "a.csv", .content = kTable},
               {.name = "a.csv", .content = kTable, .sharesBytesOfFirst = true}}),
        "share bytes");
    row("too many entries", zipOf(std::vector<ZipPart>(1001, {.name = "a", .content = "x"})),
        "1001 entries");
}

void TestZip::refusals()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const std::string copy = bytes.toStdString();
    const auto archive = ZipArchive::open(copy);
    QVERIFY(!archive.has_value());
    QVERIFY2(QString::fromStdString(archive.error().what).contains(reason),
             archive.error().what.c_str());
}

void TestZip::damageIsSeen_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *what, const ZipPart &part) {
        QTest::newRow(what) << QByteArray::fromStdString(zipOf({part}));
    };
    row("another checksum", {.name = "a", .content = kTable, .claimedChecksum = 1});
    row("another checksum of stored content",
        {.name = "a", .content = "x", .deflated = false, .claimedChecksum = 1});
    row("more content than was said", {.name = "a", .content = kTable, .claimedSize = 100});
    row("less content than was said",
        {.name = "a",
         .content = kTable,
         .claimedSize = static_cast<std::uint32_t>(kTable.size() + 1)});
    row("an archive under another name",
        {.name = "a.csv", .content = zipOf({{.name = "inner", .content = "x"}})});
}

void TestZip::damageIsSeen()
{
    QFETCH(QByteArray, bytes);
    const std::string copy = bytes.toStdString();
    const auto archive = ZipArchive::open(copy);
    QVERIFY2(archive.has_value(), archive ? "" : archive.error().what.c_str());
    QVERIFY(!archive->read(archive->entries()[0]).has_value());
}

void TestZip::everyCutIsRefused()
{
    const std::string bytes = zipOf({{.name = "a.csv", .content = "1,2\n3,4\n"}});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY(!ZipArchive::open(std::string_view(bytes).substr(0, size)).has_value());
}

QTEST_APPLESS_MAIN(TestZip)
#include "tst_zip.moc"
