// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/log.h"
#include "chrona/base/result.h"

#include <QObject>

#include <filesystem>
#include <memory>
#include <string>

namespace chrona::service {

struct ServiceOptions {
    std::filesystem::path dataFolder;
    std::filesystem::path pluginsFolder;
    std::string database; ///< connection string; empty: a private cluster in the data folder
    std::string version;
    log::Level logLevel = log::Level::Info;
    bool logToStderr = false;
};

/// The background process: owns one data folder and serves clients on its local socket until it is
/// told to stop.
///
/// open() answers clients from the moment it returns; the database starts meanwhile, and requests
/// that need it wait for it. Killed at any moment it leaves nothing that the next open() cannot
/// take over: what was acknowledged is in Postgres, and Postgres is adopted or started anew. Thread
/// rule: one thread with an event loop.
class Service : public QObject {
    Q_OBJECT

public:
    /// Conflict when another process serves the data folder, Denied when it is not ours.
    [[nodiscard]] static Result<std::unique_ptr<Service>> open(const ServiceOptions &options);
    ~Service() override;

    /// Begins to stop: clients are let go, work is broken off at a safe point, Postgres is stopped
    /// in order. stopped() follows within 5 s. Calling it again does nothing.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    struct Parts;
    explicit Service(std::unique_ptr<Parts> parts);
    void finish();

    std::unique_ptr<Parts> m_parts;
    bool m_stopping = false;
};

} // namespace chrona::service
