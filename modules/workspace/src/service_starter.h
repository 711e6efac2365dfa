// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QElapsedTimer>
#include <QString>
#include <QStringList>

#include <chrono>

namespace chrona::workspace {

/// Starts the service when nobody answers, and again when it fell, with growing pauses. It runs on
/// when the workstation ends, so it is not a child that would be waited for: whether it lives is
/// seen at its socket. A second start beside a living one does no harm, its lock file ends it.
class ServiceStarter {
public:
    ServiceStarter(QString program, QStringList arguments, std::chrono::milliseconds pauseFirst,
                   std::chrono::milliseconds pauseLast)
        : m_program(std::move(program)), m_arguments(std::move(arguments)),
          m_pauseFirst(pauseFirst), m_pauseLast(pauseLast)
    {
    }

    /// Nobody answers. True: it was started now or a moment ago, and may need more time.
    [[nodiscard]] Result<bool> nobodyAnswers();
    void serviceAnswered();
    void stopStarting() { m_program.clear(); }

private:
    QString m_program;
    QStringList m_arguments;
    const std::chrono::milliseconds m_pauseFirst;
    const std::chrono::milliseconds m_pauseLast;
    std::chrono::milliseconds m_pause{0}; ///< since the last start, before the next
    QElapsedTimer m_sinceStart;
};

} // namespace chrona::workspace
