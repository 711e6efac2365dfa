// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/tiles_editor.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "chrona/workspace/tile_feed.h"
#include "layers/add_tiles_dialog.h"
#include "layers/map_layers_model.h"
#include "text/names.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::MapLayers;

TilesEditor::TilesEditor(workspace::Session &session, const Theme &theme, MapLayersModel &model,
                         QWidget *parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_model(model),
      m_feed(new workspace::TileFeed(session, this)), m_name(new QLabel(this)),
      m_servers(new QComboBox(this)), m_none(new QPushButton(tr("None"), this)),
      m_remove(new QPushButton(tr("Remove"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 10, 6);
    column->setSpacing(4);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(true);
    m_name->setFont(theme.font(TextSize::Tiny));
    m_name->setProperty("tone", u"secondary"_s);
    column->addWidget(m_name);
    auto *files = new QHBoxLayout;
    auto *choose = new QPushButton(tr("Choose a file…"), this);
    files->addWidget(choose, 1);
    files->addWidget(m_none);
    column->addLayout(files);
    m_servers->setAccessibleName(tr("Server of tiles"));
    m_servers->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(m_servers);
    auto *servers = new QHBoxLayout;
    auto *add = new QPushButton(tr("Add a server…"), this);
    servers->addWidget(add, 1);
    m_remove->setToolTip(tr("Takes this server out, with the tiles of it that were kept"));
    servers->addWidget(m_remove);
    column->addLayout(servers);
    connect(choose, &QPushButton::clicked, this, &TilesEditor::chooseFile);
    connect(m_none, &QPushButton::clicked, this, [this] { use({}, {}); });
    connect(add, &QPushButton::clicked, this, &TilesEditor::addServer);
    connect(m_remove, &QPushButton::clicked, this, &TilesEditor::removeServer);
    connect(m_servers, &QComboBox::activated, this,
            [this](int row) { use({}, m_servers->itemData(row).toString()); });
    connect(m_feed, &workspace::TileFeed::sourcesChanged, this, &TilesEditor::fillServers);
    fillServers();
}

void TilesEditor::use(const QString &file, const QString &source)
{
    m_model.change([&](MapLayers &layers) {
        layers.tilesFile = file;
        layers.tilesSource = source;
        layers.showTiles = true;
    });
}

void TilesEditor::chooseFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Tiles for the map"), {},
                                     tr("PMTiles archives (*.pmtiles);;All files (*)"));
    if (!file.isEmpty())
        use(file, {});
}

AddTilesDialog *TilesEditor::addServer()
{
    if (!m_dialog) {
        m_dialog = new AddTilesDialog(m_theme, this);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &AddTilesDialog::wanted, this, [this] {
            m_dialog->setBusy(true);
            m_feed->add(m_dialog->source(), [this, dialog = m_dialog](const Status &added) {
                if (!dialog)
                    return;
                dialog->setBusy(false);
                if (!added)
                    return dialog->showFailure(added.error());
                const std::string address = dialog->source().address;
                for (const ipc::TileSource &each : m_feed->sources())
                    if (each.address == address)
                        use({}, QString::fromStdString(each.key));
                dialog->accept();
            });
        });
    }
    m_dialog->open();
    return m_dialog;
}

void TilesEditor::removeServer()
{
    const QString key = m_servers->currentData().toString();
    if (key.isEmpty())
        return;
    m_feed->remove(key, [this, key](const Status &removed) {
        if (!removed)
            return m_name->setText(failureText(removed.error()).cause);
        if (m_session.focus().layers().tilesSource == key)
            use({}, {});
    });
}

void TilesEditor::fillServers()
{
    m_servers->clear();
    m_servers->addItem(tr("No server"), QString());
    for (const ipc::TileSource &source : m_feed->sources())
        m_servers->addItem(fromUtf8(source.name), QString::fromStdString(source.key));
    follow();
}

void TilesEditor::follow()
{
    const MapLayers &layers = m_session.focus().layers();
    m_servers->setCurrentIndex(std::max(0, m_servers->findData(layers.tilesSource)));
    m_remove->setEnabled(m_servers->currentIndex() > 0);
    m_none->setEnabled(!layers.tilesFile.isEmpty() || !layers.tilesSource.isEmpty());
    const ipc::TileSource *source = m_feed->find(layers.tilesSource);
    if (source)
        m_name->setText(
            tr("%1. Kept on this machine: %2.")
                .arg(fromUtf8(source->attribution),
                     QLocale().formattedDataSize(qint64(source->cachedBytes))));
    else if (!layers.tilesFile.isEmpty())
        m_name->setText(QFileInfo(layers.tilesFile).fileName());
    else
        m_name->setText(tr("Pictures or vector tiles under the events: a PMTiles archive, or a "
                           "server of them."));
}

} // namespace chrona::ui
