// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/decimate.h"
#include "text/time_text.h"
#include "timeline/time_axis.h"

#include <QLocale>
#include <QTest>

using namespace chrona;
using namespace chrona::ui;
using namespace std::chrono_literals;

class TestUiTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::C); }
    void ages_data();
    void ages();
    void changesAlwaysCarryASign();
    void countsSayWhatIsLeftOut();
    void ticksStandAtWholeUnits_data();
    void ticksStandAtWholeUnits();
    void decimationKeepsExtremes();
};

void TestUiTexts::ages_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("seconds are now") << qint64{12} << QStringLiteral("now");
    QTest::newRow("minutes") << qint64{185} << QStringLiteral("3 m");
    QTest::newRow("hours up to two days") << qint64{3600 * 30} << QStringLiteral("30 h");
    QTest::newRow("days up to two years") << qint64{86'400 * 100} << QStringLiteral("100 d");
    QTest::newRow("years") << qint64{86'400 * 365 * 6 + 86'400} << QStringLiteral("6.0 y");
}

void TestUiTexts::ages()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, expected);
    QCOMPARE(ageText(std::chrono::seconds(seconds)), expected);
    const bool isNow = seconds < 60;
    QCOMPARE(agoText(std::chrono::seconds(seconds)),
             isNow ? QStringLiteral("just now") : expected + QStringLiteral(" ago"));
    QCOMPARE(agoText(-std::chrono::seconds(seconds)),
             isNow ? QStringLiteral("just now") : QStringLiteral("in ") + expected);
}

void TestUiTexts::changesAlwaysCarryASign()
{
    QCOMPARE(percentChangeText(0.0124), QStringLiteral("+1.24 %"));
    QCOMPARE(percentChangeText(-0.003), QStringLiteral("−0.30 %"));
    QCOMPARE(percentChangeText(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("–"));
}

void TestUiTexts::countsSayWhatIsLeftOut()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(countOfText(1204, 250'310), QStringLiteral("1,204 of 250,310"));
    QCOMPARE(countOfText(250'310, 250'310), QStringLiteral("250,310"));
    QLocale::setDefault(QLocale::C);
}

void TestUiTexts::ticksStandAtWholeUnits_data()
{
    QTest::addColumn<QString>("begin");
    QTest::addColumn<qint64>("spanSeconds");
    QTest::addColumn<QString>("firstLabel");
    QTest::newRow("six years show years") << QStringLiteral("2020-11-21T00:00:00Z")
                                          << qint64{86'400} * 2191 << QStringLiteral("2021");
    QTest::newRow("a quarter shows Mondays") << QStringLiteral("2026-03-01T00:00:00Z")
                                           << qint64{86'400} * 90 << QStringLiteral("2 Mar");
    QTest::newRow("a day shows hours") << QStringLiteral("2026-03-01T00:10:00Z")
                                       << qint64{86'400} << QStringLiteral("03:00");
}

void TestUiTexts::ticksStandAtWholeUnits()
{
    QFETCH(QString, begin);
    QFETCH(qint64, spanSeconds);
    QFETCH(QString, firstLabel);
    const auto from = parseInstant(begin.toStdString());
    QVERIFY(from);
    const std::int64_t micros = from->time_since_epoch().count();
    const TimeScale scale{micros, micros + spanSeconds * 1'000'000, 1000};
    const auto ticks = axisTicks(scale, TimeText{}, 72);
    QVERIFY(!ticks.empty());
    QCOMPARE(ticks.front().label, firstLabel);
    for (std::size_t i = 1; i < ticks.size(); ++i)
        QVERIFY(scale.xOf(ticks[i].micros) - scale.xOf(ticks[i - 1].micros) > 60);
}

void TestUiTexts::decimationKeepsExtremes()
{
    QList<QPointF> points;
    for (int i = 0; i < 100'000; ++i)
        points.append({static_cast<double>(i), i == 54'321 ? 1e6 : i % 17 * 1.0});
    const QList<QPointF> kept = decimate(points, 500);
    QVERIFY(kept.size() <= 2000);
    QVERIFY(kept.contains(QPointF(54'321, 1e6)));
    QCOMPARE(kept.first(), points.first());
    QCOMPARE(kept.last(), points.last());
    QVERIFY(std::ranges::is_sorted(kept, {}, &QPointF::x));
}

QTEST_APPLESS_MAIN(TestUiTexts)
#include "tst_ui_texts.moc"
