// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "plain_map.h"
#include "sample_service.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "shell/dock.h"
#include "shell/layouts.h"
#include "shell/main_window.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace chrona::ui::test {

using namespace Qt::StringLiterals;

/// The whole window, with a plain widget for its map, against the sample world behind a real
/// socket.
struct WindowFixture {
    /// Until all events are there and chosen from.
    void open(std::size_t events);
    void close();
    void trigger(const QString &command) const;
    template <class PaneType> [[nodiscard]] PaneType *pane(const QString &dock) const
    {
        return qobject_cast<PaneType *>(m_window->dock(dock)->widget());
    }
    [[nodiscard]] workspace::Focus &focus() const { return m_session->focus(); }

    QTemporaryDir m_folder;
    Theme m_theme;
    std::unique_ptr<SampleService> m_service;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

inline void WindowFixture::open(std::size_t events)
{
    const std::filesystem::path data(m_folder.filePath(u"data"_s).toStdString());
    std::filesystem::create_directories(data);
    auto service = SampleService::start(data, events);
    QVERIFY2(service.has_value(), service ? "" : service.error().what.c_str());
    m_service = std::move(*service);
    m_theme.setAppearance(Appearance::Dark);
    m_theme.applyTo(*qApp);
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    workspace::SessionOptions options;
    options.dataFolder = data;
    m_session = std::make_unique<workspace::Session>(options);
    m_window = std::make_unique<MainWindow>(*m_session, m_theme, *m_settings, plainMap);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 60'000));
    m_session->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() == workspace::Session::State::Ready &&
                                 m_session->selector().isSettled() &&
                                 !m_session->selector().visible()->rows.empty(),
                             60'000);
}

inline void WindowFixture::close()
{
    m_window.reset();
    m_session.reset();
    m_service.reset();
}

inline void WindowFixture::trigger(const QString &command) const
{
    QAction *action = m_window->commands().action(command);
    QVERIFY2(action, qPrintable(command));
    action->trigger();
}

} // namespace chrona::ui::test
