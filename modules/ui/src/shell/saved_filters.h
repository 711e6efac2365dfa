// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/command_palette.h"

#include <QObject>

class QMenu;
class QSettings;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class EventsPane;

/// Filters by name, as the line of text that they are typed as, in the window's settings. UI thread
/// only.
class SavedFilters final : public QObject {
    Q_OBJECT
public:
    SavedFilters(workspace::Session &session, EventsPane &events, QSettings &settings,
                 QObject *parent);

    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QString text(const QString &name) const;
    /// What is filtered by now. One of that name is replaced.
    void save(const QString &name);
    /// A region or source that is not here any more is said in the line.
    void apply(const QString &name);
    void remove(const QString &name);

    void offer(QMenu &menu);
    [[nodiscard]] QList<PaletteLine> linesFor(const QString &query);

private:
    workspace::Session &m_session;
    EventsPane &m_events;
    QSettings &m_settings;
};

} // namespace chrona::ui
