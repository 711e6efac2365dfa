// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/oracle_pane.h"

#include "chrona/workspace/session.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace chrona::ui {

OraclePane::OraclePane(workspace::OracleWatch &watch, workspace::Session &session,
                       const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_watch(watch), m_session(session)
{
}

void OraclePane::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    if (!std::exchange(m_isViewing, true))
        m_watch.addViewer();
}

void OraclePane::hideEvent(QHideEvent *event)
{
    Pane::hideEvent(event);
    if (std::exchange(m_isViewing, false))
        m_watch.removeViewer();
}

bool OraclePane::settle(bool hasContent)
{
    const bool isLost = m_session.state() == workspace::Session::State::Lost;
    if (!isLost)
        setStaleSince(std::nullopt);
    else if (!staleSinceMs())
        setStaleSince(QDateTime::currentMSecsSinceEpoch());
    if (hasContent) {
        setReady();
        return true;
    }
    const auto &status = m_watch.status();
    if (m_watch.problem() && !isLost) {
        const FailureText text = failureText(*m_watch.problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_watch.refresh(); }});
    } else if (status && status->mode == ipc::OracleMode::Off && !status->problem.empty()) {
        setError({tr("The oracle does not run"), fromUtf8(status->problem), tr("Try again"),
                  [this] { m_watch.refresh(); }});
    } else if (status && status->mode == ipc::OracleMode::Off) {
        setEmpty({tr("No prices yet"),
                  tr("Venues are off until you connect them with the setting oracle.live. The "
                     "sample world brings ticks of its own."),
                  tr("Load the sample world"), [this] { Q_EMIT sampleWorldWanted(); }});
    } else {
        setLoading(tr("Waiting for the first prices…"));
    }
    return false;
}

} // namespace chrona::ui
