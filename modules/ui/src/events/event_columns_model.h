// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_table_model.h"

namespace chrona::ui {

/// The workspace's table with our column titles, alignment and spoken texts. UI thread only.
class EventColumnsModel final : public workspace::EventTableModel {
    Q_OBJECT
public:
    using EventTableModel::EventTableModel;

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /// Of a column of any table of events: its title and how that stands; a value as it is spoken.
    [[nodiscard]] static QVariant title(int column, int role);
    [[nodiscard]] static QString spoken(int column, const QVariant &value);
};

} // namespace chrona::ui
