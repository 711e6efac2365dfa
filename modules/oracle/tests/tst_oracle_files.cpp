// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_files.h"
#include "tests/input_folder.h"
#include "tick_world.h"

#include <QTest>

#include <format>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::cli;
using namespace chrona::oracle;

namespace {

constexpr const char *kVenues = "venue,quote,share,mode,half_spread_bp\n"
                                "ash,USDT,0.4,stream,1\n"
                                "beech,USD,0.3,stream,2\n"
                                "cedar,USD,0.2,poll,3\n";
constexpr const char *kHeader = "seq,recv_ms,exch_ms,venue,symbol,bid,ask,last,size,vol24h\n";

class Folder : public InputFolder {
public:
    Folder()
    {
        write(u"venues.csv"_s, kVenues);
        write(u"ticks.csv"_s, kHeader + QByteArray("7,1600000000100,1600000000050,ash,TREE/USDT,"
                                                   "0.99,1.01,1.01,5,100\n"));
    }
    [[nodiscard]] Result<OracleInput> read() const { return readOracleFolder(path()); }
};

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

/// A whole world as its files.
void writeWorld(const Folder &folder, const tests::TickWorld &world)
{
    std::string venues = "venue,quote,share,mode,half_spread_bp\n", ticks = kHeader,
                labels = "seq,class,kind,episode\n", truth = "t_ms,price_usd,usdt_usd\n";
    for (const VenueProfile &venue : world.setup.venues)
        venues +=
            std::format("{},{},{},stream,{}\n", venue.name, world.setup.currencies[venue.currency],
                        venue.share, venue.halfSpreadBps);
    for (std::size_t i = 0; i < world.ticks.size(); ++i) {
        const Tick &tick = world.ticks[i];
        const VenueProfile &venue = world.setup.venues[tick.venue];
        const std::string symbol = tick.kind == TickKind::Rate
                                       ? "USDT/USD"
                                       : "TREE/" + world.setup.currencies[venue.currency];
        ticks += std::format("{},{},{},{},{},{},{},{},{},{}\n", i + 1, tick.receivedMs,
                             tick.exchangeMs, venue.name, symbol, tick.bid, tick.ask, tick.last,
                             tick.size, tick.volume24h);
        labels += std::format("{},{},,0\n", i + 1, toString(world.labels[i].label));
    }
    for (const TimedPrice &second : world.truth)
        truth += std::format("{},{},1\n", second.atMs, second.price);
    folder.write(u"venues.csv"_s, bytes(venues));
    folder.write(u"ticks.csv"_s, bytes(ticks));
    folder.write(u"labels.csv"_s, bytes(labels));
    folder.write(u"truth.csv"_s, bytes(truth));
}

} // namespace

class TestOracleFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatIsThere()
    {
        const auto input = Folder().read();
        QVERIFY(input);
        QCOMPARE(input->setup.name, std::string("TREE/USD"));
        QCOMPARE(input->setup.currencies, (std::vector<std::string>{"USD", "USDT"}));
        QCOMPARE(input->setup.venues[2].mode, VenueMode::Poll);
        QCOMPARE(input->ticks.size(), std::size_t{1});
        QCOMPARE(input->sequences.front(), std::uint64_t{7});
        QCOMPARE(input->ticks.front().last, 1.01);
        QVERIFY(input->bands.empty());
    }

    void badTicksAreLeftOutAndNamed_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *name, const char *text, bool taken) {
            QTest::newRow(name) << QByteArray(text) << taken;
        };
        row("a rate", "8,1600000000200,1600000000150,beech,USDT/USD,1,1,1,5,9", true);
        row("a price that is a word is for the engine to judge",
            "8,1600000000200,1600000000150,beech,TREE/USD,dear,,NaN,5,9", true);
        row("a number too large for any is no number",
            "8,1600000000200,1600000000150,beech,TREE/USD,1e999,1,1,5,9", true);
        row("a stamp that is none: ours counts", "8,1600000000200,soon,beech,TREE/USD,1,1,1,5,9",
            true);
        row("an unknown venue", "8,1600000000200,1600000000150,oak,TREE/USD,1,1,1,5,9", false);
        row("a renamed symbol", "8,1600000000200,1600000000150,beech,TREE2/USD,1,1,1,5,9", false);
        row("another currency than the venue's",
            "8,1600000000200,1600000000150,beech,TREE/USDT,1,1,1,5,9", false);
        row("no symbol", "8,1600000000200,1600000000150,beech,,1,1,1,5,9", false);
        row("an arrival before 1970", "8,-5,1600000000150,beech,TREE/USD,1,1,1,5,9", false);
        row("an arrival in a distant age",
            "8,99999999999999999,1600000000150,beech,TREE/USD,1,1,1,5,9", false);
        row("an arrival beyond numbers",
            "8,99999999999999999999999,1600000000150,beech,TREE/USD,1,1,1,5,9", false);
        row("a row that was cut off", "8,1600000000200,16000", false);
    }
    void badTicksAreLeftOutAndNamed()
    {
        QFETCH(QByteArray, row);
        QFETCH(bool, taken);
        Folder folder;
        folder.write(u"ticks.csv"_s, folder.content(u"ticks.csv"_s) + row + "\n");
        const auto input = folder.read();
        QVERIFY(input);
        QCOMPARE(input->ticks.size(), std::size_t{taken ? 2U : 1U});
        QCOMPARE(input->refusedCount, std::size_t{taken ? 0U : 1U});
        if (!taken)
            QVERIFY(input->refusedRows.front().starts_with("ticks.csv, line 3"));
    }

    void unusableFoldersAreRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no ticks") << u"ticks.csv"_s << QByteArray();
        QTest::newRow("no venues") << u"venues.csv"_s << QByteArray();
        QTest::newRow("ticks without a header")
            << u"ticks.csv"_s << QByteArray("7,1,1,ash,TREE/USDT,1,1,1,5,100\n");
        QTest::newRow("a venue twice")
            << u"venues.csv"_s << QByteArray(kVenues) + "ash,USD,0.1,stream,1\n";
        QTest::newRow("a venue that was cut off")
            << u"venues.csv"_s << QByteArray(kVenues) + "oak,U";
        QTest::newRow("bytes that are no text") << u"ticks.csv"_s << QByteArray("\0\1\2\3", 4);
    }
    void unusableFoldersAreRefused()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        Folder folder;
        folder.replace(file, content);
        const auto input = folder.read();
        QVERIFY(!input);
        QVERIFY(!input.error().what.empty());
    }

    void revealedBandsAscend()
    {
        Folder folder;
        folder.write(u"peers.csv"_s, "epoch,end_ms,q25,median,q75,providers\n"
                                     "1,1600000090000,1,2,3,60\n"
                                     "1,1600000090000,1,2,3,60\n"
                                     "2,1600000180000,1,2\n"
                                     "3,1600000270000,1,2,3,60\n");
        const auto input = folder.read();
        QVERIFY(input);
        QCOMPARE(input->bands.size(), std::size_t{2});
        QCOMPARE(input->refusedCount, std::size_t{2});
    }

    void aWorldGoesThroughFilesAndScores()
    {
        const tests::Disturbance trouble{tests::Trouble::Decimal, 0, 100, 130, 10};
        const auto world = tests::makeTickWorld({.seed = 31, .seconds = 300}, {&trouble, 1});
        Folder folder;
        writeWorld(folder, world);
        const auto input = folder.read();
        QVERIFY(input);
        QCOMPARE(input->ticks.size(), world.ticks.size());
        auto feed = Feed::create(input->setup);
        const auto plan = planFor(input->ticks);
        QVERIFY(feed && plan);
        BandLayer band;
        const std::int64_t asked = tests::kWorldStartMs + 110'000;
        ReplayFiles files(*input, asked);
        QVERIFY(oracle::replay(*feed, band, input->ticks, input->bands, *plan, files));
        QVERIFY(files.write(folder.path()));
        QVERIFY(folder.content(u"consensus.csv"_s)
                    .startsWith("t_ms,price_usd,confidence_bp,sources\n"));
        QCOMPARE(folder.content(u"epochs.csv"_s).count('\n'), 4);
        const auto scores = scoreOracleFolders({folder.path(), folder.path()});
        QVERIFY2(scores, scores ? "" : scores.error().what.c_str());
        QVERIFY(scores->prices.median < 1 && scores->prices.missing <= 2);
        QCOMPARE(scores->flags.recall, 1.0);
        QVERIFY(!scores->band);
        const std::string &explanation = files.explanation();
        QVERIFY(explanation.contains("\"venue\":\"ash\"") && explanation.contains("state_hash"));
        QVERIFY(scoresAsJson(*scores).contains("\"recall\":1"));
    }

    void scoresNeedTheirFiles()
    {
        const Folder folder;
        const auto scores = scoreOracleFolders({folder.path(), folder.path()});
        QVERIFY(!scores);
        QVERIFY(scores.error().code == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestOracleFiles)
#include "tst_oracle_files.moc"
