// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ui/map/map_view.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "map/map_surface.h"
#include "plausible_events.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QGeoCoordinate>
#include <QQuickItem>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QStyleHints>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace chrona;
using namespace chrona::ui;

/// The view in a window of its own, with a session that is connected to nothing.
class TestMapView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void projectionIsThatOfQtLocation_data();
    void projectionIsThatOfQtLocation();
    void eventsAreShownAndCounted();
    void windowAndFilterAreFollowed();
    void clickSelects();
    void clickWithControlAddsAndTakesAway();
    void clickOnNothingClears();
    void shiftDragSelectsABox();
    void dragMovesTheMap();
    void wheelKeepsThePlaceUnderThePointer();
    void keysMoveAndZoom();
    void selectionOfOthersIsFitted();
    void namesAreFound_data();
    void namesAreFound();
    void hoverFindsWhatASearchFinds();
    void nothingIsDrawnWhenNothingChanges();
    void noticesTellWhy();
    void screenReaderHearsCounts();
    void canvasShowsThePicture();
    void pictureIsWritten();

private:
    void settle();
    QObject *qtMap() const;
    void load(std::size_t count);
    void loadAt(const std::vector<schema::GeoPoint> &places);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MapView> m_view;
};

void TestMapView::initTestCase()
{
    m_theme = std::make_unique<Theme>();
    m_theme->setAppearance(Appearance::Dark);
    m_theme->applyTo(*qApp);
}

void TestMapView::init()
{
    workspace::SessionOptions options;
    options.dataFolder = m_folder.path().toStdString();
    m_session = std::make_unique<workspace::Session>(options);
    m_view = std::make_unique<MapView>(*m_session, *m_theme);
    m_view->resize(1440, 900);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get(), 60'000));
    settle();
}

void TestMapView::cleanup()
{
    m_view.reset();
    m_session.reset();
}

void TestMapView::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_session->selector().isSettled() && m_view->isSettled() &&
                                 m_view->lastFrameTime().count() > 0,
                             10'000);
    QCoreApplication::processEvents();
    QTRY_VERIFY_WITH_TIMEOUT(m_view->isSettled(), 10'000);
}

QObject *TestMapView::qtMap() const
{
    auto *quick = m_view->findChild<QQuickWidget *>();
    return quick->rootObject()->property("map").value<QObject *>();
}

void TestMapView::load(std::size_t count)
{
    auto snapshot = std::make_shared<workspace::EventSnapshot>();
    snapshot->columns = *plausibleEvents(count);
    m_session->focus().setWindow({Instant(Duration(0)), Instant(Duration(4'000'000'000'000'000))});
    QSignalSpy visible(&m_session->selector(), &workspace::EventSelector::visibleChanged);
    m_session->events().replace(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(
        !visible.isEmpty() && m_session->selector().visible()->snapshot == snapshot, 10'000);
    settle();
}

void TestMapView::loadAt(const std::vector<schema::GeoPoint> &places)
{
    auto snapshot = std::make_shared<workspace::EventSnapshot>();
    schema::Event event;
    for (std::size_t i = 0; i < places.size(); ++i) {
        event.id.value = std::int64_t(i) + 1;
        event.type = schema::EventType::Earthquake;
        event.times.observedAt = Instant(Duration(1'000'000 * (std::int64_t(i) + 1)));
        event.geometry = schema::Geometry::at(places[i]);
        snapshot->columns.append(event, 0, 0);
    }
    m_session->focus().setWindow({Instant(Duration(0)), Instant(Duration(4'000'000'000'000'000))});
    QSignalSpy visible(&m_session->selector(), &workspace::EventSelector::visibleChanged);
    m_session->events().replace(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->selector().visible()->snapshot == snapshot, 10'000);
    settle();
}

void TestMapView::projectionIsThatOfQtLocation_data()
{
    QTest::addColumn<double>("latitude");
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("zoom");
    QTest::newRow("the world") << 20.0 << 10.0 << 2.6;
    QTest::newRow("a continent, across the anti-meridian") << 10.0 << 179.5 << 4.3;
    QTest::newRow("a country") << -33.0 << -70.0 << 6.7;
    QTest::newRow("a town") << 52.5 << 13.4 << 12.0;
    QTest::newRow("as close as it goes") << 69.6 << 18.9 << 18.0;
}

void TestMapView::projectionIsThatOfQtLocation()
{
    QFETCH(double, latitude);
    QFETCH(double, longitude);
    QFETCH(double, zoom);
    m_view->goTo({longitude, latitude}, zoom);
    const MapCamera camera = m_view->camera();
    std::mt19937 random(11);
    std::uniform_real_distribution<double> across(0, camera.size.width()),
        down(0, camera.size.height());
    for (int i = 0; i < 200; ++i) {
        const schema::GeoPoint place =
            geo::unproject(camera.fromScreen({across(random), down(random)}));
        if (std::abs(place.latitude) > 85)
            continue;
        QPointF theirs;
        QVERIFY(QMetaObject::invokeMethod(
            qtMap(), "fromCoordinate", Q_RETURN_ARG(QPointF, theirs),
            Q_ARG(QGeoCoordinate, QGeoCoordinate(place.latitude, place.longitude)),
            Q_ARG(bool, false)));
        const QPointF ours = camera.toScreen(geo::project(place));
        const QPointF off = theirs - ours;
        QVERIFY2(std::hypot(off.x(), off.y()) < 0.01,
                 qPrintable(QStringLiteral("%1, %2 px off").arg(off.x()).arg(off.y())));
    }
}

void TestMapView::eventsAreShownAndCounted()
{
    load(5'000);
    // Two of a hundred have no place; the poles are out of sight.
    QVERIFY(m_view->shownEvents() > 4'500);
    QVERIFY(m_view->shownEvents() < 5'500); // a few are on two copies of the world
}

void TestMapView::windowAndFilterAreFollowed()
{
    load(5'000);
    const qsizetype before = m_view->shownEvents();
    workspace::EventFilter filter;
    filter.types = 1U << unsigned(schema::EventType::Earthquake);
    m_session->focus().setFilter(filter);
    QTRY_VERIFY(m_view->shownEvents() < before / 5 && m_view->shownEvents() > 0);
    m_session->focus().setFilter({});
    QTRY_COMPARE(m_view->shownEvents(), before);
    const auto &columns = m_session->events().snapshot()->columns;
    m_session->focus().setWindow({Instant(Duration(columns.observedAt[1'000])),
                                  Instant(Duration(columns.observedAt[2'000]))});
    QTRY_VERIFY(m_view->shownEvents() < before / 4 && m_view->shownEvents() > before / 6);
}

void TestMapView::clickSelects()
{
    loadAt({{13.4, 52.5}, {2.35, 48.85}});
    m_view->goTo({8, 50}, 5);
    settle();
    const QPoint berlin = m_view->camera().toScreen(geo::project({13.4, 52.5})).toPoint();
    QTest::mouseClick(m_view->findChild<QQuickWidget *>(), Qt::LeftButton, {}, berlin);
    QTRY_COMPARE(m_session->focus().selectedEvent(), 1);
}

void TestMapView::clickWithControlAddsAndTakesAway()
{
    loadAt({{13.4, 52.5}, {2.35, 48.85}});
    m_view->goTo({8, 50}, 5);
    settle();
    auto *quick = m_view->findChild<QQuickWidget *>();
    const QPoint paris = m_view->camera().toScreen(geo::project({2.35, 48.85})).toPoint();
    m_session->focus().select({1}, 1);
    QTest::mouseClick(quick, Qt::LeftButton, Qt::ControlModifier, paris);
    QTRY_COMPARE(m_session->focus().selection(), (QSet<qint64>{1, 2}));
    QTest::qWait(QGuiApplication::styleHints()->mouseDoubleClickInterval() +
                 10); // not a double click
    QTest::mouseClick(quick, Qt::LeftButton, Qt::ControlModifier, paris);
    QTRY_COMPARE(m_session->focus().selection(), (QSet<qint64>{1}));
}

void TestMapView::clickOnNothingClears()
{
    loadAt({{13.4, 52.5}});
    m_session->focus().select({1}, 1);
    m_view->goTo({8, 50}, 5);
    settle();
    QTest::mouseClick(m_view->findChild<QQuickWidget *>(), Qt::LeftButton, {}, {40, 300});
    QTRY_VERIFY(m_session->focus().selection().isEmpty());
}

void TestMapView::shiftDragSelectsABox()
{
    loadAt({{13.4, 52.5}, {2.35, 48.85}, {-3.7, 40.4}});
    m_view->goTo({8, 50}, 5);
    settle();
    auto *quick = m_view->findChild<QQuickWidget *>();
    const QPoint berlin = m_view->camera().toScreen(geo::project({13.4, 52.5})).toPoint();
    const QPoint paris = m_view->camera().toScreen(geo::project({2.35, 48.85})).toPoint();
    const QPoint from(paris.x() - 20, berlin.y() - 20), to(berlin.x() + 20, paris.y() + 20);
    const MapCamera before = m_view->camera();
    QTest::mousePress(quick, Qt::LeftButton, Qt::ShiftModifier, from);
    for (const double t : {0.2, 0.5, 1.0}) {
        const QPointF at = QPointF(from) + (QPointF(to) - from) * t;
        QMouseEvent move(QEvent::MouseMove, at, quick->mapToGlobal(at), Qt::NoButton,
                         Qt::LeftButton, Qt::ShiftModifier);
        QApplication::sendEvent(quick, &move);
    }
    QTest::mouseRelease(quick, Qt::LeftButton, Qt::ShiftModifier, to);
    QTRY_COMPARE(m_session->focus().selection(), (QSet<qint64>{1, 2}));
    QCOMPARE(m_view->camera(), before);
}

void TestMapView::dragMovesTheMap()
{
    m_view->goTo({8, 50}, 5);
    settle();
    auto *quick = m_view->findChild<QQuickWidget *>();
    const MapCamera before = m_view->camera();
    QTest::mousePress(quick, Qt::LeftButton, {}, {700, 400});
    for (const int x : {720, 760, 800}) {
        QMouseEvent move(QEvent::MouseMove, QPointF(x, 400), quick->mapToGlobal(QPointF(x, 400)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(quick, &move);
    }
    QTest::mouseRelease(quick, Qt::LeftButton, {}, {800, 400});
    const double moved = (before.centre.x - m_view->camera().centre.x) * before.worldPixels();
    QVERIFY2(moved > 60 && moved <= 101, qPrintable(QString::number(moved))); // less the threshold
}

void TestMapView::wheelKeepsThePlaceUnderThePointer()
{
    m_view->goTo({8, 50}, 5);
    settle();
    auto *quick = m_view->findChild<QQuickWidget *>();
    const QPointF at(1'000, 300);
    const geo::MercatorPoint before = m_view->camera().fromScreen(at);
    QWheelEvent wheel(at, quick->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(quick, &wheel);
    QCOMPARE_GT(m_view->camera().zoom, 5.2);
    const QPointF now = m_view->camera().toScreen(before);
    QVERIFY(std::hypot(now.x() - at.x(), now.y() - at.y()) < 0.5);
}

void TestMapView::keysMoveAndZoom()
{
    m_view->goTo({8, 50}, 5);
    const MapCamera before = m_view->camera();
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE_GT(m_view->camera().centre.x, before.centre.x);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE_LT(m_view->camera().centre.y, before.centre.y);
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QCOMPARE(m_view->camera().zoom, 5.5);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE_LT(m_view->camera().zoom, 2.6);
    loadAt({{13.4, 52.5}});
    m_session->focus().select({1}, 1);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_session->focus().selection().isEmpty());
}

void TestMapView::selectionOfOthersIsFitted()
{
    loadAt({{179, -17}, {-179, -19}, {13.4, 52.5}});
    QVERIFY(!m_view->fitToSelection());
    m_session->focus().select({3}, 3);
    QVERIFY(m_view->fitToSelection()); // at once: the picture still shows what was selected before
    settle();
    const QPointF at = m_view->camera().toScreen(geo::project({13.4, 52.5}));
    QVERIFY(std::hypot(at.x() - 720, at.y() - 450) < 1);
    QCOMPARE_GT(m_view->camera().zoom, 7.0);
}

void TestMapView::namesAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("latitude"); // NaN: must refuse
    QTest::addColumn<double>("longitude");
    QTest::newRow("coordinates") << QStringLiteral("52.5, 13.4") << 52.5 << 13.4;
    QTest::newRow("a town") << QStringLiteral("osaka") << 34.7 << 135.5;
    QTest::newRow("a country by its name") << QStringLiteral("Japan") << 36.5 << 138.1;
    QTest::newRow("a country by its code") << QStringLiteral("NZL") << -43.9 << 170.5;
    QTest::newRow("no such latitude") << QStringLiteral("95, 13") << qQNaN() << qQNaN();
    QTest::newRow("no such place") << QStringLiteral("Atlantis upon Thames") << qQNaN() << qQNaN();
}

void TestMapView::namesAreFound()
{
    QFETCH(QString, text);
    QFETCH(double, latitude);
    QFETCH(double, longitude);
    QCOMPARE(m_view->goToNamed(text), !std::isnan(latitude));
    if (std::isnan(latitude))
        return;
    const schema::GeoPoint centre = geo::unproject(m_view->camera().centre);
    QVERIFY2(geo::distanceKm(centre, {longitude, latitude}) < 250,
             qPrintable(QStringLiteral("%1 %2").arg(centre.latitude).arg(centre.longitude)));
}

void TestMapView::hoverFindsWhatASearchFinds()
{
    load(20'000);
    m_view->goTo({10, 48}, 5);
    settle();
    const MapCamera camera = m_view->camera();
    const auto &columns = m_session->events().snapshot()->columns;
    std::mt19937 random(2);
    std::uniform_real_distribution<double> across(0, 1440), down(0, 900);
    int found = 0;
    for (int i = 0; i < 100; ++i) {
        const QPointF at(across(random), down(random));
        double best = 8;
        for (std::size_t row = 0; row < columns.size(); ++row) {
            if ((columns.flags[row] & schema::EventColumns::kHasPlace) == 0)
                continue;
            const QPointF here =
                camera.toScreen(geo::project({columns.longitude[row], columns.latitude[row]}));
            best = std::min(best, std::hypot(here.x() - at.x(), here.y() - at.y()));
        }
        const auto event = m_view->eventAt(at);
        if (best > 7.95) // at the very edge either answer is right
            continue;
        QVERIFY(event.has_value());
        const std::size_t row = std::size_t(*event) - 1;
        const QPointF here =
            camera.toScreen(geo::project({columns.longitude[row], columns.latitude[row]}));
        QVERIFY(std::hypot(here.x() - at.x(), here.y() - at.y()) < best + 0.05);
        ++found;
    }
    QCOMPARE_GT(found, 20);
}

void TestMapView::nothingIsDrawnWhenNothingChanges()
{
    load(5'000);
    auto *window = m_view->findChild<QQuickWidget *>()->quickWindow();
    QSignalSpy pictures(m_view.get(), &MapView::pictureChanged);
    QTest::qWait(200); // what was under way
    pictures.clear();
    QSignalSpy frames(window, &QQuickWindow::afterRendering);
    QTest::qWait(1'000);
    QCOMPARE(frames.size(), 0);
    QCOMPARE(pictures.size(), 0);
    m_view->zoomBy(1);
    QTRY_VERIFY(pictures.size() > 0 && frames.size() > 0);
}

void TestMapView::noticesTellWhy()
{
    const auto words = [this] {
        QString all;
        for (const QWidget *child : m_view->findChildren<QWidget *>())
            if (child->isVisibleTo(m_view.get()))
                all += child->accessibleName() + QLatin1Char('\n');
        return all;
    };
    QVERIFY2(words().contains(QStringLiteral("Loading events")), qPrintable(words()));
    load(500);
    QVERIFY(!words().contains(QStringLiteral("Loading events")));
    workspace::EventFilter nothing;
    nothing.types = 0;
    m_session->focus().setFilter(nothing);
    QTRY_VERIFY(words().contains(QStringLiteral("No event passes the filter")));
    m_session->focus().setFilter({});
    QTRY_VERIFY(!words().contains(QStringLiteral("No event passes the filter")));
}

void TestMapView::screenReaderHearsCounts()
{
    load(500);
    m_session->focus().select({7, 8}, 7);
    settle();
    QTRY_VERIFY2(m_view->accessibleDescription().contains(QStringLiteral("2 selected")),
                 qPrintable(m_view->accessibleDescription()));
    QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("500 pass the filter")));
}

void TestMapView::canvasShowsThePicture()
{
    // Of the middle, where nothing lies over the canvas.
    const QRect middle(m_view->width() / 4, m_view->height() / 4, m_view->width() / 2,
                       m_view->height() / 2);
    const auto strangers = [&](const QImage &drawn, const QImage &shown) {
        int count = 0;
        for (int y = middle.top(); y <= middle.bottom(); ++y)
            for (int x = middle.left(); x <= middle.right(); ++x)
                count += std::abs(qGray(drawn.pixel(x, y)) - qGray(shown.pixel(x, y))) > 8 ? 1 : 0;
        return count;
    };
    auto *canvas = m_view->findChild<QQuickWidget *>();
    for (const std::size_t count : {std::size_t(20'000), std::size_t(300)}) {
        load(count); // the second at the camera of the first
        const QImage drawn = m_view->picture(m_view->size(), 1);
        QTRY_VERIFY(strangers(drawn, canvas->grabFramebuffer()) <
                    middle.width() * middle.height() / 100);
    }
    const auto api = canvas->quickWindow()->rendererInterface()->graphicsApi();
    const QByteArray wanted = qgetenv("QT_QUICK_BACKEND");
    if (!wanted.isEmpty())
        QCOMPARE(api != QSGRendererInterface::Software, wanted == "rhi");
}

void TestMapView::pictureIsWritten()
{
    load(5'000);
    const QString path = m_folder.filePath(QStringLiteral("map.png"));
    QVERIFY(m_view->exportPng(path, 1).has_value());
    QCOMPARE(QImage(path).size(), m_view->size());
    QVERIFY(
        m_view->exportPng(m_folder.filePath(QStringLiteral("no/such/folder.png"))).error().code ==
        ErrorCode::Unavailable);
}

QTEST_MAIN(TestMapView)
#include "tst_map_view.moc"
