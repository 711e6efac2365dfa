// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace chrona::e2e {

/// What one run of chronactl left behind.
struct Ran {
    int code = -1;
    QString out, err;
};

/// A data folder of its own with a real chronad and a real Postgres in it. Everything that it
/// started is gone when it is.
class Programs {
public:
    Programs();
    /// In a folder that is there; what is put into it goes with its owner.
    explicit Programs(QString folder);
    ~Programs();

    [[nodiscard]] QString dataFolder() const;
    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const;

    /// Starts chronad and returns when it answers that its database serves; false when it ended
    /// before that.
    [[nodiscard]] bool startService(const QStringList &more = {});
    /// Starts chronad and returns at once.
    void launchService(const QStringList &more = {});
    [[nodiscard]] bool waitUntilServing();
    /// SIGTERM, then waits; the time it took, or nothing when it had to be killed.
    [[nodiscard]] std::optional<std::chrono::milliseconds> stopService();
    /// SIGKILL to chronad alone.
    void killService();
    /// SIGKILL to the postmaster that the data folder names; false when there is none.
    bool killPostgres() const;
    [[nodiscard]] QProcess &service() { return *m_service; }

    [[nodiscard]] Ran chronactl(const QStringList &words,
                                std::chrono::seconds limit = std::chrono::seconds(60)) const;
    /// Starts chronactl and leaves it running.
    [[nodiscard]] std::unique_ptr<QProcess> launchChronactl(const QStringList &words) const;

    /// The process id in the data folder's postmaster.pid; 0 without one.
    [[nodiscard]] qint64 postmaster() const;

private:
    std::unique_ptr<QTemporaryDir> m_ownFolder; ///< nullptr in a given one
    QString m_folder;
    std::unique_ptr<QProcess> m_service;
};

[[nodiscard]] bool isAlive(qint64 pid);

} // namespace chrona::e2e
