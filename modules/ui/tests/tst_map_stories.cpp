// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/map_layers_model.h"
#include "map/story_painter.h"
#include "map_fixture.h"

#include <QQuickWidget>

#include <algorithm>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;

/// Stories that several reports tell, as a layer of the map.
class TestMapStories : public QObject, private MapFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { reset(); }
    void cleanupTestCase() { close(); }
    void discsDoNotTouch();
    void discsLieAcrossTheEdgeOfTheWorld();
    void layerIsAskedForWhenItIsShown();
    void allPagesAreAskedFor();
    void clickSelectsTheReports();
    void windowChoosesThem();
    void picturesAreTaken();

private:
    void showStories()
    {
        change([](MapLayers &layers) { layers.showStories = true; });
        QTRY_VERIFY(!m_view->shownStories().empty());
        settle();
    }
    [[nodiscard]] static ShownStory story(double x, double y, std::size_t reports)
    {
        ShownStory made{u"A story"_s, {x, y}, 1, {}, 1};
        for (std::size_t at = 0; at < reports; ++at)
            made.events.push_back(std::int64_t(at + 1));
        return made;
    }
};

void TestMapStories::discsDoNotTouch()
{
    const MapCamera camera{{0.5, 0.5}, 2, QSize(800, 600)};
    const double pixel = 1 / camera.worldPixels();
    const StoryMarks marks{story(0.5, 0.5, 9), story(0.5 + 10 * pixel, 0.5, 30),
                           story(0.5 + 60 * pixel, 0.5, 2)};
    QCOMPARE(drawnStories(marks, camera), (std::vector<std::size_t>{0, 2}));
    MapCamera near = camera;
    near.zoom = 5;
    QCOMPARE(drawnStories(marks, near).size(), 3U);
    QVERIFY(storyRadius(marks[1]) > storyRadius(marks[0]));
    QVERIFY(storyRadius(story(0, 0, 100'000)) < 20);
    QCOMPARE(storyAt(marks, camera, camera.toScreen(marks[0].at)), &marks[0]);
    QCOMPARE(storyAt(marks, camera, camera.toScreen(marks[1].at)), &marks[0]); // within its disc
    QVERIFY(!storyAt(marks, camera, {10, 10}));
}

void TestMapStories::discsLieAcrossTheEdgeOfTheWorld()
{
    const MapCamera camera{{0, 0.5}, 3, QSize(800, 600)};
    const StoryMarks marks{story(0.999, 0.5, 3), story(0.001, 0.5, 3)};
    QCOMPARE(drawnStories(marks, camera).size(), 1U); // a few pixels apart, across the edge
    geo::MercatorPoint west = marks[0].at;
    west.x -= 1;
    QCOMPARE(storyAt(marks, camera, camera.toScreen(west)), &marks[0]);
}

void TestMapStories::layerIsAskedForWhenItIsShown()
{
    QVERIFY(m_view->shownStories().empty());
    const QImage before = picture();
    MapLayersModel model(focus(), *m_theme, nullptr);
    int row = -1;
    for (int at = 0; at < model.rowCount(); ++at)
        if (model.partOf(at) == MapLayersModel::Part::Stories)
            row = at;
    QVERIFY(row >= 0);
    QVERIFY(model.data(model.index(row), Qt::DisplayRole).toString().contains(u"Stories"_s));
    model.toggle(row);
    QVERIFY(focus().layers().showStories);
    QTRY_VERIFY(!m_view->shownStories().empty());
    settle();
    // Names may make room for the legend, so only the disc itself is compared.
    const StoryMarks marks = m_view->shownStories();
    const QPoint middle = m_view->camera()
                              .toScreen(marks[drawnStories(marks, m_view->camera()).front()].at)
                              .toPoint();
    const QRect disc(middle - QPoint(8, 8), QSize(17, 17));
    QVERIFY(pixelsThatDiffer(before.copy(disc), picture().copy(disc)) > 80);
    m_session->undoStack().undo();
    QVERIFY(!focus().layers().showStories);
    settle();
    QVERIFY(!m_view->storyAt(m_view->rect().center()));
    // A name nearby may have found another place meanwhile; the disc is gone.
    QVERIFY(pixelsThatDiffer(before.copy(disc), picture().copy(disc)) < 20);
}

/// The service answers a thousand at a time; those under others are counted in the legend.
void TestMapStories::allPagesAreAskedFor()
{
    showStories();
    QTRY_VERIFY(m_view->shownStories().size() > ipc::ClusterQuery::kLimitMax);
    settle();
    const StoryMarks &marks = m_view->shownStories();
    QVERIFY(drawnStories(marks, m_view->camera()).size() < marks.size());
    QSet<qint64> told;
    for (const ShownStory &story : marks)
        told.insert(story.representative);
    QCOMPARE(std::size_t(told.size()), marks.size()); // no page twice
}

void TestMapStories::clickSelectsTheReports()
{
    showStories();
    const StoryMarks marks = m_view->shownStories();
    const auto drawn = drawnStories(marks, m_view->camera());
    const auto open = std::ranges::find_if(drawn, [&](std::size_t one) {
        const QPointF at = m_view->camera().toScreen(marks[one].at);
        return m_view->rect().adjusted(60, 60, -260, -120).contains(at.toPoint());
    });
    QVERIFY(open != drawn.end());
    const ShownStory &story = marks[*open];
    const QPoint at = m_view->camera().toScreen(story.at).toPoint();
    QTest::mouseClick(m_view->findChild<QQuickWidget *>(), Qt::LeftButton, {}, at);
    QTRY_COMPARE(focus().selection(), QSet<qint64>(story.events.begin(), story.events.end()));
    QCOMPARE(focus().selectedEvent(), story.representative);
    QTRY_VERIFY(std::ranges::any_of(m_view->shownStories(), [&](const ShownStory &one) {
        return one.representative == story.representative && one.isSelected;
    }));
}

void TestMapStories::windowChoosesThem()
{
    showStories();
    const std::size_t all = m_view->shownStories().size();
    const auto snapshot = m_session->events().snapshot();
    const auto &times = snapshot->columns.observedAt;
    focus().setWindow(
        {Instant(Duration(times[times.size() / 4])), Instant(Duration(times[times.size() / 2]))});
    QTRY_VERIFY(m_view->isSettled() && m_view->shownStories().size() < all);
    QVERIFY(!m_view->shownStories().empty());
}

void TestMapStories::picturesAreTaken()
{
    const QString folder = qEnvironmentVariable("CHRONA_PICTURES");
    if (folder.isEmpty())
        QSKIP("CHRONA_PICTURES names no folder");
    m_view->resize(1220, 720);
    for (const Appearance look : {Appearance::Dark, Appearance::Light}) {
        m_theme->setAppearance(look);
        reset();
        showStories();
        focus().select({m_view->shownStories().front().representative},
                       m_view->shownStories().front().representative);
        settle();
        m_view->picture(m_view->size(), 1)
            .save(u"%1/stories-%2.png"_s.arg(folder,
                                             look == Appearance::Dark ? u"dark"_s : u"light"_s));
    }
}

QTEST_MAIN(TestMapStories)
#include "tst_map_stories.moc"
