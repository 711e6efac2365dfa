// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/briefing_json.h"

#include <QTest>

#include <limits>

using namespace chrona;
using namespace chrona::schema;

namespace {

Instant at(const char *text)
{
    return parseInstant(text).value();
}

Briefing sample()
{
    const Evidence event{EvidenceKind::Event, 7, at("2018-06-05T22:00:00Z"), "A “report”"};
    Chart chart{"Oil fell",
                ChartKind::Line,
                ChartAxis::Time,
                "",
                "USD",
                {{"WTI", {1, 2}, {60, std::numeric_limits<double>::quiet_NaN()}}},
                {{1, 2, "report"}},
                {event}};
    const Table table{"Moves",
                      {{"Target", ColumnFormat::Text, ""},
                       {"Change", ColumnFormat::Number, ""},
                       {"At", ColumnFormat::Instant, ""},
                       {"n", ColumnFormat::Number, ""}},
                      {{{std::string("SPX"), Quantity{-4.71, "%", 2, SignRule::Always},
                         at("2018-06-05T20:00:00Z"), 3.5},
                        {event}},
                       {{Cell(), Cell(), Cell(), Cell()}, {}}}};
    const Map map{"Two quakes",
                  {-100, -10, 10, 50},
                  {{{-90, 29}, "Katrina", 0.9, EventCategory::Weather}},
                  {{"US", 4.5}},
                  "%",
                  {event}};
    Briefing briefing;
    briefing.day = parseDate("2018-06-05").value();
    briefing.coversFrom = at("2018-06-04T20:00:00Z");
    briefing.coversUntil = briefing.knownAt = briefing.generatedAt = at("2018-06-05T22:00:00Z");
    briefing.title = "Tuesday";
    briefing.sections = {{SectionKind::Causes,
                          "What may have mattered",
                          {Statement{"It fell.", StatementBasis::Conjecture, {event}, 0.5F, "k"},
                           table, chart, map}}};
    Citation citation;
    citation.number = 1;
    citation.id = 7;
    citation.label = "A report";
    citation.source = {12};
    citation.sourceName = "Agency";
    citation.url = "https://example.org/a?b=c";
    citation.publishedAt = at("2018-06-05T20:00:00Z");
    citation.redistribution = Redistribution::WithAttribution;
    briefing.citations = {citation};
    briefing.sources = {{12}};
    briefing.attributions = {"Agency."};
    return briefing;
}

} // namespace

class TestBriefingJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        const std::string text = formats::writeBriefingJson(sample());
        const auto read = formats::readBriefingJson(text);
        QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
        QCOMPARE(formats::writeBriefingJson(*read), text);
        // Gaps are not equal to themselves; everything else is.
        Briefing withoutGap = *read, original = sample();
        for (Briefing *one : {&withoutGap, &original})
            std::get<Chart>(one->sections[0].blocks[2]).series[0].y.pop_back();
        QVERIFY(withoutGap == original);
    }

    void aModelsWordsAreVersionTwo()
    {
        const std::string plain = formats::writeBriefingJson(sample());
        QVERIFY(plain.starts_with("{\"chrona_briefing\":1,"));
        QVERIFY(!plain.contains("words_by") && !plain.contains("given"));
        Briefing briefing = formats::readBriefingJson(plain).value();
        std::get<Statement>(briefing.sections[0].blocks[0]).given = "As it was computed";
        const std::string nameless = formats::writeBriefingJson(briefing);
        QVERIFY(!formats::readBriefingJson(nameless));
        briefing.wordsBy = "m";
        const std::string text = formats::writeBriefingJson(briefing);
        QVERIFY(text.starts_with("{\"chrona_briefing\":2,"));
        const auto read = formats::readBriefingJson(text);
        QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
        QCOMPARE(formats::writeBriefingJson(*read), text);
        QCOMPARE(std::get<Statement>(read->sections[0].blocks[0]).given,
                 std::string("As it was computed"));
        QCOMPARE(std::get<Statement>(withoutModelWords(*read).sections[0].blocks[0]).text,
                 std::string("As it was computed"));
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("find");
        QTest::addColumn<QString>("put");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *find, const char *put, const char *says) {
            QTest::newRow(name) << QString::fromUtf8(find) << QString::fromUtf8(put)
                                << QString::fromUtf8(says);
        };
        row("another version", "\"chrona_briefing\":1", "\"chrona_briefing\":3", "version");
        row("no version", "\"chrona_briefing\":1,", "", "chrona_briefing");
        row("an unknown member", "\"revision\":1", "\"revision\":1,\"extra\":0", "extra");
        row("a number where text belongs", "\"title\":\"Tuesday\"", "\"title\":5", "title");
        row("a day that is none", "2018-06-05\",\"title", "2018-13-05\",\"title", "day");
        row("an unknown block", "\"type\":\"map\"", "\"type\":\"script\"", "type");
        row("an unknown word", "\"basis\":\"conjecture\"", "\"basis\":\"truth\"", "basis");
        row("a map with three sides", "[-100,-10,10,50]", "[-100,-10,10]", "extent");
        row("a mark off the globe", "\"latitude\":29", "\"latitude\":129", "marks[0]");
        row("more decimals than a number has", "\"decimals\":2", "\"decimals\":200", "decimals");
        row("a link that runs", "https://example.org/a?b=c", "javascript:alert(1)", "url");
        row("a citation that is skipped", "\"number\":1", "\"number\":2", "number");
        row("evidence that nobody cites",
            "\"citations\":[{\"number\":1,\"kind\":\"event\",\"id\":7",
            "\"citations\":[{\"number\":1,\"kind\":\"event\",\"id\":8", "no citation");
        row("a claim without evidence",
            "\"key\":\"k\",\"evidence\":[{\"kind\":\"event\",\"id\":7,"
            "\"as_of\":\"2018-06-05T22:00:00Z\",\"label\":\"A “report”\"}]",
            "\"key\":\"k\",\"evidence\":[]", "evidence");
        row("a cut-off document", "\"attributions\":[\"Agency.\"]}", "", "");
    }

    void refusals()
    {
        QFETCH(QString, find);
        QFETCH(QString, put);
        QFETCH(QString, says);
        QString text = QString::fromStdString(formats::writeBriefingJson(sample()));
        QVERIFY2(text.contains(find), "the row changes nothing");
        text.replace(find, put);
        const auto read = formats::readBriefingJson(text.toStdString());
        QVERIFY(!read);
        const QString why = QString::fromStdString(describe(read.error()));
        QVERIFY2(why.contains(says), qPrintable(why));
    }

    void hourIsReadAgain()
    {
        const auto briefing = sample();
        const auto statement = std::get<Statement>(briefing.sections[0].blocks[0]);
        HourlyUpdate update;
        update.hour = parseInstant("2018-06-05T09:00").value();
        update.knownAt = update.hour + std::chrono::hours(1);
        update.changes = {{ChangeKind::Escalated, statement, 0.5F}};
        update.dataHealth = {statement};
        const std::string text = formats::writeHourlyJson(update);
        const auto read = formats::readHourlyJson(text);
        QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
        QVERIFY(*read == update);
        QVERIFY(!formats::readHourlyJson(formats::writeBriefingJson(briefing)));
        QString unknown = QString::fromStdString(text);
        unknown.replace(QStringLiteral("\"escalated\""), QStringLiteral("\"exploded\""));
        QVERIFY(!formats::readHourlyJson(unknown.toStdString()));
    }

    void quantitiesArePrintedAsPeopleWriteThem_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("wanted");
        const double inf = std::numeric_limits<double>::infinity();
        QTest::newRow("a fall has a true minus") << -4.714 << "%" << "−4.71\u00A0%";
        QTest::newRow("a rise has its sign") << 1204.5 << "USD" << "+1,204.50\u00A0USD";
        QTest::newRow("nothing has no sign") << -0.001 << "%" << "0.00\u00A0%";
        QTest::newRow("a million is grouped twice") << 1e6 << "" << "+1,000,000.00";
        QTest::newRow("no number is a dash") << inf << "%" << "–";
    }

    void quantitiesArePrintedAsPeopleWriteThem()
    {
        QFETCH(double, value);
        QFETCH(QString, unit);
        QFETCH(QString, wanted);
        QCOMPARE(QString::fromStdString(
                     formatQuantity({value, unit.toStdString(), 2, SignRule::Always})),
                 wanted);
    }
};

QTEST_APPLESS_MAIN(TestBriefingJson)
#include "tst_briefing_json.moc"
