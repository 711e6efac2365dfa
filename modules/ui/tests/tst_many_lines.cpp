// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/theme.h"
#include "graph/graph_painter.h"
#include "map/line_mask.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace chrona;
using namespace chrona::ui;

/// Lines and nodes that are drawn by the ten thousand, by short cuts of our own.
class TestManyLines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lineCoversWhatItPasses_data();
    void lineCoversWhatItPasses();
    void linesBeyondThePictureLeaveNothing();
    void twoMasksAreOne();
    void nodesBetweenTwoHalvesAreWhole();
    void otherWindowIsAsIfMadeAnew();
};

namespace {

constexpr int kMaskWidth = 120, kMaskHeight = 90;

QImage paintedMask(LineMask &mask)
{
    QImage image(kMaskWidth, kMaskHeight, QImage::Format_RGB32);
    image.fill(Qt::black);
    mask.paintOn(image, Qt::white);
    return image;
}

QImage lineMaskPicture(const QLineF &line, double width)
{
    LineMask mask;
    mask.reset(kMaskWidth, kMaskHeight);
    mask.addSegment(line.p1(), line.p2(), width);
    return paintedMask(mask);
}

/// Of a pixel that the line passes between its ends: by how near its middle is.
double wantedCoverage(const QLineF &line, double width, QPointF middle)
{
    const QPointF along = (line.p2() - line.p1()) / line.length();
    const QPointF away = middle - line.p1();
    const double across = std::abs(along.x() * away.y() - along.y() * away.x());
    return std::clamp(width / 2 + 0.5 - across, 0.0, 1.0) * std::min(1.0, width) * 255;
}

int largestDifference(const QImage &one, const QImage &other)
{
    int most = 0;
    for (int y = 0; y < one.height(); ++y)
        for (int x = 0; x < one.width(); ++x) {
            const QRgb a = one.pixel(x, y), b = other.pixel(x, y);
            most = std::max({most, std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                             std::abs(qBlue(a) - qBlue(b))});
        }
    return most;
}

} // namespace

void TestManyLines::lineCoversWhatItPasses_data()
{
    QTest::addColumn<QLineF>("line");
    QTest::addColumn<double>("width");
    QTest::newRow("level") << QLineF(10, 40.3, 100, 40.3) << 1.0;
    QTest::newRow("upright") << QLineF(60.7, 10, 60.7, 80) << 1.4;
    QTest::newRow("nearly level, thin") << QLineF(10, 30, 110, 41) << 0.6;
    QTest::newRow("diagonal") << QLineF(20, 15, 85, 80) << 2.2;
    QTest::newRow("upwards") << QLineF(100, 20, 12, 70) << 3.0;
    QTest::newRow("steep, backwards") << QLineF(70, 80, 50, 8) << 1.7;
    QTest::newRow("wide") << QLineF(15, 20, 100, 66) << 4.2;
    QTest::newRow("wide, diagonal") << QLineF(15, 80, 90, 5) << 5.9;
    QTest::newRow("wider than a profile") << QLineF(15, 20, 100, 66) << 9.0;
    QTest::newRow("through the picture's corners") << QLineF(-50, -37.5, 200, 150) << 1.2;
}

void TestManyLines::lineCoversWhatItPasses()
{
    QFETCH(QLineF, line);
    QFETCH(double, width);
    const QImage image = lineMaskPicture(line, width);
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QPointF middle(x + 0.5, y + 0.5);
            // The ends are rounded off by a pixel or so; what they cover is not held to this.
            const QPointF along = (line.p2() - line.p1()) / line.length();
            const double passed = QPointF::dotProduct(middle - line.p1(), along);
            const double room = std::max(2.0, width);
            const double covered = qRed(image.pixel(x, y));
            if (passed < -room || passed > line.length() + room)
                QCOMPARE(covered, 0.0);
            if (passed < room || passed > line.length() - room)
                continue;
            const double wanted = wantedCoverage(line, width, middle);
            QVERIFY2(std::abs(covered - wanted) < 20,
                     qPrintable(QStringLiteral("%1, %2: %3 and not %4")
                                    .arg(x)
                                    .arg(y)
                                    .arg(covered)
                                    .arg(wanted)));
            sum += covered - wanted;
        }
    QVERIFY2(std::abs(sum) < 255 * 0.05 * line.length(), qPrintable(QString::number(sum)));
}

void TestManyLines::linesBeyondThePictureLeaveNothing()
{
    LineMask mask;
    mask.reset(kMaskWidth, kMaskHeight);
    std::mt19937 random(5);
    std::uniform_real_distribution<double> anywhere(-3'000, 3'000);
    for (int count = 0; count < 20'000; ++count) { // the memory checkers look at these as well
        const QPointF from(anywhere(random), anywhere(random));
        mask.addSegment(from, from + QPointF(anywhere(random), anywhere(random)) / 3,
                        0.2 + std::abs(anywhere(random)) / 400);
    }
    QVERIFY(!mask.isEmpty());
    (void)paintedMask(mask);
    QVERIFY(mask.isEmpty());
    for (const QLineF &line : {QLineF(-40, -5, 400, -5), QLineF(-40, 97, 400, 97),
                               QLineF(-9, -40, -9, 400), QLineF(130, -40, 130, 400)}) {
        mask.addSegment(line.p1(), line.p2(), 2);
        const QImage image = paintedMask(mask);
        QImage black = image;
        black.fill(Qt::black);
        QCOMPARE(image, black);
    }
}

void TestManyLines::twoMasksAreOne()
{
    LineMask whole, first, second;
    for (LineMask *mask : {&whole, &first, &second})
        mask->reset(kMaskWidth, kMaskHeight);
    std::mt19937 random(11);
    std::uniform_real_distribution<double> within(-20, 140);
    for (int count = 0; count < 300; ++count) {
        const QPointF from(within(random), within(random)), to(within(random), within(random));
        whole.addSegment(from, to, 1.2);
        (count % 2 == 0 ? first : second).addSegment(from, to, 1.2);
    }
    first.take(second);
    QVERIFY(second.isEmpty());
    QCOMPARE(paintedMask(first), paintedMask(whole));
}

/// Two threads draw a half of a large graph's picture each.
void TestManyLines::nodesBetweenTwoHalvesAreWhole()
{
    Theme theme;
    theme.setAppearance(Appearance::Dark);
    auto drawing = std::make_shared<GraphDrawing>();
    constexpr std::uint32_t kNodes = 2'500;
    for (std::uint32_t row = 0; row < kNodes; ++row) {
        drawing->node.push_back(row);
        drawing->x.push_back(float(row % 50));
        drawing->y.push_back(float(row / 50));
        drawing->radius.push_back(float(5 + row % 9));
        drawing->look.push_back(std::uint8_t(row % 3));
        drawing->colourKind.push_back(0);
        drawing->colourOf.push_back(row % 3);
        drawing->flags.push_back(row % 11 == 0 ? GraphDrawing::kFaded : 0);
        drawing->members.push_back(1);
        drawing->label.emplace_back();
        drawing->from.push_back(row);
        drawing->to.push_back((row * 7) % kNodes);
        drawing->width.push_back(1);
        drawing->tone.push_back(2);
        drawing->arrows.push_back(0);
    }
    GraphScene scene;
    scene.drawing = drawing;
    scene.style = std::make_shared<const GraphStyle>(GraphStyle::from(theme));
    scene.camera.size = {600, 400};
    scene.camera.zoom = 27;
    scene.camera.centre = {24.01, 24.01}; // nothing lies just between two pixels
    GraphPainter painter;
    const QImage here = painter.picture(scene);
    scene.camera.centre.ry() += 60 / 27.0; // by whole pixels, so that other rows are in the middle
    const QImage lower = painter.picture(scene);
    const QRect middle(0, 160, 600, 80);
    QVERIFY(largestDifference(lower.copy(middle.translated(0, -60)), here.copy(middle)) < 30);
    QImage empty = here;
    empty.fill(scene.style->ground);
    QVERIFY(largestDifference(here.copy(middle), empty.copy(middle)) > 60);
}

/// As a brush moves it: what is kept from one window to the next shows in nothing.
void TestManyLines::otherWindowIsAsIfMadeAnew()
{
    constexpr std::int64_t kNodes = 60;
    ipc::GraphReply reply;
    ipc::GraphEdgeColumns edges;
    for (std::int64_t id = 1; id <= kNodes; ++id)
        reply.nodes.emplace_back().key = {ipc::GraphNodeKind::Entity, id};
    for (std::uint32_t at = 0; at < 200; ++at) {
        edges.from.push_back(at % kNodes);
        edges.to.push_back((at + 1 + at / kNodes * 3) % kNodes);
        edges.type.push_back(std::uint8_t(ipc::GraphEdgeType::Together));
        edges.weight.push_back(float(1 + at % 5));
        edges.begin.push_back(at % 4 == 0 ? 0 : 1'000'000 * std::int64_t(at)); // 0: undated
        edges.end.push_back(at % 4 == 0 ? 0 : 1'000'000 * std::int64_t(at + 3));
        edges.evidence.push_back(1 + at % 7);
    }
    GraphInputs inputs;
    inputs.state = workspace::joined({}, reply, edges, {}).value();
    inputs.measures = std::make_shared<workspace::GraphMeasures>();
    std::shared_ptr<const GraphDrawing> moved = GraphDrawing::made(inputs);
    QVERIFY(moved->from.size() > 100);
    const auto windowOf = [](int begin, int end) {
        return workspace::TimeWindow{Instant(std::chrono::seconds(begin)),
                                     Instant(std::chrono::seconds(end))};
    };
    for (const auto &window : std::vector<std::optional<workspace::TimeWindow>>{
             windowOf(20, 90), windowOf(60, 61), windowOf(900, 901), std::nullopt}) {
        inputs.window = window;
        moved = moved->within(window);
        const auto fresh = GraphDrawing::made(inputs);
        QVERIFY(moved->from == fresh->from && moved->to == fresh->to);
        QVERIFY(moved->width == fresh->width && moved->arrows == fresh->arrows);
        QCOMPARE(moved->tone, fresh->tone);
        QCOMPARE(moved->flags, fresh->flags);
        QVERIFY(std::ranges::is_sorted(moved->tone));
        const auto outside = std::ranges::count(moved->tone, 0);
        QCOMPARE(outside > 0, window.has_value());
        std::ptrdiff_t wanted = 0;
        for (const workspace::DrawnEdge &edge : workspace::drawnEdges(inputs.state))
            wanted +=
                window && edge.begin && (*edge.begin >= window->end || *edge.end <= window->begin);
        QCOMPARE(outside, wanted);
    }
}

QTEST_MAIN(TestManyLines)
#include "tst_many_lines.moc"
