// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ipc/blocking_client.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace chrona::bench {

/// A chronad of the same build on a data folder of its own, gone with this object.
class ScratchService {
public:
    ScratchService() = default;
    ~ScratchService();
    ScratchService(const ScratchService &) = delete;
    ScratchService &operator=(const ScratchService &) = delete;

    /// Starts it and returns when its database serves.
    [[nodiscard]] Status start();
    void stop();

    [[nodiscard]] ipc::BlockingClient &client() { return *m_client; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] std::string dataFolder() const;

private:
    [[nodiscard]] Status waitUntilReady();

    QTemporaryDir m_folder;
    QProcess m_process;
    std::unique_ptr<ipc::BlockingClient> m_client;
};

} // namespace chrona::bench
