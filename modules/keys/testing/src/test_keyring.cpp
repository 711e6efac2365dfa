// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/test_keyring.h"

#include <QDeadlineTimer>

#include <csignal>

namespace chrona::keys {
namespace {

/// On a machine that has other work too.
constexpr int kPatienceMs = 60'000;

/// Asked of the bus itself: a question to the service would start another one.
[[maybe_unused]] bool ownsItsName()
{
    QProcess ask;
    ask.start(QStringLiteral("dbus-send"),
              {QStringLiteral("--session"), QStringLiteral("--print-reply=literal"),
               QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
               QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
               QStringLiteral("string:org.freedesktop.secrets")});
    return ask.waitForFinished() && ask.readAllStandardOutput().contains("true");
}

} // namespace

TestKeyring::~TestKeyring()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    resume();
    m_process.terminate();
    m_process.waitForFinished();
}

void TestKeyring::signalIt(bool isPaused)
{
    if (m_process.processId() > 0)
        ::kill(static_cast<pid_t>(m_process.processId()), isPaused ? SIGSTOP : SIGCONT);
}

Status TestKeyring::start()
{
#ifdef Q_OS_LINUX
    qputenv("QTKEYCHAIN_BACKEND", "libsecret");
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return fail(ErrorCode::Unavailable, "there is no session bus",
                    "run under dbus-run-session, as packaging/test does");
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("HOME"), m_folder.path());
    m_process.setProcessEnvironment(environment);
    m_process.start(QStringLiteral("gnome-keyring-daemon"),
                    {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                     QStringLiteral("--replace"), QStringLiteral("--components=secrets")});
    if (!m_process.waitForStarted())
        return fail(ErrorCode::Unavailable, m_process.errorString().toStdString());
    m_process.write("test");              // its passphrase
    if (!m_process.waitForBytesWritten()) // no event loop runs here that would write it later
        return fail(ErrorCode::Unavailable, m_process.errorString().toStdString());
    m_process.closeWriteChannel();
    const QDeadlineTimer deadline(kPatienceMs);
    while (!ownsItsName())
        if (deadline.hasExpired() || m_process.state() == QProcess::NotRunning)
            return fail(ErrorCode::Timeout, "the keyring does not come onto the bus");
#endif
    return {};
}

} // namespace chrona::keys
