// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace chrona::workspace {
class Session;
class TileFeed;
}

namespace chrona::ui {

class AddTilesDialog;
class MapLayersModel;
class Theme;

/// Which tiles lie below the events: an archive on this machine, or those of a server that the
/// person added here and may take out again. UI thread only.
class TilesEditor final : public QWidget {
    Q_OBJECT
public:
    TilesEditor(workspace::Session &session, const Theme &theme, MapLayersModel &model,
                QWidget *parent);

    /// Shows what the layers say.
    void follow();
    /// Asks for a server; it is used when the service has seen its tiles.
    AddTilesDialog *addServer();

private:
    void chooseFile();
    void removeServer();
    void use(const QString &file, const QString &source);
    void fillServers();

    workspace::Session &m_session;
    const Theme &m_theme;
    MapLayersModel &m_model;
    workspace::TileFeed *m_feed;
    QLabel *m_name;
    QComboBox *m_servers;
    QPushButton *m_none, *m_remove;
    QPointer<AddTilesDialog> m_dialog;
};

} // namespace chrona::ui
