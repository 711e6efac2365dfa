// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/export.h"
#include "chrona/report/pages.h"

#include <QDate>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace chrona;
using namespace chrona::schema;

namespace {

constexpr const char *kHostile =
    "<script>alert(1)</script> [x](https://evil.example) ![i](http://evil.example/i) "
    "https://evil.example www.evil.example a@evil.example | `c` **b** </title>\n# head \u202Eabc";

Briefing sample(const std::string &text)
{
    const Evidence first{EvidenceKind::Event, 7, std::nullopt, ""};
    const Evidence second{EvidenceKind::Instrument, 8, std::nullopt, ""};
    Briefing briefing;
    briefing.day = parseDate("2018-06-05").value();
    briefing.coversFrom = parseInstant("2018-06-04T20:00:00Z").value();
    briefing.coversUntil = briefing.knownAt = briefing.generatedAt =
        parseInstant("2018-06-05T22:00:00Z").value();
    briefing.title = "Briefing " + text;
    Chart chart{"Finding " + text, ChartKind::Line, ChartAxis::Time, "", text, {}, {}, {second}};
    chart.series = {{text, {0, 86'400e6, 2 * 86'400e6}, {1, 3, 2}}, {"other", {0, 1}, {1, 2}}};
    const Table table{
        "Table " + text,
        {{"Name " + text, ColumnFormat::Text, ""}, {"Value", ColumnFormat::Number, ""}},
        {{{text, Quantity{-4.71, "%", 2, SignRule::Always}}, {second}},
         {{std::string("open"), 1.0}, {first}}}};
    const Map map{"Map " + text,
                  {-130, 20, -60, 50},
                  {{{-90, 29}, text, 1, EventCategory::Weather}},
                  {{"US", 1}, {"MX", 2}},
                  "%",
                  {first}};
    briefing.sections = {
        {SectionKind::Markets,
         "Section " + text,
         {Statement{"Claim " + text, StatementBasis::Conjecture, {first, second}},
          Statement{"Open claim", StatementBasis::Computed, {first}}, table, chart, map}},
        {SectionKind::DataHealth,
         "Data health",
         {Statement{"Fine.", StatementBasis::Computed, {first}}}}};
    briefing.attributions = {"By " + text};
    for (const auto &[evidence, name] : {std::pair{first, "Agency"}, std::pair{second, "Prices"}}) {
        Citation citation;
        citation.number = std::uint32_t(briefing.citations.size() + 1);
        citation.kind = evidence.kind;
        citation.id = evidence.id;
        citation.label = "Label " + text;
        citation.sourceName = name;
        citation.url = "https://agency.example/report";
        citation.redistribution = Redistribution::Allowed;
        briefing.citations.push_back(citation);
    }
    return briefing;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textCannotBecomeMarkupInHtml()
    {
        const auto html = report::toHtml(sample(kHostile));
        QVERIFY(html.has_value());
        for (const char *bad : {"<script", "href=\"https://evil", "src=", "onload", "\u202E",
                                "<img", "xlink:href", "http-equiv=\"refresh"})
            QVERIFY2(!html->contains(bad), bad);
        // Pictures have titles of their own, and none holds the text.
        QVERIFY(!html->contains("alert(1)</title>"));
        QVERIFY(html->contains("&lt;script&gt;"));
        QVERIFY(html->contains("default-src 'none'"));
        QVERIFY(html->contains("<svg"));
        QVERIFY(html->contains("href=\"https://agency.example/report\" rel=\"noopener"));
    }

    void textCannotBecomeMarkupInMarkdown()
    {
        const std::string text = report::toMarkdown(sample(kHostile));
        QString bare = QString::fromStdString(text);
        bare.remove(QRegularExpression(QStringLiteral("\\\\.")));
        for (const char *bad : {"<script", "](http", " https://evil", " www.evil", "a@evil",
                                "\n# head", " | `c`", "**b**", "\u202E"})
            QVERIFY2(!bare.contains(QString::fromUtf8(bad)), bad);
        QVERIFY(text.contains("\\<script\\>"));
        QVERIFY(text.contains("−4.71\u00A0%"));
        QVERIFY(text.contains("<https://agency.example/report>"));
    }

    void aModelsWordsAreMarked()
    {
        const Briefing plain = sample("Storm");
        Briefing briefing = plain;
        briefing.wordsBy = "model<b>";
        std::get<Statement>(briefing.sections[0].blocks[0]).given = "As it was computed";
        QVERIFY(validate(briefing).empty());
        const std::string markdown = report::toMarkdown(briefing);
        QVERIFY(markdown.contains("[^2] (model's words)\n"));
        QVERIFY(markdown.contains("language model model\\<b\\>"));
        const std::string html = report::toHtml(briefing).value();
        QVERIFY(html.contains("</sup> <small>(model&#39;s words)</small></p>"));
        QVERIFY(html.contains("language model model&lt;b&gt;"));
        QVERIFY(report::toPdf(briefing).value() != report::toPdf(plain).value());
        for (const std::string &text : {report::toMarkdown(plain), report::toHtml(plain).value()})
            QVERIFY(!text.contains("model"));
        // Withheld with what it rests on, and what it was said before as well.
        briefing.citations[0].redistribution = Redistribution::Forbidden;
        QVERIFY(!report::toMarkdown(briefing).contains("model"));
        QVERIFY(schema::withoutModelWords(briefing).wordsBy.empty());
    }

    void whatAllRowsRestOnStandsAtTheTitle()
    {
        Briefing briefing = sample("Storm");
        QVERIFY(report::toMarkdown(briefing).contains("| open[^1] |"));
        auto &rows = std::get<Table>(briefing.sections[0].blocks[2]).rows;
        rows[1].evidence = rows[0].evidence;
        const std::string markdown = report::toMarkdown(briefing);
        QVERIFY(markdown.contains("**Table Storm**[^2]\n") && markdown.contains("| open |"));
        const std::string html = report::toHtml(briefing).value();
        QVERIFY(html.contains("<caption>Table Storm<sup>") && html.contains("<td>open</td>"));
        QVERIFY(report::toPdf(briefing).has_value());
    }

    void aLinkThatRunsIsNoLink()
    {
        Briefing briefing = sample("x");
        briefing.citations[0].url = "javascript:alert(1)";
        briefing.citations[1].url = "https://a.example/\"onclick=\"x";
        QVERIFY(!report::toHtml(briefing)->contains("javascript:"));
        QVERIFY(!report::toHtml(briefing)->contains("onclick=\"x"));
        QVERIFY(!report::toMarkdown(briefing).contains("javascript"));
        QVERIFY(!report::toPdf(briefing)->contains("javascript:"));
    }

    void whatMayNotBePassedOnStaysHere()
    {
        Briefing briefing = sample("plain");
        briefing.citations[1].redistribution = Redistribution::Forbidden;
        const Briefing open = report::exportable(briefing);
        // The claim on both, the row and the chart are gone; what rests on the first alone stays.
        QCOMPARE(open.sections[0].blocks.size(), std::size_t(3));
        QCOMPARE(std::get<Table>(open.sections[0].blocks[1]).rows.size(), std::size_t(1));
        QCOMPARE(std::get<Statement>(open.sections[1].blocks.back()).text,
                 std::string("3 statements, rows or figures were left out of this copy because the "
                             "terms of Prices forbid passing it on."));
        QVERIFY(validate(open).empty());
        for (const std::string &text :
             {report::toMarkdown(briefing), report::toHtml(briefing).value()})
            QVERIFY(!text.contains("−4.71") && !text.contains("Claim plain"));
        // Terms that nobody knows forbid as well.
        briefing.citations[1].sourceName.clear();
        QVERIFY(report::toMarkdown(briefing).contains("a source without known terms"));
    }

    void thePdfIsWhole()
    {
        report::PdfOptions options;
        options.attachments = {{"evidence.json", "application/json", "{\"a\":1}"}};
        const auto pdf = report::toPdf(sample(kHostile), options);
        QVERIFY(pdf.has_value());
        QVERIFY(pdf->starts_with("%PDF-"));
        QVERIFY(pdf->contains("/FontFile"));
        QVERIFY(pdf->contains("/URI (https://agency.example/report)"));
        QVERIFY(!pdf->contains("/URI (https://evil"));
        QVERIFY(pdf->contains("/EmbeddedFile"));
        QVERIFY(pdf->contains("D:20180605220000"));
        QVERIFY(pdf->contains("xmp:CreateDate=\"2018-06-05T22:00:00"));
        const std::string today = QDate::currentDate().toString(Qt::ISODate).toStdString();
        QVERIFY(!pdf->contains(today));
        QVERIFY(!pdf->contains("/JavaScript"));
    }

    void theSameBriefingMakesTheSameBytes()
    {
        const Briefing briefing = sample("same");
        QVERIFY(report::toPdf(briefing).value() == report::toPdf(briefing).value());
        QVERIFY(report::toHtml(briefing).value() == report::toHtml(briefing).value());
        QVERIFY(report::toMarkdown(briefing) == report::toMarkdown(briefing));
    }

    void longTextsWidenNoPage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a word without a blank") << QString(3'000, QLatin1Char('x'));
        QTest::newRow("many words") << QStringLiteral("word ").repeated(3'000);
        QTest::newRow("nothing to break on in Chinese") << QString(2'000, QChar(0x4E2D));
    }

    void longTextsWidenNoPage()
    {
        QFETCH(QString, text);
        Briefing briefing = sample("x");
        std::get<Statement>(briefing.sections[0].blocks[0]).text = text.toStdString();
        auto &table = std::get<Table>(briefing.sections[0].blocks[2]);
        table.rows[0].cells[0] = text.left(900).toStdString();
        for (const auto page : {report::PageSize::A4, report::PageSize::Letter})
            QVERIFY(report::toPdf(briefing, {page, {}, {}}).has_value());
    }

    void twentyColumnsFitAPage()
    {
        Briefing briefing = sample("x");
        Table wide{"Wide", {}, {{{}, {}}}};
        for (int i = 0; i < 20; ++i) {
            wide.columns.push_back({"Column", ColumnFormat::Number, ""});
            wide.rows[0].cells.emplace_back(1234.5);
        }
        briefing.sections[0].blocks.emplace_back(wide);
        QVERIFY(report::toPdf(briefing).has_value());
    }

    void aPdfIsStopped()
    {
        std::stop_source stop;
        report::PdfOptions options;
        options.stop = stop.get_token();
        QVERIFY(report::toPdf(sample("Storm"), options).has_value());
        stop.request_stop();
        const auto pdf = report::toPdf(sample("Storm"), options);
        QVERIFY(!pdf && pdf.error().code == ErrorCode::Cancelled);
    }

    void aFileIsOldOrNew()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("a.pdf")).toStdString();
        QVERIFY(report::writeWhole(path, "old").has_value());
        QVERIFY(report::writeWhole(path, "new").has_value());
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("new"));
        QVERIFY(!report::writeWhole(path / "no" / "folder", "x"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }
    void pagesAreThoseThatPrint()
    {
        const auto pages = report::Pages::layOut(sample("Storm"), report::PageSize::A4);
        const auto pdf = report::toPdf(sample("Storm"));
        QVERIFY(pdf.has_value());
        const auto printed = QByteArray::fromStdString(*pdf).count("/Type /Page\n");
        QCOMPARE(qsizetype(pages.plan()->count), printed);
        QCOMPARE(qRound(pages.plan()->size.width()), 595);
        QImage image(pages.plan()->size.toSize(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        pages.paint(painter, 0);
        painter.end();
        const QRectF heading = placeOf(pages, {0, {}, {}}).box;
        bool isInked = false;
        for (int x = int(heading.left()); x < int(heading.right()); ++x)
            isInked |= image.pixel(x, int(heading.center().y())) != qRgb(255, 255, 255);
        QVERIFY2(isInked, "the heading stands where it is said to stand");
    }

    void partsStandBelowEachOther()
    {
        const auto pages = report::Pages::layOut(sample("Storm"), report::PageSize::Letter);
        const QRectF claim = placeOf(pages, {0, 0, {}}).box;
        const QRectF next = placeOf(pages, {0, 1, {}}).box;
        const QRectF table = placeOf(pages, {0, 2, {}}).box;
        const QRectF firstRow = placeOf(pages, {0, 2, 0}).box;
        const QRectF secondRow = placeOf(pages, {0, 2, 1}).box;
        QVERIFY(claim.bottom() <= next.top() + 1);
        QVERIFY(next.bottom() <= table.top() + 1);
        QVERIFY(firstRow.bottom() <= secondRow.top() + 1);
        QVERIFY(firstRow.width() > 300);
        const QRectF paper({}, pages.plan()->size);
        for (const report::PlacedPart &place : pages.plan()->places) {
            QVERIFY(paper.contains(place.box));
            QVERIFY(place.page < pages.plan()->count);
            QVERIFY(*place.part.section < pages.plan()->briefing.sections.size());
        }
    }

    void whatMayNotLeaveIsOnNoPage()
    {
        Briefing briefing = sample("Storm");
        briefing.citations[1].redistribution = Redistribution::Forbidden;
        const auto pages = report::Pages::layOut(briefing, report::PageSize::A4);
        QVERIFY(pages.plan()->briefing == report::exportable(briefing));
    }

private:
    static report::PlacedPart placeOf(const report::Pages &pages, const report::PagePart &part)
    {
        const auto found = std::ranges::find(pages.plan()->places, part, &report::PlacedPart::part);
        return found == pages.plan()->places.end() ? report::PlacedPart{} : *found;
    }
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
