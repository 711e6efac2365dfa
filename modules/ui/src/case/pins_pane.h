// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "shell/pane.h"
#include "text/time_text.h"

class QListView;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

class CaseItemsModel;
class PinDelegate;

/// What is pinned in the current investigation, by kind. Return or a double click goes there; the
/// context menu cites a pin or takes it out. UI thread only.
class PinsPane final : public Pane {
    Q_OBJECT
public:
    PinsPane(workspace::Investigations &book, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    [[nodiscard]] CaseItemsModel &model() { return *m_model; }
    /// Those that are selected.
    [[nodiscard]] std::vector<schema::CaseItemId> selected() const;
    void removeSelected();
    /// Asks for a rule of the current pin, where one can be made of its kind.
    void alertOfCurrent();
    /// Asks for a caption and tags of the current pin.
    void captionCurrent();

Q_SIGNALS:
    /// Show it in the views of the world.
    void targetWanted(const chrona::schema::PinTarget &target);
    /// They bear on the note or hypothesis that is being read.
    void citeWanted(const std::vector<chrona::schema::CaseItemId> &pins,
                    chrona::schema::Bearing bearing);
    void beginWanted();
    /// A rule that tells of what comes to it: a search, a place, an entity or a topic.
    void alertWanted(const chrona::schema::PinTarget &target);

private:
    void refresh();
    void offer(const QPoint &at);
    void activate(const QModelIndex &index);

    workspace::Investigations &m_book;
    CaseItemsModel *m_model;
    PinDelegate *m_delegate;
    QListView *m_list;
};

} // namespace chrona::ui
