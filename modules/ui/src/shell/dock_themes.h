// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QHash>

class QDockWidget;
class QSettings;

namespace chrona::ui {

/// A theme for each dock, so that each has a size of its own; kept in the settings. UI thread only.
class DockThemes final {
public:
    /// `base` and `settings` must outlive it, and it the docks' contents.
    DockThemes(const Theme &base, QSettings &settings) : m_base(base), m_settings(settings) {}

    /// To be given to what the dock of this id shows.
    [[nodiscard]] Theme &of(const QString &id);
    [[nodiscard]] double zoom(const QString &id) { return of(id).zoom(); }
    /// Clamped to what a theme allows. Remembered.
    void setZoom(QDockWidget &dock, double zoom);
    /// As it was left, once its content is there.
    void restore(QDockWidget &dock);

private:
    void apply(QDockWidget &dock, double zoom);

    const Theme &m_base;
    QSettings &m_settings;
    QHash<QString, Theme *> m_themes;
    QObject m_owner; ///< of the themes
};

} // namespace chrona::ui
