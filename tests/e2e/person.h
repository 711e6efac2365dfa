// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QPointer>
#include <QString>
#include <QTest>

class QFileDialog;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {
class Dock;
class MainWindow;
class MapView;
class PaletteModel;
} // namespace chrona::ui

namespace chrona::e2e {

/// Of a slow machine with another test beside it.
inline constexpr int kJourneyMsMax = 120'000;
#define JOURNEY_VERIFY(what) QTRY_VERIFY_WITH_TIMEOUT(what, chrona::e2e::kJourneyMsMax)

template <class Widget> [[nodiscard]] Widget *topLevel()
{
    for (QWidget *one : QApplication::topLevelWidgets())
        if (auto *found = qobject_cast<Widget *>(one))
            return found;
    return nullptr;
}

/// Who sits before the whole program, which runs in this process: what is done here is done by
/// keyboard and mouse. Fails the test where it cannot be done.
class Person {
public:
    /// The program's window, when it is there and has the keys.
    void sitsDown();
    [[nodiscard]] ui::MainWindow *window() const { return m_window; }
    [[nodiscard]] ui::MapView *map() const { return m_map; }
    [[nodiscard]] workspace::Session &session() const;
    [[nodiscard]] QWidget *contentOf(const QString &dock) const;
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(contentOf(dock));
    }

    /// Without a window manager nobody gives a window the keys back when a dialog closes.
    void presses(const QString &keys) const;
    /// Types the words into the palette and takes the command that they name first.
    void commands(const QString &words) const;
    /// From now on: the next dialog that asks for a file is given this one, typed. It is asked
    /// while this call is long over, because such a dialog waits by itself.
    void willType(const QString &path);
    /// How many dialogs were answered so.
    [[nodiscard]] int filesGiven() const { return m_filesGiven; }
    /// Clicks the button with this text or name.
    static void clicks(QWidget &within, const QString &button);
    /// The button left goes down, the pointer moves, and the button goes up.
    static void drags(QWidget &widget, QPoint from, QPoint to);
    static void turnsWheel(QWidget &widget, int notches);
    /// How many are in a picture, looked at from afar; 0 where the file is none of this size.
    [[nodiscard]] static qsizetype coloursOf(const QString &picture, QSize size);

private:
    bool typesOn(QFileDialog &dialog, const QString &path, qsizetype &typed);

    QPointer<ui::MainWindow> m_window;
    QPointer<ui::MapView> m_map;
    int m_filesGiven = 0;
};

} // namespace chrona::e2e
