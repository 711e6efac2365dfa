// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "sample_service.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

namespace chrona::ui::test {

using namespace Qt::StringLiterals;

/// A session with the sample world behind a real socket: what windows and single panes are tested
/// against.
struct SessionFixture {
    /// The service with so many events, the dark look, and a session that is not opened yet: views
    /// are made in between.
    void prepare(std::size_t events);
    /// The service alone, where one was before.
    void serve(std::size_t events);
    /// Until all events are there and chosen from.
    void openSession();
    void closeSession();
    [[nodiscard]] workspace::Focus &focus() const { return m_session->focus(); }

    QTemporaryDir m_folder;
    /// The look of the whole program, which outlives its windows: a second one takes the first's.
    std::shared_ptr<Theme> m_theme;
    std::unique_ptr<SampleService> m_service;
    std::unique_ptr<workspace::Session> m_session;

private:
    [[nodiscard]] std::filesystem::path dataFolder() const
    {
        return m_folder.filePath(u"data"_s).toStdString();
    }
};

inline void SessionFixture::prepare(std::size_t events)
{
    serve(events);
    if (!m_theme) {
        m_theme = std::make_shared<Theme>();
        m_theme->setAppearance(Appearance::Dark);
        m_theme->applyTo(*qApp);
    }
    workspace::SessionOptions options;
    options.dataFolder = dataFolder();
    m_session = std::make_unique<workspace::Session>(options);
}

inline void SessionFixture::serve(std::size_t events)
{
    std::filesystem::create_directories(dataFolder());
    auto service = SampleService::start(dataFolder(), events);
    QVERIFY2(service.has_value(), service ? "" : service.error().what.c_str());
    m_service = std::move(*service);
}

inline void SessionFixture::openSession()
{
    m_session->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() == workspace::Session::State::Ready &&
                                 m_session->selector().isSettled() &&
                                 !m_session->selector().visible()->rows.empty(),
                             60'000);
}

inline void SessionFixture::closeSession()
{
    m_session.reset();
    m_service.reset();
}

} // namespace chrona::ui::test
