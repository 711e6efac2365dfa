// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map/event_painter.h"
#include "map/pan_margin.h"
#include "plausible_events.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace chrona;
using namespace chrona::ui;

/// Events as light: which of them, by how many threads, and how far beyond the view.
class TestEventLight : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void slowPicturesHaveAWideMargin();
    void threadsAddUp();
    void bandsAreOnePicture_data();
    void bandsAreOnePicture();
    void filteredEventsAreThoseThatPass();

private:
    std::shared_ptr<const MapStyle> m_style;
};

void TestEventLight::initTestCase()
{
    Theme theme;
    theme.setAppearance(Appearance::Dark);
    m_style = std::make_shared<MapStyle>(MapStyle::from(theme));
}

/// Half of the margin is passed while the next picture is made, as fast as a hand drags.
void TestEventLight::slowPicturesHaveAWideMargin()
{
    using std::chrono::milliseconds;
    QCOMPARE(nextPanMargin(kPanMarginLeast, milliseconds(8)), kPanMarginLeast);
    int margin = kPanMarginLeast;
    for (const int took : {20, 70, 140, 190}) {
        margin = nextPanMargin(margin, milliseconds(took));
        QVERIFY2(margin / 2 >= 0.42 * took && margin <= kPanMarginMost,
                 qPrintable(QString::number(margin)));
    }
    QCOMPARE(nextPanMargin(margin, std::chrono::seconds(9)), kPanMarginMost);
    // A picture that is quicker by chance is no reason to draw all of it anew.
    QCOMPARE(nextPanMargin(kPanMarginMost, milliseconds(100)), kPanMarginMost);
    QCOMPARE(nextPanMargin(kPanMarginMost, milliseconds(10)), kPanMarginLeast);
}

/// Enough events for the work to be shared: each is counted and seen once.
void TestEventLight::threadsAddUp()
{
    constexpr std::size_t kMany = 150'000;
    const auto columns = plausibleEvents(kMany);
    std::vector<std::uint32_t> rows(kMany);
    std::iota(rows.begin(), rows.end(), 0U);
    const MapCamera camera{geo::project({0, 20}), 1.5, QSizeF(640, 400)};
    const auto events = EventPoints::from(columns, *columns, rows, nullptr);
    const auto paint = [&](Executor &executor) {
        QImage image(640, 400, QImage::Format_RGB32);
        image.fill(Qt::black);
        EventPainter painter(executor);
        painter.paint(image, camera, 1, *m_style, *events, false);
        return std::pair(image, painter.paintedCounts());
    };
    InlineExecutor one;
    ThreadPool two(2);
    const auto alone = paint(one), together = paint(two);
    QVERIFY(alone.second == together.second);
    QCOMPARE(alone.first, together.first);
}

/// A filter chooses from the order that the snapshot has; it is the same as sorting them anew.
void TestEventLight::filteredEventsAreThoseThatPass()
{
    constexpr std::size_t kCount = 40'000;
    const auto columns = plausibleEvents(kCount);
    std::vector<std::uint32_t> every(kCount), third, few;
    std::iota(every.begin(), every.end(), 0U);
    for (std::uint32_t row = 0; row < kCount; ++row) {
        if (row % 3 == 0)
            third.push_back(row);
        if (row % 997 == 0)
            few.push_back(row);
    }
    const auto all = EventPoints::from(columns, *columns, every, nullptr);
    for (const auto *rows : {&every, &third, &few}) {
        const auto points = EventPoints::from(columns, *columns, *rows, all.get());
        QCOMPARE(points->dots.field, all->dots.field);
        const auto grid = geo::SpatialGrid::build(points->places, *rows);
        const std::vector<EventDot> dots = points->dots.gathered();
        QCOMPARE(dots.size(), grid.ordered().size());
        QCOMPARE(points->dots.size(), dots.size());
        for (std::size_t i = 0; i < dots.size(); ++i)
            QCOMPARE(dots[i].x, points->places->x[grid.ordered()[i]]);
        for (int cellRow = 0; cellRow <= geo::SpatialGrid::kSide; ++cellRow)
            QCOMPARE(std::size_t(points->dots.above[std::size_t(cellRow)]), grid.startOf(cellRow));
        QCOMPARE(points->grid.nearest({0.5, 0.4}, 0.2), grid.nearest({0.5, 0.4}, 0.2));
        QCOMPARE(points->grid.within(0.4, 0.3, 0.6, 0.5), grid.within(0.4, 0.3, 0.6, 0.5));
    }
    EventLayers layers;
    layers.surfaces = 1U << unsigned(workspace::MapTheme::News);
    const auto divided = EventPoints::from(columns, *columns, every, all.get(), layers);
    const auto &news = divided->surfaceRows[std::size_t(workspace::MapTheme::News)];
    const auto placed = std::ranges::count_if(
        news, [&](std::uint32_t row) { return !std::isnan(divided->places->x[row]); });
    QVERIFY(placed > 0);
    QCOMPARE(divided->dots.size() + std::size_t(placed), all->dots.size());
    QVERIFY(std::ranges::none_of(divided->dots.gathered(), [](const EventDot &dot) {
        return dot.theme == std::uint8_t(workspace::MapTheme::News);
    }));
}

/// Rows are made light of as soon as no dot reaches them; it shows nowhere, nor do bands.
void TestEventLight::bandsAreOnePicture_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<double>("scale");
    QTest::newRow("the world, smaller than the picture") << 0.5 << 1.0;
    QTest::newRow("small dots") << 2.5 << 1.0;
    QTest::newRow("large dots") << 5.0 << 2.0;
    QTest::newRow("cells as high as the picture") << 10.0 << 1.0;
}

void TestEventLight::bandsAreOnePicture()
{
    QFETCH(double, zoom);
    QFETCH(double, scale);
    constexpr std::size_t kMany = 60'000;
    const auto columns = plausibleEvents(kMany);
    std::vector<std::uint32_t> rows(kMany);
    std::iota(rows.begin(), rows.end(), 0U);
    const auto events = EventPoints::from(columns, *columns, rows, nullptr);
    InlineExecutor one;
    ThreadPool many(4);
    const MapCamera camera{geo::project({8, 49}), zoom, QSizeF(643, 411)};
    const auto paint = [&](Executor &executor) {
        QImage image((camera.size * scale).toSize(), QImage::Format_RGB32);
        EventPainter painter(executor);
        for (int round = 0; round < 2; ++round) { // nothing is left of the first
            image.fill(Qt::black);
            painter.paint(image, camera, scale, *m_style, *events, false);
        }
        return std::pair(image, painter.paintedCounts());
    };
    const auto alone = paint(one), together = paint(many);
    QVERIFY(alone.second == together.second);
    QCOMPARE(alone.first, together.first);
    std::size_t painted = 0;
    for (const std::size_t count : alone.second)
        painted += count;
    QVERIFY(painted > 0);
    QImage nothing = alone.first;
    nothing.fill(Qt::black);
    QVERIFY(alone.first != nothing);
}

QTEST_MAIN(TestEventLight)
#include "tst_event_light.moc"
