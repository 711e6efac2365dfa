// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "served_world.h"

#include "chrona/workspace/session.h"

#include <QTemporaryDir>
#include <QTest>

namespace chrona::workspace::testing {

/// A session and a service, over real sockets; each test says first what the service has.
struct ServedSession {
    /// A world that nobody serves yet, in a folder of its own.
    void makeWorld();
    void serve();
    /// The session alone, whether or not somebody serves.
    void openSession(const QString &servicePath = {});
    /// Both, until the session has all of the world.
    void start();
    void close();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServedWorld> m_world;
    std::unique_ptr<Session> m_session;
};

inline void ServedSession::makeWorld()
{
    m_folder = std::make_unique<QTemporaryDir>();
    // The socket's folder follows from here, so that tests leave nothing behind.
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
    m_world = std::make_unique<ServedWorld>();
}

inline void ServedSession::serve()
{
    QVERIFY(m_world->start(m_folder->path().toStdString()));
}

inline void ServedSession::openSession(const QString &servicePath)
{
    SessionOptions options;
    options.dataFolder = m_folder->path().toStdString();
    options.servicePath = servicePath;
    m_session = std::make_unique<Session>(options);
    m_session->open();
}

inline void ServedSession::start()
{
    serve();
    openSession();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::Ready, 20'000);
}

inline void ServedSession::close()
{
    m_session.reset();
    m_world.reset();
    m_folder.reset();
}

} // namespace chrona::workspace::testing
