// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class StatusMark;
class Theme;

/// The 22 pixel bar: service, database, age of data, counts, and the switch between UTC and local.
class StatusBar final : public QWidget {
    Q_OBJECT
public:
    StatusBar(const Theme &theme, workspace::Session &session, QWidget *parent);

    void setTimeText(const TimeText &times);
    /// What the window has just done, in the middle; empty: no longer.
    void tell(const QString &words);

Q_SIGNALS:
    void zoneToggled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refreshService();
    void refreshCounts();
    void refreshDataTime();
    void refreshTold();

    const Theme &m_theme;
    workspace::Session &m_session;
    TimeText m_times;
    StatusMark *m_service;
    StatusMark *m_database;
    QLabel *m_dataTime;
    QLabel *m_counts;
    QLabel *m_advice; ///< or what is told
    QString m_told;
    QToolButton *m_zone;
    QTimer m_minute;
};

} // namespace chrona::ui
