// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discover_files.h"
#include "tests/input_folder.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::cli;

namespace {

class Folder : public InputFolder {
public:
    Folder()
    {
        write(u"calendar.csv"_s,
              "date,decision_at\n2024-01-02,2024-01-02T21:00:00Z\n2024-01-03,2024-01-03T21:00:00Z\n"
              "2024-01-04,2024-01-04T21:00:00Z\n");
        write(u"prices.csv"_s,
              "date,T00,T01\n2024-01-02,100,50\n2024-01-03,101,\n2024-01-04,102,-1\n");
        write(u"observations.csv"_s, "feature,observed_at,ingested_at,value\n"
                                     "F1,2024-01-02T10:00:00Z,2024-01-02T19:00:00Z,5\n"
                                     "F0,2024-01-02T10:00:00Z,2024-01-02T22:00:00Z,1.5\n"
                                     "F0,2024-01-03T10:00:00Z,2024-01-03T20:00:00Z,2.5\n"
                                     "F0,2024-01-03T10:00:00Z,2024-01-04T12:00:00Z,3.5\n");
    }
    [[nodiscard]] Result<DiscoveryInput> read() const { return readDiscoveryFolder(path()); }
};

} // namespace

class TestDiscoverFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasKnownWhen()
    {
        const auto input = Folder().read();
        QVERIFY2(input, input ? "" : input.error().what.c_str());
        const auto &panel = input->panel;
        QCOMPARE(panel.featureCount(), std::size_t{2});
        QCOMPARE(panel.featureName(0), std::string("F0"));
        QVERIFY(std::isnan(panel.known(0)[0])); // published after the decision
        QCOMPARE(panel.known(0)[1], 2.5);
        QCOMPARE(panel.known(0)[2], 3.5);
        QCOMPARE(panel.known(1)[2], 5.0);
        QVERIFY(std::isnan(panel.prices(1)[1]) && std::isnan(panel.prices(1)[2]));
        QCOMPARE(input->vintages, std::size_t{4});
        QCOMPARE(input->inputHash.size(), std::size_t{64});
    }

    void theLedgerIsReadAsItWasWritten()
    {
        const auto ledger = readLedger(ledgerAsJson({3, 40, 5'000, 6'123.5}));
        QVERIFY(ledger);
        QCOMPARE(ledger->runs, std::uint64_t{3});
        QCOMPARE(ledger->tests, std::uint64_t{5'000});
        QCOMPARE(ledger->squaredT, 6'123.5);
        for (const char *broken : {"", "[]", "{\"runs\":1}",
                                   "{\"runs\":-1,\"pairs\":1,"
                                   "\"tests\":1,\"squared_t\":1}"})
            QVERIFY2(!readLedger(broken), broken);
    }

    void badRowsAreLeftOutAndNamed()
    {
        Folder folder;
        folder.write(u"observations.csv"_s, "feature,observed_at,ingested_at,value\n"
                                            "F0,2024-01-02T10:00:00Z,2024-01-02T19:00:00Z,inf\n"
                                            "F0,yesterday,2024-01-02T19:00:00Z,1\n"
                                            "F0,2024-01-02T10:00:00Z,2024-01-02T19:00:00Z,7\n"
                                            "F0,2024-01-02T10:00:00Z\n");
        const auto input = folder.read();
        QVERIFY(input);
        QCOMPARE(input->vintages, std::size_t{1});
        QCOMPARE(input->refusedCount, std::size_t{3});
        QVERIFY(input->refusedRows.front().starts_with("line 2"));
        QCOMPARE(input->panel.known(0)[0], 7.0);
    }

    void unusableFoldersAreRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no calendar") << u"calendar.csv"_s << QByteArray();
        QTest::newRow("a calendar that goes back")
            << u"calendar.csv"_s
            << QByteArray("date,decision_at\n2024-01-03,2024-01-03T21:00:00Z\n2024-01-02,2024-01-"
                          "02T21:00:00Z\n");
        QTest::newRow("another calendar's columns")
            << u"calendar.csv"_s << QByteArray("day,when\n");
        QTest::newRow("a day's prices twice")
            << u"prices.csv"_s << QByteArray("date,T00\n2024-01-02,1\n2024-01-02,2\n");
        QTest::newRow("a price that is none")
            << u"prices.csv"_s << QByteArray("date,T00\n2024-01-02,dear\n");
        QTest::newRow("observations without a header")
            << u"observations.csv"_s
            << QByteArray("F0,2024-01-02T10:00:00Z,2024-01-02T19:00:00Z,7\n");
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

    void resultsHaveTheColumnsOfTheContract()
    {
        const auto input = Folder().read();
        QVERIFY(input);
        InlineExecutor executor;
        auto report = discovery::discover(input->panel, {}, executor);
        QVERIFY(report);
        discovery::Signal signal;
        signal.feature = 1;
        signal.lag = 3;
        signal.sign = -1;
        signal.effect = -0.125;
        signal.q = 0.01;
        signal.rows = 700;
        signal.stability.score = 0.5;
        report->signals.push_back(signal);
        QCOMPARE(signalsAsCsv(*input, *report),
                 std::string("feature,target,horizon,lag,sign,effect,q,stability,n,label,regime\n"
                             "F1,T00,1,3,-1,-0.125,0.01,0.5000,700,active,all\n"));
        const std::string json = reportAsJson(*input, *report, 0.5, 0.25);
        QVERIFY(json.contains("\"rule\":\"insufficient history\"") &&
                json.contains("\"feature\":\"F1\""));
    }
};

QTEST_GUILESS_MAIN(TestDiscoverFiles)
#include "tst_discover_files.moc"
