// SPDX-License-Identifier: AGPL-3.0-or-later
#include "command.h"
#include "command_run.h"
#include "history.h"
#include "input_folder.h"

#include "chrona/briefing/daily.h"
#include "chrona/formats/briefing_json.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

using namespace chrona;
using namespace chrona::cli;
using cli::tests::Run;
using cli::tests::run;

namespace {

/// A small folder of our own: 40 sessions of one index that falls by a tenth on the last.
QByteArray barsUntil(const QByteArray &last)
{
    QByteArray csv = "symbol,date,open,high,low,close,volume\n";
    Date day = parseDate("2018-01-02").value();
    for (int i = 0; i < 40; ++i, day += std::chrono::days(1))
        csv += "SPX," + QByteArray::fromStdString(formatDate(day)) + ",,,," +
               QByteArray::number(100 + i % 2) + ",\n";
    return csv + "SPX,2018-02-12,,,," + last + ",\n";
}

QString sharedHistory()
{
    return QStringLiteral(CHRONA_SHARED_DIR "/samples/history");
}

std::string documentOf(const QTemporaryDir &folder, const std::string &date)
{
    const std::string out = folder.filePath(QStringLiteral("day.json")).toStdString();
    const Run made =
        run({"brief", "make", sharedHistory().toStdString(), "--date", date, "--out", out});
    if (made.code != ExitCode::Done)
        return made.err;
    QFile file(QString::fromStdString(out));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TestBriefHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makeExplainRender()
    {
        const InputFolder folder;
        folder.write(QStringLiteral("ohlcv_daily.csv"), barsUntil("90"));
        folder.write(QStringLiteral("fomc_decisions.csv"),
                     "date,kind,change_bp,target_upper_pct\n2018-02-12,unscheduled,-50,1.00\n");
        const std::string dir = folder.path().string();
        const std::string json = dir + "/day.json", markdown = dir + "/day.md";
        const Run made = run({"brief", "make", dir, "--date", "2018-02-12", "--out", json});
        QVERIFY2(made.code == ExitCode::Done, made.err.c_str());
        QVERIFY2(made.out.contains("S&P 500 fell 10.89"), made.out.c_str());
        const Run explained =
            run({"brief", "explain", dir, "--date", "2018-02-12", "--target", "SPX"});
        QVERIFY2(explained.out.contains("Federal Reserve cuts its target by 50"),
                 explained.out.c_str());
        QVERIFY(run({"brief", "render", json, "--md", markdown}).code == ExitCode::Done);
        QVERIFY(
            folder.content(QStringLiteral("day.md")).contains("market\\_daily.csv was not given"));
    }

    void packedFilesAreReadAndCutOffOnesRefused()
    {
        const QTemporaryDir folder;
        const QByteArray path = folder.filePath(QStringLiteral("ohlcv_daily.csv.gz")).toUtf8();
        const QByteArray csv = barsUntil("90");
        gzFile packed = gzopen(path.constData(), "wb");
        gzwrite(packed, csv.constData(), unsigned(csv.size()));
        gzclose(packed);
        QVERIFY(HistoryTable::read(path.left(path.lastIndexOf('/')).toStdString(), "ohlcv_daily"));
        QFile file(QString::fromUtf8(path));
        QVERIFY(file.resize(file.size() / 2));
        QVERIFY(!HistoryTable::read(path.left(path.lastIndexOf('/')).toStdString(), "ohlcv_daily"));
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("no word") << QByteArrayList{"brief"} << 2;
        QTest::newRow("an unknown word") << QByteArrayList{"brief", "sing", "x"} << 2;
        QTest::newRow("no form") << QByteArrayList{"brief", "render", "x.json"} << 2;
        QTest::newRow("a file that is not there")
            << QByteArrayList{"brief", "render", "/nowhere.json", "--md", "/tmp/x.md"} << 1;
        QTest::newRow("no day") << QByteArrayList{"brief", "make", "/nowhere"} << 2;
        QTest::newRow("an empty folder")
            << QByteArrayList{"brief", "make", "/nowhere", "--date", "2018-01-01"} << 1;
        QTest::newRow("another paper")
            << QByteArrayList{"brief", "render", "x.json", "--md", "/tmp/x", "--page", "a3"} << 2;
    }

    void refusals()
    {
        QFETCH(QByteArrayList, words);
        QFETCH(int, code);
        std::vector<std::string> line;
        for (const QByteArray &word : words)
            line.push_back(word.toStdString());
        QCOMPARE(int(run(line).code), code);
    }

    void decisionsFollowSummerTime()
    {
        QCOMPARE(formatInstant(decisionOn(parseDate("2018-03-09").value())),
                 std::string("2018-03-09T23:00:00Z"));
        QCOMPARE(formatInstant(decisionOn(parseDate("2018-03-12").value())),
                 std::string("2018-03-12T22:00:00Z"));
    }

    void knownDays_data()
    {
        QTest::addColumn<QString>("date");
        QTest::addColumn<QByteArrayList>("said");
        QTest::addColumn<QByteArrayList>("unsaid");
        QTest::newRow("after the closure of September 2001")
            << "2001-09-17"
            << QByteArrayList{"VIX rose 9.92 pts to 41.76", "S&P 500 fell 4.92 % to 1,038.77",
                              "measured from the value of 10 September 2001",
                              "Federal Reserve cuts its target by 50 bp to 3.00 %, unscheduled"}
            << QByteArrayList{"Effective federal funds rate fell 100"};
        QTest::newRow("Katrina comes ashore; its cost is not known")
            << "2005-08-29"
            << QByteArrayList{"WTI crude", "67.41", "Hurricane Katrina (category", "makes landfall"}
            << QByteArrayList{"Hurricane Katrina (August"};
        QTest::newRow("Lehman; the meeting of the next day is ahead, its result is not")
            << "2008-09-15"
            << QByteArrayList{"3-month Treasury fell 47 bp to 1.02 %", "VIX rose 6.04 pts to 31.70",
                              "no convincing cause found", "FOMC rate decision",
                              "Tuesday, 16 September 2008"}
            << QByteArrayList{"Federal Reserve leaves its target"};
        QTest::newRow("the vote of September 2008")
            << "2008-09-29"
            << QByteArrayList{"S&P 500 fell 8.81 % to 1,106.42", "Nasdaq Composite fell 9.14 %",
                              "VIX rose 11.98 pts to 46.72"}
            << QByteArrayList{"8 October 2008"};
        QTest::newRow("August 2015")
            << "2015-08-24"
            << QByteArrayList{"VIX rose 12.71 pts to 40.74", "S&P 500 fell 3.94 % to 1,893.21"}
            << QByteArrayList();
        QTest::newRow("the referendum")
            << "2016-06-24"
            << QByteArrayList{"GBP/USD fell 7.84 % to 1.3704", "S&P 500 fell 3.59 % to 2,037.41"}
            << QByteArrayList();
        QTest::newRow("February 2018")
            << "2018-02-05"
            << QByteArrayList{"VIX rose 20.01 pts to 37.32", "S&P 500 fell 4.10 % to 2,648.94"}
            << QByteArrayList();
        QTest::newRow("a closed day")
            << "2001-09-11"
            << QByteArrayList{"its market was closed", "calendar on Wednesday, 12 September 2001"}
            << QByteArrayList{"S&P 500 fell"};
    }

    void knownDays()
    {
        if (!QDir(QStringLiteral(CHRONA_SHARED_DIR)).exists())
            return;
        QFETCH(QString, date);
        QFETCH(QByteArrayList, said);
        QFETCH(QByteArrayList, unsaid);
        const QTemporaryDir folder;
        const std::string document = documentOf(folder, date.toStdString());
        const auto briefing = formats::readBriefingJson(document);
        QVERIFY2(briefing.has_value(), document.substr(0, 300).c_str());
        QString text = QString::fromStdString(document);
        text.replace(QChar(0xA0), u' ');
        for (const QByteArray &part : said)
            QVERIFY2(text.contains(QString::fromUtf8(part)), part.constData());
        for (const QByteArray &part : unsaid)
            QVERIFY2(!text.contains(QString::fromUtf8(part)), part.constData());
        // Once more, and it is the same.
        QCOMPARE(documentOf(folder, date.toStdString()), document);
    }

    void laterHistoryChangesNothing()
    {
        if (!QDir(QStringLiteral(CHRONA_SHARED_DIR)).exists())
            return;
        auto history = readHistory(sharedHistory().toStdString());
        QVERIFY(history.has_value());
        const Date day = parseDate("2008-09-29").value();
        const auto tell = [&] {
            briefing::BriefingInputs inputs;
            inputs.day = day;
            inputs.knownAt = inputs.generatedAt = decisionOn(day);
            inputs.targets = history->targets;
            inputs.events = history->events;
            inputs.sources = history->sources;
            return briefing::dailyBriefing(inputs).value();
        };
        const schema::Briefing whole = tell();
        for (briefing::TargetSeries &target : history->targets) {
            while (!target.days.empty() && target.knownAt.back() > decisionOn(day)) {
                target.days.pop_back();
                target.values.pop_back();
                target.knownAt.pop_back();
            }
        }
        std::erase_if(history->events, [&](const schema::Event &event) {
            return event.times.availableAt() > decisionOn(day);
        });
        const schema::Briefing cut = tell();
        QVERIFY(formats::writeBriefingJson(whole) == formats::writeBriefingJson(cut));
    }
};

QTEST_GUILESS_MAIN(TestBriefHistory)
#include "tst_brief_history.moc"
