// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "text/time_text.h"

class QListView;

namespace chrona::workspace {
class FeedModel;
class Session;
}

namespace chrona::ui {

class FeedDelegate;

/// The newest events under the hour they belong to, with a mark at those that came while the window
/// was open. UI thread only.
class FeedPane final : public Pane {
    Q_OBJECT
public:
    FeedPane(workspace::Session &session, const Theme &theme, QWidget *parent);
    void setTimeText(const TimeText &times);

private:
    void refresh();
    void chooseCurrent();
    void follow();

    workspace::Session &m_session;
    workspace::FeedModel *m_model;
    FeedDelegate *m_delegate;
    QListView *m_list;
    bool m_isFollowing = false;
};

} // namespace chrona::ui
