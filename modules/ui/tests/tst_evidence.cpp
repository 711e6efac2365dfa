// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/part_evidence.h"
#include "charts/axis_range.h"
#include "signals/evidence_export.h"
#include "signals/evidence_plots.h"
#include "signals/evidence_tables.h"
#include "signals/signal_words.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

namespace {

Instant at(const char *text)
{
    return *parseInstant(text);
}

ipc::SignalEntry signal()
{
    ipc::SignalEntry made;
    made.feature = "=HYPERLINK(1)";
    made.target = "USO";
    made.lag = 2;
    made.horizon = 3;
    made.sampleSizeEffective = 400;
    made.lagCurve = {0.01, 0.02, 0.2, 0.05};
    made.standardError = 0.05;
    made.blocks = {{at("2020-01-01"), at("2021-01-01"), 0.1},
                   {at("2021-01-01"), at("2022-01-01"), {}}};
    made.effect = 0.2;
    made.regimes = {{"rates_rising", 0.15, 210.0}};
    made.folds = {{at("2020-12-01"), at("2021-01-01"), at("2021-07-01"), 2, 3, 0.12, 124.0},
                  {at("2021-06-01"), at("2021-07-01"), at("2022-01-01"), 5, 10, -0.04, 120.0}};
    made.episodes = {{at("2021-03-01"), at("2021-03-03"), 9, 3.1, 0.02, 0.8},
                     {at("2020-03-01"), at("2020-03-02"), 8, 2.9, {}, {}}};
    return made;
}

/// Closes on ten days from 1 March 2021.
QList<QPointF> tenDays()
{
    QList<QPointF> prices;
    for (int day = 0; day < 10; ++day)
        prices.append({msOf(at("2021-03-01") + std::chrono::days(day)), 100.0 + day});
    return prices;
}

schema::Briefing briefing()
{
    schema::Briefing made;
    schema::Citation first;
    first.number = 1;
    first.kind = schema::EvidenceKind::Event;
    first.id = 5;
    first.label = "An event";
    first.sourceName = "The Wire";
    schema::Citation second = first;
    second.number = 2;
    second.id = 6;
    made.citations = {first, second};
    const schema::Evidence one{schema::EvidenceKind::Event, 5, {}, ""};
    const schema::Evidence two{schema::EvidenceKind::Event, 6, {}, ""};
    schema::Table table;
    table.title = "Moves";
    table.columns = {{"Target", schema::ColumnFormat::Text, ""}};
    table.rows = {{{std::string("SPY")}, {one}}, {{std::string("USO")}, {two}}};
    made.sections = {
        {schema::SectionKind::Markets,
         "Markets",
         {schema::Statement{"SPY fell.", schema::StatementBasis::Computed, {two, one}, 0.5F, "k"},
          table}}};
    return made;
}

} // namespace

class TestEvidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followingReturnIsWhereTheLagSays();
    void followingReturnEndsWithThePrices();
    void lagCurveHasItsBandAndMarker();
    void blocksWithoutEffectAreNoBars();
    void histogramKeepsEveryValue_data();
    void histogramKeepsEveryValue();
    void gapsAreNoPoints();
    void labelsHaveTheDigitsOfTheirStep_data();
    void labelsHaveTheDigitsOfTheirStep();
    void seriesJoinByDay();
    void cellsAreNoFormulas_data();
    void cellsAreNoFormulas();
    void episodesTellWhatIsNotYetKnown();
    void volatilityIsToldAsASize();
    void effectsOfAllPartsAreSpread();
    void foldsStandOneByOne();
    void aSignalOfAnEarlierSearchHasNoFolds();
    void effectsAreToldByPart();
    void everyRuleHasWords();
    void sentenceHasItsSourcesInOrder();
    void rowHasItsOwnSources();
    void headingHasNothing();
};

void TestEvidence::followingReturnIsWhereTheLagSays()
{
    const auto stretch = followingStretch(tenDays(), signal().episodes[0], 2, 3);
    QVERIFY(stretch);
    QCOMPARE(stretch->begin, msOf(at("2021-03-03")));
    QCOMPARE(stretch->end, msOf(at("2021-03-06")));
}

void TestEvidence::followingReturnEndsWithThePrices()
{
    const auto cut = followingStretch(tenDays(), signal().episodes[0], 8, 5);
    QVERIFY(cut);
    QCOMPARE(cut->end, msOf(at("2021-03-10")));
    QVERIFY(!followingStretch(tenDays(), signal().episodes[0], 10, 5));
    QVERIFY(!followingStretch({}, signal().episodes[0], 0, 1));
}

void TestEvidence::lagCurveHasItsBandAndMarker()
{
    const PlotContent plot = lagPlot(signal(), 2);
    QCOMPARE(plot.lines.size(), 1);
    QCOMPARE(plot.lines[0].points.size(), 4);
    QCOMPARE(plot.marker, std::optional(2.0));
    QCOMPARE(plot.bandHigh[0].y(), 1.96 / 20);
    QCOMPARE(plot.bandLow[1], QPointF(3, -1.96 / 20));
    QVERIFY(!plot.xName.isEmpty());
}

void TestEvidence::blocksWithoutEffectAreNoBars()
{
    const PlotContent plot = blockPlot(signal());
    QCOMPARE(plot.bars.size(), 1);
    QCOMPARE(plot.bars[0].y, 0.1);
    QCOMPARE(plot.bandHigh[1].x(), msOf(at("2022-01-01"))); // the band spans the whole history
}

void TestEvidence::histogramKeepsEveryValue_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::newRow("one value") << QList<double>{3.2};
    QTest::newRow("equal values") << QList<double>{1, 1, 1};
    QTest::newRow("both signs") << QList<double>{-4.1, -0.2, 0, 0.3, 5.9, 6};
    QTest::newRow("far apart") << QList<double>{-1e6, 0.001, 1e6};
}

void TestEvidence::histogramKeepsEveryValue()
{
    QFETCH(QList<double>, values);
    const auto bars = histogramOf(std::vector<double>(values.begin(), values.end()), 13);
    QVERIFY(!bars.isEmpty() && bars.size() <= 13);
    double sum = 0;
    for (const PlotBar &bar : bars) {
        QVERIFY(bar.over.begin < bar.over.end);
        sum += bar.y;
    }
    QCOMPARE(sum, static_cast<double>(values.size()));
    QVERIFY(histogramOf({}, 13).isEmpty());
}

void TestEvidence::gapsAreNoPoints()
{
    ipc::ObservationColumns columns;
    columns.observedAt = {1'000, 2'000, 3'000};
    columns.value = {1, std::numeric_limits<double>::quiet_NaN(), 3};
    QCOMPARE(pointsOf(columns), QList<QPointF>({{1, 1}, {3, 3}}));
    ipc::BarColumns bars;
    bars.observedAt = {1'000, 2'000};
    bars.close = {10, 11};
    bars.adjustedClose = {5, std::numeric_limits<double>::quiet_NaN()};
    QCOMPARE(pointsOf(bars), QList<QPointF>({{1, 5}, {2, 11}}));
}

void TestEvidence::labelsHaveTheDigitsOfTheirStep_data()
{
    QTest::addColumn<double>("step");
    QTest::addColumn<QString>("format");
    QTest::newRow("hundreds") << 200.0 << u"%.0f"_s;
    QTest::newRow("halves") << 0.5 << u"%.1f"_s;
    QTest::newRow("a fortieth") << 0.025 << u"%.3f"_s;
    QTest::newRow("hundredths") << 0.02 << u"%.2f"_s;
}

void TestEvidence::labelsHaveTheDigitsOfTheirStep()
{
    QFETCH(double, step);
    QFETCH(QString, format);
    QCOMPARE(labelFormat(step), format);
}

void TestEvidence::seriesJoinByDay()
{
    const QByteArray csv = seriesCsv(
        signal(), {{msOf(at("2021-03-02T05:00:00Z")), 0.5}},
        {{msOf(at("2021-03-02T21:00:00Z")), 101.25}, {msOf(at("2021-03-03T21:00:00Z")), 102}});
    QCOMPARE(csv, QByteArray("day,'=HYPERLINK(1),USO\n2021-03-02,0.5,101.25\n2021-03-03,,102\n"));
    QCOMPARE(episodesCsv(signal()).split('\n')[1],
             QByteArray("2021-03-01,2021-03-03,9,3.1,0.02,0.8"));
}

void TestEvidence::cellsAreNoFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("plain") << u"Storms"_s << u"Storms"_s;
    QTest::newRow("a formula") << u"=1+1"_s << u"'=1+1"_s;
    QTest::newRow("a formula by a sign") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::newRow("a comma") << u"a,b"_s << u"\"a,b\""_s;
    QTest::newRow("quotes and a line") << u"a\"b\nc"_s << u"\"a\"\"b\nc\""_s;
}

void TestEvidence::cellsAreNoFormulas()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    QCOMPARE(csvField(text), field);
}

void TestEvidence::episodesTellWhatIsNotYetKnown()
{
    const SmallRows rows = episodeRows(signal());
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows[0].size(), episodeColumns().size());
    QVERIFY(rows[0][4].role == Role::Ok);
    QCOMPARE(rows[1][4].text, u"not yet known"_s);
    QVERIFY(rows[1][4].role == Role::Text3);
}

void TestEvidence::volatilityIsToldAsASize()
{
    ipc::SignalEntry wild = signal();
    QCOMPARE(targetText(wild), u"USO"_s);
    QVERIFY(returnPlot(wild).xName.startsWith(u"return"_s));
    wild.measure = "volatility";
    QCOMPARE(targetText(wild), u"USO volatility"_s);
    QVERIFY(pairText(wild).endsWith(u"→ USO volatility"_s));
    QVERIFY(returnPlot(wild).xName.startsWith(u"a day's usual move"_s));
    const SmallRows rows = episodeRows(wild);
    QVERIFY(rows[0][4].text.endsWith(u"% a day"_s)); // without a sign, neither good nor bad
    QVERIFY(!rows[0][4].text.contains(u'+') && rows[0][4].role == Role::Text1);
    QCOMPARE(rows[1][4].text, u"not yet known"_s);
}

void TestEvidence::effectsOfAllPartsAreSpread()
{
    const PlotContent plot = effectPlot(signal());
    double counted = 0;
    for (const PlotBar &bar : plot.bars)
        counted += bar.y;
    QCOMPARE(counted, 4.0); // one block, one regime, two folds; a block without effect is none
    QCOMPARE(plot.marker, std::optional(0.2));
    QVERIFY(plot.bars.front().over.begin < 0 && plot.bars.back().over.end > 0.14);
}

void TestEvidence::foldsStandOneByOne()
{
    const SmallRows rows = foldRows(signal());
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows[0].size(), foldColumns().size());
    QVERIFY(rows[0][0].text.contains(u"2021"_s));
    QCOMPARE(rows[0][1].text, u"2, 3"_s);
    QCOMPARE(rows[0][2].text, effectText(0.12));
    QCOMPARE(rows[0][3].bar, std::optional(0.12 / kEffectFull));
    // What was chosen before did the opposite after: that is marked.
    QVERIFY(rows[0][2].role == Role::Text1 && rows[1][2].role == Role::Warning);
}

void TestEvidence::aSignalOfAnEarlierSearchHasNoFolds()
{
    ipc::SignalEntry earlier = signal();
    earlier.folds.clear();
    const SmallRows rows = foldRows(earlier);
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].size(), foldColumns().size());
    QVERIFY(!rows[0][0].text.isEmpty());
}

void TestEvidence::effectsAreToldByPart()
{
    const QByteArrayList lines = effectsCsv(signal()).trimmed().split('\n');
    QCOMPARE(lines.size(), 6); // a head, two blocks, a regime, two folds
    QCOMPARE(lines[0], "part,begin,end,lag,horizon,effect,days");
    QCOMPARE(lines[2], "block,2021-01-01,2022-01-01,2,3,,");
    QCOMPARE(lines[3], "rates_rising,,,2,3,0.15,210");
    QCOMPARE(lines[5], "fold,2021-07-01,2022-01-01,5,10,-0.04,120");
}

void TestEvidence::everyRuleHasWords()
{
    QCOMPARE(ruleName("rests on one day"), u"Rests on one day"_s);
    QCOMPARE(ruleName("a_rule_of_tomorrow"), u"A rule of tomorrow"_s);
    QCOMPARE(controlName("walk_forward"), u"Out of sample"_s);
    QCOMPARE(effectText(-0.05), u"−0.050"_s);
    QCOMPARE(effectText(std::nullopt), u"–"_s);
    QCOMPARE(rateText(0.0002), u"< 0.001"_s);
}

void TestEvidence::sentenceHasItsSourcesInOrder()
{
    const PartEvidence evidence = evidenceOf(briefing(), {0, 0, {}});
    QCOMPARE(evidence.text, u"SPY fell."_s);
    QVERIFY(evidence.basis.contains(u"50"_s));
    QCOMPARE(evidence.citations.size(), std::size_t(2));
    QCOMPARE(evidence.citations[0].number, 1U);
    QCOMPARE(keyOf(briefing(), {0, 0, {}}), std::string("k"));
}

void TestEvidence::rowHasItsOwnSources()
{
    const PartEvidence row = evidenceOf(briefing(), {0, 1, 1});
    QCOMPARE(row.text, u"USO"_s);
    QCOMPARE(row.citations.size(), std::size_t(1));
    QCOMPARE(row.citations[0].id, 6);
    QCOMPARE(evidenceOf(briefing(), {0, 1, {}}).citations.size(), std::size_t(2));
}

void TestEvidence::headingHasNothing()
{
    QVERIFY(evidenceOf(briefing(), {0, {}, {}}).text.isEmpty());
    QVERIFY(evidenceOf(briefing(), {0, 9, {}}).text.isEmpty());
    QVERIFY(evidenceOf(briefing(), {7, 0, {}}).text.isEmpty());
    QVERIFY(keyOf(briefing(), {0, 1, {}}).empty());
}

QTEST_GUILESS_MAIN(TestEvidence)
#include "tst_evidence.moc"
