// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "plain_map.h"
#include "session_fixture.h"

#include "chrona/workspace/investigations.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"

#include <QSettings>

namespace chrona::ui::test {

/// The whole window, with a plain widget for its map where a test does not ask for another.
struct WindowFixture : SessionFixture {
    /// Until all events are there and chosen from.
    void open(std::size_t events, const MapFactory &makeMap = plainMap);
    void close();
    void trigger(const QString &command) const;
    /// A perspective as nobody has changed it.
    void show(const QString &perspective) const;
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(m_window->dock(dock)->widget());
    }
    /// The investigation that is worked on; there has to be one.
    [[nodiscard]] workspace::Investigation &currentCase() const
    {
        return *m_window->investigations().current();
    }

    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

inline void WindowFixture::open(std::size_t events, const MapFactory &makeMap)
{
    prepare(events);
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(*m_session, *m_theme, *m_settings, makeMap);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    openSession();
}

inline void WindowFixture::close()
{
    m_window.reset();
    closeSession();
}

inline void WindowFixture::trigger(const QString &command) const
{
    QAction *action = m_window->commands().action(command);
    QVERIFY2(action, qPrintable(command));
    action->trigger();
}

inline void WindowFixture::show(const QString &perspective) const
{
    m_window->layouts().showPerspective(perspective);
    m_window->layouts().resetPerspective();
    QCOMPARE(m_window->layouts().current(), perspective);
}

} // namespace chrona::ui::test
