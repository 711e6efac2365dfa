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
};

} // namespace chrona::ui
