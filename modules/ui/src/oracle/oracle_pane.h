// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/oracle_watch.h"
#include "shell/pane.h"

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

/// What all panes of the oracle have in common: they ask for prices while they are seen, and tell
/// alike why there is nothing to see. UI thread only.
class OraclePane : public Pane {
    Q_OBJECT
public:
    OraclePane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
               QWidget *parent);

Q_SIGNALS:
    void sampleWorldWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    /// Says why nothing is shown; `hasContent` makes the pane ready. True when it is.
    bool settle(bool hasContent);

    workspace::OracleWatch &m_watch;
    workspace::Session &m_session;

private:
    bool m_isViewing = false;
};

} // namespace chrona::ui
