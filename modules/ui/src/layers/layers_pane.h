// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"

class QListView;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class LayerModel;

/// Which kinds of events are shown, how many there are, and what the marks mean. UI thread only.
class LayersPane final : public Pane {
    Q_OBJECT
public:
    LayersPane(workspace::Session &session, const Theme &theme, QWidget *parent);

private:
    void refresh();

    workspace::Session &m_session;
    LayerModel *m_model;
    QListView *m_list;
};

} // namespace chrona::ui
