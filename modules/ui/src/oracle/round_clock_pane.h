// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"

#include <QTimer>

class QToolButton;

namespace chrona::ui {

/// The epoch that runs as a bar with its countdown, the last forty as cells. Paints once a second
/// while it is seen, and never while it is not.
class RoundClock final : public QWidget {
    Q_OBJECT
public:
    RoundClock(const Theme &theme, QWidget *parent);

    void setStatus(const ipc::OracleStatus &status);
    [[nodiscard]] QSize sizeHint() const override { return {360, 76}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 76}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRectF cellOf(std::size_t round) const;
    void paintCells(QPainter &painter) const;
    void tellAccessible();

    const Theme &m_theme;
    ipc::OracleStatus m_status;
    QTimer m_second;
};

/// The clock with a quick mute. UI thread only.
class RoundClockPane final : public OraclePane {
    Q_OBJECT
public:
    RoundClockPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                   QWidget *parent);

private:
    void refresh();

    RoundClock *m_clock;
    QToolButton *m_mute;
};

} // namespace chrona::ui
