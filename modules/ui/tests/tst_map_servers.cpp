// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/add_tiles_dialog.h"
#include "layers/map_layers_model.h"
#include "layers/tiles_editor.h"
#include "map_fixture.h"

#include <QBuffer>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace chrona;
using namespace chrona::ui;
using namespace chrona::ui::test;

namespace {

std::vector<std::byte> tilePicture(const QColor &color)
{
    QImage image(256, 256, QImage::Format_RGB32);
    image.fill(color);
    QByteArray png;
    QBuffer buffer(&png);
    image.save(&buffer, "PNG");
    const auto bytes = std::as_bytes(std::span(png.constData(), std::size_t(png.size())));
    return {bytes.begin(), bytes.end()};
}

Result<ipc::TileReply> colouredTile(const QColor &color, bool isOld = false)
{
    ipc::TileReply reply;
    reply.form = ipc::TileForm::Picture;
    reply.bytes = tilePicture(color);
    reply.isOld = isOld;
    return reply;
}

} // namespace

/// Tiles of servers on the map: from the question for an address to the pixels.
class TestMapServers : public QObject, private MapFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { open(); }
    void init();
    void cleanupTestCase() { close(); }
    void aServerIsAddedUsedAndRemoved();
    void onlyWhatIsInViewIsAskedOnce();
    void troubleIsSaid();
    void brokenTilesHurtNothing();

private:
    void use(const QString &key);
    [[nodiscard]] QColor sahara() const { return picture().pixelColor(placeOf(13, 22).toPoint()); }
    [[nodiscard]] QString said() const;
};

void TestMapServers::init()
{
    reset();
    m_service->serveTiles([](const ipc::TileRequest &) {
        return colouredTile(QColor(200, 10, 20));
    });
    change([](MapLayers &layers) {
        layers.showLabels = false;
        for (workspace::MapLayer &layer : layers.order)
            layer.isShown = false;
    });
}

void TestMapServers::use(const QString &key)
{
    MapLayers layers = focus().layers();
    layers.tilesSource = key;
    focus().setLayers(layers);
}

QString TestMapServers::said() const
{
    QString all;
    for (const QWidget *child : m_view->findChildren<QWidget *>())
        if (child->isVisibleTo(m_view.get()))
            all += child->accessibleName() + u'\n';
    return all;
}

void TestMapServers::aServerIsAddedUsedAndRemoved()
{
    MapLayersModel model(focus(), *m_theme, nullptr);
    TilesEditor editor(*m_session, *m_theme, model, nullptr);
    editor.show();
    connect(&focus(), &workspace::Focus::layersChanged, &editor, &TilesEditor::follow);
    AddTilesDialog *dialog = editor.addServer();
    const auto edits = dialog->findChildren<QLineEdit *>();
    auto *add = dialog->findChildren<QPushButton *>().last();
    for (auto *button : dialog->findChildren<QPushButton *>())
        if (button->property("primary").toBool())
            add = button;
    QVERIFY(!add->isEnabled());
    // In the order in which they were made; those of spin boxes are deeper.
    QList<QLineEdit *> own;
    for (QLineEdit *edit : edits)
        if (edit->parent() == dialog)
            own.append(edit);
    QCOMPARE(own.size(), 4);
    own[0]->setText(u"https://tiles.example.org/map"_s);
    own[2]->setText(u"© Nobody"_s);
    own[3]->setText(u"https://tiles.example.org/terms"_s);
    QVERIFY2(!add->isEnabled(), "the terms are not said to be read");
    dialog->findChild<QCheckBox *>()->setChecked(true);
    QVERIFY(add->isEnabled());
    add->click();
    const auto message = [&] {
        QString all;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            if (label->isVisibleTo(dialog))
                all += label->text();
        return all;
    };
    QTRY_VERIFY2(add->isEnabled() && !message().contains(u"Asking"), qPrintable(message()));
    QVERIFY(dialog->isVisible()); // refused: what was answered is still there
    own[0]->setText(u"https://tiles.example.org/{z}/{x}/{y}.png"_s);
    add->click();
    QTRY_COMPARE(focus().layers().tilesSource, u"server0"_s);
    QTRY_COMPARE(sahara().rgb(), QColor(200, 10, 20).rgb());
    auto *servers = editor.findChild<QComboBox *>();
    QCOMPARE(servers->currentData().toString(), u"server0"_s);
    for (auto *button : editor.findChildren<QPushButton *>())
        if (button->toolTip().startsWith(u"Takes this server out"))
            button->click();
    QTRY_VERIFY(focus().layers().tilesSource.isEmpty());
    QTRY_VERIFY(sahara().rgb() != QColor(200, 10, 20).rgb());
    QTRY_COMPARE(servers->count(), 1);
}

void TestMapServers::onlyWhatIsInViewIsAskedOnce()
{
    m_service->addTileServer("mine");
    const int before = m_service->tilesAsked();
    use(u"mine"_s);
    QTRY_COMPARE(sahara().rgb(), QColor(200, 10, 20).rgb());
    settle();
    const int asked = m_service->tilesAsked() - before;
    QVERIFY2(asked > 0 && asked <= 32, qPrintable(QString::number(asked)));
    m_view->panBy({5, 0}); // nothing new comes into view
    m_view->panBy({-5, 0});
    settle();
    QCOMPARE(m_service->tilesAsked() - before, asked);
}

void TestMapServers::troubleIsSaid()
{
    m_service->addTileServer("away");
    m_service->serveTiles([](const ipc::TileRequest &) -> Result<ipc::TileReply> {
        return fail(ErrorCode::Unavailable, "the server does not answer");
    });
    use(u"away"_s);
    QTRY_VERIFY2(said().contains(u"Tiles cannot be shown"), qPrintable(said()));
    use({});
    QTRY_VERIFY(!said().contains(u"Tiles cannot be shown"));
    m_service->serveTiles(
        [](const ipc::TileRequest &) { return colouredTile(QColor(10, 200, 20), true); });
    use(u"away"_s);
    QTRY_COMPARE(sahara().rgb(), QColor(10, 200, 20).rgb());
    QTRY_VERIFY2(said().contains(u"these are older"), qPrintable(said()));
}

void TestMapServers::brokenTilesHurtNothing()
{
    m_service->addTileServer("broken");
    m_service->serveTiles([](const ipc::TileRequest &) -> Result<ipc::TileReply> {
        ipc::TileReply reply;
        reply.form = ipc::TileForm::Picture;
        reply.bytes.assign(300, std::byte{7});
        return reply;
    });
    const QColor plain = sahara();
    use(u"broken"_s);
    QTRY_VERIFY2(said().contains(u"Tiles cannot be shown"), qPrintable(said()));
    QCOMPARE(sahara().rgb(), plain.rgb());
}

QTEST_MAIN(TestMapServers)
#include "tst_map_servers.moc"
