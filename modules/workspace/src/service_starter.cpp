// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service_starter.h"

#include "chrona/base/log.h"

#include <QProcess>

#include <algorithm>

namespace chrona::workspace {

Result<bool> ServiceStarter::nobodyAnswers()
{
    if (m_program.isEmpty())
        return false;
    if (m_sinceStart.isValid() && m_sinceStart.durationElapsed() < m_pause)
        return true;
    m_sinceStart.start();
    m_pause = std::clamp(m_pause * 2, m_pauseFirst, m_pauseLast);
    QProcess service;
    service.setProgram(m_program);
    service.setArguments(m_arguments);
    // It logs to its own file; our terminal may be closed before it ends.
    service.setStandardInputFile(QProcess::nullDevice());
    service.setStandardOutputFile(QProcess::nullDevice());
    service.setStandardErrorFile(QProcess::nullDevice());
    if (!service.startDetached())
        return fail(ErrorCode::Unavailable, "cannot start " + m_program.toStdString(),
                    "install Chrona again, or start chronad by hand");
    log::info("session", "started {}", m_program.toStdString());
    return true;
}

void ServiceStarter::serviceAnswered()
{
    m_pause = std::chrono::milliseconds(0);
    m_sinceStart.invalidate();
}

} // namespace chrona::workspace
