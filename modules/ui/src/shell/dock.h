// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QTimer>

class QLabel;
class QMainWindow;
class QToolButton;

namespace chrona::ui {

class Pane;
class Theme;

/// The 26 pixel bar above a dock: title, note, age badge, the pane's tools, close.
class DockHeader final : public QWidget {
    Q_OBJECT
public:
    DockHeader(const Theme &theme, QDockWidget &dock);

    void addTool(QWidget *tool);
    void setNote(const QString &note);
    /// Not where a tab above says it; a bar that would hold nothing else but the way to close it
    /// says it all the same.
    void showTitle(bool isShown);
    /// Milliseconds since 1970; 0 hides the badge.
    void setStaleSince(qint64 sinceMs);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void refreshAge();
    void refreshNote();
    void refreshTitle();

    const Theme &m_theme;
    QDockWidget &m_dock;
    QLabel *m_title;
    QLabel *m_noteLabel;
    QLabel *m_age;
    QWidget *m_tools;
    QToolButton *m_close;
    QString m_note;
    qint64 m_staleSinceMs = 0;
    bool m_isTitleWanted = true;
    QTimer m_ageDue;
};

/// A dock around one widget with a header of our own. A Pane's note, tools and age appear in it.
class Dock final : public QDockWidget {
    Q_OBJECT
public:
    /// id names the dock in saved layouts and never changes.
    Dock(const Theme &theme, const QString &id, const QString &title, QWidget *content,
         QWidget *parent);

    [[nodiscard]] Pane *pane() const { return m_pane; }
    [[nodiscard]] DockHeader &header() const { return *m_header; }

private:
    DockHeader *m_header;
    Pane *m_pane = nullptr;
};

/// From now on a dock's header says its title only where no tab of the window does.
void titleDocks(QMainWindow &window, const QList<Dock *> &docks);

} // namespace chrona::ui
