// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map/map_renderer.h"
#include "plausible_events.h"

#include <QGlyphRun>
#include <QLocale>
#include <QPainter>
#include <QTest>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace chrona;
using namespace chrona::ui;

/// What is kept from one picture to the next shows in no pixel.
class TestMapRenderer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void movedBaseIsTheSame_data();
    void movedBaseIsTheSame();
    void movingDrawsOnlyWhatComesIntoView();
    void standingStillDrawsNothing();
    void farJumpsAreDrawnAnew();
    void portsAreMarkedWhileTheirLayerIsShown();
    void shippingIsOfPortsWhoeverBringsIt();
    void countriesBearTheUsersNames();
    void namesOfOtherScripts_data();
    void namesOfOtherScripts();

private:
    [[nodiscard]] MapScene sceneAt(double longitude, double latitude, double zoom) const
    {
        MapScene scene;
        scene.camera = {geo::project({longitude, latitude}), zoom, QSizeF(640, 400)};
        scene.style = m_style;
        scene.showLabels = false;
        return scene;
    }
    static void move(MapScene &scene, QPointF pixels)
    {
        const double world = scene.camera.worldPixels() * scene.scale;
        scene.camera.centre.x += pixels.x() / world;
        scene.camera.centre.y += pixels.y() / world;
        scene.camera.centre.x -= std::floor(scene.camera.centre.x);
    }
    Theme m_theme;
    std::shared_ptr<const MapStyle> m_style;
};

namespace {

struct Difference {
    int largest = 0;
    double mean = 0;
};

QImage drawnLetter(const QString &letter, const QFont &font)
{
    QImage picture(48, 48, QImage::Format_Grayscale8);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setFont(font);
    painter.drawText(picture.rect(), Qt::AlignCenter, letter);
    return picture;
}

Difference differenceOf(const QImage &a, const QImage &b)
{
    Difference difference;
    qint64 sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y), other = b.pixel(x, y);
            const int most =
                std::max({std::abs(qRed(one) - qRed(other)), std::abs(qGreen(one) - qGreen(other)),
                          std::abs(qBlue(one) - qBlue(other))});
            difference.largest = std::max(difference.largest, most);
            sum += most;
        }
    difference.mean = double(sum) / (double(a.width()) * a.height());
    return difference;
}

} // namespace

void TestMapRenderer::initTestCase()
{
    m_theme.setAppearance(Appearance::Dark);
    m_style = std::make_shared<MapStyle>(MapStyle::from(m_theme));
}

void TestMapRenderer::movedBaseIsTheSame_data()
{
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QPointF>("step");
    QTest::newRow("right") << 10.0 << 45.0 << 3.0 << QPointF(7, 0);
    QTest::newRow("left and up") << 10.0 << 45.0 << 4.5 << QPointF(-13, -5);
    QTest::newRow("down") << -100.0 << 40.0 << 5.0 << QPointF(0, 11);
    QTest::newRow("across the anti-meridian") << 178.0 << -17.0 << 3.0 << QPointF(19, 3);
    QTest::newRow("by parts of a pixel") << 139.0 << 36.0 << 5.0 << QPointF(0.4, 0.3);
    QTest::newRow("far at once") << 0.0 << 30.0 << 3.0 << QPointF(150, -90);
}

void TestMapRenderer::movedBaseIsTheSame()
{
    QFETCH(double, longitude);
    QFETCH(double, latitude);
    QFETCH(double, zoom);
    QFETCH(QPointF, step);
    MapScene scene = sceneAt(longitude, latitude, zoom);
    MapRenderer moving;
    QImage moved = moving.render(scene);
    QPointF gone;
    for (int i = 0; i < 5; ++i) {
        move(scene, step);
        gone += step;
        moved = moving.render(scene);
    }
    // The base map moves by whole pixels; compared where it then is.
    move(scene, QPointF(std::round(gone.x()), std::round(gone.y())) - gone);
    MapRenderer fresh;
    const QImage wanted = fresh.render(scene);
    // The edge of a picture that is drawn at once has no glow from coasts beyond it.
    const QRect inside = moved.rect().adjusted(64, 64, -64, -64);
    const Difference difference = differenceOf(moved.copy(inside), wanted.copy(inside));
    // The cells of the glow lie elsewhere in a fresh picture, which some pixels show.
    QVERIFY2(difference.largest <= 24 && difference.mean < 0.3,
             qPrintable(QStringLiteral("%1 at most, %2 on average")
                            .arg(difference.largest)
                            .arg(difference.mean)));
}

void TestMapRenderer::movingDrawsOnlyWhatComesIntoView()
{
    MapScene scene = sceneAt(10, 45, 3);
    MapRenderer renderer;
    (void)renderer.render(scene);
    const qint64 whole = renderer.basePixelsDrawn();
    move(scene, {7, 0});
    (void)renderer.render(scene);
    QVERIFY(renderer.basePixelsDrawn() - whole < whole / 2);
}

void TestMapRenderer::standingStillDrawsNothing()
{
    MapScene scene = sceneAt(10, 45, 3);
    MapRenderer renderer;
    (void)renderer.render(scene);
    const qint64 whole = renderer.basePixelsDrawn();
    move(scene, {0.3, -0.2});
    for (int i = 0; i < 3; ++i)
        (void)renderer.render(scene);
    QCOMPARE(renderer.basePixelsDrawn(), whole);
}

void TestMapRenderer::farJumpsAreDrawnAnew()
{
    MapScene scene = sceneAt(10, 45, 3);
    MapRenderer renderer;
    (void)renderer.render(scene);
    const qint64 whole = renderer.basePixelsDrawn();
    move(scene, {400, 0});
    const QImage jumped = renderer.render(scene);
    QCOMPARE(renderer.basePixelsDrawn(), 2 * whole);
    MapRenderer fresh;
    QCOMPARE(jumped, fresh.render(scene));
}

void TestMapRenderer::portsAreMarkedWhileTheirLayerIsShown()
{
    MapScene scene = sceneAt(4.3, 51.93, 7); // Rotterdam
    scene.showLabels = true;
    const auto portPixels = [this](const QImage &picture) {
        const QColor mark = m_style->themes[std::size_t(workspace::MapTheme::Ports)];
        int count = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x) {
                const QRgb pixel = picture.pixel(x, y);
                count += std::abs(qRed(pixel) - mark.red()) < 24 &&
                         std::abs(qGreen(pixel) - mark.green()) < 24 &&
                         std::abs(qBlue(pixel) - mark.blue()) < 24;
            }
        return count;
    };
    MapRenderer renderer;
    const QImage shown = renderer.render(scene);
    const QRect port(shown.width() / 2 - 6, shown.height() / 2 - 6, 13, 13);
    QVERIFY2(portPixels(shown.copy(port)) > 0, "no mark where the port lies");
    auto layers = workspace::MapLayers::initial();
    layers.layer(workspace::MapTheme::Ports).isShown = false;
    scene.layers = std::make_shared<const workspace::MapLayers>(layers);
    QCOMPARE(portPixels(renderer.render(scene)), 0);
    scene.layers = nullptr;
    QVERIFY(renderer.render(scene) == shown);
    scene.camera.zoom = 2; // from afar even the largest are left out
    QCOMPARE(portPixels(renderer.render(scene)), 0);
}

void TestMapRenderer::shippingIsOfPortsWhoeverBringsIt()
{
    constexpr std::size_t kCount = 2'000;
    const auto columns = std::make_shared<schema::EventColumns>(*plausibleEvents(kCount));
    columns->type[7] = static_cast<std::uint8_t>(schema::EventType::Shipping);
    columns->type[8] = static_cast<std::uint8_t>(schema::EventType::Flood);
    std::vector<std::uint32_t> every(kCount);
    std::iota(every.begin(), every.end(), 0U);
    for (const bool isImported : {false, true}) {
        EventLayers layers;
        layers.imported.assign(256, isImported);
        const auto points = EventPoints::from(columns, *columns, every, nullptr, layers);
        QCOMPARE(workspace::MapTheme((*points->themes)[7]), workspace::MapTheme::Ports);
        QCOMPARE(workspace::MapTheme((*points->themes)[8]),
                 isImported ? workspace::MapTheme::Imports : workspace::MapTheme::Disasters);
    }
}

void TestMapRenderer::countriesBearTheUsersNames()
{
    MapScene scene = sceneAt(10, 51, 4);
    const auto drawn = [&scene](bool withLabels, const char *language) {
        QLocale::setDefault(QLocale(QString::fromLatin1(language)));
        scene.showLabels = withLabels;
        return MapRenderer().render(scene);
    };
    const QImage german = drawn(true, "de"), english = drawn(true, "en"), bare = drawn(false, "de");
    QCOMPARE(drawn(false, "en"), bare);
    // A letter's edge may differ by a shade from one drawing to the next; a word differs wholly.
    QVERIFY(differenceOf(drawn(true, "de"), german).mean * 10 < differenceOf(german, english).mean);
    QLocale::setDefault(QLocale::C);
}

void TestMapRenderer::namesOfOtherScripts_data()
{
    QTest::addColumn<QString>("name");
    const auto row = [](const char *what, const QString &name) { QTest::newRow(what) << name; };
    row("Latin with marks", QStringLiteral("Łódź, Ağrı, Đà Nẵng"));
    row("Greek", QStringLiteral("Αθήνα"));
    row("Cyrillic", QStringLiteral("Москва, Київ"));
    row("Armenian", QStringLiteral("Երևան"));
    row("Georgian", QStringLiteral("თბილისი"));
    row("Hebrew", QStringLiteral("ירושלים"));
    row("Arabic", QStringLiteral("القاهرة, تهران, لاہور"));
    row("Ethiopic", QStringLiteral("አዲስ አበባ"));
    row("Devanagari", QStringLiteral("दिल्ली, काठमाण्डौ"));
    row("Bengali", QStringLiteral("ঢাকা, কলকাতা"));
    row("Gujarati", QStringLiteral("અમદાવાદ"));
    row("Gurmukhi", QStringLiteral("ਅੰਮ੍ਰਿਤਸਰ"));
    row("Odia", QStringLiteral("ଭୁବନେଶ୍ୱର"));
    row("Tamil", QStringLiteral("சென்னை"));
    row("Telugu", QStringLiteral("హైదరాబాద్"));
    row("Kannada", QStringLiteral("ಬೆಂಗಳೂರು"));
    row("Malayalam", QStringLiteral("കൊച്ചി"));
    row("Sinhala", QStringLiteral("කොළඹ"));
    row("Thai", QStringLiteral("กรุงเทพมหานคร"));
    row("Lao", QStringLiteral("ວຽງຈັນ"));
    row("Khmer", QStringLiteral("ភ្នំពេញ"));
    row("Burmese", QStringLiteral("ရန်ကုန်"));
    row("Chinese", QStringLiteral("北京, 臺北"));
    row("Japanese", QStringLiteral("東京, おおさか"));
    row("Korean", QStringLiteral("서울"));
}

/// The map's and the window's own font have few scripts; others come from what the machine has,
/// glyph by glyph. What a machine needs for that is in packaging/packages.txt: none is skipped.
void TestMapRenderer::namesOfOtherScripts()
{
    QFETCH(QString, name);
    for (const QFont &font : {m_style->labelFont, m_style->placeFont, m_theme.font(TextSize::Body),
                              m_theme.font(TextSize::Small, TextWeight::Strong)}) {
        const QImage letter = drawnLetter(name.first(1), font);
        QVERIFY(letter != drawnLetter(QStringLiteral(" "), font));
        QVERIFY2(letter != drawnLetter(QString(QChar(0xfdd0)), font), "the box of no letter");
        QTextLayout layout(name, font);
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        qsizetype glyphs = 0;
        for (const QGlyphRun &run : layout.glyphRuns())
            for (const quint32 glyph : run.glyphIndexes()) {
                QVERIFY2(glyph != 0, "a box instead of a letter");
                ++glyphs;
            }
        QVERIFY(glyphs > 0);
    }
}

QTEST_MAIN(TestMapRenderer)
#include "tst_map_renderer.moc"
