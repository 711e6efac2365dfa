// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDir>
#include <QElapsedTimer>
#include <QObject>
#include <QPixmap>
#include <QSize>
#include <QTemporaryDir>

#include <functional>
#include <vector>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class MainWindow;
class Theme;
enum class Appearance : std::uint8_t;

/// Draws every view into PNG files, one after the other, each when what it shows is there: it waits
/// for states, and for what does not come no longer than two minutes. UI thread only.
class Pictures final : public QObject {
    Q_OBJECT
public:
    /// mapIsDrawn: asked again and again until nothing of the map is on its way.
    Pictures(MainWindow &window, workspace::Session &session, Theme &theme, const QDir &folder,
             std::function<bool()> mapIsDrawn);

    void start();
    [[nodiscard]] const QStringList &written() const { return m_written; }

Q_SIGNALS:
    /// 0: all pictures are there; 1: one could not be written or shows something still loading.
    void finished(int exitCode);

private:
    /// prepare once, then isReady until it is true, then the picture.
    struct Shot {
        QString name;
        std::function<void()> prepare;
        std::function<QWidget *()> subject;
    };
    void plan();
    void planTheme(const QString &suffix);
    void planAlerts(const QString &suffix);
    void planResearch(const QString &suffix);
    void planLarge(const QString &suffix, Appearance appearance);
    void planGraph(const QString &suffix);
    /// What opens over the window: a menu, completion, a file on its way in.
    void planOver(const QString &suffix);
    void add(const QString &name, std::function<void()> prepare,
             std::function<QWidget *()> subject = {});
    void next();
    void poll();
    /// What is on its way still, in a word for the log; empty: nothing.
    [[nodiscard]] QString awaited() const;
    void take();
    /// The window with the menus and lists that are open over it.
    [[nodiscard]] QPixmap windowAsSeen() const;
    void selectSomething();

    MainWindow &m_window;
    workspace::Session &m_session;
    Theme &m_theme;
    QDir m_folder;
    std::function<bool()> m_mapIsDrawn;
    std::vector<Shot> m_shots;
    std::size_t m_at = 0;
    int m_calmRounds = 0;
    QElapsedTimer m_sinceAsked;
    QStringList m_written;
    QTemporaryDir m_files; ///< of what is imported for a picture
    bool m_hasFailed = false;
};

} // namespace chrona::ui
