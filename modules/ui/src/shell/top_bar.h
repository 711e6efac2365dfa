// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QWidget>

#include <optional>

class QMenu;
class QToolButton;
class QHBoxLayout;
class QActionGroup;

namespace chrona::ui {

class StatusMark;
class Theme;

/// How the connection is told to the eye: a shape, a word and a colour.
enum class Liveness : std::uint8_t { Live, Connecting, Lost, Replay };

/// The 40 pixel bar: brand with the menus, perspectives, search, as-of time, liveness. Carries
/// values in and signals out. UI thread only.
class TopBar final : public QWidget {
    Q_OBJECT
public:
    TopBar(const Theme &theme, QWidget *parent);

    void setMenu(QMenu *menu);
    /// One checkable button for each action; the actions are exclusive.
    void setPerspectives(const QList<QAction *> &actions);
    void setSearchShortcut(const QKeySequence &shortcut);
    void setAsOf(std::optional<Instant> asOf, const TimeText &times);
    void setLiveness(Liveness liveness);

    [[nodiscard]] QSize sizeHint() const override;
    void openMenu();

Q_SIGNALS:
    void searchWanted();
    void asOfWanted(QPoint globalBelow);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const Theme &m_theme;
    QToolButton *m_brand;
    QHBoxLayout *m_perspectives;
    QToolButton *m_search;
    QToolButton *m_asOf;
    StatusMark *m_live;
    QString m_searchShortcut;
    bool m_isReplay = false;
};

} // namespace chrona::ui
