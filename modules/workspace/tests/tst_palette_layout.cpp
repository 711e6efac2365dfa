// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/layout_store.h"
#include "chrona/workspace/palette_index.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace chrona;
using namespace chrona::workspace;

class TestPaletteLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bestHitComesFirst_data();
    void bestHitComesFirst();
    void nothingTypedGivesCommands();
    void everyWordMustMatch();
    void hitsAreLimited();
    void kindIsReplacedAlone();
    void layoutIsKept();
    void layoutNamesMayBeAnything();
    void badLayoutIsRefused();
    void unwritableFileIsReported();

private:
    [[nodiscard]] static PaletteIndex madeIndex();
};

PaletteIndex TestPaletteLayout::madeIndex()
{
    using Kind = PaletteEntry::Kind;
    const auto entry = [](const char *text, double weight, const char *detail = "",
                          const QStringList &keywords = {}) {
        const QString shown = QString::fromUtf8(text);
        return PaletteEntry{Kind::Command, shown, shown, QString::fromUtf8(detail),
                            keywords,      weight};
    };
    PaletteIndex index;
    index.replace(Kind::Command, {entry("Toggle timeline", 0.5), entry("Go to table", 0.4),
                                  entry("Zoom to selection", 0.3), entry("Save layout", 0.2),
                                  entry("Quit", 0, "", {QStringLiteral("exit")})});
    index.replace(Kind::Entity,
                  {entry("Federal Reserve", 0.9, "regulatory body"),
                   entry("European Central Bank", 0.9), entry("SPDR S&P 500", 0.9, "SPY")});
    index.replace(Kind::Place,
                  {entry("São Paulo", 1, "Brazil"), entry("San Francisco", 0.8, "US-CA"),
                   entry("San Marino", 0.2, "SM"), entry("Zürich", 0.5, "Switzerland")});
    return index;
}

void TestPaletteLayout::bestHitComesFirst_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("expected"); // empty: nothing
    const auto row = [](const char *name, const char *query, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(query) << QString::fromUtf8(expected);
    };
    row("the beginning of a word", "timel", "Toggle timeline");
    row("a whole name", "Quit", "Quit");
    row("capitals do not matter", "ZOOM", "Zoom to selection");
    row("accents do not matter", "sao paulo", "São Paulo");
    row("accents may be typed", "züri", "Zürich");
    row("initials", "ecb", "European Central Bank");
    row("a keyword", "exit", "Quit");
    row("what is shown beside", "SPY", "SPDR S&P 500");
    row("a letter changed", "fedaral", "Federal Reserve");
    row("a letter left out", "timline", "Toggle timeline");
    row("a letter too many", "timmeline", "Toggle timeline");
    row("two letters swapped", "tmieline", "Toggle timeline");
    row("the middle of a word", "elect", "Zoom to selection");
    row("words in another order", "reserve fed", "Federal Reserve");
    row("the larger of two places", "san", "San Francisco");
    row("nothing like it", "qqqqqq", "");
    row("two slips are too many", "fadaral", "");
    row("only signs", "&&&", "Toggle timeline");
}

void TestPaletteLayout::bestHitComesFirst()
{
    QFETCH(QString, query);
    QFETCH(QString, expected);
    const PaletteIndex index = madeIndex();
    const auto hits = index.search(query);
    QCOMPARE(hits.empty() ? QString() : hits.front().entry->text, expected);
}

void TestPaletteLayout::nothingTypedGivesCommands()
{
    const PaletteIndex index = madeIndex();
    const auto hits = index.search(QString());
    QCOMPARE(hits.size(), 5U);
    QCOMPARE(hits.front().entry->text, QStringLiteral("Toggle timeline"));
}

void TestPaletteLayout::everyWordMustMatch()
{
    const PaletteIndex index = madeIndex();
    QVERIFY(index.search(QStringLiteral("san tokyo")).empty());
}

void TestPaletteLayout::hitsAreLimited()
{
    PaletteIndex index;
    std::vector<PaletteEntry> many(500);
    for (PaletteEntry &entry : many)
        entry.text = QStringLiteral("place");
    index.replace(PaletteEntry::Kind::Place, std::move(many));
    QCOMPARE(index.search(QStringLiteral("pla"), 7).size(), 7U);
}

void TestPaletteLayout::kindIsReplacedAlone()
{
    PaletteIndex index = madeIndex();
    index.replace(PaletteEntry::Kind::Place, {});
    QVERIFY(index.search(QStringLiteral("paulo")).empty());
    QVERIFY(!index.search(QStringLiteral("quit")).empty());
}

void TestPaletteLayout::layoutIsKept()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    const QByteArray state("\x00\xff\x01 state", 9);
    {
        LayoutStore store(file);
        QVERIFY(store.save(QStringLiteral("Trading"), state));
        QVERIFY(store.save(QStringLiteral("analysis"), "b"));
        QVERIFY(store.setLastUsed("c"));
    }
    LayoutStore store(file);
    QCOMPARE(store.names(), (QStringList{QStringLiteral("analysis"), QStringLiteral("Trading")}));
    QCOMPARE(store.load(QStringLiteral("Trading")).value_or(QByteArray()), state);
    QCOMPARE(store.lastUsed(), QByteArray("c"));
    QVERIFY(store.remove(QStringLiteral("Trading")));
    QVERIFY(!store.load(QStringLiteral("Trading")));
    QVERIFY(store.remove(QStringLiteral("Trading")).error().code == ErrorCode::NotFound);
}

void TestPaletteLayout::layoutNamesMayBeAnything()
{
    const QTemporaryDir folder;
    LayoutStore store(folder.filePath(QStringLiteral("settings.ini")));
    const QString name = QStringLiteral("map/table [%2] =\u00e9");
    QVERIFY(store.save(name, "x"));
    QCOMPARE(store.names(), QStringList{name});
    QCOMPARE(store.load(name).value_or(QByteArray()), QByteArray("x"));
}

void TestPaletteLayout::badLayoutIsRefused()
{
    const QTemporaryDir folder;
    LayoutStore store(folder.filePath(QStringLiteral("settings.ini")));
    QVERIFY(!store.save(QStringLiteral("  "), "x"));
    QVERIFY(!store.save(QString(65, u'x'), "x"));
    QVERIFY(!store.save(QStringLiteral("large"), QByteArray(LayoutStore::kBytesMax + 1, 'x')));
    QVERIFY(store.names().isEmpty());
}

void TestPaletteLayout::unwritableFileIsReported()
{
    const QTemporaryDir folder;
    QFile blocker(folder.filePath(QStringLiteral("file")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    LayoutStore store(folder.filePath(QStringLiteral("file/settings.ini")));
    const auto saved = store.save(QStringLiteral("a"), "x");
    QVERIFY(!saved && saved.error().code == ErrorCode::Exhausted);
}

QTEST_GUILESS_MAIN(TestPaletteLayout)
#include "tst_palette_layout.moc"
