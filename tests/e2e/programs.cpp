// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcessEnvironment>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace chrona::e2e {
namespace {

constexpr int kStartMsMax = 60'000;
constexpr int kStopMsMax = 20'000;

QString program(const QString &name)
{
    return QStringLiteral(CHRONA_BINARY_DIR "/bin/") + name;
}

} // namespace

bool isAlive(qint64 pid)
{
    if (pid <= 0 || ::kill(static_cast<pid_t>(pid), 0) != 0)
        return false;
    // What has ended keeps its number until somebody waits for it, and in a container the first
    // process may never do.
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return true;
    const QByteArray words = stat.readAll();
    return words.mid(words.lastIndexOf(')') + 2, 1) != "Z";
}

Programs::Programs()
    : m_ownFolder(std::make_unique<QTemporaryDir>()), m_folder(m_ownFolder->path()),
      m_service(std::make_unique<QProcess>())
{
}

Programs::Programs(QString folder)
    : m_folder(std::move(folder)), m_service(std::make_unique<QProcess>())
{
}

Programs::~Programs()
{
    killService();
    const qint64 pid = postmaster();
    if (isAlive(pid)) {
        ::kill(static_cast<pid_t>(pid), SIGQUIT);
        QDeadlineTimer deadline(kStopMsMax);
        while (isAlive(pid) && !deadline.hasExpired())
            QTest::qWait(20);
    }
}

QString Programs::dataFolder() const
{
    return m_folder + u"/data"_s;
}

QString Programs::file(const QString &name, const QByteArray &content) const
{
    const QString path = m_folder + u'/' + name;
    QFile target(path);
    if (!target.open(QIODevice::WriteOnly) || target.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void Programs::launchService(const QStringList &more)
{
    m_service = std::make_unique<QProcess>();
    m_service->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_service->start(program(u"chronad"_s),
                     QStringList{u"--data"_s, dataFolder(), u"--foreground"_s} + more);
}

bool Programs::startService(const QStringList &more)
{
    launchService(more);
    return waitUntilServing();
}

bool Programs::waitUntilServing()
{
    QDeadlineTimer deadline(kStartMsMax);
    while (!deadline.hasExpired()) {
        if (m_service->state() == QProcess::NotRunning)
            return false;
        const Ran status = chronactl({u"status"_s, u"--json"_s});
        // A Postgres of its own that was just killed is missed only a moment later. On a shared
        // database there is none.
        const qint64 own = postmaster();
        if (status.code == 0 && status.out.contains(u"\"state\":\"ready\""_s)
            && (own == 0 || isAlive(own)))
            return true;
        m_service->waitForFinished(20);
    }
    return false;
}

std::optional<std::chrono::milliseconds> Programs::stopService()
{
    const auto begin = std::chrono::steady_clock::now();
    m_service->terminate();
    if (!m_service->waitForFinished(kStopMsMax)) {
        killService();
        return std::nullopt;
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now()
                                                                 - begin);
}

void Programs::killService()
{
    if (m_service->state() == QProcess::NotRunning)
        return;
    m_service->kill();
    m_service->waitForFinished(kStopMsMax);
}

bool Programs::killPostgres() const
{
    const qint64 pid = postmaster();
    return isAlive(pid) && ::kill(static_cast<pid_t>(pid), SIGKILL) == 0;
}

qint64 Programs::postmaster() const
{
    QFile file(dataFolder() + u"/postgres/data/postmaster.pid"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readLine().trimmed().toLongLong();
}

std::unique_ptr<QProcess> Programs::launchChronactl(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    process->start(program(u"chronactl"_s), QStringList{u"--data"_s, dataFolder()} + words);
    return process;
}

Ran Programs::chronactl(const QStringList &words, std::chrono::seconds limit) const
{
    const auto process = launchChronactl(words);
    const int limitMs = static_cast<int>(std::chrono::milliseconds(limit).count());
    if (!process->waitForFinished(limitMs)) {
        process->kill();
        process->waitForFinished();
        return {-1, {}, u"chronactl did not end in time"_s};
    }
    return {process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -2,
            QString::fromUtf8(process->readAllStandardOutput()),
            QString::fromUtf8(process->readAllStandardError())};
}

} // namespace chrona::e2e
