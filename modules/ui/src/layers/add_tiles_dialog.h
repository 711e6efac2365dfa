// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/tile_feed.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace chrona::ui {

class Theme;

/// Asks for a server of map tiles and under which terms they are used. Nothing can be added while a
/// question is open. UI thread only.
class AddTilesDialog final : public QDialog {
    Q_OBJECT
public:
    AddTilesDialog(const Theme &theme, QWidget *parent);

    /// The answers.
    [[nodiscard]] ipc::TileSource source() const;
    /// While the service asks the server.
    void setBusy(bool isBusy);
    /// Why it was refused: the dialog stays open, so that the answer can be corrected.
    void showFailure(const Error &error);

Q_SIGNALS:
    /// The person wants to add source().
    void wanted();

private:
    void judge();
    void say(const QString &text);

    QLineEdit *m_address, *m_name, *m_attribution, *m_terms;
    QSpinBox *m_zoomMin, *m_zoomMax;
    QCheckBox *m_areRead;
    QLabel *m_message;
    QPushButton *m_add;
    bool m_isBusy = false;
};

} // namespace chrona::ui
