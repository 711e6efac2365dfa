// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers_fixture.h"
#include "map_fixture.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;

/// Outlines that a person imported, on the map.
class TestOwnBoundaries : public QObject, private MapFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { open(); }
    void init() { reset(); }
    void cleanupTestCase() { close(); }
    void ownBoundariesAreDrawnAndHoldValues();
    void theyAreChosenInThePane();
    void shippedRegionsTellTheirValues();
    void pageHoldsThem();

private:
    void point(QPoint at) const
    {
        QMetaObject::invokeMethod(m_view.get(), "pointerMoved", Q_ARG(qreal, at.x()),
                                  Q_ARG(qreal, at.y()));
    }
    [[nodiscard]] QString words() const;
    void withoutEvents();
};

QString TestOwnBoundaries::words() const
{
    QString all;
    for (const QLabel *label : m_view->findChildren<QLabel *>())
        if (label->isVisibleTo(m_view.get()))
            all += label->text() + u'\n';
    return all;
}

void TestOwnBoundaries::withoutEvents()
{
    change([](MapLayers &layers) {
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
}

void TestOwnBoundaries::ownBoundariesAreDrawnAndHoldValues()
{
    m_view->goTo({5, 24}, 4.2);
    withoutEvents();
    const QImage without = picture();
    const QPoint north = placeOf(5, 28).toPoint(), middle = placeOf(3, 24.3).toPoint(),
                 south = placeOf(5, 20).toPoint();
    change([](MapLayers &layers) { layers.boundarySet = u"districts"_s; });
    // Along a border, where nothing else is, the outline of both its neighbours.
    QTRY_VERIFY(pixelsThatDiffer(picture(), without) > 400);
    QCOMPARE(picture().pixelColor(north), without.pixelColor(north));
    point(north);
    QTRY_VERIFY2(words().contains(u"North"), qPrintable(words()));
    change([](MapLayers &layers) { layers.values.metric = u"soil_moisture"_s; });
    QTRY_VERIFY(picture().pixelColor(north) != without.pixelColor(north));
    QVERIFY(picture().pixelColor(south) != picture().pixelColor(north));
    point(south);
    QTRY_VERIFY2(words().contains(u"29.5"), qPrintable(words()));
    point(middle);
    QTRY_VERIFY2(words().contains(u"no data"), qPrintable(words()));
    change([](MapLayers &layers) { layers.values.metric.clear(); });
    m_session->undoStack().clear();
    change([](MapLayers &layers) { layers.showBoundaries = false; });
    QTRY_COMPARE(pixelsThatDiffer(picture(), without), 0);
    m_session->undoStack().undo();
    QVERIFY(focus().layers().showBoundaries);
    QTRY_VERIFY(pixelsThatDiffer(picture(), without) > 400);
    change([](MapLayers &layers) { layers.boundarySet = u"gone"_s; });
    QTRY_VERIFY2(m_view->tools().said().contains(u"cannot be shown"),
                 qPrintable(m_view->tools().said()));
}

void TestOwnBoundaries::theyAreChosenInThePane()
{
    const LayersFixture layers(*m_session, *m_theme);
    MapLayersModel *model = layers.model;
    QVERIFY(model);
    layers.list->setCurrentIndex(model->index(model->rowCount() - 1));
    auto *sets = layers.named<QComboBox>(u"Set of boundaries"_s);
    QVERIFY(sets && sets->isVisibleTo(&layers.pane));
    QTRY_COMPARE(sets->count(), 2);
    sets->setFocus();
    QTest::keyClick(sets, Qt::Key_Down);
    QCOMPARE(focus().layers().boundarySet, u"districts"_s);
    QVERIFY(model->index(model->rowCount() - 1)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(u"districts"));
    const auto kept = MapLayers::fromJson(focus().layers().toJson());
    QVERIFY(kept && kept->boundarySet == u"districts"_s);
}

void TestOwnBoundaries::shippedRegionsTellTheirValues()
{
    m_view->goTo({10, 48}, 4.2);
    withoutEvents();
    change([](MapLayers &layers) { layers.values.metric = u"unemployment_rate"_s; });
    const QPoint spain = placeOf(-5.2, 39.3).toPoint(), poland = placeOf(19, 52).toPoint();
    const auto told = [this](QPoint at) {
        point(at);
        return words();
    };
    QTRY_VERIFY2(told(spain).contains(u"11.2"), qPrintable(words()));
    QVERIFY2(words().contains(u"Spain"), qPrintable(words()));
    QVERIFY2(told(poland).contains(u"no data"), qPrintable(words()));
}

void TestOwnBoundaries::pageHoldsThem()
{
    m_view->goTo({5, 24}, 4.2);
    withoutEvents();
    const auto size = [this](const QString &name) {
        const QString path = m_folder.filePath(name);
        return m_view->exportPdf(path) ? QFileInfo(path).size() : 0;
    };
    const qint64 without = size(u"without.pdf"_s);
    change([](MapLayers &layers) { layers.boundarySet = u"districts"_s; });
    QTRY_VERIFY(size(u"with.pdf"_s) > without);
    QVERIFY(without > 0);
}

QTEST_MAIN(TestOwnBoundaries)
#include "tst_own_boundaries.moc"
