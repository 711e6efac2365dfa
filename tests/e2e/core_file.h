// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>
#include <optional>
#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

namespace chrona::e2e {

/// Ends a process as a crash would, and returns the path of the core file that it left in its
/// working folder. Nothing where this system writes none there.
inline std::optional<QString> crashForCore(QProcess &process)
{
#ifdef Q_OS_LINUX
    using namespace Qt::StringLiterals;
    QFile pattern(u"/proc/sys/kernel/core_pattern"_s);
    if (!pattern.open(QIODevice::ReadOnly) || pattern.readAll().trimmed() != "core")
        return std::nullopt;
    const auto pid = static_cast<pid_t>(process.processId());
    rlimit most{};
    if (::prlimit(pid, RLIMIT_CORE, nullptr, &most) != 0)
        return std::nullopt;
    most.rlim_cur = most.rlim_max;
    if (most.rlim_max == 0 || ::prlimit(pid, RLIMIT_CORE, &most, nullptr) != 0)
        return std::nullopt;
    const QDir folder(QFile::symLinkTarget(u"/proc/%1/cwd"_s.arg(pid)));
    for (const QString &old : {u"core"_s, u"core.%1"_s.arg(pid)})
        QFile::remove(folder.filePath(old));
    ::kill(pid, SIGABRT);
    if (!process.waitForFinished(60'000))
        return std::nullopt;
    for (const QString &made : {u"core"_s, u"core.%1"_s.arg(pid)})
        if (folder.exists(made))
            return folder.filePath(made);
#else
    (void)process;
#endif
    return std::nullopt;
}

} // namespace chrona::e2e
