// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_groups.h"
#include "tables/cell_delegate.h"
#include "tables/table_view.h"
#include "text/time_text.h"

namespace chrona::workspace {
class Focus;
}

namespace chrona::ui {

/// "by type", "by day": for menus and notes.
[[nodiscard]] QString groupByName(workspace::GroupBy by);

/// The workspace's groups with our column titles and spoken texts. UI thread only.
class GroupColumnsModel final : public workspace::EventGroupsModel {
    Q_OBJECT
public:
    using EventGroupsModel::EventGroupsModel;

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// As it is shown: "Earthquake", "US-TX", "2026-11-21".
    [[nodiscard]] QString name(int row) const;
};

class GroupDelegate final : public CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;
    void setTimeText(const TimeText &times) { m_times = times; }

protected:
    [[nodiscard]] Cell cell(const QModelIndex &index) const override;
    void paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const override;

private:
    TimeText m_times;
};

/// The visible events by what they have in common. Entering a group narrows filter or window to
/// it, as one step that can be undone. UI thread only.
class GroupView final : public TableView {
    Q_OBJECT
public:
    GroupView(workspace::Focus &focus, const workspace::EventSelector &selector,
              const Theme &theme, QWidget *parent);

    [[nodiscard]] GroupColumnsModel &groups() { return *m_model; }
    void setTimeText(const TimeText &times);
    void enter(int row);

private:
    workspace::Focus &m_focus;
    const workspace::EventSelector &m_selector;
    GroupColumnsModel *m_model;
    GroupDelegate *m_delegate;
};

} // namespace chrona::ui
